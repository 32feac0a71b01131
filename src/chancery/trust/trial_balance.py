"""The trial balance of a trust account: every ledger at the end of a day, beside the bank's own entries.

It is asked for as things stand, or as they were known at an instant or at a place in the chain: what a
signed reconciliation saw, whatever was entered later. Reads only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chancery.ledger import standings as ledger
from chancery.ledger.accounts import AccountKind
from chancery.ledger.standings import LedgerStanding
from chancery.lib.money import Money
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.models import TrustLedger

NAMES = {
    AccountKind.OWN_FUNDS.value: "The firm's own money",
    AccountKind.FOUNDATION_INTEREST.value: "Interest due to a foundation",
    AccountKind.UNIDENTIFIED.value: "Unidentified money",
    AccountKind.DEFICIENCY.value: "Shortage that the firm must restore",
    AccountKind.STATUTORY_DEPOSIT.value: "Statutory deposit",
}


@dataclass(frozen=True)
class Known:
    """Of what the question is asked: all (both None), recorded by an instant, or sealed by a number."""

    at: datetime | None = None
    seal: int | None = None


@dataclass(frozen=True)
class Line:
    """One ledger; a shortage counts below zero, for it is money that is not there."""

    ledger_id: UUID
    matter: str
    client: str
    title: str
    last_moved_on: date | None
    balance: Money


@dataclass(frozen=True)
class TrialBalance:
    """The ledgers of an account on a day, and what the bank account holds by its own entries.

    ``deposit`` lies in a statutory deposit: it is the clients', and no longer in this account.
    """

    on: date
    lines: tuple[Line, ...]
    bank: Money
    deposit: Money

    @property
    def held(self) -> Money:
        """Return the sum of the ledgers at nothing or more."""
        return self._sum(line.balance.minor for line in self.lines if line.balance.minor > 0)

    @property
    def below(self) -> Money:
        """Return the sum of the ledgers below zero and of shortages, never set off against others."""
        return self._sum(line.balance.minor for line in self.lines if line.balance.minor < 0)

    @property
    def cash_book(self) -> Money:
        """Return what the ledgers must come to: the bank account and the statutory deposit."""
        return self.bank + self.deposit

    @property
    def difference(self) -> Money:
        """Return the bank's figure less the ledgers'."""
        return self.cash_book - self.held - self.below

    @property
    def is_proved(self) -> bool:
        """Tell whether both are the same figure and nothing is below zero."""
        return not self.difference.minor and not self.below.minor

    def _sum(self, minors: Iterable[int]) -> Money:
        return Money(sum(minors), self.bank.currency)


def of(
    account: TrustBankAccount, *, on: date, known: Known = Known(), with_empty: bool = False
) -> TrialBalance:
    """Return the trial balance of an account at the end of a day."""
    standings, bank = _asked(account.id, on, known)
    shown = [one for one in standings if one.held_minor or (with_empty and one.last_moved_on)]
    deposit = sum(one.held_minor for one in shown if one.kind == AccountKind.STATUTORY_DEPOSIT)
    named = _named([one.account_id for one in shown])
    lines = (
        _line(one, named[one.account_id], account.currency)
        for one in shown
        if one.kind != AccountKind.STATUTORY_DEPOSIT
    )
    return TrialBalance(
        on=on,
        lines=tuple(sorted(lines, key=lambda line: (line.matter, line.title, str(line.ledger_id)))),
        bank=Money(bank, account.currency),
        deposit=Money(deposit, account.currency),
    )


def _asked(pool_id: UUID, on: date, known: Known) -> tuple[list[LedgerStanding], int]:
    if known.seal is not None:
        return (
            ledger.known_at_seal(pool_id, on=on, seal=known.seal),
            ledger.bank_known_at_seal(pool_id, on=on, seal=known.seal),
        )
    if known.at is not None:
        return (
            ledger.known_at(pool_id, on=on, at=known.at),
            ledger.bank_known_at(pool_id, on=on, at=known.at),
        )
    return ledger.on_day(pool_id, on=on), ledger.banks([pool_id], on=on)[pool_id]


def _named(ledger_ids: list[UUID]) -> dict[UUID, TrustLedger]:
    ledgers = TrustLedger.objects.select_related("matter__client").in_bulk(ledger_ids)
    return dict(ledgers)


def _line(standing: LedgerStanding, named: TrustLedger, currency: str) -> Line:
    is_short = standing.kind == AccountKind.DEFICIENCY
    matter = named.matter
    return Line(
        ledger_id=named.id,
        matter=matter.number if matter else "",
        client=matter.client.name if matter else "",
        title=matter.title if matter else NAMES.get(named.kind, named.kind),
        last_moved_on=standing.last_moved_on,
        balance=Money(-standing.held_minor if is_short else standing.held_minor, currency),
    )

"""What each trust account holds and whose it is, at the end of a day. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.ledger import periods
from chancery.ledger import standings as ledger
from chancery.ledger.accounts import AccountKind
from chancery.ledger.standings import KindTotal
from chancery.lib.money import Money, total
from chancery.trust import queries
from chancery.trust.bank_accounts import TrustBankAccount

_DEBIT = (AccountKind.DEFICIENCY, AccountKind.STATUTORY_DEPOSIT)
_CLIENTS = (AccountKind.CLIENT, AccountKind.UNIDENTIFIED, AccountKind.FOUNDATION_INTEREST)


@dataclass(frozen=True)
class AccountStanding:
    """One trust account at the end of a day.

    ``bank`` is read from the bank account's own entries, ``ledgers`` from the ledgers: what is held for
    clients and the firm, less shortages and statutory deposits. Ledgers below zero are never set off
    against others: they stand in ``below``.
    """

    account: TrustBankAccount
    on: date
    bank: Money
    clients: Money
    own: Money
    shortage: Money
    deposit: Money
    below: Money
    uncleared: Money
    protected: Money
    ledger_count: int
    holding_count: int
    below_count: int
    locked_through: date | None

    @property
    def ledgers(self) -> Money:
        """Return what the bank account must hold by its ledgers."""
        return self.clients + self.own + self.below - self.shortage - self.deposit

    @property
    def is_equal(self) -> bool:
        """Tell whether the bank account, by our books, and its ledgers are the same figure."""
        return self.bank == self.ledgers

    @property
    def is_sound(self) -> bool:
        """Tell whether the figures are equal, none is below zero, and nothing is short."""
        return self.is_equal and not self.below_count and not self.shortage.minor


@dataclass(frozen=True)
class Sum:
    """Several trust accounts of one currency together."""

    currency: str
    bank: Money
    clients: Money
    own: Money
    shortage: Money
    uncleared: Money
    protected: Money
    holding_count: int
    below_count: int


def of_firm(*, on: date) -> list[AccountStanding]:
    """Return every trust account of the firm, the open ones first."""
    return of_accounts(queries.bank_accounts(), on=on)


def of_accounts(accounts: Sequence[TrustBankAccount], *, on: date) -> list[AccountStanding]:
    """Return how some trust accounts stand at the end of a day, in their order."""
    ids = [account.id for account in accounts]
    banks = ledger.banks(ids, on=on)
    kinds: dict[UUID, dict[str, KindTotal]] = {account_id: {} for account_id in ids}
    for found in ledger.by_kind(ids, on=on):
        kinds[found.pool_id][found.kind] = found
    return [_standing(account, banks[account.id], kinds[account.id], on) for account in accounts]


def sums(standings: Sequence[AccountStanding]) -> list[Sum]:
    """Return the totals, one for each currency; currencies are never added up."""
    currencies = sorted({one.account.currency for one in standings})
    return [
        _sum([one for one in standings if one.account.currency == currency], currency)
        for currency in currencies
    ]


def _sum(standings: Sequence[AccountStanding], currency: str) -> Sum:
    return Sum(
        currency=currency,
        bank=total((one.bank for one in standings), currency),
        clients=total((one.clients for one in standings), currency),
        own=total((one.own for one in standings), currency),
        shortage=total((one.shortage for one in standings), currency),
        uncleared=total((one.uncleared for one in standings), currency),
        protected=total((one.protected for one in standings), currency),
        holding_count=sum(one.holding_count for one in standings),
        below_count=sum(one.below_count for one in standings),
    )


def _standing(
    account: TrustBankAccount, bank_minor: int, kinds: Mapping[str, KindTotal], on: date
) -> AccountStanding:
    def money(minor: int) -> Money:
        return Money(minor, account.currency)

    def held(*wanted: AccountKind) -> int:
        return sum(kinds[kind].held_minor for kind in wanted if kind in kinds)

    owed = [found for kind, found in kinds.items() if kind not in _DEBIT]
    clients = kinds.get(AccountKind.CLIENT)
    all_held = sum(found.held_minor for found in owed)
    protected = sum(found.protected_minor for found in owed)
    return AccountStanding(
        account=account,
        on=on,
        bank=money(bank_minor),
        clients=money(held(*_CLIENTS)),
        own=money(held(AccountKind.OWN_FUNDS)),
        shortage=money(held(AccountKind.DEFICIENCY)),
        deposit=money(held(AccountKind.STATUTORY_DEPOSIT)),
        below=money(sum(found.below_minor for found in owed)),
        uncleared=money(all_held - sum(found.available_minor for found in owed) - protected),
        protected=money(protected),
        ledger_count=clients.count if clients else 0,
        holding_count=clients.holding_count if clients else 0,
        below_count=sum(found.below_count for found in kinds.values()),
        locked_through=periods.locked_through(account.id),
    )

"""Interest that the bank paid: to clients' ledgers gross, less tax and fees, or to whom the law gives it.

Interest on an account held for clients one by one is theirs; interest on a pooled account goes where the
place says, and waits in a ledger of its own until it is paid on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice.people import Person
from chancery.trust import client_ledgers, movements, settings
from chancery.trust.models import AccountKind as BankKind
from chancery.trust.models import Movement, MovementKind, TrustBankAccount, TrustLedger
from chancery.trust.movements import Plan, Said
from chancery.trust.rules import overdraw
from chancery.trust.rules.policy_funds import Interest

_NOT_THE_CLIENTS = frozenset({Interest.PUBLIC_FUND, Interest.FOUNDATION, Interest.HELD})
SHARES_AT_MOST = 1000


@dataclass(eq=False)
class InterestIsNotTheClients(Refusal):
    """The place gives the interest of a pooled account to somebody else than the clients."""

    code: ClassVar[str] = "trust.interest_is_not_the_clients"

    rule: str

    def __str__(self) -> str:
        return (
            "Interest on this account is not the clients' here. Record it as interest to be paid on,"
            " and pay it on from there."
        )


@dataclass(frozen=True)
class Share:
    """One ledger's interest: what was earned, and what the bank kept back of it."""

    ledger: TrustLedger
    gross: Money
    tax: Money
    fees: Money

    @property
    def net(self) -> Money:
        """Return what the bank paid."""
        return self.gross - self.tax - self.fees


def credit_clients(
    *,
    account: TrustBankAccount,
    shares: list[Share],
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> list[Movement]:
    """Credit clients with their interest, all of it or none; the same key posts once.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, InterestIsNotTheClients, PeriodLocked, LedgerClosed.
    """
    movements.allow(account, said, by=by, today=today)
    refuse_any(problems(account, shares))
    _require_theirs(account)
    plans = [_plan(account, share) for share in shares]
    return movements.post(plans, said, by=by, at=at, today=today, key=key)


def hold_for_others(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Record interest that belongs to a foundation or a public fund, until it is paid on.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, PeriodLocked.
    """
    movements.allow(account, said, by=by, today=today)
    ledger = client_ledgers.of_account(
        account=account, kind=AccountKind.FOUNDATION_INTEREST, by=by, at=at
    )
    nothing = Money(0, amount.currency)
    share = Share(ledger, amount, nothing, nothing)
    refuse_any(problems(account, [share]))
    plans = [_plan(account, share)]
    return movements.post(plans, said, by=by, at=at, today=today, key=key)[0]


def pay_on(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Pay interest on to the foundation or fund that it belongs to.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, WouldOverdraw, PeriodLocked.
    """
    movements.allow(account, said, by=by, today=today)
    ledger = client_ledgers.of_account(
        account=account, kind=AccountKind.FOUNDATION_INTEREST, by=by, at=at
    )
    held = balances.lock([ledger.id], on=said.on)[ledger.id]
    if done := movements.done_before(MovementKind.FOUNDATION_PAID, amount, said, key=key):
        return done
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    lines = (Line(ledger.id, "D", amount.minor), Line(account.id, "C", amount.minor))
    plan = Plan(account, MovementKind.FOUNDATION_PAID, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def problems(account: TrustBankAccount, shares: list[Share]) -> list[Problem]:
    """Return what is wrong with the shares, each by its place in the list (``shares.2`` is the second)."""
    found = []
    if not 0 < len(shares) <= SHARES_AT_MOST:
        found.append(Problem("shares", f"Enter 1 to {SHARES_AT_MOST} ledgers."))
    for number, share in enumerate(shares, 1):
        if share.ledger.account_id != account.id:
            found.append(Problem(f"shares.{number}", "This ledger belongs to another account."))
        if share.net.minor <= 0 or min(share.tax, share.fees).minor < 0:
            sentence = "Tax and fees are less than the interest, and what is left is above nought."
            found.append(Problem(f"shares.{number}", sentence))
    return found


def is_the_clients(account: TrustBankAccount, pooled: Interest) -> bool:
    """Return whether interest of an account is the clients', where the place gives ``pooled`` interest so."""
    return account.kind != BankKind.CURRENT or pooled not in _NOT_THE_CLIENTS


def _require_theirs(account: TrustBankAccount) -> None:
    pooled = settings.policy().funds.interest
    if not is_the_clients(account, pooled.value):
        raise InterestIsNotTheClients(pooled.rule)


def _plan(account: TrustBankAccount, share: Share) -> Plan:
    lines = [
        Line(account.id, "D", share.net.minor),
        Line(share.ledger.id, "C", share.gross.minor),
        *(Line(share.ledger.id, "D", kept.minor) for kept in (share.tax, share.fees) if kept.minor),
    ]
    return Plan(
        account=account,
        kind=MovementKind.INTEREST,
        amount_minor=share.net.minor,
        lines=tuple(lines),
        ledger=share.ledger,
        gross_minor=share.gross.minor,
        tax_minor=share.tax.minor,
        fees_minor=share.fees.minor,
    )

"""A part of the pooled money lies on deposit by statute: how much, by when, made and drawn.

The deposit is an asset within the pool of the account it comes from: the clients' ledgers do not move,
only where their money lies.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.practice.people import Person
from chancery.trust import client_ledgers, movements, settings
from chancery.trust.models import Movement, MovementKind, TrustBankAccount, TrustLedger
from chancery.trust.movements import Plan, Said
from chancery.trust.rules import overdraw
from chancery.trust.rules import statutory_deposit as rules

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """What the place asks to be on deposit for a quarter, by the firm's own books.

    ``quarter_minimum`` and ``window_minimum`` are the lowest of bank and deposit together; ``on_deposit``
    is what lies there now.
    """

    due: rules.Due
    quarter_minimum: Money
    window_minimum: Money
    amount: Money
    on_deposit: Money


def asked(*, account: TrustBankAccount, quarter_end: date) -> Asked:
    """Return what a quarter asks of an account.

    Refuses: JurisdictionNotChosen, NoStatutoryDeposit, AmountComesFromRegulator.
    """
    policy = settings.policy()
    due = rules.due(policy, quarter_end)
    first = date(quarter_end.year, quarter_end.month - 2, 1)
    lowest = _lowest(account, first, quarter_end)
    lowest_after = _lowest(account, quarter_end + _DAY, due.window_end)
    return Asked(
        due=due,
        quarter_minimum=lowest,
        window_minimum=lowest_after,
        amount=rules.amount(policy, lowest, lowest_after),
        on_deposit=on_deposit(account, on=due.window_end),
    )


def on_deposit(account: TrustBankAccount, *, on: date) -> Money:
    """Return what an account has on deposit at the end of a day."""
    ledger = _deposit_of(account)
    minor = balances.of_accounts([ledger.id], on=on)[ledger.id].held_minor if ledger else 0
    return Money(minor, account.currency)


def make(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Move money of an account to its statutory deposit.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, WouldOverdraw, NoStatutoryDeposit, PeriodLocked.
    """
    movements.allow(account, said, by=by, today=today)
    refuse_any([] if amount.minor > 0 else [Problem("amount", "Enter an amount above nought.")])
    policy = settings.policy()
    rules.require(policy)
    ledger = client_ledgers.of_account(
        account=account, kind=AccountKind.STATUTORY_DEPOSIT, by=by, at=at
    )
    balances.lock([ledger.id], on=said.on)
    if done := movements.done_before(MovementKind.DEPOSIT_MADE, amount, said, key=key):
        return done
    at_bank = Money(balances.of_bank(account.id, on=said.on), amount.currency)
    overdraw.allow_withdrawal(policy, at_bank, amount)
    lines = (Line(ledger.id, "D", amount.minor), Line(account.id, "C", amount.minor))
    plan = Plan(account, MovementKind.DEPOSIT_MADE, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def draw(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Take money back from the statutory deposit into its account.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, WouldOverdraw, PeriodLocked.
    """
    movements.allow(account, said, by=by, today=today)
    refuse_any([] if amount.minor > 0 else [Problem("amount", "Enter an amount above nought.")])
    ledger = client_ledgers.of_account(
        account=account, kind=AccountKind.STATUTORY_DEPOSIT, by=by, at=at
    )
    held = balances.lock([ledger.id], on=said.on)[ledger.id]
    if done := movements.done_before(MovementKind.DEPOSIT_DRAWN, amount, said, key=key):
        return done
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    lines = (Line(account.id, "D", amount.minor), Line(ledger.id, "C", amount.minor))
    plan = Plan(account, MovementKind.DEPOSIT_DRAWN, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def _deposit_of(account: TrustBankAccount) -> TrustLedger | None:
    return TrustLedger.objects.filter(account=account, kind=AccountKind.STATUTORY_DEPOSIT).first()


def _lowest(account: TrustBankAccount, first: date, last: date) -> Money:
    """Return the lowest of bank and deposit together on the days of a stretch."""
    ledger = _deposit_of(account)
    lowest = None
    on = first
    while on <= last:
        total = balances.of_bank(account.id, on=on)
        if ledger:
            total += balances.of_accounts([ledger.id], on=on)[ledger.id].held_minor
        lowest = total if lowest is None else min(lowest, total)
        on += _DAY
    return Money(lowest or 0, account.currency)

"""The firm's own money in a trust account: paid in as far as the place allows, and taken out again."""

from datetime import date, datetime

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.trust import client_ledgers, movements, settings
from chancery.trust.models import Movement, MovementKind, TrustBankAccount
from chancery.trust.movements import Plan, Said
from chancery.trust.rules import overdraw
from chancery.trust.rules import own_funds as rules


def pay_in(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Add the firm's own money, up to what its place lets it keep there.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, OwnFundsNotAllowed, OwnFundsOverCap.
    """
    movements.allow(account, said, by=by, today=today)
    ledger = client_ledgers.of_account(account=account, kind=AccountKind.OWN_FUNDS, by=by, at=at)
    held = balances.lock([ledger.id], on=said.on)[ledger.id].held_minor
    if done := movements.done_before(MovementKind.OWN_FUNDS_IN, amount, said, key=key):
        return done
    rules.may_keep(settings.policy(), Money(held, amount.currency), amount)
    lines = (Line(account.id, "D", amount.minor), Line(ledger.id, "C", amount.minor))
    plan = Plan(account, MovementKind.OWN_FUNDS_IN, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]


def pay_out(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Take the firm's own money out to its office account, as far as it goes.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, WouldOverdraw.
    """
    movements.allow(account, said, by=by, today=today)
    ledger = client_ledgers.of_account(account=account, kind=AccountKind.OWN_FUNDS, by=by, at=at)
    held = balances.lock([ledger.id], on=said.on)[ledger.id]
    if done := movements.done_before(MovementKind.OWN_FUNDS_OUT, amount, said, key=key):
        return done
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    lines = (Line(ledger.id, "D", amount.minor), Line(account.id, "C", amount.minor))
    plan = Plan(account, MovementKind.OWN_FUNDS_OUT, amount.minor, lines, ledger)
    return movements.post([plan], said, by=by, at=at, today=today, key=key)[0]

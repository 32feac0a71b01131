"""What the bank took for itself: from the firm's own money, else a shortage that the office makes good."""

from datetime import date, datetime

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.practice.people import Person
from chancery.trust import client_ledgers, deficiencies, movements, settings
from chancery.trust.models import Movement, MovementKind, TrustBankAccount
from chancery.trust.movements import Plan, Said
from chancery.trust.rules import own_funds as rules


def record(
    *,
    account: TrustBankAccount,
    charge: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Movement:
    """Record a charge that the bank took; no client's ledger ever bears it.

    What the firm's own money there does not cover is a shortage, and opens its case by itself.
    Refuses: NotAllowed, AccountClosed, DetailsNotRight, PeriodLocked, KeyNamesAnother.
    """
    movements.allow(account, said, by=by, today=today)
    own, short = (
        client_ledgers.of_account(account=account, kind=kind, by=by, at=at)
        for kind in (AccountKind.OWN_FUNDS, AccountKind.DEFICIENCY)
    )
    held = balances.lock([own.id, short.id], on=said.on)[own.id]
    if done := movements.done_before(MovementKind.BANK_CHARGE, charge, said, key=key):
        return done
    available = Money(held.spendable_minor, charge.currency)
    borne = rules.bank_charge(settings.policy(), charge, available)
    lines = [Line(account.id, "C", charge.minor)]
    if borne.from_float.minor:
        lines.append(Line(own.id, "D", borne.from_float.minor))
    if borne.shortage.minor:
        lines.append(Line(short.id, "D", borne.shortage.minor))
    plan = Plan(account, MovementKind.BANK_CHARGE, charge.minor, tuple(lines))
    movement = movements.post([plan], said, by=by, at=at, today=today, key=key)[0]
    if borne.shortage.minor:
        found = deficiencies.Found(
            account=account,
            amount=borne.shortage,
            on=said.on,
            cause=f"Bank charge of {charge}: {movement.reason}",
            source="bank_charge",
            source_id=movement.id,
            rule=borne.rule,
        )
        deficiencies.open_case(found, by=by, at=at, firm_id=by.firm_id)
    return movement

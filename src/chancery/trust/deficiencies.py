"""The register of shortages: opened by themselves, explained, notified, and restored to the cent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Sum

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, movements
from chancery.trust.models import Deficiency as Deficiency
from chancery.trust.models import DeficiencyStep, MovementKind, TrustBankAccount, TrustLedger
from chancery.trust.movements import Plan, Said

KIND = "deficiency"
LONGEST = 300


@dataclass(eq=False)
class NoSuchDeficiency(Refusal):
    """This firm has no such shortage."""

    code: ClassVar[str] = "trust.no_such_deficiency"

    def __str__(self) -> str:
        return "There is no such shortage in the register. Go back to the list."


@dataclass(eq=False)
class RestoresTooMuch(Refusal):
    """More is paid in than is missing."""

    code: ClassVar[str] = "trust.restores_too_much"

    missing: Money
    asked: Money

    def __str__(self) -> str:
        return (
            f"{self.missing} is still missing; {self.asked} was to be restored. Enter at most that."
        )


@dataclass(frozen=True)
class Found:
    """A shortage that came to light, and by what; ``source_id`` lets the same one be opened once."""

    account: TrustBankAccount
    amount: Money
    on: date
    cause: str
    source: str
    source_id: UUID | None = None
    ledger: TrustLedger | None = None
    rule: str = ""


def visible(deficiency_id: UUID) -> Deficiency:
    """Return a shortage of this firm.

    Refuses: NoSuchDeficiency.
    """
    cases = Deficiency.objects.select_related("account", "by", "ledger__matter__client")
    found = cases.filter(pk=deficiency_id).first()
    if found is None:
        raise NoSuchDeficiency
    return found


def open_case(
    found: Found, *, by: Person | None, at: datetime, firm_id: UUID | None = None
) -> Deficiency:
    """Enter a shortage in the register; the same source returns the case that is open.

    ``by`` is None where Chancery itself found it.
    """
    firm = firm_id or found.account.firm_id
    case, is_new = Deficiency.objects.get_or_create(
        firm_id=firm,
        source=found.source,
        source_id=found.source_id,
        defaults={
            "account": found.account,
            "ledger": found.ledger,
            "amount_minor": found.amount.minor,
            "found_on": found.on,
            "cause": found.cause[:LONGEST],
            "rule": found.rule[:LONGEST],
            "by": by,
            "at": at,
        },
    )
    if is_new:
        changes = {"Missing": ("", str(found.amount)), "Cause": ("", found.cause)}
        _record(case, "Opened", by, at, changes)
    return case


def missing(case: Deficiency) -> Money:
    """Return what is still to be restored."""
    steps = DeficiencyStep.objects.filter(deficiency=case, act="restored")
    restored = steps.aggregate(total=Sum("amount_minor"))["total"] or 0
    return Money(case.amount_minor - restored, case.account.currency)


def explain(*, case: Deficiency, words: str, by: Person, at: datetime, today: date) -> None:
    """Record what caused a shortage.

    Refuses: NotAllowed, DetailsNotRight.
    """
    _note(case, "cause", words, by=by, at=at, on=today)


def notify(*, case: Deficiency, words: str, on: date, by: Person, at: datetime) -> None:
    """Record that the regulator or the client was told, by whom and how.

    Refuses: NotAllowed, DetailsNotRight.
    """
    _note(case, "notified", words, by=by, at=at, on=on)


def restore(
    *, case: Deficiency, amount: Money, said: Said, by: Person, at: datetime, today: date, key: str
) -> Deficiency:
    """Record the firm's money that makes a shortage good, in part or whole.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, RestoresTooMuch, PeriodLocked.
    """
    movements.allow(case.account, said, by=by, today=today)
    short = client_ledgers.of_account(
        account=case.account, kind=AccountKind.DEFICIENCY, by=by, at=at
    )
    held = balances.lock([short.id], on=said.on)[short.id]
    if movements.done_before(MovementKind.RESTORATION, amount, said, key=key):
        return case
    left = missing(case)
    bound = min(left, Money(held.spendable_minor, left.currency))
    if amount > bound or amount.minor <= 0:
        raise RestoresTooMuch(bound, amount)
    lines = (Line(case.account.id, "D", amount.minor), Line(short.id, "C", amount.minor))
    plan = Plan(case.account, MovementKind.RESTORATION, amount.minor, lines)
    movement = movements.post([plan], said, by=by, at=at, today=today, key=key)[0]
    DeficiencyStep.objects.get_or_create(
        movement=movement,
        defaults={
            "firm_id": by.firm_id,
            "deficiency": case,
            "act": "restored",
            "amount_minor": amount.minor,
            "words": movement.reason,
            "on": said.on,
            "by": by,
            "at": at,
        },
    )
    _record(case, "Restored", by, at, {"Amount": ("", str(amount))})
    return case


def _note(case: Deficiency, act: str, words: str, *, by: Person, at: datetime, on: date) -> None:
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    words = tidy(words)
    problem = Problem("words", "Say it in a few words, at most 300 characters.")
    refuse_any([] if 0 < len(words) <= LONGEST else [problem])
    step = DeficiencyStep.objects.create(
        firm_id=by.firm_id, deficiency=case, act=act, words=words, on=on, by=by, at=at
    )
    _record(case, step.get_act_display(), by, at, {"Words": ("", words)})


def _record(
    case: Deficiency, act: str, by: Person | None, at: datetime, changes: history.Changes
) -> None:
    history.record(of=(KIND, case.id), firm_id=case.firm_id, act=act, by=by, at=at, changes=changes)

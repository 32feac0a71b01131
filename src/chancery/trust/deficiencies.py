"""The register of shortages: cases opened by themselves or by hand, what is missing, and its restoration.

``deficiency_steps`` tells what else is done about a case; ``proof_cases`` opens those of a failed proof.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Line
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.practice import history
from chancery.practice.people import Person
from chancery.trust import client_ledgers, movements, shortfalls
from chancery.trust.models import Deficiency as Deficiency
from chancery.trust.models import (
    DeficiencyStep,
    Movement,
    MovementKind,
    TrustBankAccount,
    TrustLedger,
)
from chancery.trust.movements import Plan, Said
from chancery.trust.shortfalls import OF_MOVEMENT

KIND = "deficiency"
LONGEST = 300
BY_HAND, OF_PROOF = "statement", "proof"


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


@dataclass(eq=False)
class NothingToRestore(Refusal):
    """The books themselves are wrong: money does not put that right."""

    code: ClassVar[str] = "trust.nothing_to_restore"

    def __str__(self) -> str:
        return (
            "A proof found the books changed; money would not put that right, and none moved."
            " Restore the books from a backup, prove them again, then close the case."
        )


@dataclass(eq=False)
class RestorationSettled(Refusal):
    """The money that restored a shortage stays where its case is closed."""

    code: ClassVar[str] = "trust.restoration_settled"

    def __str__(self) -> str:
        return (
            "The shortage that this money restored is closed, so it is not taken back; none moved."
            " Record what is missing now as a shortage of its own."
        )


@dataclass(frozen=True)
class Found:
    """A shortage that came to light, and by what; ``source_id`` lets the same one be opened once.

    ``account`` is None where a proof names none.
    """

    account: TrustBankAccount | None
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
    cases = Deficiency.objects.select_related("account", "by", "ledger__matter__client", "firm")
    found = cases.filter(pk=deficiency_id).first()
    if found is None:
        raise NoSuchDeficiency
    return found


def open_case(found: Found, *, by: Person | None, at: datetime, firm_id: UUID) -> Deficiency:
    """Enter a shortage in the register; the same source returns the case that is there.

    ``by`` is None where Chancery itself found it.
    """
    case, is_new = Deficiency.objects.get_or_create(
        firm_id=firm_id,
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
        record_act(case, "Opened", by, at, changes)
    return case


def record(
    *,
    account: TrustBankAccount,
    amount: Money,
    said: Said,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> Deficiency:
    """Record money that the bank lacks and no document explains; no client's ledger bears it.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, PeriodLocked, KeyNamesAnother.
    """
    movements.allow(account, said, by=by, today=today)
    short = client_ledgers.of_account(account=account, kind=AccountKind.DEFICIENCY, by=by, at=at)
    balances.lock([short.id], on=said.on)
    movement = movements.done_before(MovementKind.SHORTAGE, amount, said, key=key)
    if movement is None:
        lines = (Line(short.id, "D", amount.minor), Line(account.id, "C", amount.minor))
        plan = Plan(account, MovementKind.SHORTAGE, amount.minor, lines)
        movement = movements.post([plan], said, by=by, at=at, today=today, key=key)[0]
    found = Found(
        account=account,
        amount=amount,
        on=said.on,
        cause=movement.reason,
        source=BY_HAND,
        source_id=movement.id,
    )
    return open_case(found, by=by, at=at, firm_id=by.firm_id)


def of_movement(movement: Movement) -> Deficiency | None:
    """Return the case that a movement opened or, in part or whole, restored."""
    opened = Deficiency.objects.filter(source__in=OF_MOVEMENT, source_id=movement.id).first()
    restored = DeficiencyStep.objects.filter(movement=movement).select_related("deficiency").first()
    return opened or (restored.deficiency if restored else None)


def movement_of(case: Deficiency) -> Movement | None:
    """Return the movement that opened a case; a proof and a dishonor have none."""
    if case.source not in OF_MOVEMENT or case.source_id is None:
        return None
    return Movement.objects.filter(pk=case.source_id).first()


def allow_reversal(movement: Movement) -> None:
    """Let a restoration be taken back while its case is open: a closed one is settled.

    Refuses: RestorationSettled.
    """
    closed = DeficiencyStep.objects.filter(act="closed")
    if closed.filter(deficiency__steps__movement=movement).exists():
        raise RestorationSettled


def restore(
    *, case: Deficiency, amount: Money, said: Said, by: Person, at: datetime, today: date, key: str
) -> Deficiency:
    """Record the firm's money that makes a shortage good, in part or whole.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, NothingToRestore, RestoresTooMuch, PeriodLocked.
    """
    if case.account is None or case.source == OF_PROOF:
        raise NothingToRestore
    movements.allow(case.account, said, by=by, today=today)
    short = client_ledgers.of_account(
        account=case.account, kind=AccountKind.DEFICIENCY, by=by, at=at
    )
    held = balances.lock([short.id], on=said.on)[short.id]
    if movements.done_before(MovementKind.RESTORATION, amount, said, key=key):
        return case
    left = shortfalls.missing(case)
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
    record_act(case, "Restored", by, at, {"Amount": ("", str(amount))})
    return case


def record_act(
    case: Deficiency, act: str, by: Person | None, at: datetime, changes: history.Changes
) -> None:
    """Write an act into the history of a case."""
    history.record(of=(KIND, case.id), firm_id=case.firm_id, act=act, by=by, at=at, changes=changes)

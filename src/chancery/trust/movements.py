"""Post money that moves without a receipt or a requisition, each once by its key, with its record.

The nouns that use it (``interest``, ``bank_charges``, ``own_funds``, ``deficiencies``) decide; this writes.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import posting
from chancery.ledger.faults import KeyNamesAnother
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers
from chancery.trust.models import Movement as Movement
from chancery.trust.models import MovementKind as MovementKind
from chancery.trust.models import TrustBankAccount, TrustLedger

KIND = "movement"
LANE = "documents"
LONGEST_REASON = 300


@dataclass(eq=False)
class NoSuchMovement(Refusal):
    """This firm has no such movement."""

    code: ClassVar[str] = "trust.no_such_movement"

    def __str__(self) -> str:
        return "There is no such movement. Go back to the list."


@dataclass(frozen=True)
class Said:
    """What a person says of a movement: the legal day, why, and the bank's reference."""

    on: date
    reason: str
    reference: str = ""


@dataclass(frozen=True)
class Plan:
    """A movement to be: its lines balance; ``amount_minor`` is what the bank moves."""

    account: TrustBankAccount
    kind: MovementKind
    amount_minor: int
    lines: tuple[Line, ...]
    ledger: TrustLedger | None = None
    gross_minor: int = 0
    tax_minor: int = 0
    fees_minor: int = 0


def visible(movement_id: UUID) -> Movement:
    """Return a movement of this firm.

    Refuses: NoSuchMovement.
    """
    movements = Movement.objects.select_related("account", "by", "ledger__matter__client")
    found = movements.filter(pk=movement_id).first()
    if found is None:
        raise NoSuchMovement
    return found


def allow(account: TrustBankAccount, said: Said, *, by: Person, today: date) -> None:
    """Let a movement be recorded by who keeps the books, on an open account, dated today or earlier.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    client_ledgers.require_open(account)
    problems = []
    if not 0 < len(tidy(said.reason)) <= LONGEST_REASON:
        problems.append(Problem("reason", "Say what it is, in at most 300 characters."))
    if said.on > today:
        problems.append(Problem("on", "Choose today or an earlier day."))
    if len(said.reference) > 80:  # noqa: PLR2004 - the column's length
        problems.append(Problem("reference", "Use at most 80 characters."))
    refuse_any(problems)


def post(
    plans: list[Plan], said: Said, *, by: Person, at: datetime, today: date, key: str
) -> list[Movement]:
    """Post the movements in one call; the same key returns those that are there.

    Refuses: LedgerBelowZero, PeriodLocked, LedgerClosed, KeyNamesAnother.
    """
    drafts = [
        Draft(plan.kind, said.on, _narrative(plan, said), f"{plan.kind}:{key}:{number}", plan.lines)
        for number, plan in enumerate(plans, 1)
    ]
    posted = posting.post(drafts, by=by.id, at=at)
    if posted and posted[0].was_there:
        there = Movement.objects.filter(journal_id__in=[each.journal_id for each in posted])
        return list(there.order_by("at", "id"))
    rows = [
        _row(plan, draft, said, by=by, at=at, today=today)
        for plan, draft in zip(plans, drafts, strict=True)
    ]
    return _write(rows, by=by, at=at)


def done_before(kind: MovementKind, amount: Money, said: Said, *, key: str) -> Movement | None:
    """Return the movement that stands under the key; what was done is not judged a second time.

    Refuses: KeyNamesAnother, where it is of another amount, day or reason.
    """
    journal_id = posting.journal_under(f"{kind}:{key}:1")
    if journal_id is None:
        return None
    movement = Movement.objects.get(journal_id=journal_id)
    stands = (movement.amount_minor, movement.on, movement.reason)
    if stands != (amount.minor, said.on, tidy(said.reason)):
        raise KeyNamesAnother(key)
    return movement


def _narrative(plan: Plan, said: Said) -> str:
    return f"{plan.kind.label}: {tidy(said.reason)}"


def _row(
    plan: Plan, draft: Draft, said: Said, *, by: Person, at: datetime, today: date
) -> Movement:
    return Movement(
        id=ids.new(),
        firm_id=by.firm_id,
        account=plan.account,
        ledger=plan.ledger,
        kind=plan.kind,
        journal_id=draft.id,
        on=said.on,
        made_on=today,
        amount_minor=plan.amount_minor,
        gross_minor=plan.gross_minor,
        tax_minor=plan.tax_minor,
        fees_minor=plan.fees_minor,
        reference=tidy(said.reference),
        reason=tidy(said.reason),
        by=by,
        at=at,
    )


def _write(rows: list[Movement], *, by: Person, at: datetime) -> list[Movement]:
    """Write the movements with their histories and messages, however many, in a few statements."""
    made = Movement.objects.bulk_create(rows)
    history.record_many(
        of=[(KIND, one.id) for one in made],
        firm_id=by.firm_id,
        act="Posted",
        by=by,
        at=at,
        changes={},
    )
    drafts = [
        messages.Draft(f"trust.{one.kind}", one.id, f"trust.movement:{one.id}", LANE, is_held=True)
        for one in made
    ]
    messages.enqueue_all(drafts, firm_id=by.firm_id, at=at)
    return made

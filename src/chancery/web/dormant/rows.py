"""Money that lies still, as pages and the register show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chancery.lib.money import Money
from chancery.trust import dormant, ledger_list
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.dormant import DormantStep
from chancery.trust.rules.ruled import Ruled


@dataclass(frozen=True)
class StepRow:
    """One step taken."""

    kind: str
    on: date
    words: str
    authority: str
    met: str
    held: str
    who: str
    at: datetime


@dataclass(frozen=True)
class DormantRow:
    """A ledger whose money lies still; ``last_step`` is None where nothing was done."""

    id: UUID
    number: str
    title: str
    client: str
    responsible: str
    account: str
    held: Money
    last_moved_on: date | None
    last_step: StepRow | None
    step_count: int


@dataclass(frozen=True)
class Rule:
    """What the place asks, and how far it is known."""

    title: str
    text: str
    authority: str
    confidence: str
    is_known: bool
    note: str


def rows_of(ledgers: Sequence[TrustLedger], *, on: date) -> list[DormantRow]:
    """Return ledgers for the page, each with what it holds and what was done last."""
    steps = dormant.steps_of([ledger.id for ledger in ledgers])
    by_currency: dict[str, list[TrustLedger]] = {}
    for ledger in ledgers:
        by_currency.setdefault(ledger.account.currency, []).append(ledger)
    held: dict[UUID, tuple[Money, date | None]] = {}
    for currency, some in by_currency.items():
        found = ledger_list.held_by(some, currency=currency, on=on)
        held |= {ledger_id: (one.held, moved) for ledger_id, (one, moved) in found.items()}
    return [_row(ledger, held[ledger.id], steps.get(ledger.id, [])) for ledger in ledgers]


def step_row(step: DormantStep, currency: str) -> StepRow:
    """Return a step for the page."""
    return StepRow(
        kind=step.get_kind_display(),
        on=step.on,
        words=step.words,
        authority=step.authority,
        met="; ".join(step.met),
        held=str(Money(step.held_minor, currency)),
        who=step.by.name,
        at=step.at,
    )


def rule_of(ruled: "Ruled[object]") -> Rule:
    """Return a value of the place for the page."""
    return Rule(
        title=ruled.title,
        text=ruled.in_words,
        authority=ruled.rule,
        confidence=ruled.confidence or "",
        is_known=ruled.is_known,
        note=ruled.note,
    )


def _row(
    ledger: TrustLedger, held: tuple[Money, date | None], steps: Sequence[DormantStep]
) -> DormantRow:
    matter = ledger.matter
    last = step_row(steps[0], ledger.account.currency) if steps else None
    return DormantRow(
        id=ledger.id,
        number=matter.number if matter else "",
        title=matter.title if matter else "",
        client=matter.client.name if matter else "",
        responsible=matter.responsible.name if matter else "",
        account=ledger.account.name,
        held=held[0],
        last_moved_on=held[1],
        last_step=last,
        step_count=len(steps),
    )

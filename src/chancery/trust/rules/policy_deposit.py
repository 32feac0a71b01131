"""Which part of the pooled money a place has deposited, how much of it, and by when.

Dates that a regulator publishes are stored, not computed: they follow no one rule.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words
from chancery.trust.rules.spans import Due, Span, sooner

_NO_WINDOW = Span(0)


class DepositKind(StrEnum):
    """How the amount of a statutory deposit is found."""

    NOTIFIED = "notified_by_regulator"
    QUARTERLY = "quarterly_formula"
    HALF_YEARLY = "half_yearly_formula"
    NONE = "none"


@dataclass(frozen=True)
class DepositFormula:
    """Below the threshold none; a lower second minimum counts by a percentage; rounded up."""

    threshold: int = 0
    percent: int = 100
    round_up_to: int = 1
    window: Span = _NO_WINDOW

    def __str__(self) -> str:
        return (
            f"below {self.threshold:,} none; else the lower of the quarter's minimum and"
            f" {self.percent} per cent of a lower minimum in {self.window} after it,"
            f" rounded up to {self.round_up_to:,}"
        )


@dataclass(frozen=True)
class PublishedRow:
    """One quarter of the dates that a regulator publishes."""

    quarter_end: date
    window_end: date
    calculate_on: date
    due_by: date

    def __str__(self) -> str:
        return f"{self.quarter_end}: calculate on {self.calculate_on}, due by {self.due_by}"


def _formula(value: JsonValue) -> DepositFormula | None:
    threshold, percent, step = (
        readers.whole(readers.part(value, name)) for name in ("threshold", "percent", "round_up_to")
    )
    window = Span.read(readers.part(value, "window"))
    if threshold is None or percent is None or not step or window is None:
        return None
    return DepositFormula(threshold, percent, step, window)


def _published(value: JsonValue) -> tuple[PublishedRow, ...] | None:
    rows = readers.part(value, "published")
    if not isinstance(rows, list):
        return None
    return tuple(PublishedRow(*(_day(row, name) for name in _DAYS)) for row in rows)


def _day(row: JsonValue, name: str) -> date:
    return date.fromisoformat(str(readers.part(row, name)))


_DAYS = ("quarter_end", "window_end", "calculate_on", "due_by")

KIND = Setting(
    paths=(
        *("statutory_deposit.formula", "statutory_deposit.base", "statutory_deposit.period"),
        "statutory_deposit.required",
    ),
    title="A statutory deposit",
    read=readers.choice(DepositKind, "kind"),
    is_as_strict=readers.ranked(*DepositKind),
    strictest=DepositKind.NOTIFIED,
    silent=DepositKind.NONE,
)
FORMULA = Setting(
    paths=("statutory_deposit.formula",),
    title="The formula of a statutory deposit",
    read=_formula,
    is_as_strict=lambda one, other: (
        one.threshold <= other.threshold and one.percent >= other.percent
    ),
    strictest=DepositFormula(),
    silent=DepositFormula(),
)
DUE = Setting(
    paths=("statutory_deposit.due",),
    title="A statutory deposit is made",
    read=Due.read,
    is_as_strict=sooner,
    strictest=Due(Span(14)),
    silent=Due(),
)
PUBLISHED = Setting[tuple[PublishedRow, ...]](
    paths=("statutory_deposit.period",),
    title="Published dates of a statutory deposit",
    read=_published,
    is_as_strict=lambda one, other: one == other or not one,
    strictest=(),
    silent=(),
)
RESTORED = Setting(
    paths=("statutory_deposit.after_withdrawal",),
    title="A statutory deposit that was drawn on is restored",
    read=Due.read,
    is_as_strict=sooner,
    strictest=Due(Span(20, "banking_days")),
    silent=Due(),
)
SETTINGS = (KIND, FORMULA, DUE, PUBLISHED, RESTORED)
WORDS = {
    "statutory_deposit.required": "A statutory deposit",
    "statutory_deposit.formula": "The formula",
    "statutory_deposit.base": "The base of the formula",
    "statutory_deposit.period": "The period of the deposit",
    "statutory_deposit.due": "When it is due",
    "statutory_deposit.threshold": "The threshold",
    "statutory_deposit.after_withdrawal": "After a withdrawal from the deposit",
    "statutory_deposit.ledger_treatment": "The deposit in the ledger",
    "statutory_deposit.historic_formula": "A formula of the past",
}


@dataclass(frozen=True)
class DepositPolicy:
    """Whether and how a part of the pooled money is deposited."""

    kind: Ruled[DepositKind]
    formula: Ruled[DepositFormula]
    due: Ruled[Due]
    published: Ruled[tuple[PublishedRow, ...]]
    restored: Ruled[Due]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "DepositPolicy":
        """Return what a place asks about a statutory deposit."""
        return cls(
            kind=reading.of(KIND),
            formula=reading.of(FORMULA),
            due=reading.of(DUE),
            published=reading.of(PUBLISHED),
            restored=reading.of(RESTORED),
            words=reading.words(WORDS),
        )

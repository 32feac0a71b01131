"""What a place asks of money that lies still, of a shortage, and of records: to notice and to act."""

from dataclasses import dataclass

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words
from chancery.trust.rules.spans import Due, Span, sooner


@dataclass(frozen=True)
class Dormancy:
    """After how many months without a movement a balance is looked into."""

    months: int

    def __str__(self) -> str:
        return f"{self.months} months without a movement"


@dataclass(frozen=True)
class Charity:
    """Up to how much of a matter, in whole units, may go to a charity, and on what conditions."""

    limit: int
    conditions: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.limit:
            return "none without the regulator's authority"
        return "; ".join([f"up to {self.limit:,} of a matter", *self.conditions])


@dataclass(frozen=True)
class Deficiency:
    """By when a shortage is made good, and by when it is reported."""

    correct: Due
    report: Due

    def __str__(self) -> str:
        return f"made good {self.correct}, reported {self.report}"


@dataclass(frozen=True)
class Retention:
    """How many years records are kept, and from when."""

    years: int
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.years} years" + (f" after {self.anchor}" if self.anchor else "")


def _dormancy(value: JsonValue) -> Dormancy | None:
    months = readers.whole(readers.part(value, "dormant_months"))
    return Dormancy(months) if months else None


def _charity(value: JsonValue) -> Charity | None:
    limit = readers.whole(readers.part(value, "amount"))
    conditions = readers.names(readers.part(value, "conditions")) or ()
    return None if limit is None else Charity(limit, conditions)


def _deficiency(value: JsonValue) -> Deficiency | None:
    """Return what a shortage calls for; a step that the value does not date is as soon as can be."""
    if not isinstance(value, dict):
        return None
    correct = value.get("correct", value.get("eliminate_within"))
    report = value.get("report", value.get("report_within", value.get("deadline")))
    days = readers.whole(value.get("deficit_unrectified_days"))
    if days is not None:
        correct = report = {"n": days, "unit": "calendar_days"}
    if correct is None and report is None:
        return None
    return Deficiency(Due.read(correct) or Due(), Due.read(report) or Due())


def _acts_sooner(one: Deficiency, other: Deficiency) -> bool:
    return sooner(one.correct, other.correct) and sooner(one.report, other.report)


def _retention(value: JsonValue) -> Retention | None:
    years, anchor = readers.whole(readers.part(value, "n")), readers.part(value, "anchor")
    return Retention(years, anchor if isinstance(anchor, str) else "") if years else None


DORMANCY = Setting(
    paths=("residual.aged", "residual.review", "residual.unclaimed"),
    title="A balance is looked into after",
    read=_dormancy,
    is_as_strict=lambda one, other: one.months <= other.months,
    strictest=Dormancy(12),
)
CHARITY = Setting(
    paths=("residual.charity_limit",),
    title="A small balance of an owner not found goes to charity",
    read=_charity,
    is_as_strict=lambda one, other: one.limit <= other.limit,
    strictest=Charity(0),
)
DEFICIENCY = Setting(
    paths=(
        *("irregularity.shortage", "irregularity.report", "irregularity.remedy"),
        "reconciliation.shortage",
    ),
    title="A shortage is",
    read=_deficiency,
    is_as_strict=_acts_sooner,
    strictest=Deficiency(Due(Span(0)), Due(Span(3, "business_days"))),
)
RETENTION = Setting(
    paths=("retention.years",),
    title="Records are kept",
    read=_retention,
    is_as_strict=lambda one, other: one.years >= other.years,
    strictest=Retention(10),
)
SETTINGS = (DORMANCY, CHARITY, DEFICIENCY, RETENTION)
RESIDUAL_STEPS = {
    "residual.return_rule": "Return what is no longer needed",
    "residual.review": "Review balances",
    "residual.aged": "Aged balances",
    "residual.charity_limit": "To a charity",
    "residual.above_limit": "Above the limit",
    "residual.no_tidy_up": "No sweeping into the office account",
    "residual.unclaimed": "Unclaimed money",
}
WORDS = {
    **RESIDUAL_STEPS,
    "irregularity.report": "Reporting an irregularity",
    "irregularity.remedy": "Putting a breach right",
    "irregularity.shortage": "A shortage",
    "reconciliation.shortage": "A shortage found by reconciling",
    "retention.years": "Keeping records",
}


@dataclass(frozen=True)
class CarePolicy:
    """What is watched and put right."""

    dormancy: Ruled[Dormancy]
    charity: Ruled[Charity]
    deficiency: Ruled[Deficiency]
    retention: Ruled[Retention]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "CarePolicy":
        """Return what a place asks to be watched and put right."""
        return cls(
            dormancy=reading.of(DORMANCY),
            charity=reading.of(CHARITY),
            deficiency=reading.of(DEFICIENCY),
            retention=reading.of(RETENTION),
            words=reading.words(WORDS),
        )

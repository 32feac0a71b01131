"""By when a shortage is made good and reported, counted from the day on which it was found."""

from dataclasses import dataclass
from datetime import date

from chancery.trust.rules import calendars
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.spans import Due


@dataclass(frozen=True)
class Deadlines:
    """The last days; None is as soon as practicable, with no day named."""

    correct_by: date | None
    report_by: date | None
    rule: str


def of(policy: Policy, found_on: date) -> Deadlines:
    """Return by when a shortage is made good and reported. Rule: policy.care.deficiency."""
    asked = policy.care.deficiency
    return Deadlines(
        correct_by=_last_day(policy, asked.value.correct, found_on),
        report_by=_last_day(policy, asked.value.report, found_on),
        rule=asked.rule,
    )


def _last_day(policy: Policy, due: Due, found_on: date) -> date | None:
    return calendars.add(found_on, due.within, policy.pack) if due.within else None

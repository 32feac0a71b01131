"""Stretches of time that rules speak of: so many days of a kind, or as soon as one can."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from pydantic import JsonValue

Unit = Literal["calendar_days", "working_days", "business_days", "banking_days", "months"]

_UNITS: frozenset[str] = frozenset(get_args(Unit))
_DAYS: dict[Unit, Fraction] = {
    "calendar_days": Fraction(1),
    "working_days": Fraction(7, 5),
    "business_days": Fraction(7, 5),
    "banking_days": Fraction(7, 5),
    "months": Fraction(30),
}


@dataclass(frozen=True)
class Span:
    """A number of days of one kind, or of months."""

    n: int
    unit: Unit = "calendar_days"

    def __str__(self) -> str:
        if not self.n:
            return "none"
        unit = self.unit.replace("_", " ")
        return f"{self.n} {unit.removesuffix('s') if self.n == 1 else unit}"

    @property
    def length(self) -> Fraction:
        """Return about how many calendar days it is, to tell the longer of two of other kinds."""
        return self.n * _DAYS[self.unit]

    @classmethod
    def read(cls, value: JsonValue) -> "Span | None":
        """Return the span that ``{n, unit}`` says; None where it says none."""
        if not isinstance(value, dict):
            return None
        count, unit = value.get("n"), value.get("unit", "calendar_days")
        if not isinstance(count, int) or isinstance(count, bool) or unit not in _UNITS:
            return None
        return cls(count, next(known for known in _DAYS if known == unit)) if count >= 0 else None


@dataclass(frozen=True)
class Due:
    """By when something is to be done; no span means as soon as practicable, with no number."""

    within: Span | None = None

    def __str__(self) -> str:
        if self.within is None:
            return "as soon as practicable"
        return f"within {self.within}" if self.within.n else "at once"

    @classmethod
    def read(cls, value: JsonValue) -> "Due | None":
        """Return the deadline that a value says: ``{n, unit}``, or a word for soon."""
        if isinstance(value, str):
            return cls() if value.replace("_", " ") in _SOON else None
        span = Span.read(value)
        return cls(span) if span else None


_SOON = ("as soon as practicable", "promptly")


def longer(one: Span, other: Span) -> bool:
    """Tell whether the first makes people wait at least as long as the second."""
    return one.length >= other.length


def sooner(one: Due, other: Due) -> bool:
    """Tell whether the first leaves no more time than the second."""
    if other.within is None:
        return True
    return one.within is not None and one.within.length <= other.within.length

"""Read the cells of a table of the past: a day, an amount; and say what is wrong with each."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from chancery.lib.money import Money, NotAnAmount

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](\d{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: a code that stays, and a sentence that says what to do."""

    code: str
    words: str


@dataclass(frozen=True)
class Found:
    """What is wrong with one row of a file."""

    number: int
    finding: Finding


@dataclass(frozen=True)
class Locale:
    """How the firm writes: its currency, today, and whether the month stands first in 3/4/2026."""

    currency: str
    today: date
    month_first: bool = False


def day(typed: str, locale: Locale) -> date | Finding:
    """Return the day that a cell says: 2026-03-05, 5 Mar 2026, or 5/3/2026 as the country writes it."""
    found = _day(typed, locale.month_first)
    if found is None:
        return Finding("bad_date", f"“{typed}” is no day. Write it as 2026-03-05.")
    if found > locale.today:
        return Finding("future_date", f"“{typed}” is yet to come. The past ends today.")
    return found


def amount(typed: str, currency: str) -> int | Finding:
    """Return the minor units that a cell says; more than nothing."""
    try:
        minor = Money.parse(typed, currency).minor
    except NotAnAmount as refusal:
        return Finding("bad_amount", str(refusal))
    return minor or Finding("bad_amount", "The amount is nought. Leave the row out.")


@lru_cache(maxsize=20_000)
def _day(typed: str, month_first: bool) -> date | None:  # noqa: FBT001 - one of two ways to write
    try:
        if found := _ISO.fullmatch(typed):
            made = date(int(found[1]), int(found[2]), int(found[3]))
        elif found := _SLASHED.fullmatch(typed):
            first, second = int(found[1]), int(found[2])
            month, of_month = (first, second) if month_first else (second, first)
            made = date(int(found[3]), month, of_month)
        elif found := _NAMED.fullmatch(typed):
            made = date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
        else:
            return None
    except ValueError:
        return None
    return made if made >= _EARLIEST else None

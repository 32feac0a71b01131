"""Which days count: calendar, working, business and banking days of each place.

Holidays are public ones of the place's own state, nation or province; New Zealand's are the
national ones only, as its certificates take no notice of regional holidays. A banking day is not a
bank holiday either, where the calendar of the place knows any.
"""

from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import assert_never

import holidays

from chancery.trust.rules.packs import Pack
from chancery.trust.rules.spans import Span, Unit

_DAY = timedelta(days=1)
_SATURDAY = 5
_PARTS = MappingProxyType(
    {
        **{f"au_{code}": code.upper() for code in ("act", "nsw", "nt", "qld", "sa", "tas")},
        **{f"au_{code}": code.upper() for code in ("vic", "wa")},
        **{f"ca_{code}": code.upper() for code in ("ab", "bc", "mb", "nb", "nl", "on", "sk")},
        **{f"us_{code}": code.upper() for code in ("ca", "fl", "il", "nc", "nj", "ny", "pa")},
        **{f"us_{code}": code.upper() for code in ("tx", "wa")},
        "gb_ew": "ENG",
        "gb_nir": "NIR",
        "gb_sct": "SCT",
    }
)

_ALSO = MappingProxyType({"HK": ("optional",)})  # general holidays, on which no bank opens


def add_days(on: date, n: int, unit: Unit, pack: Pack) -> date:
    """Return the last day of a time of n days that begins after a day; months end on its number.

    A business, working or banking day is one that is no Saturday, Sunday or holiday of the place.
    """
    match unit:
        case "calendar_days":
            return on + n * _DAY
        case "months":
            return _add_months(on, n)
        case "working_days" | "business_days" | "banking_days":
            return _counted(on, n, unit, pack)
        case _:  # pragma: no cover - the units are all above
            assert_never(unit)


def add(on: date, span: Span, pack: Pack) -> date:
    """Return the last day of a span that begins after a day."""
    return add_days(on, span.n, span.unit, pack)


def nth_working_day(year: int, month: int, n: int, pack: Pack) -> date:
    """Return the n-th working day of a month; the first is the first day that is worked."""
    assert n > 0, "working days of a month are counted from one"
    return _counted(date(year, month, 1) - _DAY, n, "working_days", pack)


def is_working_day(on: date, pack: Pack, unit: Unit = "working_days") -> bool:
    """Tell whether a day counts as a working, business or banking day."""
    return on.weekday() < _SATURDAY and on not in _holidays(pack.code, pack.country, on.year, unit)


def months_before(on: date, n: int) -> date:
    """Return the same day n months earlier, or that month's last day."""
    return _add_months(on, -n)


def _counted(on: date, n: int, unit: Unit, pack: Pack) -> date:
    while n:
        on += _DAY
        n -= is_working_day(on, pack, unit)
    return on


def _add_months(on: date, n: int) -> date:
    year, month = divmod(on.year * 12 + on.month - 1 + n, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + (on.day - 1) * _DAY, following - _DAY)


@cache
def _holidays(code: str, country: str, year: int, unit: Unit) -> frozenset[date]:
    part = _PARTS.get(code)
    known = holidays.country_holidays(country, subdiv=part, years=[year])
    wanted = {"public", *_ALSO.get(country, ())} | ({"bank"} if unit == "banking_days" else set())
    kinds = tuple(kind for kind in known.supported_categories if kind in wanted)
    return frozenset(
        holidays.country_holidays(country, subdiv=part, years=[year], categories=kinds)
    )

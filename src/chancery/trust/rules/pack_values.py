"""Check the shape of limits and deadlines, and say any value of a pack in plain words.

A deadline is ``{n, unit, anchor}``, a day of the month, or an anchor alone; a limit is one amount in
whole units of a currency. Everything else is free text, lists and names.
"""

from collections.abc import Iterator

from pydantic import JsonValue

UNITS = frozenset({"calendar_days", "working_days", "business_days", "banking_days", "months"})
_IN_YEARS = "retention.years"  # its name says the unit
_AMOUNTS = ("amount", "max", "over")
_LAST_DAY = 31


def faults(path: str, value: JsonValue) -> Iterator[str]:
    """Yield a sentence for every limit or deadline in a value that is not of its shape."""
    if isinstance(value, list):
        for part in value:
            yield from faults(path, part)
    if not isinstance(value, dict):
        return
    yield from _deadline_faults(path, value)
    yield from _limit_faults(value)
    for part in value.values():
        yield from faults(path, part)


def _deadline_faults(path: str, value: dict[str, JsonValue]) -> Iterator[str]:
    if "n" in value and not _is_count(value["n"]):
        yield f"n is a whole number from nought up, not {value['n']!r}"
    if "unit" in value and value["unit"] not in UNITS:
        yield f"the unit {value['unit']!r} is not one of {', '.join(sorted(UNITS))}"
    if "unit" in value and "n" not in value:
        yield "a unit needs its n"
    if value.get("n") and "unit" not in value and path != _IN_YEARS:
        yield "n needs its unit"
    if "anchor" in value and not (isinstance(value["anchor"], str) and value["anchor"]):
        yield "an anchor says in words what the time runs from"
    if "day_of_month" in value and value["day_of_month"] not in range(1, _LAST_DAY + 1):
        yield f"a day of the month is 1 to 31, not {value['day_of_month']!r}"


def _limit_faults(value: dict[str, JsonValue]) -> Iterator[str]:
    amounts = [name for name in _AMOUNTS if name in value]
    currency = value.get("currency")
    if bool(amounts) != ("currency" in value):
        yield "an amount and its currency stand together"
    if len(amounts) > 1:
        yield f"a limit has one amount, not {' and '.join(amounts)}"
    for name in amounts:
        if not _is_count(value[name]):
            yield f"{name} is a whole amount from nought up, not {value[name]!r}"
    if "currency" in value and not (
        isinstance(currency, str) and len(currency) == len("AUD") and currency.isupper()
    ):
        yield f"a currency is a code of three capitals, not {currency!r}"


def _is_count(value: JsonValue) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def say(value: JsonValue) -> str:
    """Return a value in plain words, for a page or a document."""
    match value:
        case None:
            return "not established"
        case bool():
            return "yes" if value else "no"
        case list():
            return "; ".join(say(part) for part in value)
        case dict():
            return _say_mapping(value)
        case str() if " " not in value:
            return value.replace("_", " ")
    return str(value)


def _say_mapping(value: dict[str, JsonValue]) -> str:
    """Say a deadline or a limit as one phrase and what stands beside it as names and values."""
    rest = dict(value)
    parts = [*_say_time(rest), *_say_amount(rest)]
    parts += [f"{say(name)}: {say(part)}" for name, part in rest.items()]
    return "; ".join(parts)


def _say_time(rest: dict[str, JsonValue]) -> Iterator[str]:
    """Take the time out of a mapping, if it has one, and say it."""
    anchor = say(rest.pop("anchor")) if "anchor" in rest else ""
    if "n" in rest:
        count, unit = rest.pop("n"), say(rest.pop("unit", ""))
        phrase = f"{count} {unit.removesuffix('s') if count == 1 else unit}".strip()
        yield f"{phrase} after {anchor}" if anchor else phrase
    elif "day_of_month" in rest:
        day = f"by day {rest.pop('day_of_month')}"
        yield f"{day} of {anchor}" if anchor else day
    elif anchor:
        yield f"by {anchor}"


def _say_amount(rest: dict[str, JsonValue]) -> Iterator[str]:
    """Take the limit out of a mapping, if it has one, and say it."""
    amount = next((name for name in _AMOUNTS if name in rest), None)
    if amount and "currency" in rest:
        before = "" if amount == "amount" else f"{amount} "
        yield f"{before}{rest.pop('currency')} {rest.pop(amount):,}"

"""The forms in which settings read a pack's values, and the plain orders of strictness."""

from collections.abc import Callable, Collection
from enum import StrEnum
from typing import TypeVar

from pydantic import JsonValue

E = TypeVar("E", bound=StrEnum)
S = TypeVar("S", bound=Collection[object])


def part(value: JsonValue, name: str) -> JsonValue:
    """Return one part of a mapping; None where there is no mapping or no such part."""
    return value.get(name) if isinstance(value, dict) else None


def whole(value: JsonValue) -> int | None:
    """Return a whole number from nought up; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def flag(name: str) -> Callable[[JsonValue], bool | None]:
    """Return a reader of yes or no, given alone or under a name in a mapping."""

    def read(value: JsonValue) -> bool | None:
        found = part(value, name) if isinstance(value, dict) else value
        return found if isinstance(found, bool) else None

    return read


def choice(kind: type[E], name: str = "") -> Callable[[JsonValue], E | None]:
    """Return a reader of one word out of a list, given alone or under a name in a mapping."""

    def read(value: JsonValue) -> E | None:
        found = part(value, name) if isinstance(value, dict) else value
        return kind(found) if isinstance(found, str) and found in set(kind) else None

    return read


def names(value: JsonValue) -> tuple[str, ...] | None:
    """Return a list of names as it stands; None for anything else."""
    if not isinstance(value, list):
        return None
    return tuple(str(each) for each in value)


def is_yes(one: bool, other: bool) -> bool:  # noqa: FBT001 - an order over two values
    """Tell whether asking, or asking nothing, is at least as strict as the other."""
    return one or not other


def holds_all(one: S, other: S) -> bool:
    """Tell whether the first asks for everything that the second asks for."""
    return set(one) >= set(other)


def allows_no_more(one: S, other: S) -> bool:
    """Tell whether the first allows nothing that the second does not."""
    return set(one) <= set(other)


def ranked(*strictest_first: E) -> Callable[[E, E], bool]:
    """Return the order of a list of choices."""

    def is_as_strict(one: E, other: E) -> bool:
        return strictest_first.index(one) <= strictest_first.index(other)

    return is_as_strict

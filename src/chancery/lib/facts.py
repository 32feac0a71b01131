"""The facts of a refusal as plain values: what a program reads where a person reads the sentence."""

from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from chancery.lib.refusals import Outage, Refusal

Plain = dict[str, Any]


def of(refusal: Refusal | Outage) -> Plain:
    """Return the facts of a refusal under their names; money is ``{"minor": 125000, "currency": "AUD"}``."""
    return _parts(refusal) if is_dataclass(refusal) else {}


def plain(value: object) -> Any:
    """Return a fact as JSON knows it; what has no form of its own there is said in words."""
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Collection) and not isinstance(value, bytes):
        return _many(value)
    if is_dataclass(value):
        return _parts(value)
    return _in_words(value)


def _many(values: Collection[object]) -> Any:
    if isinstance(values, Mapping):
        return {str(plain(name)): plain(part) for name, part in values.items()}
    listed = [plain(part) for part in values]
    return sorted(listed, key=str) if isinstance(values, set | frozenset) else listed


def _in_words(value: object) -> Any:
    if isinstance(value, date):  # an instant is one, too
        return value.isoformat()
    if hasattr(value, "pk"):  # a record is told by its id and its name, never by all that it holds
        return {"id": str(value.pk), "name": str(value)}
    return str(value)


def _parts(value: Any) -> Plain:
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}

"""How a value of the law becomes a value that a deed decides by, and is never without its rule.

A setting says which values of a pack it reads, in what form, and which of two readings is stricter.
Where a place's own value is missing, unreadable or of low confidence, the strictest reading of all
places stands in its stead and says so, except where a duty is known to be one place's own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Generic, TypeVar

from pydantic import JsonValue

from chancery.trust.rules import pack_values
from chancery.trust.rules.pack_schema import Confidence, Parameter
from chancery.trust.rules.packs import Pack

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

STRICT_DEFAULT = "Chancery's strict default, where the place's own rule is not established"
NOT_STATED = "Not established for this place; the strictest that any known place asks applies."
NOT_READABLE = (
    "What is known of this place settles no value; the strictest that any known place asks applies."
)
NOT_SURE = (
    "Known for this place with low confidence only; the strictest that any place asks applies."
)
NOT_ASKED = "No such rule was found for this place; none is applied."
_FIRMS = "The firm's own setting, stricter than the place's ({})."


@dataclass(frozen=True)
class Ruled(Generic[T_co]):
    """A value, the rule to cite for it, and how far both may be trusted.

    ``is_known``: the place's own value, of at least medium confidence. ``note`` is for the screen.
    """

    path: str
    title: str
    value: T_co
    rule: str
    confidence: Confidence | None
    is_known: bool
    note: str = ""
    is_firms: bool = False

    @property
    def in_words(self) -> str:
        """Return the value as a page shows it."""
        return say(self.value)


@dataclass(frozen=True)
class Words:
    """What a place says in free text: for people to read, never for a machine to decide by."""

    path: str
    title: str
    text: str
    rule: str
    confidence: Confidence
    note: str = ""


def _whole(own: T, base: T) -> T:
    return own


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One thing that a deed decides by: where it is read, what is stricter, what stands in for it.

    ``silent`` is the value where a place states nothing; None there means the strictest. A reading
    that names some parts only is ``completed`` by the value beneath it.
    """

    paths: tuple[str, ...]
    title: str
    read: Callable[[JsonValue], T | None]
    is_as_strict: Callable[[T, T], bool]
    strictest: T
    silent: T | None = None
    completed: Callable[[T, T], T] = field(default=_whole)

    @property
    def path(self) -> str:
        """Return the name by which the setting is known and a firm sets it."""
        return self.paths[0]


@dataclass(frozen=True)
class Reading:
    """A pack as settings read it, together with what the firm set more strictly for itself."""

    pack: Pack
    stricter: Mapping[str, JsonValue] = field(default_factory=dict)

    def of(self, setting: Setting[T]) -> Ruled[T]:
        """Return the value to decide by: the firm's where it has set one, else the place's."""
        place = self.place(setting)
        if setting.path not in self.stricter:
            return place
        own = setting.read(self.stricter[setting.path])
        assert own is not None, "a firm's setting is checked before it is applied"
        value = setting.completed(own, place.value)
        note = _FIRMS.format(place.in_words)
        return replace(place, value=value, note=note, is_firms=True)

    def place(self, setting: Setting[T]) -> Ruled[T]:
        """Return what the place asks, or what stands in for it."""
        for path in setting.paths:
            parameter = self.pack.parameter(path)
            own = _read(setting, parameter) if parameter else None
            if parameter and own is not None:
                return self._stated(setting, path, parameter, own)
        return self._silent(setting)

    def _stated(self, setting: Setting[T], path: str, parameter: Parameter, own: T) -> Ruled[T]:
        is_sure = parameter.confidence != "low"
        value = setting.completed(own, setting.strictest)
        if not is_sure and setting.is_as_strict(setting.strictest, own):
            value = setting.strictest
        return Ruled(
            path=path,
            title=setting.title,
            value=value,
            rule=self.cite(parameter),
            confidence=parameter.confidence,
            is_known=is_sure,
            note=(parameter.note or "") if is_sure else NOT_SURE,
        )

    def _silent(self, setting: Setting[T]) -> Ruled[T]:
        """Return what applies where the place states no value that can be read."""
        spoken = [each for path in setting.paths if (each := self.pack.parameter(path))]
        if setting.silent is not None and not spoken:
            value, rule, note = setting.silent, "", NOT_ASKED
        else:
            value, rule = setting.strictest, STRICT_DEFAULT
            note = NOT_READABLE if spoken else NOT_STATED
        return Ruled(
            path=setting.path,
            title=setting.title,
            value=value,
            rule=rule,
            confidence=None,
            is_known=False,
            note=note,
        )

    def words(self, titles: Mapping[str, str]) -> tuple[Words, ...]:
        """Return the free text of the named values, as far as the place has them."""
        return tuple(self._words(titles))

    def _words(self, titles: Mapping[str, str]) -> Iterator[Words]:
        for path, title in titles.items():
            parameter = self.pack.parameter(path)
            if parameter:
                yield Words(
                    path=path,
                    title=title,
                    text=pack_values.say(parameter.value),
                    rule=self.cite(parameter),
                    confidence=parameter.confidence,
                    note=parameter.note or "",
                )

    def cite(self, parameter: Parameter) -> str:
        """Return the rule; where no rule was read, what was read instead."""
        read = "; ".join(source.title for source in self.pack.sources_of(parameter))
        return parameter.authority or read or "Remembered, not checked"


def _read(setting: Setting[T], parameter: Parameter) -> T | None:
    """Return what a value says to a setting; the typed form goes before the words."""
    typed = setting.read(parameter.typed) if parameter.typed is not None else None
    return typed if typed is not None else setting.read(parameter.value)


def say(value: object) -> str:
    """Return a typed value in plain words."""
    match value:
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            return value.value.replace("_", " ")
        case frozenset():
            return "; ".join(sorted(say(part) for part in value)) or "none"
        case tuple():
            return "; ".join(say(part) for part in value) or "none"
    return str(value).replace("_", " ")

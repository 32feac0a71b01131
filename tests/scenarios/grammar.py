"""Read scenario files: what a cashier wrote, line by line, with nothing guessed.

A line is a day, a verb, then by the verb a subject and an amount, then options in plain words; two
spaces or more stand between. What is not known is an error with its file and line, never passed over.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scenarios.stage import Stage

_CELLS = re.compile(r"\s{2,}")
_PARTS = re.compile(r",\s+")
_AMOUNT = re.compile(r"[0-9]{1,3}(,[0-9]{3})*\.[0-9]{2}|none")
_REFUSED = re.compile(
    r"refused(?: (?P<code>[a-z]+\.[a-z_]+)(?: in (?P<field>[a-z_]+))?(?: by (?P<rule>.+))?)?"
)


class ScenarioError(Exception):
    """A scenario says something that nobody can act."""


class Takes(StrEnum):
    """What follows an option's words."""

    NOTHING = "nothing"
    DAY = "a day such as 2026-03-01"
    AMOUNT = "an amount such as 1,000.00"
    WORDS = "words"


@dataclass(frozen=True)
class Refused:
    """That a line is refused: by which code, in which field, by a rule that holds these words.

    Without a code, it is the database itself that refuses.
    """

    code: str = ""
    field: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Line:
    """One thing done, or looked at, on a day."""

    where: str
    on: date
    verb: str
    subject: str = ""
    amount: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None

    def day(self, option: str) -> date | None:
        """Return the day that an option names, if the line has it."""
        return date.fromisoformat(self.options[option]) if option in self.options else None

    def says(self, option: str) -> bool:
        """Tell whether the line has an option."""
        return option in self.options

    def words(self, option: str, otherwise: str = "") -> str:
        """Return what an option says."""
        return self.options.get(option, otherwise)


Act = Callable[["Stage", Line], None]


@dataclass(frozen=True)
class Verb:
    """A word that scenarios may use: what it takes, and what it does."""

    act: Act
    has_subject: bool
    has_amount: bool
    options: Mapping[str, Takes]


VERBS: dict[str, Verb] = {}


def verb(
    name: str, *, subject: bool = False, amount: bool = False, **options: Takes
) -> Callable[[Act], Act]:
    """Teach the grammar a verb; an option's name has _ where people write a space."""

    def taught(act: Act) -> Act:
        known = {words.strip("_").replace("_", " "): takes for words, takes in options.items()}
        VERBS[name] = Verb(act, subject, amount, known)
        return act

    return taught


@dataclass(frozen=True)
class Scenario:
    """What happens in a place, from nothing on; the same may be told of several places."""

    where: str
    title: str
    places: tuple[str, ...]
    lines: tuple[Line, ...]


def read(path: Path) -> list[Scenario]:
    """Return the scenarios of a file, in their order."""
    return list(_scenarios(path))


def _scenarios(path: Path) -> Iterator[Scenario]:
    title, where = "", ""
    places: tuple[str, ...] = ()
    lines: list[Line] = []
    texts = [text.rstrip() for text in path.read_text(encoding="utf-8").splitlines()]
    for number, text in enumerate(texts, 1):
        here = f"{path.parent.name}/{path.name}:{number}"
        if text.startswith("== "):
            if title:
                yield _whole(where, title, places, lines)
            title, where, places, lines = text.removeprefix("== "), here, (), []
        elif text.startswith("place "):
            places = tuple(text.split()[1:])
        elif text and not text.startswith("#"):
            lines.append(_line(here, text, after=lines[-1].on if lines else date.min))
    yield _whole(where or path.name, title, places, lines)


def _whole(where: str, title: str, places: tuple[str, ...], lines: list[Line]) -> Scenario:
    if not (title and places and lines):
        raise ScenarioError(f"{where}: a scenario has a title, a place and lines")
    return Scenario(where, title, places, tuple(lines))


def _line(where: str, text: str, *, after: date) -> Line:
    day, *cells = _CELLS.split(text)
    on = _day(where, day)
    if on < after:
        raise ScenarioError(f"{where}: {on} comes after {after}, and time does not run back")
    name = cells.pop(0) if cells else ""
    if name not in VERBS:
        raise ScenarioError(f"{where}: “{name}” is no verb; known are {', '.join(sorted(VERBS))}")
    known = VERBS[name]
    subject = _next(where, cells, "what it is done to") if known.has_subject else ""
    amount = _amount(where, _next(where, cells, "an amount")) if known.has_amount else ""
    if len(cells) > 1:
        raise ScenarioError(f"{where}: nothing can follow “{cells[0]}”; use commas")
    options, refused = _options(where, known, cells[0] if cells else "")
    return Line(where, on, name, subject, amount, options, refused)


def _next(where: str, cells: list[str], what: str) -> str:
    if not cells:
        raise ScenarioError(f"{where}: {what} is missing")
    return cells.pop(0)


def _options(where: str, known: Verb, cell: str) -> tuple[dict[str, str], Refused | None]:
    options: dict[str, str] = {}
    refused = None
    for part in _PARTS.split(cell) if cell else []:
        if part.startswith("refused"):
            found = _REFUSED.fullmatch(part)
            if found is None:
                raise ScenarioError(f"{where}: “{part}” names no code")
            refused = Refused(*(found[name] or "" for name in ("code", "field", "rule")))
        else:
            name, value = _option(where, known, part)
            options[name] = value
    return options, refused


def _option(where: str, known: Verb, part: str) -> tuple[str, str]:
    fitting = [name for name in known.options if f"{part} ".startswith(f"{name} ")]
    if not fitting:
        told = ", ".join(sorted(known.options)) or "none"
        raise ScenarioError(f"{where}: “{part}” is no option here; known are {told}")
    name = max(fitting, key=len)
    value, takes = part.removeprefix(name).strip(), known.options[name]
    if (takes is Takes.NOTHING) == bool(value):
        raise ScenarioError(f"{where}: after “{name}” comes {takes}")
    if takes is Takes.DAY:
        _day(where, value)
    elif takes is Takes.AMOUNT:
        _amount(where, value)
    return name, value


def _day(where: str, words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ScenarioError(f"{where}: “{words}” is no day such as 2026-03-01") from error


def _amount(where: str, words: str) -> str:
    for part in words.split(" + "):
        if not _AMOUNT.fullmatch(part):
            raise ScenarioError(f"{where}: “{part}” is no amount such as 1,000.00")
    return words

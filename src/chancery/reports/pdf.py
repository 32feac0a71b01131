"""Documents as PDF: a template and data go in, the same bytes come out every time.

Text is only ever data. It reaches the template as JSON and is never read as typst, whatever it says.
The fonts are those inside typst, and nothing is fetched.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Protocol

import typst

from chancery.lib.money import Money
from chancery.reports.imprint import Imprint
from chancery.reports.plain import plain

TEXT_LENGTH_MAX = 4000
ROWS_MAX = 20_000
_HERE = Path(__file__).parent
_TEMPLATES = _HERE / "templates"
_RUN_WITHOUT_BREAK = 30  # a longer one may not leave its column
_LETTERS_THAT_NEED_NO_SHAPING = 0x530  # Latin, Greek, Cyrillic: shown whatever stands beside them
_STAYS_TOGETHER = "\u00a0"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class TextTooLong(ValueError):
    """A text or a list is longer than any that the program lets a person enter: a fault of ours."""


class Document(Protocol):
    """What can be printed: frozen data with an imprint."""

    @property
    def imprint(self) -> Imprint:
        """Return what stands on every page."""


def render(template: str, document: Document, **derived: object) -> bytes:
    """Return the document as PDF/A-2b, tagged for PDF/UA-1.

    What is derived stands beside the document's own fields. A character that the fonts lack is
    shown by its number, such as ``[U+65E5]``.
    """
    seal, made_at = document.imprint.seal, document.imprint.made_at.astimezone(UTC)
    values = {**_of_fields(document), **derived, "seal_count": f"{seal.count:,}" if seal else ""}
    try:
        return _compiled(template, _printable(values, template), made_at)
    except typst.TypstError as unshown:
        if "could not be displayed" not in str(unshown):
            raise
        # A letter may be in a font and still have no shape beside its neighbour.
        return _compiled(template, _printable(values, template, is_strict=True), made_at)


def day(value: date) -> str:
    """Return a day as people write it: ``5 Mar 2026``."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def _compiled(template: str, printable: object, made_at: datetime) -> bytes:
    compiler = typst.Compiler(
        _TEMPLATES / template, root=_TEMPLATES, font_paths=[], ignore_system_fonts=True
    )
    made = compiler.compile(
        format="pdf",
        sys_inputs={"document": json.dumps(printable, ensure_ascii=False)},
        pdf_standards=["a-2b", "ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    assert isinstance(made, bytes)
    return made


def _of_fields(value: object) -> dict[str, object]:
    assert is_dataclass(value)
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _printable(value: object, path: str, *, is_strict: bool = False) -> object:
    """Return the value as JSON has it: amounts, days and instants as people write them."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return _shown(value, path, is_strict=is_strict)
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, date):
        return _moment(value)
    if isinstance(value, tuple | list):
        if len(value) > ROWS_MAX:
            raise TextTooLong(f"{path} has {len(value)} rows, {ROWS_MAX} at most")
        return [
            _printable(one, f"{path}[{at}]", is_strict=is_strict) for at, one in enumerate(value)
        ]
    named = value if isinstance(value, Mapping) else _of_fields(value)
    return {
        key: _printable(one, f"{path}.{key}", is_strict=is_strict) for key, one in named.items()
    }


def _moment(value: date) -> str:
    shown = f"{day(value)}, {value:%H:%M}" if isinstance(value, datetime) else day(value)
    return shown.replace(" ", _STAYS_TOGETHER)


def _shown(text: str, path: str, *, is_strict: bool) -> str:
    if len(text) > TEXT_LENGTH_MAX:
        raise TextTooLong(f"{path} has {len(text)} characters, {TEXT_LENGTH_MAX} at most")
    shown = plain(text)
    if not shown.isascii():
        shown = _in_our_fonts(shown, is_strict=is_strict)
    if len(shown) <= _RUN_WITHOUT_BREAK:
        return shown
    return " ".join(_breakable(word) for word in shown.split(" "))


def _in_our_fonts(text: str, *, is_strict: bool) -> str:
    """Return the text with what no font shows as numbers: a name must not lose a letter unseen."""
    has_shape = _needs_no_shaping if is_strict else _is_covered
    parts = []
    for is_shown, letters in groupby(text, has_shape):
        if is_shown:
            parts.append("".join(letters))
        else:
            parts.append(f"[U+{' '.join(f'{ord(letter):04X}' for letter in letters)}]")
    return "".join(parts)


def _needs_no_shaping(letter: str) -> bool:
    return ord(letter) < _LETTERS_THAT_NEED_NO_SHAPING and _is_covered(letter)


def _is_covered(letter: str) -> bool:
    starts, ends = _coverage()
    at = bisect_right(starts, ord(letter)) - 1
    return at >= 0 and ord(letter) <= ends[at]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    lines = (_HERE / "glyphs.txt").read_text(encoding="ascii").splitlines()
    ranges = [line.partition("-") for line in lines if not line.startswith("#")]
    starts = [int(start, 16) for start, _, _ in ranges]
    return starts, [int(end or start, 16) for start, _, end in ranges]


def _breakable(word: str) -> str:
    """Return a word that may break where it would run out of its column; the marks are unseen."""
    if len(word) <= _RUN_WITHOUT_BREAK:
        return word
    step = _RUN_WITHOUT_BREAK // 2
    return "\u200b".join(word[at : at + step] for at in range(0, len(word), step))

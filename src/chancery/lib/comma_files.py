"""Read a table that someone sends as CSV: streamed, bounded, and never trusted.

Every cell stays text, also one that looks like a formula. A file that is no text in UTF-8, or larger than
it may be, is refused as a whole; what is wrong with a row is for the caller to say, row by row.
"""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from chancery.lib.refusals import Refusal

LONGEST_LINE = 20_000
_BYTES_OF_A_MEGABYTE = 1_000_000
_SEPARATORS = (",", ";", "\t")


@dataclass(eq=False)
class FileNotReadable(Refusal):
    """The file is no table that can be read."""

    code: ClassVar[str] = "file.not_readable"

    why: str

    def __str__(self) -> str:
        return f"{self.why} Save the table as “CSV UTF-8” and send it again."


@dataclass(eq=False)
class FileTooLarge(Refusal):
    """The file is larger than may be sent at once."""

    code: ClassVar[str] = "file.too_large"

    most: str

    def __str__(self) -> str:
        return (
            f"The file is larger than {self.most}. Divide it and send the parts one after another."
        )


@dataclass(eq=False)
class ColumnsMissing(Refusal):
    """The first row does not name every column that is needed, or names one that nobody knows."""

    code: ClassVar[str] = "file.columns_missing"

    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    def __str__(self) -> str:
        parts = []
        if self.missing:
            parts.append(f"The first row lacks {', '.join(self.missing)}.")
        if self.unknown:
            parts.append(f"It names {', '.join(self.unknown)}, which is no column here.")
        return f"{' '.join(parts)} Take the column names from the template."


@dataclass(frozen=True)
class Table:
    """Which columns a table has, which of them must be there, and how large it may be."""

    columns: tuple[str, ...]
    needed: tuple[str, ...]
    rows_at_most: int
    bytes_at_most: int = 20 * _BYTES_OF_A_MEGABYTE

    @property
    def limits(self) -> str:
        """Return how large a file may be, as a page says it."""
        megabytes = self.bytes_at_most // _BYTES_OF_A_MEGABYTE
        return f"{self.rows_at_most:,} rows and {megabytes} MB"


@dataclass(frozen=True)
class Row:
    """One row: its number in the file (the heading is 1), and its cells by column, trimmed.

    ``is_whole`` is false where it has more or fewer cells than the heading.
    """

    number: int
    cells: dict[str, str]
    is_whole: bool


def read(chunks: Iterable[bytes], table: Table) -> Iterator[Row]:
    """Yield the rows of a file as its parts arrive; empty rows are passed over.

    Refuses: FileNotReadable, FileTooLarge, ColumnsMissing.
    """
    lines = _lines(chunks, table)
    first = next(lines, "")
    rows = _parsed(first, lines)
    names = _names(next(rows, [])[:], table)
    count = 0
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > table.rows_at_most:
            raise FileTooLarge(table.limits)
        yield Row(
            number=number,
            cells={name: _tame(cell) for name, cell in zip(names, cells, strict=False)},
            is_whole=len(cells) == len(names),
        )


def _lines(chunks: Iterable[bytes], table: Table) -> Iterator[str]:
    """Yield the lines of the text, each with its ending."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="strict")
    kept, size = "", 0
    for chunk in chunks:
        size += len(chunk)
        if size > table.bytes_at_most:
            raise FileTooLarge(table.limits)
        kept += _decoded(decoder, chunk, is_last=False)
        *whole, kept = kept.splitlines(keepends=True) or [""]
        if kept.endswith("\n"):
            whole, kept = [*whole, kept], ""
        yield from map(_bounded, whole)
        _bounded(kept)
    kept += _decoded(decoder, b"", is_last=True)
    yield from map(_bounded, kept.splitlines(keepends=True))


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, is_last: bool) -> str:
    try:
        text = decoder.decode(chunk, is_last)
    except UnicodeDecodeError as error:
        raise FileNotReadable("The file is not text in UTF-8.") from error
    if "\0" in text:
        raise FileNotReadable("The file is no text: it may be a workbook or a picture.")
    return text


def _bounded(line: str) -> str:
    if len(line) > LONGEST_LINE:
        raise FileNotReadable(f"One line has more than {LONGEST_LINE:,} characters.")
    return line


def _parsed(first: str, rest: Iterator[str]) -> Iterator[list[str]]:
    separator = max(_SEPARATORS, key=first.count)

    def lines() -> Iterator[str]:
        yield first
        yield from rest

    try:
        yield from csv.reader(lines(), delimiter=separator, strict=True)
    except csv.Error as error:
        raise FileNotReadable("A quotation mark in the file is not closed.") from error


def _names(heading: Sequence[str], table: Table) -> list[str]:
    names = [cell.strip().casefold().replace(" ", "_") for cell in heading]
    missing = tuple(name for name in table.needed if name not in names)
    unknown = tuple(name[:40] for name in names if name not in table.columns)
    twice = tuple(name for name in set(names) if names.count(name) > 1)
    if missing or unknown or twice:
        raise ColumnsMissing(missing, unknown or twice)
    return names


def _tame(cell: str) -> str:
    """Return a cell as words: no control characters, single spaces, and no spreadsheet's quote before it."""
    if not cell.isprintable():
        cell = "".join(mark if mark.isprintable() else " " for mark in cell)
    words = " ".join(cell.split())
    return words[1:] if words[:1] == "'" and words[1:2] in ("=", "+", "-", "@", "−") else words

"""Tables for a spreadsheet: one description, written as CSV or as XLSX, and never run by either.

Amounts are numbers and dates are dates, so that they add up and sort. Everything else is words, also
where it looks like a formula.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chancery.lib.money import Money, digits
from chancery.reports.plain import plain

Kind = Literal["text", "amount", "date", "number", "id"]
Cell = str | Money | date | int | Decimal | None

CELL_LENGTH_MAX = 32_000  # a spreadsheet drops what is longer than 32,767, and says nothing
_FIGURES_KEPT = 10**15  # a spreadsheet keeps fifteen figures of a number and makes the rest up
_STARTS_A_FORMULA = frozenset("=+-@")
_LOOKS_LIKE_MINUS = frozenset("\u2212\u2010\u2011")
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\]")
_WIDTHS: dict[Kind, int] = {"text": 28, "amount": 16, "date": 12, "number": 10, "id": 16}


@dataclass(frozen=True)
class Column:
    """A column: what its head says and what stands in it; amounts are all of one currency."""

    title: str
    kind: Kind = "text"
    currency: str = ""

    @property
    def head(self) -> str:
        """Return the head, with the currency where there is one: ``Held, AUD``."""
        return f"{self.title}, {self.currency}" if self.currency else self.title


@dataclass(frozen=True)
class Sheet:
    """A table to take away: rows are read once, as they are written."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Cell]]
    totals: Sequence[Cell] | None = None

    def __post_init__(self) -> None:
        for column in self.columns:
            assert bool(column.currency) == (column.kind == "amount"), column.title


def as_csv(sheet: Sheet) -> bytes:
    """Return the table as CSV in UTF-8 with its mark: words in quotes, figures and days bare."""
    text = StringIO(newline="")
    # Words are always quoted: a semicolon in one would start a new cell in half of Europe.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_inert(column.head) for column in sheet.columns])
    writer.writerows(_csv_row(sheet, row) for row in sheet.rows)
    if sheet.totals is not None:
        writer.writerow(_csv_row(sheet, sheet.totals))
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet, *, made_at: datetime) -> bytes:
    """Return the table as a workbook of one sheet; the same table and instant give the same bytes."""
    kept = BytesIO()
    with Workbook(kept, {"constant_memory": True}) as book:
        book.set_properties({"title": plain(sheet.title), "created": made_at.replace(tzinfo=None)})
        page = book.add_worksheet(_tab(sheet.title))
        _lay_out(page, sheet)
        _fill(book, page, sheet)
    return kept.getvalue()


def _paired(sheet: Sheet, row: Sequence[Cell]) -> Iterable[tuple[Column, Cell]]:
    """Yield each cell with its column; a row of another width or currency is a fault of ours."""
    for column, cell in zip(sheet.columns, row, strict=True):
        assert not isinstance(cell, Money) or cell.currency == column.currency, column.title
        yield column, cell


def _csv_row(sheet: Sheet, row: Sequence[Cell]) -> list[str | int | Decimal]:
    return [_csv_cell(cell) for _, cell in _paired(sheet, row)]


def _lay_out(page: Worksheet, sheet: Sheet) -> None:
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_footer("&C&P / &N")
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, max(_WIDTHS[column.kind], min(len(column.head) + 2, 40)))


def _fill(book: Workbook, page: Worksheet, sheet: Sheet) -> None:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, _short(plain(column.head)), head)
    shapes, closing = _shapes(book, sheet), _shapes(book, sheet, {"bold": True, "top": 2})
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        _write_row(page, last, _paired(sheet, row), shapes)
    if sheet.totals is not None:
        _write_row(page, last + 1, _paired(sheet, sheet.totals), closing)


def _shapes(book: Workbook, sheet: Sheet, more: dict[str, object] | None = None) -> list[Format]:
    """Return how each column's cells look."""
    return [book.add_format({**_shape(column), **(more or {})}) for column in sheet.columns]


def _shape(column: Column) -> dict[str, object]:
    if column.kind == "amount":
        places = digits(column.currency)
        figure = "#,##0" + ("." + "0" * places if places else "")
        return {"num_format": f"{figure};−{figure}"}
    if column.kind == "date":
        return {"num_format": "d mmm yyyy", "align": "left"}
    return {} if column.kind == "number" else {"num_format": "@"}


def _write_row(
    page: Worksheet, line: int, cells: Iterable[tuple[Column, Cell]], shapes: list[Format]
) -> None:
    for at, (_, cell) in enumerate(cells):
        _write_cell(page, (line, at), cell, shapes[at])


def _write_cell(page: Worksheet, at: tuple[int, int], cell: Cell, shape: Format) -> None:
    if isinstance(cell, Money) and abs(cell.minor) >= _FIGURES_KEPT:
        page.write_string(*at, str(cell), shape)
    elif isinstance(cell, Money):
        page.write_number(*at, cell.decimal, shape)
    elif isinstance(cell, date):
        page.write_datetime(*at, cell, shape)
    elif isinstance(cell, int | Decimal):
        page.write_number(*at, cell, shape)
    elif cell:
        page.write_string(*at, _short(plain(cell)), shape)
    else:
        page.write_blank(*at, None, shape)


def _csv_cell(cell: Cell) -> str | int | Decimal:
    if isinstance(cell, Money):
        return cell.decimal
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, int | Decimal) else _inert(cell or "")


def _inert(text: str) -> str:
    """Return words that no spreadsheet calculates, also where it reads wide or small signs as plain ones."""
    shown = _short(plain(text))
    first = unicodedata.normalize("NFKC", shown[:1])[:1]
    would_run = first in _STARTS_A_FORMULA or first in _LOOKS_LIKE_MINUS
    return f"'{shown}" if would_run else shown


def _short(text: str) -> str:
    return text if len(text) <= CELL_LENGTH_MAX else text[: CELL_LENGTH_MAX - 1] + "…"


def _tab(title: str) -> str:
    """Return a name that a sheet's tab may have: 31 characters, none of seven, no quote at an end."""
    return _NOT_IN_A_TAB.sub(" ", plain(title))[:31].strip(" '") or "Sheet"

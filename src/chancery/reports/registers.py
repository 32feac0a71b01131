"""One form for every register: controlled, transit and power money, deficiencies, dormant money."""

from dataclasses import dataclass

from chancery.lib.money import Money
from chancery.reports import pdf
from chancery.reports.imprint import Fact, Imprint, Words
from chancery.reports.sheets import Cell, Column, Sheet


@dataclass(frozen=True)
class Register:
    """A register as it is printed: columns as a spreadsheet has them, and a row for each record."""

    imprint: Imprint
    words: Words
    title: str
    facts: tuple[Fact, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    when_empty: str = "Nothing is recorded here."

    def __post_init__(self) -> None:
        for row in (*self.rows, self.totals or (None,) * len(self.columns)):
            for column, cell in zip(self.columns, row, strict=True):
                assert not isinstance(cell, Money) or cell.currency == column.currency


def render(doc: Register) -> bytes:
    """Return the register as PDF, on its side where it is wide."""
    return pdf.render(
        "register.typ",
        doc,
        columns=[{"head": column.head, "kind": column.kind} for column in doc.columns],
        rows=[_printed(row) for row in doc.rows],
        totals=_printed(doc.totals) if doc.totals else None,
    )


def sheet(doc: Register) -> Sheet:
    """Return the register as a table to take away."""
    return Sheet(doc.title, doc.columns, doc.rows, doc.totals)


def _printed(row: tuple[Cell, ...]) -> list[object]:
    """Return the cells as they print: a plain number keeps its digits."""
    is_kept = (str, Money, type(None))
    return [
        cell if isinstance(cell, is_kept) or hasattr(cell, "year") else str(cell) for cell in row
    ]

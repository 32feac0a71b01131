"""The cash books of a trust account: what came in, or what went out, in one month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chancery.lib.money import Money, total
from chancery.reports import pdf
from chancery.reports.imprint import Imprint, Words
from chancery.reports.sheets import Cell, Column, Sheet


@dataclass(frozen=True)
class CashLine:
    """A receipt or a payment; one that was cancelled keeps its number and counts nothing."""

    on: date
    number: str
    method: str
    other_party: str
    client: str
    matter: str
    reason: str
    amount: Money
    banked_on: date | None = None
    bank_reference: str = ""
    is_cancelled: bool = False


@dataclass(frozen=True)
class CashBook:
    """A cash book of one kind, of one account, for the days it names."""

    imprint: Imprint
    words: Words
    title: str
    direction: Literal["receipts", "payments"]
    account: str
    currency: str
    first_on: date
    last_on: date
    lines: tuple[CashLine, ...]
    is_closed: bool = False

    @property
    def total(self) -> Money:
        """Return what came in or went out; cancelled lines count nothing."""
        return total((line.amount for line in self.lines if not line.is_cancelled), self.currency)


def render(doc: CashBook) -> bytes:
    """Return the cash book as PDF."""
    counted = sum(not line.is_cancelled for line in doc.lines)
    return pdf.render(
        "cash_book.typ",
        doc,
        total=doc.total,
        count=counted,
        cancelled_count=len(doc.lines) - counted,
        other_party=_other_party(doc),
    )


def sheet(doc: CashBook) -> Sheet:
    """Return the cash book as a table to take away."""
    texts = (
        "Method", _other_party(doc), doc.words.person.capitalize(),
        doc.words.work_unit.capitalize(), "Reason",
    )  # fmt: skip
    columns = (
        Column("Date", "date"),
        Column("Number", "id"),
        *(Column(title) for title in texts),
        Column("Banked", "date"),
        Column("Bank reference", "id"),
        Column("Status"),
        Column("Amount", "amount", doc.currency),
    )
    totals = (None, None, "Total", *[None] * 7, doc.total)
    return Sheet(doc.title, columns, _rows(doc), totals)


def _rows(doc: CashBook) -> Iterator[tuple[Cell, ...]]:
    for line in doc.lines:
        status, amount = ("cancelled", None) if line.is_cancelled else ("", line.amount)
        yield (
            line.on, line.number, line.method, line.other_party, line.client, line.matter,
            line.reason, line.banked_on, line.bank_reference, status, amount,
        )  # fmt: skip


def _other_party(doc: CashBook) -> str:
    return "Received from" if doc.direction == "receipts" else "Paid to"

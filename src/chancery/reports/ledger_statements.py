"""A client's ledger on paper: every movement between two days and what was held after each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chancery.lib.money import Money, total
from chancery.reports import pdf
from chancery.reports.imprint import Imprint, Words
from chancery.reports.sheets import Cell, Column, Sheet


@dataclass(frozen=True)
class StatementLine:
    """One movement: in or out, and the balance after it."""

    on: date
    number: str
    kind: str
    text: str
    money_in: Money | None
    money_out: Money | None
    balance: Money


@dataclass(frozen=True)
class LedgerStatement:
    """A statement as it is printed; held, cleared, protected and available are as of the last day."""

    imprint: Imprint
    words: Words
    title: str
    account: str
    person: str
    person_address: tuple[str, ...]
    matter: str
    description: str
    first_on: date
    last_on: date
    opening: Money
    lines: tuple[StatementLine, ...]
    closing: Money
    cleared: Money
    protected: Money
    available: Money
    is_closed: bool = False

    def __post_init__(self) -> None:
        """Refuse to print a balance that the movements do not give."""
        running = self.opening
        for line in self.lines:
            nothing = Money(0, running.currency)
            running = running + (line.money_in or nothing) - (line.money_out or nothing)
            assert running == line.balance, line.number
        assert running == self.closing, "the last balance is the closing balance"


def render(doc: LedgerStatement) -> bytes:
    """Return the statement as PDF."""
    return pdf.render(
        "ledger_statement.typ",
        doc,
        currency=doc.closing.currency,
        total_in=_total_in(doc),
        total_out=_total_out(doc),
    )


def sheet(doc: LedgerStatement) -> Sheet:
    """Return the statement as a table to take away."""
    currency = doc.closing.currency
    columns = (
        Column("Date", "date"),
        Column("Number", "id"),
        Column("Kind"),
        Column("Text"),
        *(Column(title, "amount", currency) for title in ("In", "Out", "Balance")),
    )
    totals = (doc.last_on, None, None, "Total", _total_in(doc), _total_out(doc), doc.closing)
    return Sheet(doc.title, columns, _rows(doc), totals)


def _rows(doc: LedgerStatement) -> Iterator[tuple[Cell, ...]]:
    yield doc.first_on, None, None, "Opening balance", None, None, doc.opening
    for line in doc.lines:
        moved = (line.money_in, line.money_out, line.balance)
        yield line.on, line.number, line.kind, line.text, *moved


def _total_in(doc: LedgerStatement) -> Money:
    return total((line.money_in for line in doc.lines if line.money_in), doc.closing.currency)


def _total_out(doc: LedgerStatement) -> Money:
    return total((line.money_out for line in doc.lines if line.money_out), doc.closing.currency)

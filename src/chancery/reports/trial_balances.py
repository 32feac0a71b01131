"""The trial balance of a trust account: every ledger with its balance at the end of a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from chancery.lib.money import Money, total
from chancery.reports import pdf
from chancery.reports.imprint import Imprint, Words
from chancery.reports.sheets import Cell, Column, Sheet


@dataclass(frozen=True)
class BalanceLine:
    """A ledger at the end of the day, and when it last moved."""

    client: str
    matter: str
    description: str
    last_moved_on: date | None
    balance: Money


@dataclass(frozen=True)
class TrialBalance:
    """A list of ledgers as it is printed; the cash book's balance stands beside its sum where it is known."""

    imprint: Imprint
    words: Words
    title: str
    account: str
    currency: str
    on: date
    lines: tuple[BalanceLine, ...]
    cash_book: Money | None = None

    @property
    def held(self) -> Money:
        """Return the sum of the ledgers in credit: a shortage of one is never hidden by another's money."""
        return total((line.balance for line in self.lines if line.balance.minor > 0), self.currency)

    @property
    def overdrawn(self) -> Money:
        """Return the sum of the ledgers below zero."""
        return total((line.balance for line in self.lines if line.balance.minor < 0), self.currency)

    @property
    def difference(self) -> Money | None:
        """Return the cash book less all ledgers, where the cash book is known."""
        return None if self.cash_book is None else self.cash_book - self.held - self.overdrawn

    @property
    def is_proved(self) -> bool:
        """Tell whether cash book and ledgers are the same figure and no ledger is below zero."""
        return self.difference == Money(0, self.currency) and not self.overdrawn.minor


def render(doc: TrialBalance) -> bytes:
    """Return the trial balance as PDF: the ledgers below zero apart, and first."""
    return pdf.render(
        "trial_balance.typ",
        doc,
        below=tuple(line for line in doc.lines if line.balance.minor < 0),
        lines=tuple(line for line in doc.lines if line.balance.minor >= 0),
        held=doc.held,
        overdrawn=doc.overdrawn,
        difference=doc.difference,
        is_proved=doc.is_proved,
        is_short=doc.overdrawn.minor < 0,
    )


def sheet(doc: TrialBalance) -> Sheet:
    """Return the trial balance as a table to take away."""
    columns = (
        Column(doc.words.person.capitalize()),
        Column(doc.words.work_unit.capitalize(), "id"),
        Column("Description"),
        Column("Last movement", "date"),
        Column("Held", "amount", doc.currency),
        Column("Below zero", "amount", doc.currency),
    )
    totals = ("Total", None, None, doc.on, doc.held, doc.overdrawn)
    return Sheet(doc.title, columns, _rows(doc), totals)


def _rows(doc: TrialBalance) -> Iterator[tuple[Cell, ...]]:
    for line in doc.lines:
        is_below = line.balance.minor < 0
        apart = (None, line.balance) if is_below else (line.balance, None)
        yield line.client, line.matter, line.description, line.last_moved_on, *apart

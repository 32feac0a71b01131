"""Whether what an account opens with agrees, and what is wrong with the rows that say it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

from chancery.lib.comma_files import Row, Table
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.trust.rules import past_rows
from chancery.trust.rules.past_rows import Finding, Found, Locale

LEDGERS = Table(("matter", "amount", "last_movement"), ("matter", "amount"), rows_at_most=20_000)
ITEMS = Table(
    ("kind", "date", "number", "payee", "amount"), ("kind", "date", "amount"), rows_at_most=20_000
)
Kind = Literal["cheque", "deposit"]
_KINDS: dict[str, Kind] = {"cheque": "cheque", "check": "cheque", "deposit": "deposit"}
LONGEST_NUMBER = 40
LONGEST_PAYEE = 200


@dataclass(eq=False)
class OpeningDoesNotAgree(Refusal):
    """Bank, outstanding items and ledgers are not the same figure."""

    code: ClassVar[str] = "trust.opening_does_not_agree"

    book: Money
    owed: Money

    def __str__(self) -> str:
        apart = Money(abs(self.book.minor - self.owed.minor), self.book.currency)
        return (
            f"By the bank the account held {self.book}, by the ledgers {self.owed}: {apart} apart."
            " Correct the bank figure, a ledger or an outstanding item until nothing is left."
        )


@dataclass(frozen=True)
class Proof:
    """The sum that an opening must pass, in the currency of its account."""

    bank: Money
    deposits: Money
    cheques: Money
    ledgers: Money
    own: Money

    @property
    def book(self) -> Money:
        """Return what the account held by its bank and what the bank did not know yet."""
        return self.bank + self.deposits - self.cheques

    @property
    def owed(self) -> Money:
        """Return what the ledgers and the firm's own money held."""
        return self.ledgers + self.own

    @property
    def apart(self) -> Money:
        """Return by how much the bank's side is more than the ledgers' (less, below nothing)."""
        return self.book - self.owed

    @property
    def agrees(self) -> bool:
        """Tell whether both sides are the same to the cent."""
        return not self.apart.minor

    def require(self) -> None:
        """Let the opening be finished only when it agrees.

        Refuses: OpeningDoesNotAgree.
        """
        if not self.agrees:
            raise OpeningDoesNotAgree(self.book, self.owed)


@dataclass(frozen=True)
class LedgerLine:
    """What was held for one matter, by its number, and when it last moved."""

    matter: str
    amount: Money
    last_moved_on: date | None = None


@dataclass(frozen=True)
class Item:
    """A cheque that was not presented yet, or a deposit that was not credited yet."""

    kind: Kind
    on: date
    amount: Money
    number: str = ""
    payee: str = ""


@dataclass(frozen=True)
class Book:
    """What rows are held against: the opening's day, the matters that exist, and why one may hold nothing."""

    on: date
    locale: Locale
    matters: frozenset[str] = frozenset()
    why_not: Mapping[str, str] = field(default_factory=dict)


def ledger_lines(rows: Iterable[Row], book: Book) -> tuple[list[LedgerLine], list[Found]]:
    """Return the lines of a file of ledgers, and everything that is wrong in it."""
    lines, found = [], []
    seen: dict[str, int] = {}
    for row in rows:
        line, findings = _ledger_line(row, book)
        number = row.cells.get("matter", "")
        if number in seen:
            words = f"Matter {number} stands in row {seen[number]} already. Add the two up."
            findings.append(Finding("matter_twice", words))
        seen.setdefault(number, row.number)
        found += [Found(row.number, finding) for finding in findings]
        if line and not findings:
            lines.append(line)
    return lines, found


def items(rows: Iterable[Row], book: Book) -> tuple[list[Item], list[Found]]:
    """Return the outstanding items of a file, and everything that is wrong in it."""
    lines, found = [], []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        item, findings = _item(row, book)
        name = (row.cells.get("kind", "").casefold(), row.cells.get("number", ""))
        if name[1] and name in seen:
            words = f"This number stands in row {seen[name]} already. Each item is listed once."
            findings.append(Finding("duplicate_number", words))
        seen.setdefault(name, row.number)
        found += [Found(row.number, finding) for finding in findings]
        if item and not findings:
            lines.append(item)
    return lines, found


def matter_findings(number: str, book: Book) -> list[Finding]:
    """Return what is wrong with a matter that is to hold an opening balance."""
    if not number:
        return [Finding("no_matter", "Enter the matter's number.")]
    if number not in book.matters:
        words = f"No matter has the number {number}. Open it first, or correct the number."
        return [Finding("unknown_matter", words)]
    return [Finding("matter_may_not", book.why_not[number])] if number in book.why_not else []


def _ledger_line(row: Row, book: Book) -> tuple[LedgerLine | None, list[Finding]]:
    number = row.cells.get("matter", "")
    findings = [*_whole(row), *matter_findings(number, book)]
    minor = past_rows.amount(row.cells.get("amount", ""), book.locale.currency)
    typed = row.cells.get("last_movement", "")
    moved = past_rows.day(typed, book.locale) if typed else None
    findings += [each for each in (minor, moved) if isinstance(each, Finding)]
    if isinstance(moved, date) and moved > book.on:
        findings.append(Finding("after_opening", "The last movement is after the opening's day."))
    if isinstance(minor, Finding) or isinstance(moved, Finding):
        return None, findings
    return LedgerLine(number, Money(minor, book.locale.currency), moved), findings


def _item(row: Row, book: Book) -> tuple[Item | None, list[Finding]]:
    kind = _KINDS.get(row.cells.get("kind", "").casefold())
    on = past_rows.day(row.cells.get("date", ""), book.locale)
    minor = past_rows.amount(row.cells.get("amount", ""), book.locale.currency)
    number, payee = row.cells.get("number", ""), row.cells.get("payee", "")
    findings = _whole(row)
    if kind is None:
        findings.append(Finding("unknown_kind", "Write cheque or deposit as the kind."))
    findings += [each for each in (on, minor) if isinstance(each, Finding)]
    if isinstance(on, date) and on > book.on:
        findings.append(Finding("after_opening", "The item is later than the opening's day."))
    if len(number) > LONGEST_NUMBER or len(payee) > LONGEST_PAYEE:
        findings.append(Finding("too_long", "A number has at most 40 characters, a payee 200."))
    if kind is None or isinstance(on, Finding) or isinstance(minor, Finding):
        return None, findings
    return Item(kind, on, Money(minor, book.locale.currency), number, payee), findings


def _whole(row: Row) -> list[Finding]:
    words = "The row has more or fewer cells than the heading."
    return [] if row.is_whole else [Finding("cells_do_not_fit", words)]

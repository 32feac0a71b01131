"""The receipts and the payments cash book of an account for a month."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.ledger.cash_book import Days
from chancery.practice.permissions import Act, require
from chancery.reports import cash_books as documents
from chancery.reports.cash_books import CashBook, CashLine
from chancery.trust import cash_books as books
from chancery.trust import period_locks
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.cash_books import CashRow, Direction
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import spreadsheets
from chancery.web.shell.answers import show
from chancery.web.trust_accounts import frame, places_of

_LINES = 50
_PDF_LINES = 20_000
_MONTHS_OFFERED = 36


@dataclass(frozen=True)
class Book:
    """Which book of which month is asked for."""

    direction: Direction
    days: Days

    @property
    def month(self) -> str:
        """Return the month as addresses write it: 2026-09."""
        return self.days.first_on.strftime("%Y-%m")

    @property
    def title(self) -> str:
        """Return the book's name."""
        return "Receipts cash book" if self.direction == "receipts" else "Payments cash book"


@dataclass(frozen=True)
class Row:
    """A line of the book."""

    on: date
    number: str
    method: str
    other_party: str
    client: str
    matter: str
    reason: str
    reference: str
    amount: str
    is_cancelled: bool
    is_reversal: bool


@require_safe
def cash_book_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show a page of one cash book."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    book = _asked(request)
    after = places_of.after(request)
    found = books.rows(account, book.direction, book.days, after=after, limit=_LINES + 1)
    total = books.total(account, book.direction, book.days)
    file_url = reverse("trust_account_cash_book_file", args=[account.id])
    context = {
        "account": frame.head_of(request, account),
        "book": book,
        "is_receipts": book.direction == "receipts",
        "months": _months(frame.today(request), book.days.first_on),
        "rows": [_row(row) for row in found[:_LINES]],
        "total": total,
        "cancelled": total.lines - total.counted,
        "next_url": places_of.next_url(request, found[_LINES - 1].place)
        if len(found) > _LINES
        else "",
        "is_first": after == books.Place.START,
        "first_url": places_of.first_url(request),
        "export_url": f"{file_url}?{_query(book)}",
        "is_locked": _is_locked(account, book),
    }
    return show(request, "trust_accounts/cash_book.html", context)


@require_safe
def file(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Answer with the whole book as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    book = _asked(request)
    is_pdf = request.GET.get("format") == "pdf"
    at_most = _PDF_LINES if is_pdf else spreadsheets.ROWS_AT_MOST
    doc = _document(request, account, book, at_most)
    name = f"{book.direction}-{book.month}"
    if is_pdf:
        return frame.pdf(name, documents.render(doc))
    return spreadsheets.answer(request, name, documents.sheet(doc))


def _asked(request: FirmRequest) -> Book:
    direction: Direction = "payments" if request.GET.get("book") == "payments" else "receipts"
    try:
        first = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        first = frame.today(request)
    return Book(direction, books.month_of(first))


def _query(book: Book) -> str:
    asked = QueryDict(mutable=True)
    asked.update({"book": book.direction, "month": book.month})
    return asked.urlencode()


def _months(today: date, chosen: date) -> list[tuple[str, str]]:
    """Return the months to choose among, the latest first, and the chosen one among them."""
    firsts: list[date] = []
    first = today.replace(day=1)
    while len(firsts) < _MONTHS_OFFERED:
        firsts.append(first)
        first = (first - timedelta(days=1)).replace(day=1)
    offered = sorted({*firsts, chosen}, reverse=True)
    return [(one.strftime("%Y-%m"), f"{_NAMES[one.month - 1]} {one.year}") for one in offered]


def _is_locked(account: TrustBankAccount, book: Book) -> bool:
    through = period_locks.locked_through(account.id)
    return through is not None and through >= book.days.last_on


def _document(
    request: FirmRequest, account: TrustBankAccount, book: Book, at_most: int
) -> CashBook:
    return CashBook(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=book.title,
        direction=book.direction,
        account=frame.called(account),
        currency=account.currency,
        first_on=book.days.first_on,
        last_on=book.days.last_on,
        lines=tuple(_lines(account, book, at_most)),
        is_closed=_is_locked(account, book),
    )


def _lines(account: TrustBankAccount, book: Book, at_most: int) -> Iterator[CashLine]:
    for row in books.every_row(account, book.direction, book.days, at_most=at_most):
        yield CashLine(
            on=row.place.on,
            number=row.number,
            method=row.method,
            other_party=row.other_party,
            client=row.client,
            matter=row.matter,
            reason=row.reason,
            amount=row.amount,
            bank_reference=row.reference,
            is_cancelled=row.is_cancelled,
        )


def _row(row: CashRow) -> Row:
    return Row(
        on=row.place.on,
        number=row.number,
        method=row.method.capitalize(),
        other_party=row.other_party,
        client=row.client,
        matter=row.matter,
        reason=row.reason,
        reference=row.reference,
        amount=str(row.amount),
        is_cancelled=row.is_cancelled,
        is_reversal=row.is_reversal,
    )


_NAMES = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

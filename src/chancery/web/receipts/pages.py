"""Reading receipts: the list, its export, one receipt, and the official form of it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.lib import clock
from chancery.lib.money import Money
from chancery.practice.permissions import Act, allows
from chancery.reports import receipts as printed
from chancery.reports.gathered import methods
from chancery.reports.gathered import receipts as gathered
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import clearances, deposit_slips, queries, receipt_list, receipts, reversals
from chancery.trust import settings as trust_settings
from chancery.trust.receipts import NoSuchReceipt, Receipt
from chancery.web.firm_of_request import FirmRequest
from chancery.web.receipts.forms import FilterForm
from chancery.web.receipts.rows import ReceiptRow, row_of
from chancery.web.shell import keyset, pdfs, spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of


def receipt_of(receipt_id: UUID) -> Receipt:
    """Return the receipt that the address names, of the reader's firm only; else there is no such page."""
    try:
        return receipts.visible(receipt_id)
    except NoSuchReceipt as missing:
        raise Http404("No such receipt.") from missing


@require_safe
def receipt_list_page(request: FirmRequest) -> HttpResponse:
    """Show the receipts that fit, the latest first, a page at a time."""
    words, today = words_of(request), clock.today(request.person.firm.time_zone)
    form = FilterForm(request.GET, words=words)
    asked = form.asked()
    accounts = queries.bank_accounts()
    context = {
        "form": form,
        "page": keyset.page_of(
            request,
            receipt_list.found(asked),
            lambda one: row_of(one, words, today=today),
            order=receipt_list.ORDER,
        ),
        "is_narrowed": bool(asked),
        "export_url": f"{reverse('receipt_export')}?{request.GET.urlencode()}",
        "may_take": allows(request.person, Act.TAKE_RECEIPTS),
        "has_accounts": bool(accounts),
        "currency": accounts[0].currency if accounts else request.person.firm.currency,
        "uses_slips": trust_settings.habits(request.person.firm.currency).uses_deposit_slips,
    }
    return show(request, "receipts/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the receipts that fit, all of them, as CSV or XLSX."""
    words, today = words_of(request), clock.today(request.person.firm.time_zone)
    asked = FilterForm(request.GET, words=words).asked()
    found = receipt_list.found(asked)[: spreadsheets.ROWS_AT_MOST]
    columns = (
        Column("Number", "id"),
        Column("Received", "date"),
        Column(words["pool_account"].capitalize()),
        Column("Received from"),
        Column("Purpose"),
        Column("Form of money"),
        Column(words["work_unit"].capitalize(), "id"),
        Column("Amount", "amount", request.person.firm.currency),
        Column("Cleared from", "date"),
        Column("Taken back"),
    )
    rows = (_cells(row_of(one, words, today=today)) for one in found.iterator(chunk_size=2000))
    return spreadsheets.answer(request, "receipts", Sheet("Receipts", columns, rows))


@require_safe
def receipt(request: FirmRequest, receipt_id: UUID) -> HttpResponse:
    """Show one receipt: its parts, when it clears, what took it back, and its history."""
    return show(request, "receipts/receipt.html", context_of(request, receipt_of(receipt_id)))


@require_safe
def pdf(request: FirmRequest, receipt_id: UUID) -> HttpResponse:
    """Answer with the official receipt as the law of the place wants it."""
    found = receipt_of(receipt_id)
    paper = gathered.receipt_of(found, request.person, words_of(request), clock.now())
    return pdfs.answer(found.number_shown, printed.render(paper))


def context_of(request: FirmRequest, found: Receipt) -> dict[str, object]:
    """Return all that the page of a receipt shows."""
    words, today = words_of(request), clock.today(request.person.firm.time_zone)
    currency = found.account.currency
    cleared_from = clearances.cleared_from(found)
    may = request.person
    return {
        "receipt": found,
        "method": methods.name_of(found.method, words),
        "amount": Money(found.amount_minor, currency),
        "currency": currency,
        "parts": [
            (line.ledger.matter, Money(line.amount_minor, currency))
            for line in receipt_list.parts_of(found)
        ],
        "drawer": [(_drawer(name, words["cheque"]), said) for name, said in found.drawer.items()],
        "reversal": reversals.of_document(found),
        "cleared_from": cleared_from,
        "is_waiting": cleared_from > today,
        "early": clearances.confirmed(found),
        "asked": clearances.asked(found),
        "hold": trust_settings.policy().clearing.hold,
        "slip": deposit_slips.slip_of(found),
        "history": timeline.of(receipts.KIND, found.id),
        "may_reverse": allows(may, Act.REVERSE_MONEY),
        "may_ask": allows(may, Act.TAKE_RECEIPTS),
        "may_confirm": allows(may, Act.APPROVE_MONEY),
    }


def _drawer(name: str, cheque: str) -> str:
    """Return how a page calls what a cheque or a deposit says of itself."""
    return {"number": f"{cheque} number", "reference": "bank reference"}.get(
        name, name
    ).capitalize()


def _cells(row: ReceiptRow) -> tuple[Cell, ...]:
    whose = (row.number, row.on, row.account, row.received_from, row.reason, row.method)
    return (*whose, ", ".join(row.matters), row.amount, row.clears_on, row.taken_back)

"""Transfers: make an approved one, read them, and print the journal."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, allows, require
from chancery.reports import transfer_journals
from chancery.reports.gathered import transfers as gathered
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import payment_lists, transfers
from chancery.trust.payment_lists import ORDER
from chancery.trust.releases import Release
from chancery.trust.requests import OPEN_STATES
from chancery.trust.transfers import NoSuchTransfer, Transfer
from chancery.web.firm_of_request import FirmRequest
from chancery.web.requests import view
from chancery.web.requests.pages import request_of
from chancery.web.shell import keyset, pdfs, spreadsheets, timeline
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.words import plural, words_of
from chancery.web.sign_in import step_up
from chancery.web.transfers.forms import MakeForm
from chancery.web.transfers.rows import TransferRow, row_of, view_of
from chancery.web.withdrawals.forms import PaymentFilterForm
from chancery.web.withdrawals.release_pages import sign_in_url

_MAKE = "transfers/make.html"


@require_http_methods(["GET", "HEAD", "POST"])
def make(request: FirmRequest, request_id: UUID) -> HttpResponse:
    """Show both ledgers before and after (GET); move the money (POST)."""
    found = request_of(request_id)
    require(request.person, Act.RELEASE_MONEY)
    if found.state not in OPEN_STATES:
        return go(request, "request", found.id)
    today = clock.today(request.person.firm.time_zone)
    start = {"on": today, "version": found.version}
    form = MakeForm(request.POST if request.method == "POST" else None, initial=start)
    asked = view.of(found, request.person, words_of(request), today)
    context = {"form": form, "asked": asked, "sign_in_url": sign_in_url(request)}
    if request.method != "POST":
        return show(request, _MAKE, context)
    if not form.is_valid():
        return invalid(request, _MAKE, context)
    how = Release(
        on=form.cleaned_data["on"],
        stepped_up_at=step_up.entered_at(request),
        version=form.cleaned_data["version"],
    )
    try:
        made = transfers.make(
            request_id=found.id, how=how, by=request.person, at=clock.now(), today=today
        )
    except Refusal as refusal:
        return refused(request, refusal, _MAKE, context, title="Not moved")
    messages.info(request, f"{made.number_shown} is posted.")
    return go(request, "transfer", made.id)


@require_safe
def transfer_list(request: FirmRequest) -> HttpResponse:
    """Show the transfers that fit, a page at a time."""
    require(request.person, Act.READ_MONEY)
    form = PaymentFilterForm(request.GET, words=words_of(request))
    asked = form.asked()
    found = payment_lists.transfers(asked)
    context = {
        "form": form,
        "page": keyset.page_of(request, found, row_of, order=ORDER),
        "is_narrowed": bool(asked),
        "export_url": f"{reverse('transfer_export')}?{request.GET.urlencode()}",
        "may_ask": allows(request.person, Act.ASK_FOR_MONEY),
        "currency": request.person.firm.currency,
    }
    return show(request, "transfers/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the transfers that fit, all of them, as CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    words = words_of(request)
    asked = PaymentFilterForm(request.GET, words=words).asked()
    found = payment_lists.transfers(asked)[: spreadsheets.ROWS_AT_MOST]
    unit = words["work_unit"]
    columns = (
        Column("Number", "id"),
        Column("Day", "date"),
        Column(f"From {unit}", "id"),
        Column(f"To {unit}", "id"),
        Column("Account"),
        Column("Amount", "amount", request.person.firm.currency),
        Column("Authority"),
        Column("Reason"),
        Column("Made by"),
        Column("Reversed"),
    )
    cells = (_cells(row_of(one)) for one in found)
    sheet = Sheet(plural(words["journal"]).capitalize(), columns, cells)
    return spreadsheets.answer(request, "transfers", sheet)


@require_safe
def transfer(request: FirmRequest, transfer_id: UUID) -> HttpResponse:
    """Show one transfer with its history."""
    require(request.person, Act.READ_MONEY)
    found = _transfer(transfer_id)
    context = {
        "moved": view_of(found),
        "history": timeline.of(transfers.KIND, found.id),
        "may_reverse": allows(request.person, Act.REVERSE_MONEY),
    }
    return show(request, "transfers/transfer.html", context)


@require_safe
def journal(request: FirmRequest, transfer_id: UUID) -> HttpResponse:
    """Answer with the journal as PDF."""
    require(request.person, Act.READ_MONEY)
    found = _transfer(transfer_id)
    paper = gathered.journal_of(found, request.person, words_of(request), clock.now())
    return pdfs.answer(found.number_shown, transfer_journals.render(paper))


def _transfer(transfer_id: UUID) -> Transfer:
    try:
        return transfers.visible(transfer_id)
    except NoSuchTransfer as refusal:
        raise Http404(str(refusal)) from refusal


def _cells(row: TransferRow) -> tuple[Cell, ...]:
    what = (row.number, row.on, row.source.number, row.target.number, row.source.account)
    why = (row.amount, row.authority, row.reason, row.by)
    return (*what, *why, "yes" if row.is_reversed else "")

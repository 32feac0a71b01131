"""The lists of requests: those that wait for the reader, all of them, and their export."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, allows, require
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import queries, request_list
from chancery.trust.request_list import ORDER, RequestFilter
from chancery.web.firm_of_request import FirmRequest
from chancery.web.requests.filters import FilterForm
from chancery.web.requests.rows import RequestRow, row_of
from chancery.web.shell import keyset, spreadsheets, times
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of

WAITING = "waiting"


@require_safe
def requests_page(request: FirmRequest) -> HttpResponse:
    """Show the requests that fit, a page at a time; without a word, those that wait for the reader."""
    require(request.person, Act.READ_MONEY)
    form, asked = _asked(request)
    words, firm = words_of(request), request.person.firm.name
    found = request_list.found(asked)
    context = {
        "form": form,
        "page": keyset.page_of(request, found, lambda one: row_of(one, words, firm), order=ORDER),
        "is_waiting": asked.waiting_for is not None,
        "is_narrowed": bool(asked),
        "waiting_count": request_list.count_waiting(request.person),
        "export_url": f"{reverse('request_export')}?{request.GET.urlencode()}",
        "may_ask": allows(request.person, Act.ASK_FOR_MONEY),
        "is_set_up": queries.has_accounts(),
        "currency": request.person.firm.currency,
    }
    return show(request, "requests/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the requests that fit, all of them, as CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    _, asked = _asked(request)
    words, firm = words_of(request), request.person.firm
    found = request_list.found(asked)[: spreadsheets.ROWS_AT_MOST]
    rows = (row_of(one, words, firm.name) for one in found)
    columns = (
        Column("Asked on", "date"),
        Column("Kind"),
        Column(words["work_unit"].capitalize(), "id"),
        Column(words["person"].capitalize()),
        Column("Account"),
        Column("Payee"),
        Column("Paid to account", "id"),
        Column("Amount", "amount", firm.currency),
        Column("Reason"),
        Column("State"),
        Column("Asked by"),
    )
    cells = (_cells(row, firm.time_zone) for row in rows)
    return spreadsheets.answer(request, "requests", Sheet("Requests", columns, cells))


def _asked(request: FirmRequest) -> tuple[FilterForm, RequestFilter]:
    form = FilterForm(request.GET, words=words_of(request))
    is_waiting = request.GET.get("show", WAITING) == WAITING
    return form, form.asked(request.person, is_waiting=is_waiting)


def _cells(row: RequestRow, zone: str) -> tuple[Cell, ...]:
    who = (row.ledger.number, row.ledger.client, row.ledger.account, row.payee, row.payee_number)
    asked_on = times.day_of(row.asked_at, zone)
    rest = (row.amount, row.reason, row.state_label, row.asked_by)
    return (asked_on, row.kind_label, *who, *rest)

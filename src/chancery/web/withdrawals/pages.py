"""Reading withdrawals: the list, its export, one withdrawal, its requisition, and cheques by age."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.lib import clock
from chancery.practice.permissions import Act, allows, require
from chancery.reports import requisitions
from chancery.reports.gathered import withdrawals as gathered
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import payment_lists, withdrawals
from chancery.trust.payment_lists import ORDER
from chancery.trust.withdrawals import NoSuchWithdrawal, Withdrawal
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import keyset, pdfs, spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of
from chancery.web.withdrawals.forms import AgeForm, PaymentFilterForm
from chancery.web.withdrawals.rows import WithdrawalRow, row_of, view_of

_BY_AGE = ("on", "id")


def withdrawal_of(withdrawal_id: UUID) -> Withdrawal:
    """Return the withdrawal that the address names; else there is no such page."""
    try:
        return withdrawals.visible(withdrawal_id)
    except NoSuchWithdrawal as refusal:
        raise Http404(str(refusal)) from refusal


@require_safe
def withdrawal_list(request: FirmRequest) -> HttpResponse:
    """Show the withdrawals that fit, a page at a time."""
    require(request.person, Act.READ_MONEY)
    words = words_of(request)
    form = PaymentFilterForm(request.GET, words=words)
    asked = form.asked()
    found = payment_lists.withdrawals(asked)
    context = {
        "form": form,
        "page": keyset.page_of(request, found, lambda one: row_of(one, words), order=ORDER),
        "is_narrowed": bool(asked),
        "export_url": f"{reverse('withdrawal_export')}?{request.GET.urlencode()}",
        "may_ask": allows(request.person, Act.ASK_FOR_MONEY),
        "currency": request.person.firm.currency,
    }
    return show(request, "withdrawals/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the withdrawals that fit, all of them, as CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    words = words_of(request)
    asked = PaymentFilterForm(request.GET, words=words).asked()
    found = payment_lists.withdrawals(asked)[: spreadsheets.ROWS_AT_MOST]
    return _sheet(request, "withdrawals", [row_of(one, words) for one in found])


@require_safe
def withdrawal(request: FirmRequest, withdrawal_id: UUID) -> HttpResponse:
    """Show one withdrawal with its history."""
    require(request.person, Act.READ_MONEY)
    found = withdrawal_of(withdrawal_id)
    context = {
        "paid": view_of(found, words_of(request)),
        "history": timeline.of(withdrawals.KIND, found.id),
        "may_reverse": allows(request.person, Act.REVERSE_MONEY),
        "may_ask": allows(request.person, Act.ASK_FOR_MONEY),
    }
    return show(request, "withdrawals/withdrawal.html", context)


@require_safe
def requisition(request: FirmRequest, withdrawal_id: UUID) -> HttpResponse:
    """Answer with the requisition as PDF."""
    require(request.person, Act.READ_MONEY)
    found = withdrawal_of(withdrawal_id)
    paper = gathered.requisition_of(found, request.person, words_of(request), clock.now())
    return pdfs.answer(found.number_shown, requisitions.render(paper))


@require_safe
def cheques(request: FirmRequest) -> HttpResponse:
    """Show the cheques that are older than an age and were not taken back, the oldest first."""
    require(request.person, Act.READ_MONEY)
    words = words_of(request)
    form = AgeForm({"age": request.GET.get("age", "12")})
    today = clock.today(request.person.firm.time_zone)
    found = payment_lists.cheques_out(dated_by=months_before(today, form.months()))
    if request.GET.get("format"):
        rows = [row_of(one, words) for one in found[: spreadsheets.ROWS_AT_MOST]]
        return _sheet(request, "cheques-by-age", rows)
    context = {
        "form": form,
        "months": form.months(),
        "page": keyset.page_of(
            request, found, lambda one: (row_of(one, words), (today - one.on).days), order=_BY_AGE
        ),
        "export_url": f"{reverse('withdrawal_cheques')}?{request.GET.urlencode()}",
        "may_reverse": allows(request.person, Act.REVERSE_MONEY),
        "currency": request.person.firm.currency,
    }
    return show(request, "withdrawals/cheques.html", context)


def months_before(day: date, months: int) -> date:
    """Return the day some months before, or the last of its month where that month is shorter."""
    at = day.year * 12 + day.month - 1 - months
    for last in (day.day, 30, 29, 28):
        try:
            return date(at // 12, at % 12 + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _sheet(request: FirmRequest, name: str, rows: list[WithdrawalRow]) -> HttpResponse:
    words = words_of(request)
    columns = (
        Column("Number", "id"),
        Column("Day", "date"),
        Column("Kind"),
        Column(words["work_unit"].capitalize(), "id"),
        Column(words["person"].capitalize()),
        Column("Account"),
        Column("Payee"),
        Column("Paid to account", "id"),
        Column("Paid by"),
        Column(words["cheque"].capitalize(), "number"),
        Column("Amount", "amount", request.person.firm.currency),
        Column("Reason"),
        Column("Released by"),
        Column("Reversed"),
    )
    return spreadsheets.answer(request, name, Sheet(name.capitalize(), columns, map(_cells, rows)))


def _cells(row: WithdrawalRow) -> tuple[Cell, ...]:
    ledger = row.ledger
    what = (row.number, row.on, row.kind_label, ledger.number, ledger.client, ledger.account)
    how = (row.payee, row.payee_number, row.method, row.cheque_number, row.amount)
    return (*what, *how, row.reason, row.by, "yes" if row.is_reversed else "")

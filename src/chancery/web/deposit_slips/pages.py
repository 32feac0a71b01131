"""Filling, banking and reading deposit slips."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chancery.lib import clock
from chancery.lib.money import Money, total
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, allows, require
from chancery.reports.gathered import methods
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import bank_accounts, deposit_slips, queries, reversals, settings
from chancery.trust.bank_accounts import NoSuchAccount, TrustBankAccount
from chancery.trust.deposit_slips import DepositSlip, NoSuchSlip
from chancery.trust.receipts import Receipt
from chancery.trust.rules import receipts as rules
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import keyset, spreadsheets, timeline
from chancery.web.shell.answers import form_refused, go, invalid, refused, show
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm
from chancery.web.shell.words import words_of

_SLIP = "deposit_slips/slip.html"
_FILLING = "deposit_slips/filling.html"


class BankingForm(PlainForm):
    """On which day the slip's money was paid in at the bank."""

    on = DayField(label="Banked on")
    reference = forms.CharField(label="Reference of the bank", max_length=80, required=False)


@dataclass(frozen=True)
class SlipRow:
    """A slip as a line of the list."""

    id: UUID
    number: int
    account: str
    opened_by: str
    banked_on: date | None
    banked_by: str
    amount: Money


@dataclass(frozen=True)
class Carried:
    """A receipt that goes to the bank."""

    id: UUID
    number: str
    on: date
    received_from: str
    method: str
    drawer: str
    amount: Money
    bank_by: date | None
    is_taken_back: bool


@require_safe
def slip_list(request: FirmRequest) -> HttpResponse:
    """Show what waits for the bank by account, and the slips, the latest first."""
    habits = settings.habits(request.person.firm.currency)
    found = deposit_slips.found(_account_id(request))
    accounts = queries.bank_accounts()
    context = {
        "uses_slips": habits.uses_deposit_slips,
        "accounts": [(one, len(deposit_slips.waiting(one))) for one in accounts],
        "account": request.GET.get("account", ""),
        "page": keyset.page_of(request, found, _row, order=deposit_slips.ORDER),
        "is_narrowed": bool(_account_id(request)),
        "currency": request.person.firm.currency,
        "export_url": f"{reverse('deposit_slip_export')}?{request.GET.urlencode()}",
    }
    return show(request, "deposit_slips/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the slips, all of them, as CSV or XLSX."""
    words = words_of(request)
    columns = (
        Column("Slip", "number"),
        Column(words["pool_account"].capitalize()),
        Column("Opened by"),
        Column("Banked on", "date"),
        Column("Banked by"),
        Column("Amount", "amount", request.person.firm.currency),
    )
    found = deposit_slips.found(_account_id(request))[: spreadsheets.ROWS_AT_MOST]
    rows = (_cells(_row(one)) for one in found.iterator(chunk_size=2000))
    return spreadsheets.answer(request, "deposit-slips", Sheet("Deposit slips", columns, rows))


@require_http_methods(["GET", "HEAD", "POST"])
def filling(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show what waits for the bank; put what is chosen on the account's open slip."""
    account = _account(account_id)
    require(request.person, Act.TAKE_RECEIPTS)
    waiting = deposit_slips.waiting(account)
    context = {
        "account": account,
        "currency": account.currency,
        "open": deposit_slips.open_one(account),
        "waiting": [_carried(request, one) for one in waiting],
        "total": total(
            (Money(one.amount_minor, account.currency) for one in waiting), account.currency
        ),
    }
    if request.method != "POST":
        return show(request, _FILLING, context)
    try:
        slip = deposit_slips.put_on(
            account=account, receipt_ids=_ids(request), by=request.person, at=clock.now()
        )
    except Refusal as refusal:
        return refused(request, refusal, _FILLING, context, title="Nothing was put on a slip")
    return go(request, "deposit_slip", slip.id)


@require_safe
def slip(request: FirmRequest, slip_id: UUID) -> HttpResponse:
    """Show a slip and what lies on it; the page is also its printed form."""
    return show(
        request, _SLIP, _context(request, _slip(slip_id), BankingForm(initial=_today(request)))
    )


@require_POST
def banking(request: FirmRequest, slip_id: UUID) -> HttpResponse:
    """Close a slip as banked."""
    found = _slip(slip_id)
    form = BankingForm(request.POST)
    context = _context(request, found, form)
    if not form.is_valid():
        return invalid(request, _SLIP, context)
    try:
        deposit_slips.bank(
            slip=found,
            on=form.cleaned_data["on"],
            reference=form.cleaned_data["reference"],
            by=request.person,
            at=clock.now(),
            today=_today(request)["on"],
        )
    except DetailsNotRight as refusal:
        return form_refused(request, refusal, _SLIP, context)
    except Refusal as refusal:
        return refused(request, refusal, _SLIP, context, title="Not banked")
    messages.info(request, f"Deposit slip {found.number} is banked.")
    return go(request, "deposit_slip", found.id)


@require_POST
def removal(request: FirmRequest, slip_id: UUID) -> HttpResponse:
    """Take a receipt off a slip that is still open."""
    found = _slip(slip_id)
    ids = _ids(request)
    try:
        for receipt_id in ids[:1]:
            deposit_slips.take_off(
                slip=found, receipt_id=receipt_id, by=request.person, at=clock.now()
            )
    except Refusal as refusal:
        context = _context(request, found, BankingForm(initial=_today(request)))
        return refused(request, refusal, _SLIP, context, title="Not taken off")
    return go(request, "deposit_slip", found.id)


def _context(request: FirmRequest, found: DepositSlip, form: BankingForm) -> dict[str, object]:
    lying = [_carried(request, one) for one in deposit_slips.receipts_on(found)]
    return {
        "slip": found,
        "currency": found.account.currency,
        "form": form,
        "lying": lying,
        "total": total((one.amount for one in lying), found.account.currency),
        "may_bank": allows(request.person, Act.TAKE_RECEIPTS),
        "history": timeline.of(deposit_slips.KIND, found.id),
    }


def _carried(request: FirmRequest, receipt: Receipt) -> Carried:
    drawer = receipt.drawer
    said = [drawer[name] for name in ("drawer", "bank", "branch", "number") if drawer.get(name)]
    return Carried(
        id=receipt.id,
        number=receipt.number_shown,
        on=receipt.on,
        received_from=receipt.received_from,
        method=methods.name_of(receipt.method, words_of(request)),
        drawer=", ".join(said),
        amount=Money(receipt.amount_minor, receipt.account.currency),
        bank_by=rules.bank_by(settings.policy(), receipt.on),
        is_taken_back=reversals.of_document(receipt) is not None,
    )


def _row(found: DepositSlip) -> SlipRow:
    return SlipRow(
        id=found.id,
        number=found.number,
        account=found.account.name,
        opened_by=found.opened_by.name,
        banked_on=found.banked_on,
        banked_by=found.banked_by.name if found.banked_by else "",
        amount=deposit_slips.total_of(found),
    )


def _cells(row: SlipRow) -> tuple[Cell, ...]:
    return (row.number, row.account, row.opened_by, row.banked_on, row.banked_by, row.amount)


def _slip(slip_id: UUID) -> DepositSlip:
    try:
        return deposit_slips.visible(slip_id)
    except NoSuchSlip as missing:
        raise Http404("No such slip.") from missing


def _account(account_id: UUID) -> TrustBankAccount:
    try:
        return bank_accounts.visible(account_id)
    except NoSuchAccount as missing:
        raise Http404("No such account.") from missing


def _ids(request: HttpRequest) -> list[UUID]:
    """Return the receipts that were ticked; what is no id is none."""
    field = forms.UUIDField()
    try:
        return [field.clean(one) for one in request.POST.getlist("receipt")]
    except forms.ValidationError:
        return []


def _account_id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("account", ""))
    except ValueError:
        return None


def _today(request: FirmRequest) -> dict[str, date]:
    return {"on": clock.today(request.person.firm.time_zone)}

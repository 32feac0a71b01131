"""The trial balance of an account: on any day, as things stand or as they were known earlier."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, require
from chancery.reports import trial_balances as documents
from chancery.reports.trial_balances import BalanceLine
from chancery.trust import trial_balance as balances
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.trial_balance import Known, TrialBalance
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import spreadsheets, times
from chancery.web.shell.answers import show
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm
from chancery.web.trust_accounts import frame

_LARGEST_SEAL = 2**63 - 1
_SHOWN = 2000


class AskedForm(PlainForm):
    """On which day; and, for what was known earlier, at which instant or at which number of the chain."""

    on = DayField(label="At the end of", required=False)
    known_on = DayField(label="As known on", required=False)
    known_time = forms.TimeField(
        label="at",
        required=False,
        input_formats=["%H:%M"],
        error_messages={"invalid": "Enter a time such as 09:30"},
    )
    seal = forms.IntegerField(
        label="As sealed at number",
        required=False,
        min_value=1,
        max_value=_LARGEST_SEAL,
        widget=forms.TextInput,
        error_messages={"invalid": "Enter a whole number of the chain"},
    )
    empty = forms.BooleanField(label="With empty ledgers", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, size in (("on", 11), ("known_on", 11), ("known_time", 5), ("seal", 8)):
            self.fields[name].widget.attrs.update({"class": "input small", "size": str(size)})


@dataclass(frozen=True)
class Asked:
    """What the page was asked."""

    on: date
    known: Known
    with_empty: bool
    told: str


@dataclass(frozen=True)
class Row:
    """A ledger as the page lists it."""

    matter: str
    client: str
    title: str
    last_moved_on: date | None
    balance: str
    is_below: bool


@require_safe
def balance_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the trial balance."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    shown = request.GET.copy()
    if not shown.get("on"):
        shown["on"] = times.day(frame.today(request))
    form = AskedForm(shown)
    asked = _asked(request, form)
    found = balances.of(account, on=asked.on, known=asked.known, with_empty=asked.with_empty)
    file_url = reverse("trust_account_trial_balance_file", args=[account.id])
    context = {
        "account": frame.head_of(request, account),
        "form": form,
        "asked": asked,
        "balance": found,
        "rows": [_row(line) for line in found.lines[:_SHOWN]],
        "left_out": max(len(found.lines) - _SHOWN, 0),
        "count_below": sum(1 for line in found.lines if line.balance.minor < 0),
        "export_url": f"{file_url}?{request.GET.urlencode()}",
    }
    return show(request, "trust_accounts/trial_balance.html", context)


@require_safe
def file(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Answer with the trial balance as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    asked = _asked(request, AskedForm(request.GET))
    found = balances.of(account, on=asked.on, known=asked.known, with_empty=asked.with_empty)
    doc = _document(request, account, asked, found)
    name = f"trial-balance-{asked.on.isoformat()}"
    if request.GET.get("format") == "pdf":
        return frame.pdf(name, documents.render(doc))
    return spreadsheets.answer(request, name, documents.sheet(doc))


def _asked(request: FirmRequest, form: AskedForm) -> Asked:
    """Return what is asked; what cannot be read asks nothing. A number of the chain goes before a time."""
    form.is_valid()
    typed = form.cleaned_data
    zone = ZoneInfo(request.person.firm.time_zone)
    known, told = Known(), ""
    if typed.get("seal"):
        known, told = Known(seal=typed["seal"]), f"as sealed at number {typed['seal']:,}"
    elif typed.get("known_on"):
        clock_time = typed.get("known_time") or datetime.max.time()
        at = datetime.combine(typed["known_on"], clock_time, zone).astimezone(UTC)
        known, told = Known(at=at), f"as known on {times.instant(at, zone.key)}"
    on = typed.get("on") or frame.today(request)
    return Asked(on, known, bool(typed.get("empty")), told)


def _document(
    request: FirmRequest, account: TrustBankAccount, asked: Asked, found: TrialBalance
) -> documents.TrialBalance:
    title = f"Trial balance, {asked.told}" if asked.told else "Trial balance"
    return documents.TrialBalance(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=title,
        account=frame.called(account),
        currency=account.currency,
        on=asked.on,
        lines=tuple(
            BalanceLine(line.client, line.matter, line.title, line.last_moved_on, line.balance)
            for line in found.lines
        ),
        cash_book=found.cash_book,
    )


def _row(line: balances.Line) -> Row:
    return Row(
        matter=line.matter,
        client=line.client,
        title=line.title,
        last_moved_on=line.last_moved_on,
        balance=str(line.balance),
        is_below=line.balance.minor < 0,
    )

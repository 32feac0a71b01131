"""Opening a matter's ledger on an account, closing it, opening it again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, allows, require
from chancery.trust import client_ledgers, queries, spendable
from chancery.web.firm_of_request import FirmRequest
from chancery.web.matter_money.forms import OpeningForm, ReasonForm
from chancery.web.matter_money.pages import ledger_of
from chancery.web.matters.pages import matter_of
from chancery.web.matters.rows import row_of
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, refused, show
from chancery.web.shell.words import words_of

_OPEN = "matter_money/open.html"
_CLOSING = "matter_money/closing.html"


@require_http_methods(["GET", "HEAD", "POST"])
def open_ledger(request: FirmRequest, number: str) -> HttpResponse:
    """Ask on which account the ledger is opened; open it."""
    matter = matter_of(request, number)
    require(request.person, Act.OPEN_LEDGERS)
    words = words_of(request)
    taken = {one.account_id for one in client_ledgers.of_matter(matter.id)}
    apart = {one.id for one in queries.matter_by_matter()}
    accounts = [
        one
        for one in queries.bank_accounts()
        if one.status == "open" and one.id not in taken | apart
    ]
    form = OpeningForm(
        request.POST if request.method == "POST" else None,
        accounts=accounts if request.method != "POST" else list(queries.bank_accounts()),
        words=words,
        initial={"account": request.GET.get("account", "")},
    )
    context = {
        "matter": row_of(matter),
        "form": form,
        "accounts": accounts,
        "opens_own": bool(apart - taken) and allows(request.person, Act.KEEP_MONEY_BOOKS),
    }
    if request.method != "POST":
        return show(request, _OPEN, context)
    if not form.is_valid():
        return invalid(request, _OPEN, context)
    try:
        ledger = client_ledgers.open(
            matter=matter,
            account_id=UUID(form.cleaned_data["account"]),
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _OPEN, context)
    messages.info(request, f"The {words['ledger']} of {matter.number} is open.")
    return go(request, f"{reverse('matter_money', args=[matter.number])}?ledger={ledger.id}")


@require_http_methods(["GET", "HEAD", "POST"])
def closing(request: FirmRequest, number: str, ledger_id: UUID) -> HttpResponse:
    """Ask why a ledger is closed, or opened again; make it so."""
    matter = matter_of(request, number)
    ledger = ledger_of(matter, ledger_id)
    require(request.person, Act.OPEN_LEDGERS)
    today = clock.today(request.person.firm.time_zone)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    stands = spendable.of_ledger(ledger, on=today)
    context = {
        "matter": row_of(matter),
        "ledger": ledger,
        "stands": stands,
        "currency": ledger.account.currency,
        "form": form,
        "history": timeline.of(client_ledgers.KIND, ledger.id),
    }
    if request.method != "POST":
        return show(request, _CLOSING, context)
    if not form.is_valid():
        return invalid(request, _CLOSING, context)
    act = client_ledgers.reopen if stands.is_closed else client_ledgers.close
    reason = form.cleaned_data["reason"]
    try:
        act(ledger=ledger, reason=reason, by=request.person, at=clock.now())
    except DetailsNotRight as refusal:
        return form_refused(request, refusal, _CLOSING, context)
    except Refusal as refusal:
        return refused(request, refusal, _CLOSING, context, title="Not closed")
    said = "open again" if stands.is_closed else "closed"
    messages.info(request, f"The {words_of(request)['ledger']} of {matter.number} is {said}.")
    return go(request, f"{reverse('matter_money', args=[matter.number])}?ledger={ledger.id}")

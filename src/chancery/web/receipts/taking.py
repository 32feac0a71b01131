"""Taking a receipt: the form, what it would do, the ledgers that fit what is typed."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chancery.lib import clock, ids
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice import matter_list
from chancery.practice.matter_list import MatterFilter
from chancery.practice.matters import Matter
from chancery.practice.permissions import Act, require
from chancery.trust import (
    account_ledgers,
    client_ledgers,
    receipt_requests,
    receipts,
    requests,
    settings,
)
from chancery.trust.receipts import Receipt
from chancery.trust.requests import RequestState
from chancery.web.firm_of_request import FirmRequest
from chancery.web.receipts import effects
from chancery.web.receipts.forms import ReceiptForm, beside_fields
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.forms import tell
from chancery.web.shell.words import words_of

_FORM = "receipts/form.html"
_WITHOUT_LEDGER_AT_MOST = 5
_BROUGHT = ("amount_1", "reason", "received_from")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Show the form of a receipt; post what it brings. Buttons that only show post nothing."""
    require(request.person, Act.TAKE_RECEIPTS)
    if not account_ledgers.open_accounts():
        return show(request, "receipts/no_account.html")
    settings.policy()
    if request.method != "POST":
        return show(request, _FORM, _context(request, _fresh(request)))
    if request.POST.get("act") in ("look", "more"):
        return _look(request)
    return _post(request)


@require_POST
def effect(request: FirmRequest) -> HttpResponse:
    """Answer, while someone types, with what the receipt would do."""
    require(request.person, Act.TAKE_RECEIPTS)
    form = _bound(request)
    found = effects.of(form, today=_today(request))
    return show(request, "receipts/effect.html", {"effect": found, "currency": form.currency})


@require_safe
def ledgers(request: FirmRequest) -> HttpResponse:
    """Answer, while someone types, with the ledgers that fit one line of the form."""
    asked = request.GET.get("line", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1  # noqa: PLR2004
    initial = {**request.GET.dict(), "count": str(number)}
    form = ReceiptForm(words=words_of(request), initial=initial)
    line = form.line(min(max(number, 1), form.count))
    context = {
        "line": line,
        "typed": str(line.text.value() or "").strip(),
        "account": form.account_chosen,
        "without_ledger": _without_ledger(request, form, str(line.text.value() or "")),
    }
    return show(request, "receipts/ledgers.html", context)


def _post(request: FirmRequest) -> HttpResponse:
    form = _bound(request)
    context = _context(request, form, effects.of(form, today=_today(request)))
    if form.errors:
        return invalid(request, _FORM, context)
    try:
        taken = receipts.take(
            details=form.details(),
            by=request.person,
            at=clock.now(),
            today=_today(request),
            key=str(form.cleaned_data["key"]),
        )
        _answer_request(request, taken)
    except DetailsNotRight as refusal:
        tell(form, beside_fields(refusal))
        return invalid(request, _FORM, context)
    except Refusal as refusal:
        return refused(request, refusal, _FORM, context, title="Not posted")
    messages.info(request, f"{taken.number_shown} is posted.")
    return go(request, "receipt", taken.id)


def _answer_request(request: FirmRequest, taken: Receipt) -> None:
    """End the request that led to the form, if the address names one; both stand or neither does."""
    asked = request.GET.get("request", "")
    if not asked:
        return
    try:
        request_id = UUID(asked)
    except ValueError as unknown:
        raise requests.NoSuchRequest from unknown
    if requests.visible(request_id).state == RequestState.DONE:
        return  # the same form, sent twice
    receipt_requests.finish_by_receipt(
        request_id=request_id, receipt=taken, by=request.person, at=clock.now()
    )


def _look(request: FirmRequest) -> HttpResponse:
    typed = request.POST.dict()
    bound = _bound(request)
    if request.POST.get("act") == "more":
        typed["count"] = str(bound.count + 1)
    form = ReceiptForm(words=words_of(request), initial=typed)
    found = effects.of(bound, today=_today(request))
    return show(request, _FORM, _context(request, form, found))


def _fresh(request: FirmRequest) -> ReceiptForm:
    """Return the form for today; the address may name the ledger that the money is for."""
    initial: dict[str, Any] = {"received_on": _today(request), "key": ids.new()}
    initial |= {name: request.GET[name] for name in _BROUGHT if name in request.GET}
    asked = request.GET.get("ledger", "")
    form = ReceiptForm(words=words_of(request), initial={**initial, "ledger_1": asked})
    for account_id in form.accounts if asked else ():
        initial |= {"ledger_1": asked, "account": account_id}
        form = ReceiptForm(words=words_of(request), initial=initial)
        if form.line(1).chosen_id:
            break
    return form


def _bound(request: FirmRequest) -> ReceiptForm:
    return ReceiptForm(request.POST, words=words_of(request), initial={})


def _context(
    request: FirmRequest, form: ReceiptForm, found: effects.Effect | None = None
) -> dict[str, Any]:
    return {"form": form, "currency": form.currency, "effect": found}


def _without_ledger(request: FirmRequest, form: ReceiptForm, typed: str) -> list[Matter]:
    """Return matters that fit and have no ledger on the account: one has to be opened first."""
    account = form.account_chosen
    if not typed.strip() or account is None:
        return []
    matters = matter_list.found(request.person, MatterFilter(text=typed, status="active"))
    found = matters.exclude(pk__in=client_ledgers.matters_of_account(account.id))
    return list(found[:_WITHOUT_LEDGER_AT_MOST])


def _today(request: FirmRequest) -> date:
    return clock.today(request.person.firm.time_zone)

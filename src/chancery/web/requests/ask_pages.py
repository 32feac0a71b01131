"""Ask for money to be received, paid out or moved, and edit what was asked for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import client_ledgers, ledger_choice, queries, requests, settings
from chancery.trust.client_ledgers import NoSuchLedger, TrustLedger
from chancery.trust.requests import MoneyRequest, RequestKind
from chancery.trust.rules import costs
from chancery.trust.rules.policy_costs import Route
from chancery.web.firm_of_request import FirmRequest
from chancery.web.requests import bill_words, starts, view
from chancery.web.requests.ask_forms import AskForm, Asking, ReceiptForm, TransferForm
from chancery.web.requests.bill_form import BillForm
from chancery.web.requests.effects import effect_of
from chancery.web.requests.figures import sign_of
from chancery.web.requests.pages import request_of
from chancery.web.requests.rows import kind_labels, ledger_label
from chancery.web.requests.withdrawal_form import WithdrawalForm, payees_like
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.words import words_of

_FORM = "requests/form.html"
_CHOOSE = "requests/choose_ledger.html"
_FORMS: dict[str, type[AskForm]] = {
    RequestKind.WITHDRAWAL: WithdrawalForm,
    RequestKind.BILL: BillForm,
    RequestKind.TRANSFER: TransferForm,
    RequestKind.RECEIPT: ReceiptForm,
}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest, kind: str) -> HttpResponse:
    """Ask which ledger, then what is asked for (GET); ask for it (POST)."""
    require(request.person, Act.ASK_FOR_MONEY)
    if kind not in _FORMS:
        raise Http404("No such kind of request.")
    ledger = _ledger(request.GET.get("ledger", ""))
    if ledger is None:
        return _choose(request, kind)
    form = _form(request, kind, ledger, starts.of_new(request.GET, kind))
    context = _context(request, form)
    if request.method != "POST":
        return show(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    try:
        made = requests.ask(
            details=form.details(), by=request.person, at=clock.now(), key=form.new_key()
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _FORM, context)
    messages.info(request, "Asked for. No money has moved; it waits for whoever comes next.")
    return go(request, "request", made.id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: FirmRequest, request_id: UUID) -> HttpResponse:
    """Show the form as the request stands; keep what it brings, and void what was approved."""
    found = request_of(request_id)
    require(request.person, Act.ASK_FOR_MONEY)
    form = _form(request, found.kind, found.ledger, starts.of_request(found))
    context = {**_context(request, form, found), **_around(request, found)}
    if request.method != "POST":
        return show(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    try:
        kept = requests.edit(
            request_id=found.id,
            details=form.details(),
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _FORM, context)
    messages.info(request, "Saved. Approvals given before count no longer.")
    return go(request, "request", kept.id)


@require_safe
def payees(request: FirmRequest) -> HttpResponse:
    """Answer, while someone types, with the contacts whose name fits."""
    typed = request.GET.get("payee_text", "").strip()
    offered = payees_like(request.person, typed)
    return show(request, "requests/payees.html", {"offered": offered, "typed": typed})


def _choose(request: FirmRequest, kind: str) -> HttpResponse:
    text = request.GET.get("text", "")
    offered = ledger_choice.offered(request.person, text)
    context = {
        "kind": kind,
        "kind_label": kind_labels(words_of(request))[kind],
        "kinds": kind_labels(words_of(request)),
        "text": text,
        "ledgers": [ledger_label(each) for each in offered],
        "more": request.GET.urlencode(),
        "is_set_up": queries.has_accounts(),
        "most": ledger_choice.OFFERED,
    }
    return show(request, _CHOOSE, context)


def _ledger(asked: str) -> TrustLedger | None:
    try:
        return client_ledgers.visible(UUID(asked)) if asked else None
    except (ValueError, NoSuchLedger) as missing:
        raise Http404("No such ledger.") from missing


def _form(request: FirmRequest, kind: str, ledger: TrustLedger, initial: dict[str, Any]) -> AskForm:
    route = _route(request, kind, str(initial.get("route", "")))
    asking = Asking(request.person, ledger, words_of(request), route)
    posted = request.POST if request.method == "POST" else None
    return _FORMS[kind](posted, asking=asking, initial=initial)


def _route(request: FirmRequest, kind: str, kept: str) -> str:
    """Return the ground that the address names, else the one that was kept, else the place's first."""
    if kind != RequestKind.BILL:
        return ""
    known = list(settings.policy().costs.routes.value.needs)
    asked = request.GET.get("route", "") or kept
    return asked if asked in known else known[0].value


def _context(
    request: FirmRequest, form: AskForm, edited: MoneyRequest | None = None
) -> dict[str, Any]:
    asking, firm = form.asking, request.person.firm
    ledger, words = asking.ledger, asking.words
    today = clock.today(firm.time_zone)
    is_out = form.kind is not RequestKind.RECEIPT
    amount = starts.amount_of(form)
    return {
        "form": form,
        "kind": form.kind.value,
        "kind_label": kind_labels(words)[form.kind],
        "ledger": ledger_label(ledger),
        "effect": effect_of(ledger, amount, today, is_out=is_out),
        "currency": ledger.account.currency,
        "sign": sign_of(ledger.account.currency, firm.country),
        "routes": _routes(request, form, edited) if form.kind is RequestKind.BILL else [],
        "costs": _costs(form) if isinstance(form, BillForm) else None,
        "key": form.new_key(),
    }


def _routes(
    request: FirmRequest, form: AskForm, edited: MoneyRequest | None
) -> list[tuple[str, str, bool]]:
    """Return the grounds that the place knows: each one's address and name, and whether it is chosen."""
    known = settings.policy().costs.routes.value.needs
    if len(known) < 2:  # noqa: PLR2004 - with one ground there is nothing to choose
        return []
    named = bill_words.routes(form.asking.words)
    base = reverse("request_edit", args=[edited.id]) if edited else request.path
    ledger = form.asking.ledger.id
    return [
        (f"{base}?ledger={ledger}&route={route}", named[route], route == form.asking.route)
        for route in known
    ]


def _costs(form: BillForm) -> dict[str, Any]:
    """Return what the place says of taking costs, and the first day once the delivery is known."""
    policy = settings.policy()
    delivered = starts.day_of(form, "delivered_on")
    by_bill = form.asking.route == Route.BILL
    return {
        "routes": policy.costs.routes,
        "waiting": policy.costs.waiting if by_bill else None,
        "mention": policy.costs.mention if by_bill else None,
        "from": costs.first_allowed_on(policy, delivered) if delivered and by_bill else None,
    }


def _around(request: FirmRequest, found: MoneyRequest) -> dict[str, Any]:
    today = clock.today(request.person.firm.time_zone)
    return {
        "edited": view.of(found, request.person, words_of(request), today),
        "version": found.version,
    }

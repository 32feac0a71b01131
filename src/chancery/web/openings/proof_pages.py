"""The proof of an opening: finish it when it agrees, undo it as a whole, begin again, throw it away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import opening_drafts, openings
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.web.firm_of_request import FirmRequest
from chancery.web.openings import opening_frame as frame
from chancery.web.openings.forms import KeyForm, ReasonForm, fresh_key
from chancery.web.shell import answers
from chancery.web.shell.forms import tell

_PAGE = "openings/proof_page.html"


@require_http_methods(["GET", "HEAD", "POST"])
def proof_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the proof and where the opening stands (GET); finish, undo, begin again or discard (POST)."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    if request.method != "POST":
        return answers.show(request, _PAGE, _context(request, account))
    require(request.person, Act.KEEP_MONEY_BOOKS)
    acts = {"finish": _finish, "undo": _undo, "again": _begin_again, "discard": _discard}
    act = acts.get(request.POST.get("act", ""), _finish)
    return act(request, account)


def _finish(request: FirmRequest, account: TrustBankAccount) -> HttpResponse:
    form = KeyForm(request.POST)
    context = _context(request, account)
    if not form.is_valid():
        return answers.invalid(request, _PAGE, context)
    try:
        openings.finish(
            account=account,
            by=request.person,
            at=clock.now(),
            today=frame.today(request),
            key=f"page:{form.cleaned_data['key']}",
        )
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, context, title="Not finished")
    messages.info(request, "The opening balances are posted")
    return answers.go(request, "opening_proof", account.id)


def _undo(request: FirmRequest, account: TrustBankAccount) -> HttpResponse:
    form = ReasonForm(request.POST)
    context = _context(request, account) | {"form": form}
    if not form.is_valid():
        return answers.invalid(request, _PAGE, context)
    try:
        openings.undo(
            account=account,
            reason=form.cleaned_data["reason"],
            by=request.person,
            at=clock.now(),
        )
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return answers.invalid(request, _PAGE, context)
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, context, title="Not undone")
    messages.info(request, "The opening balances are undone")
    return answers.go(request, "opening_proof", account.id)


def _begin_again(request: FirmRequest, account: TrustBankAccount) -> HttpResponse:
    try:
        openings.begin_again(account=account, by=request.person, at=clock.now())
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, _context(request, account))
    return answers.go(request, "opening", account.id)


def _discard(request: FirmRequest, account: TrustBankAccount) -> HttpResponse:
    try:
        opening_drafts.discard(account=account, by=request.person, at=clock.now())
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, _context(request, account))
    messages.info(request, "The draft is thrown away; nothing was posted")
    return answers.go(request, "opening", account.id)


def _context(request: FirmRequest, account: TrustBankAccount) -> dict[str, Any]:
    context = frame.context_of(request, account, "opening_proof")
    opening = context["opening"]
    return context | {
        "form": ReasonForm(),
        "key_form": fresh_key(),
        "ledger_count": opening.ledgers.count() if opening else 0,
        "undone": opening_drafts.undone(account),
    }

"""Counting a receipt as cleared before its day: one person asks, a second one answers."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import clearances
from chancery.trust.clearances import Evidence
from chancery.web.firm_of_request import FirmRequest
from chancery.web.receipts.pages import context_of, receipt_of
from chancery.web.shell.answers import form_refused, go, invalid, refused, show
from chancery.web.shell.forms import PlainForm

_FORM = "receipts/clearance.html"


class EvidenceForm(PlainForm):
    """What shows that the bank has paid."""

    words = forms.CharField(
        label="Evidence", max_length=300, help_text="What you saw at the bank, and where"
    )
    bank_reference = forms.CharField(label="Reference of the bank", max_length=80)


@require_http_methods(["GET", "HEAD", "POST"])
def clearance(request: FirmRequest, receipt_id: UUID) -> HttpResponse:
    """Ask for evidence that a receipt has cleared; hand it to a second person."""
    found = receipt_of(receipt_id)
    require(request.person, Act.TAKE_RECEIPTS)
    form = EvidenceForm(request.POST if request.method == "POST" else None)
    context = {**context_of(request, found), "form": form}
    if request.method != "POST":
        return show(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    try:
        clearances.ask(
            receipt=found,
            evidence=Evidence(form.cleaned_data["words"], form.cleaned_data["bank_reference"]),
            by=request.person,
            at=clock.now(),
            today=clock.today(request.person.firm.time_zone),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _FORM, context)
    messages.info(request, f"A second person is asked about {found.number_shown}.")
    return go(request, "receipt", found.id)


@require_POST
def answer(request: FirmRequest, receipt_id: UUID) -> HttpResponse:
    """Confirm that the receipt has cleared, or leave it to clear on its day."""
    found = receipt_of(receipt_id)
    at, today = clock.now(), clock.today(request.person.firm.time_zone)
    try:
        if request.POST.get("answer") == "confirm":
            clearances.confirm(receipt=found, by=request.person, at=at, today=today)
            messages.info(request, f"{found.number_shown} counts as cleared.")
        else:
            words = request.POST.get("words", "")
            clearances.decline(receipt=found, words=words, by=request.person, at=at, today=today)
            messages.info(request, f"{found.number_shown} clears on its day.")
    except Refusal as refusal:
        context = context_of(request, found)
        return refused(request, refusal, "receipts/receipt.html", context, title="Not done")
    return go(request, "receipt", found.id)

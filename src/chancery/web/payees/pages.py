"""A contact's bank details: enter them, change them, and record the call that checked them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import contacts
from chancery.practice.contacts import Contact
from chancery.practice.permissions import Act, require
from chancery.trust import jurisdiction, payees, settings
from chancery.trust.payees import NoSuchPayee, PayeeDetails
from chancery.web.firm_of_request import FirmRequest
from chancery.web.payees import rows
from chancery.web.payees.forms import CheckForm, DetailsForm
from chancery.web.shell.answers import form_refused, go, invalid, show

_ENTER = "payees/enter.html"
_CHECK = "payees/check.html"


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: FirmRequest, contact_id: UUID) -> HttpResponse:
    """Ask for a contact's bank details (GET); keep what is entered, unverified (POST)."""
    contact = _contact(request, contact_id)
    require(request.person, Act.ASK_FOR_MONEY)
    if jurisdiction.of_firm() is None:
        return show(request, "payees/not_set_up.html", {"contact": contact.name})
    posted = request.POST if request.method == "POST" else None
    form = DetailsForm(posted, place=settings.policy().pack)
    context: dict[str, Any] = {
        "form": form,
        "contact": contact.name,
        "payee": rows.of_contact(contact.id, request.person),
        "number_fields": [form[f"number_{part.key}"] for part in form.place.bank_number_fields],
    }
    if posted is None:
        return show(request, _ENTER, context)
    if not form.is_valid():
        return invalid(request, _ENTER, context)
    try:
        payees.enter(
            contact=contact,
            account_name=form.cleaned_data["account_name"],
            number=form.number(),
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _ENTER, context)
    messages.info(request, "Kept. Somebody else now calls back before money goes there.")
    return go(request, "contact", contact.id)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: FirmRequest, details_id: UUID) -> HttpResponse:
    """Ask how bank details were checked (GET); record the call (POST)."""
    details = _details(details_id)
    require(request.person, Act.CHECK_PAYEES)
    form = CheckForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "details": rows.of_details(details)}
    if request.method != "POST":
        return show(request, _CHECK, context)
    if not form.is_valid():
        return invalid(request, _CHECK, context)
    try:
        payees.require_latest(details)
        payees.check(details=details, call=form.call(), by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _CHECK, context)
    messages.info(request, f"The bank details of {details.contact.name} are checked.")
    return go(request, "contact", details.contact_id)


def _contact(request: FirmRequest, contact_id: UUID) -> Contact:
    try:
        return contacts.visible_to(request.person, contact_id)
    except Contact.DoesNotExist as missing:
        raise Http404("No such contact.") from missing


def _details(details_id: UUID) -> PayeeDetails:
    try:
        return payees.visible(details_id)
    except NoSuchPayee as refusal:
        raise Http404(str(refusal)) from refusal

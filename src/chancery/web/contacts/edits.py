"""Changing contacts: enter, edit, delete, and the look-alikes pointed out while typing."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import contacts, look_alikes
from chancery.practice.contact_details import ContactDetails
from chancery.practice.contacts import Contact, ContactKind
from chancery.practice.permissions import Act, require
from chancery.web.contacts.forms import ContactForm
from chancery.web.contacts.pages import contact_of
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, refused, show
from chancery.web.shell.words import words_of

_FORM = "contacts/form.html"
_DELETION = "contacts/deletion.html"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Show the empty form; enter what it brings."""
    require(request.person, Act.EDIT_CONTACTS)
    kind = request.GET.get("kind", "")
    details = ContactDetails(kind=kind if kind in ContactKind.values else ContactKind.COMPANY)
    form = _form(request, details)
    if request.method != "POST":
        return show(request, _FORM, {"form": form})
    if not form.is_valid():
        return invalid(request, _FORM, {"form": form})
    try:
        made = contacts.add(
            details=form.details(),
            by=request.person,
            at=clock.now(),
            even_if_alike="even_if_alike" in request.POST,
        )
    except Refusal as refusal:
        return _refused(request, form, refusal, {})
    messages.info(request, f"{made.name} is saved.")
    return go(request, "contact", made.id)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: FirmRequest, contact_id: UUID) -> HttpResponse:
    """Show the form as the contact stands; save what it brings."""
    require(request.person, Act.EDIT_CONTACTS)
    found = contact_of(request, contact_id)
    form = _form(request, ContactDetails.of(found))
    context = _around(found)
    if request.method != "POST":
        return show(request, _FORM, {"form": form, **context})
    if not form.is_valid():
        return invalid(request, _FORM, {"form": form, **context})
    try:
        kept = contacts.change(
            contact=found,
            details=form.details(),
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
            even_if_alike="even_if_alike" in request.POST,
        )
    except Refusal as refusal:
        return _refused(request, form, refusal, context)
    messages.info(request, f"{kept.name} is saved.")
    return go(request, "contact", kept.id)


@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: FirmRequest, contact_id: UUID) -> HttpResponse:
    """Ask once, saying what goes and what stays; then delete."""
    require(request.person, Act.EDIT_CONTACTS)
    found = contact_of(request, contact_id)
    context = _around(found)
    if request.method != "POST":
        return show(request, _DELETION, context)
    version = request.POST.get("version", "")
    try:
        contacts.delete(
            contact=found,
            version=int(version) if version.isdecimal() else 0,
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return refused(request, refusal, _DELETION, context, title="Not deleted", holds_money=False)
    messages.info(request, f"{found.name} is deleted.")
    return go(request, "contact_list")


@require_safe
def look_alikes_of(request: FirmRequest) -> HttpResponse:
    """Answer, while someone types, with the contacts that may be the same."""
    form = _form(request, ContactDetails(), typed=request.GET)
    form.is_valid()
    besides = request.GET.get("besides", "")
    typed = ContactDetails(
        **{
            field: form.cleaned_data.get(field, "")
            for field in ("kind", "name", "given_name", "family_name", "email")
        },
        identifiers={
            kind.code: form.cleaned_data.get(kind.code, "") for kind in form.kinds_of_number
        },
    ).tidied()
    found = look_alikes.find(
        name=typed.name,
        email=typed.email,
        numbers=typed.identifiers,
        besides=UUID(besides) if _is_id(besides) else None,
    )
    return show(request, "contacts/look_alikes.html", {"alikes": found})


def _form(request: FirmRequest, details: ContactDetails, typed: Any = None) -> ContactForm:
    posted = request.POST if request.method == "POST" else None
    return ContactForm(
        typed if typed is not None else posted,
        country=request.person.firm.country,
        words=words_of(request),
        details=details,
    )


def _around(found: Contact) -> dict[str, Any]:
    return {
        "contact": found,
        "version": found.version,
        "in_use": contacts.uses_of(found),
        "history": timeline.of(contacts.KIND, found.id),
    }


def _refused(
    request: FirmRequest, form: ContactForm, refusal: Refusal, context: dict[str, Any]
) -> HttpResponse:
    shown = {"form": form, **context}
    if isinstance(refusal, contacts.LooksAlike):
        return show(request, _FORM, {**shown, "alikes": refusal.found}, status=HTTPStatus.CONFLICT)
    return form_refused(request, refusal, _FORM, shown)


def _is_id(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True

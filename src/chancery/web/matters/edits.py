"""Changing matters: open, edit, make active, inactive or closed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import matters
from chancery.practice.matters import Matter, MatterDetails, MatterStatus
from chancery.practice.permissions import Act, require
from chancery.web.firm_of_request import FirmRequest
from chancery.web.matters.forms import (
    MatterForm,
    StatusForm,
    initial_of,
    initial_of_new,
)
from chancery.web.matters.pages import matter_of
from chancery.web.matters.rows import row_of
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.words import words_of

_FORM = "matters/form.html"
_STATUS = "matters/status_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Show the form of a new matter; open what it brings."""
    require(request.person, Act.EDIT_MATTERS)
    today = clock.today(request.person.firm.time_zone)
    form = _form(request, initial_of_new(request.person, today, request.GET.get("client", "")))
    context = {"form": form, "next_number": matters.next_number(request.person, today)}
    if request.method != "POST":
        return show(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    try:
        made = matters.open(details=form.details(), by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _FORM, context)
    messages.info(request, f"{made.number} is open.")
    return go(request, "matter", made.number)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: FirmRequest, number: str) -> HttpResponse:
    """Show the form as the matter stands; save what it brings."""
    require(request.person, Act.EDIT_MATTERS)
    found = matter_of(request, number)
    form = _form(request, initial_of(MatterDetails.of(found)))
    context = {"form": form, **_around(found)}
    if request.method != "POST":
        return show(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    try:
        kept = matters.change(
            matter=found,
            details=form.details(),
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _FORM, context)
    messages.info(request, f"{kept.number} is saved.")
    return go(request, "matter", kept.number)


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: FirmRequest, number: str) -> HttpResponse:
    """Ask where the matter stands from now on, and why; then make it so."""
    require(request.person, Act.EDIT_MATTERS)
    found = matter_of(request, number)
    form = StatusForm(request.POST if request.method == "POST" else None)
    context = {"form": form, **_around(found)}
    if request.method != "POST":
        return show(request, _STATUS, context)
    if not form.is_valid():
        return invalid(request, _STATUS, context)
    try:
        kept = matters.set_status(
            matter=found,
            status=MatterStatus(form.cleaned_data["status"]),
            why=form.cleaned_data["why"],
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _STATUS, context)
    messages.info(request, f"{kept.number} is {kept.get_status_display().lower()}.")
    return go(request, "matter", kept.number)


@require_safe
def clients(request: FirmRequest) -> HttpResponse:
    """Answer, while someone types, with the contact chosen so far and those whose name fits."""
    initial = {"client": request.GET.get("client"), "client_text": request.GET.get("client_text")}
    form = _form(request, initial)
    typed = str(initial["client_text"] or "").strip()
    context = {"offered": form.offered(), "chosen_id": form.chosen_id(), "typed": typed}
    return show(request, "matters/clients.html", context)


def _form(request: FirmRequest, initial: dict[str, Any]) -> MatterForm:
    posted = request.POST if request.method == "POST" else None
    return MatterForm(posted, by=request.person, words=words_of(request), initial=initial)


def _around(found: Matter) -> dict[str, Any]:
    return {
        "matter": row_of(found),
        "version": found.version,
        "history": timeline.of(matters.KIND, found.id),
    }

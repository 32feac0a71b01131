"""Admin > Firm > Types: the kinds of work that the firm sorts its matters by."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import matter_types, matters
from chancery.practice.matter_types import NAME_AT_MOST, MatterType
from chancery.practice.permissions import Act, allows, require
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.forms import PlainForm

_LIST = "people/matter_types.html"
_ONE = "people/matter_type.html"


class TypeForm(PlainForm):
    """A type's name, and for one that exists the name under which it was opened."""

    name = forms.CharField(label="Name", max_length=NAME_AT_MOST)
    seen = forms.CharField(required=False, max_length=NAME_AT_MOST, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def types(request: FirmRequest) -> HttpResponse:
    """Show the types, and a field for one more to whoever may add it; add what it brings."""
    form = TypeForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "form": form,
        "types": [{"id": one.id, "name": one.name} for one in matters.types_of(request.person)],
        "may_edit": allows(request.person, Act.MANAGE_FIRM),
    }
    if request.method != "POST":
        return show(request, _LIST, context)
    require(request.person, Act.MANAGE_FIRM)
    if not form.is_valid():
        return invalid(request, _LIST, context)
    try:
        added = matter_types.add(name=form.cleaned_data["name"], by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _LIST, context)
    messages.info(request, f"{added.name} is added.")
    return go(request, "admin_matter_types")


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: FirmRequest, type_id: UUID) -> HttpResponse:
    """Show one type with its history; give it the name that the form brings."""
    found = _type_of(request, type_id)
    posted = request.POST if request.method == "POST" else None
    form = TypeForm(posted, initial={"name": found.name, "seen": found.name})
    context: dict[str, Any] = {
        "form": form,
        "name": found.name,
        "history": timeline.of(matter_types.KIND, found.id),
        "may_edit": allows(request.person, Act.MANAGE_FIRM),
    }
    if request.method != "POST":
        return show(request, _ONE, context)
    require(request.person, Act.MANAGE_FIRM)
    if not form.is_valid():
        return invalid(request, _ONE, context)
    name, seen = form.cleaned_data["name"], form.cleaned_data["seen"]
    try:
        matter_types.rename(type_=found, name=name, seen=seen, by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _ONE, context)
    messages.info(request, f"{name} is saved.")
    return go(request, "admin_matter_types")


def _type_of(request: FirmRequest, type_id: UUID) -> MatterType:
    try:
        return matter_types.visible_to(request.person, type_id)
    except MatterType.DoesNotExist as missing:
        raise Http404("No such type.") from missing

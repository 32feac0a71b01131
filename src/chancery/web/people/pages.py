"""Admin > People and roles: who is here, asking someone in, roles, leaving and returning."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import accounts, passwords, people
from chancery.practice.people import Person
from chancery.practice.permissions import Act, allows, require
from chancery.web.firm_of_request import FirmRequest
from chancery.web.people import sign_ins
from chancery.web.people.forms import AskInForm, PersonForm
from chancery.web.people.rows import acts, roles, row_of
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, show

_ASK_IN = "people/ask_in.html"
_PERSON = "people/person.html"


@require_safe
def people_list(request: FirmRequest) -> HttpResponse:
    """Show everyone of the firm, and what each role may do."""
    everyone = people.of_firm(request.person)
    context = {
        "people": [row_of(one, reader=request.person) for one in everyone],
        "roles": roles(),
        "acts": acts(),
        "may_edit": allows(request.person, Act.MANAGE_PEOPLE),
    }
    return show(request, "people/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Ask for a name, an address and roles; then ask them in; the next page shows their password."""
    require(request.person, Act.MANAGE_PEOPLE)
    form = AskInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return show(request, _ASK_IN, {"form": form})
    if not form.is_valid():
        return invalid(request, _ASK_IN, {"form": form})
    password = accounts.new_password()
    try:
        asked = people.ask_in(
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            roles=frozenset(form.cleaned_data["roles"]),
            password=password,
            by=request.person,
            at=clock.now(),
            must_choose_password=True,
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _ASK_IN, {"form": form})
    told = password if asked.is_new_account else ""
    sign_ins.keep(request, asked.person.id, told, as_new=True)
    return go(request, "person_sign_in", asked.person.id)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: FirmRequest, person_id: UUID) -> HttpResponse:
    """Show a colleague, as a form to whoever may change roles; save what it brings."""
    found = _person_of(request, person_id)
    form = PersonForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name, "roles": found.roles},
    )
    context = _around(request, found, form)
    if request.method != "POST":
        return show(request, _PERSON, context)
    require(request.person, Act.MANAGE_PEOPLE)
    if not form.is_valid():
        return invalid(request, _PERSON, context)
    try:
        people.change(
            person=found,
            name=form.cleaned_data["name"],
            roles=frozenset(form.cleaned_data["roles"]),
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _PERSON, context)
    messages.info(request, f"{form.cleaned_data['name']} is saved.")
    return go(request, "admin_people")


@require_POST
def leaving(request: FirmRequest, person_id: UUID) -> HttpResponse:
    """Let someone leave the firm."""
    found = _person_of(request, person_id)
    try:
        people.leave(person=found, by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _PERSON, _around(request, found, None))
    messages.info(request, f"{found.name} has left.")
    return go(request, "admin_people")


@require_POST
def coming_back(request: FirmRequest, person_id: UUID) -> HttpResponse:
    """Let someone who left return."""
    found = _person_of(request, person_id)
    try:
        people.come_back(person=found, by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _PERSON, _around(request, found, None))
    messages.info(request, f"{found.name} is here again.")
    return go(request, "admin_people")


@never_cache
@require_POST
def new_password(request: FirmRequest, person_id: UUID) -> HttpResponse:
    """Give a colleague who forgot theirs a new password; the next page shows it."""
    found = _person_of(request, person_id)
    password = accounts.new_password()
    try:
        passwords.give(person=found, password=password, by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _PERSON, _around(request, found, None))
    sign_ins.keep(request, found.id, password, as_new=False)
    return go(request, "person_sign_in", found.id)


@never_cache
@require_GET
def sign_in(request: FirmRequest, person_id: UUID) -> HttpResponse:
    """Show, this once, how someone signs in who was asked in or given a new password just now."""
    require(request.person, Act.MANAGE_PEOPLE)
    found = _person_of(request, person_id)
    told = sign_ins.take(request, found.id)
    if told is None:
        messages.info(request, f"The password of {found.name} was shown once and is not kept.")
        return go(request, "person", found.id)
    password, as_new = told
    row = row_of(found, reader=request.person)
    if as_new:
        return show(request, "people/asked_in.html", {"asked": row, "password": password})
    return show(request, "people/new_password.html", {"colleague": row, "password": password})


def _person_of(request: FirmRequest, person_id: UUID) -> Person:
    """Return a colleague of the reader; for anyone else's there is no such page."""
    try:
        return people.visible_to(request.person, person_id)
    except Person.DoesNotExist as missing:
        raise Http404("No such person.") from missing


def _around(request: FirmRequest, found: Person, form: PersonForm | None) -> dict[str, Any]:
    initial = {"name": found.name, "roles": found.roles}
    return {
        "form": form or PersonForm(initial=initial),
        "colleague": row_of(found, reader=request.person),
        "version": found.version,
        "history": timeline.of(people.KIND, found.id),
        "may_edit": allows(request.person, Act.MANAGE_PEOPLE),
    }

"""What every form of these registers does: shown fresh, shown again as typed, or sent to its deed."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse, QueryDict

from chancery.lib import clock, ids
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice import matter_list
from chancery.practice.matter_list import MatterFilter
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.forms import PlainForm, tell

AnyForm = TypeVar("AnyForm", bound=PlainForm)
Build = Callable[[QueryDict | None, dict[str, Any]], AnyForm]


def form_of(request: FirmRequest, build: Build[AnyForm], fresh: dict[str, Any]) -> AnyForm:
    """Return the form: fresh, with what was typed and not judged yet, or bound to what is sent."""
    if request.method != "POST":
        return build(None, {"key": ids.new(), **fresh, **_brought(request)})
    if request.POST.get("act") == "look":
        return build(None, request.POST.dict())
    return build(request.POST, {})


def answer(
    request: FirmRequest,
    form: PlainForm,
    deed: Callable[[dict[str, Any]], tuple[Model, str, str]],
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """Answer with the form, or do the deed and go to what it made.

    ``deed`` is told who, when and under which key; it returns the record for the way on, the name of
    its page, and what to say.
    """
    context = {"form": form, "currency": request.person.firm.currency, **context}
    if not form.is_bound:
        return show(request, template, context)
    if not form.is_valid():
        return invalid(request, template, context)
    who = {
        "by": request.person,
        "at": clock.now(),
        "today": today(request),
        "key": str(form.cleaned_data["key"]),
    }
    try:
        made, page, said = deed(who)
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return invalid(request, template, context)
    except Refusal as refusal:
        return refused(request, refusal, template, context, title="Not recorded")
    messages.info(request, said)
    return go(request, page, made.pk)


def today(request: FirmRequest) -> date:
    """Return the legal day it is in the reader's firm."""
    return clock.today(request.person.firm.time_zone)


def _brought(request: FirmRequest) -> dict[str, Any]:
    """Return what the address brings: the number of a matter, the id of an account."""
    number = request.GET.get("matter", "")
    brought: dict[str, Any] = {}
    if number:
        matters = matter_list.found(request.person, MatterFilter()).filter(number=number)
        if matter := matters.first():
            brought["matter"] = matter.id
    if account := request.GET.get("account", ""):
        brought["account"] = account
    return brought

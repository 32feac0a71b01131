"""One request: what it asks, what it would do, and the steps that people take on it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import requests
from chancery.trust.requests import MoneyRequest, NoSuchRequest
from chancery.web.firm_of_request import FirmRequest
from chancery.web.requests import view
from chancery.web.shell import timeline
from chancery.web.shell.answers import go, refused, show
from chancery.web.shell.words import words_of

PAGE = "requests/request.html"
_DONE = {
    "approve": "Approved. No money has moved yet.",
    "ask_back": "Asked back.",
    "answer": "Answered.",
    "reject": "Rejected.",
    "take_back": "Taken back.",
}


def request_of(request_id: UUID) -> MoneyRequest:
    """Return the request that the address names; else there is no such page."""
    try:
        return requests.visible(request_id)
    except NoSuchRequest as refusal:
        raise Http404(str(refusal)) from refusal


@require_safe
def request_page(request: FirmRequest, request_id: UUID) -> HttpResponse:
    """Show one request."""
    require(request.person, Act.READ_MONEY)
    return show(request, PAGE, context_of(request, request_of(request_id)))


@require_POST
def turn(request: FirmRequest, request_id: UUID) -> HttpResponse:
    """Do the one act that was pressed: approve, ask back, answer, reject or take back."""
    found = request_of(request_id)
    act = request.POST.get("act", "")
    try:
        _acts(request, found)[act]()
    except KeyError as unknown:
        raise Http404("No such act.") from unknown
    except DetailsNotRight as refusal:
        context = context_of(request, found) | {"words_problem": str(refusal)}
        return show(request, PAGE, context, status=422)
    except Refusal as refusal:
        return refused(request, refusal, PAGE, context_of(request, found), title="Not done")
    messages.info(request, _DONE[act])
    return go(request, "request", found.id)


def context_of(request: FirmRequest, found: MoneyRequest) -> dict[str, Any]:
    """Return everything that the page of a request shows."""
    today = clock.today(request.person.firm.time_zone)
    return {
        "asked": view.of(found, request.person, words_of(request), today),
        "history": timeline.of(requests.KIND, found.id),
        "typed_words": request.POST.get("words", ""),
        "withdrawal": getattr(found, "withdrawal", None),
        "transfer": getattr(found, "transfer", None),
    }


def _acts(request: FirmRequest, found: MoneyRequest) -> dict[str, Callable[[], Any]]:
    on: dict[str, Any] = {"request_id": found.id, "by": request.person, "at": clock.now()}
    said = on | {"words": request.POST.get("words", "")}
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0  # noqa: PLR2004
    return {
        "approve": partial(requests.approve, **on, version=version),
        "ask_back": partial(requests.ask_back, **said),
        "answer": partial(requests.answer, **said),
        "reject": partial(requests.reject, **said),
        "take_back": partial(requests.withdraw, **said),
    }

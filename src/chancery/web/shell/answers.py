"""How a page answers: shown, refused with a reason, or on to the next page.

Pages are rendered at once, never lazily: the firm's transaction ends with the view.
"""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django_htmx.http import HttpResponseClientRedirect

from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Outage, Refusal
from chancery.practice.permissions import NotAllowed
from chancery.practice.versions import ChangedMeanwhile
from chancery.web.shell.changes import merge
from chancery.web.shell.forms import tell
from chancery.web.shell.refusals import KEPT, RefusalView, view_of

Context = dict[str, Any]


def show(
    request: HttpRequest, template: str, context: Context | None = None, *, status: int = 200
) -> HttpResponse:
    """Answer with a page."""
    return render(request, template, context, status=status)


def invalid(request: HttpRequest, template: str, context: Context) -> HttpResponse:
    """Answer with the form again, its fields in error (422)."""
    return show(request, template, context, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def refused(
    request: HttpRequest,
    refusal: Refusal | Outage,
    template: str,
    context: Context | None = None,
    *,
    title: str = "Not saved",
    holds_money: bool = True,
) -> HttpResponse:
    """Answer with the page again under the refusal (409; 503 when the world failed).

    The template includes ``shell/refusal.html``; what was typed is kept by the form in the context.
    A record that ``holds_money`` also says whether any moved. A person who may not do this gets the
    page that says who may.
    """
    if isinstance(refusal, NotAllowed):
        return not_allowed(request, refusal)
    view = view_of(refusal, title=title, money=KEPT if holds_money else "")
    return show(request, template, {**(context or {}), "refusal": view}, status=_status(refusal))


def form_refused(
    request: HttpRequest, refusal: Refusal, template: str, context: Context
) -> HttpResponse:
    """Answer with a form that holds no money again: each problem beside its field, else the refusal above.

    The template includes ``shell/missed.html`` too: it shows what someone else changed meanwhile.
    """
    if isinstance(refusal, DetailsNotRight):
        tell(context["form"], refusal)
        return invalid(request, template, context)
    if isinstance(refusal, ChangedMeanwhile):
        missed, taken = merge(context["form"], refusal.changes)
        context = {**context, "missed": missed, "taken": taken}
    return refused(request, refusal, template, context, holds_money=False)


def refusal_page(request: HttpRequest, refusal: Refusal | Outage) -> HttpResponse:
    """Answer a refusal that no form is there to hold with a page of its own."""
    if isinstance(refusal, NotAllowed):
        return not_allowed(request, refusal)
    context = {"refusal": view_of(refusal)}
    return show(request, "shell/refused.html", context, status=_status(refusal))


def not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    """Answer with the page that says who may do this (403)."""
    view: RefusalView = view_of(refusal, title="You may not do this")
    return show(request, "shell/not_allowed.html", {"refusal": view}, status=HTTPStatus.FORBIDDEN)


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer with the way on: ``to`` is a URL name, a path or a record with an address."""
    url = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)


def _status(refusal: Refusal | Outage) -> int:
    unavailable, conflict = HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.CONFLICT
    return unavailable if isinstance(refusal, Outage) else conflict

"""Run each page in one transaction that acts for the signed-in person's firm, and for no other."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from chancery.lib.refusals import Outage, Refusal
from chancery.practice import people
from chancery.practice.people import Person, User
from chancery.tenancy.scope import firm_scope
from chancery.web.shell import answers

FIRM_IN_SESSION = "firm_id"
View = Callable[..., HttpResponse]


class FirmRequest(HttpRequest):
    """A request whose person, and so whose firm, is known."""

    person: Person


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in and touches no firm's rows, such as the health check."""
    view.open_to_all = True  # type: ignore[attr-defined]  # how Django marks views, too
    return view


def manages_transactions(view: View) -> View:
    """Mark a view that calls the outside world and so opens ``firm_scope`` itself, around its deeds."""
    view.manages_transactions = True  # type: ignore[attr-defined]  # same reason
    return view


class FirmOfRequest:
    """Middleware: find the person, open the firm's transaction, run the view in it.

    A view that raises leaves nothing behind; a refusal it lets through becomes a page of its own.
    Someone who is signed in but works nowhere gets 404; someone whose password another person knows
    is first led to choose their own.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer with the view's own response, produced inside the firm's transaction."""
        if getattr(view, "open_to_all", False) or view.__module__.startswith("allauth."):
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.user.must_choose_password:
            return answers.go(request, "account_change_password")
        try:
            return _answer(request, view, *args, **kwargs)
        except (Refusal, Outage) as refusal:
            return answers.refusal_page(request, refusal)


def _answer(request: HttpRequest, view: View, /, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's response for the firm that the signed-in person is at."""
    user = cast("User", request.user)
    firm_id = _firm_of(request, user)
    manages_transactions = getattr(view, "manages_transactions", False)
    with firm_scope(firm_id, user_id=user.id):
        person = people.at_work(user, firm_id)
        request.person = person  # type: ignore[attr-defined]  # FirmRequest says so to the views
        if person and not manages_transactions:
            return _run(request, view, *args, **kwargs)
    if person is None:  # they left it since they were last here
        del request.session[FIRM_IN_SESSION]
        return _answer(request, view, *args, **kwargs)
    return view(request, *args, **kwargs)


def _firm_of(request: HttpRequest, user: User) -> UUID:
    """Return the firm that the session keeps, else the first that the person works in."""
    kept = request.session.get(FIRM_IN_SESSION)
    if kept:
        return UUID(kept)
    with firm_scope(None, user_id=user.id):
        places = people.places_of(user)
    if not places:
        raise Http404("Signed in, but in no firm.")
    request.session[FIRM_IN_SESSION] = str(places[0].firm_id)
    return places[0].firm_id


def _run(request: HttpRequest, view: View, /, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's response; a page that says no, or that failed, keeps nothing of what it began."""
    request.is_in_firm_scope = True  # type: ignore[attr-defined]  # the frame asks
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.is_in_firm_scope = False  # type: ignore[attr-defined]  # same reason
    if response.status_code >= HTTPStatus.BAD_REQUEST:
        connection.set_rollback(True)
    return response


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer with the way to sign in and back; a part of a page sends the whole page there."""
    if not getattr(request, "htmx", False):
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    back = f"{shown.path or '/'}{'?' if shown.query else ''}{shown.query}"
    to = redirect_to_login(back, reverse("account_login"))
    return HttpResponseClientRedirect(to.url)

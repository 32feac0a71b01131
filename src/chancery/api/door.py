"""The API as a whole: every request's token, firm and transaction, and the answer to what goes wrong."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from chancery.api import contacts, idempotency, limits, matters, me, problems, tokens
from chancery.api.money.routers import MONEY
from chancery.api.requests import ApiRequest
from chancery.api.tokens import Bearer
from chancery.lib import clock
from chancery.tenancy.scope import firm_scope

View = Callable[..., HttpResponse]
ABOUT = f"""
Client money and the practice around it, for programs. The same rules hold as on the pages.

A token acts as the person who made it (Profile, API tokens): their roles decide what they may, its scopes
what it is for. A request runs in one transaction of the person's firm; whatever is answered with 400 or
above has changed nothing.

Limits: a body holds at most {limits.BODY_AT_MOST:,} bytes of JSON, with its Content-Length, where an
operation does not take a file; a page of a list at most {limits.PAGE_AT_MOST} records, {limits.PAGE} where
no limit is asked. Requests are not counted.

Amounts are whole minor units with their currency: {{"minor": 125000, "currency": "AUD"}}. Days are those
of the firm's zone, instants are UTC.
"""

api = NinjaAPI(
    title="Chancery",
    version="1",
    description=ABOUT.strip(),
    openapi_url=None,
    docs_url=None,
    auth=Bearer(),
    parser=limits.StrictJson(),
    urls_namespace="api-v1",
)
api.add_decorator(limits.checked, mode="view")
problems.register(api)
for router in (me.router, contacts.router, matters.router, *MONEY):
    api.add_router("", router)


def answering(view: View) -> View:
    """Return the view behind the door: with a token only, in its firm's transaction, problems in one form.

    What fails when the transaction ends is answered as a problem too.
    """

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return _let_in(cast("ApiRequest", request), view, *args, **kwargs)
        except Exception as raised:  # noqa: BLE001 - a door; problems.of records what nobody expected
            return problems.of(request, raised)

    return without_session(answer)


def without_session(view: View) -> View:
    """Mark a view that is no page: it has no session, and so nothing that another site could ride on."""
    view.csrf_exempt = True  # type: ignore[attr-defined]  # how Django marks views
    view.open_to_all = True  # type: ignore[attr-defined]  # how the pages' own door knows to step aside
    return view


def nowhere(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """Answer that nothing is at this address."""
    raise Http404(request.path)


def _let_in(request: ApiRequest, view: View, /, *args: Any, **kwargs: Any) -> HttpResponse:
    """Return the view's response; one that says no, or that failed, keeps nothing of what it began."""
    at = clock.now()
    found = tokens.find(request)
    tokens.note_use(found, at=at)
    with firm_scope(found.firm_id):
        tokens.admit(request, found, at=at)
        response = view(request, *args, **kwargs)
        idempotency.keep(request, response)
        if response.status_code >= HTTPStatus.BAD_REQUEST:
            connection.set_rollback(True)
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return problems.not_allowed(response["Allow"])
    return response

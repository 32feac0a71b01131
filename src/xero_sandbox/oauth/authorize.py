"""The consent page: an app asks, the user chooses organisations and allows or cancels."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xero_sandbox import clock, pages
from xero_sandbox.books import organisations
from xero_sandbox.oauth import apps, connections, scopes, tokens
from xero_sandbox.oauth.apps import App
from xero_sandbox.store import Store

FIELDS = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
)


class Unanswerable(Exception):
    """The app or its address is unknown, so nobody may be sent back anywhere."""


async def ask(request: Request) -> Response:
    """Show who asks for what, and the organisations to choose from."""
    asked = _asked(request.query_params)
    store = pages.store_of(request)
    try:
        app = _app(store, asked)
    except Unanswerable as refusal:
        return pages.refused(request, str(refusal))
    error = _against(app, asked)
    if error:
        return _back(asked, error=error)
    connected = {c.tenant_id for c in connections.of_app(store, app.client_id)}
    return pages.page(
        request,
        "consent.html",
        posts_to=asked["redirect_uri"],
        app=app,
        asked=asked,
        allowed=scopes.in_words(asked["scope"].split()),
        organisations=organisations.all_of(store),
        connected=connected,
    )


async def decide(request: Request) -> Response:
    """Take the user's decision and send the browser back to the app."""
    if pages.comes_from_elsewhere(request):
        return pages.refused(request, "This form was sent from another site.", status=403)
    form = await request.form()
    asked = _asked({name: str(value) for name, value in form.items()})
    store = pages.store_of(request)
    try:
        app = _app(store, asked)
    except Unanswerable as refusal:
        return pages.refused(request, str(refusal))
    error = _against(app, asked)
    if form.get("decision") != "continue":
        error = error or "access_denied"
    if error:
        return _back(asked, error=error)
    return _back(asked, code=_consented(store, app, asked, form), scope=asked["scope"])


def _consented(store: Store, app: App, asked: dict[str, str], form: FormData) -> str:
    known = {organisation.tenant_id for organisation in organisations.all_of(store)}
    agreed = tokens.Consent(
        redirect_uri=asked["redirect_uri"],
        scopes=tuple(asked["scope"].split()),
        challenge=asked["code_challenge"],
        nonce=asked["nonce"],
        tenant_ids=tuple(str(t) for t in form.getlist("tenant") if t in known),
    )
    with store.transaction():
        return tokens.consent(store, app, agreed, at=clock.now(store))


def _asked(given: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(given.get(name, "")) for name in FIELDS}


def _app(store: Store, asked: dict[str, str]) -> App:
    app = apps.find(store, asked["client_id"])
    if app is None:
        raise Unanswerable(f"There is no app with the client id '{asked['client_id']}'.")
    if asked["redirect_uri"] not in app.redirect_uris:
        raise Unanswerable(
            f"The redirect address '{asked['redirect_uri']}' is not registered for {app.name}."
        )
    return app


def _against(app: App, asked: dict[str, str]) -> str:
    wanted = asked["scope"].split()
    if asked["response_type"] != "code":
        return "unsupported_response_type"
    if not wanted or scopes.unknown(wanted):
        return "invalid_scope"
    if asked["code_challenge"] and asked["code_challenge_method"] != "S256":
        return "invalid_request"
    if not asked["code_challenge"] and not app.secret:
        return "invalid_request"
    return ""


def _back(asked: dict[str, str], **answer: str) -> Response:
    if asked["state"]:
        answer["state"] = asked["state"]
    joint = "&" if "?" in asked["redirect_uri"] else "?"
    return RedirectResponse(f"{asked['redirect_uri']}{joint}{urlencode(answer)}", 303)

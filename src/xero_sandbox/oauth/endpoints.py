"""The addresses that programs call for tokens and connections."""

import base64
import binascii
from typing import Any
from urllib.parse import unquote_plus

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from xero_sandbox import clock, dates, pages
from xero_sandbox.oauth import apps, bearer, connections, tokens
from xero_sandbox.oauth.apps import App
from xero_sandbox.oauth.tokens import OAuthRefused
from xero_sandbox.store import Store

NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
NOT_FOUND = "The resource you're looking for cannot be found"


async def token(request: Request) -> Response:
    """Exchange a code or a refresh token for tokens."""
    form = await request.form()
    store = pages.store_of(request)
    with store.transaction():  # a refusal commits as well: a code that was tried is spent
        try:
            return JSONResponse(_granted(store, _caller(request, form), form), headers=NO_STORE)
        except OAuthRefused as refusal:
            return JSONResponse({"error": refusal.error}, 400, headers=NO_STORE)


def _granted(store: Store, app: App, form: FormData) -> dict[str, Any]:
    at = clock.now(store)
    if _text(form, "grant_type") == "authorization_code":
        return tokens.redeem(
            store,
            app,
            code=_text(form, "code"),
            redirect_uri=_text(form, "redirect_uri"),
            verifier=_text(form, "code_verifier"),
            at=at,
        )
    if _text(form, "grant_type") == "refresh_token":
        return tokens.refresh(store, app, token=_text(form, "refresh_token"), at=at)
    raise OAuthRefused("unsupported_grant_type")


async def revocation(request: Request) -> Response:
    """Revoke a refresh token and with it the user's connections; an unknown token is no error."""
    form = await request.form()
    store = pages.store_of(request)
    with store.transaction():
        try:
            tokens.revoke(store, _caller(request, form), _text(form, "token"))
        except OAuthRefused as refusal:
            return JSONResponse({"error": refusal.error}, 400, headers=NO_STORE)
    return Response(status_code=200)


def _caller(request: Request, form: FormData) -> App:
    client_id, secret = _text(form, "client_id"), _text(form, "client_secret")
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        client_id, secret = _basic(value)
    app = apps.proven(pages.store_of(request), client_id, secret)
    if app is None:
        raise OAuthRefused("invalid_client")
    return app


def _basic(value: str) -> tuple[str, str]:
    try:
        pair = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        raise OAuthRefused("invalid_client") from None
    client_id, _, secret = pair.partition(":")
    return unquote_plus(client_id), unquote_plus(secret)


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


async def list_connections(request: Request) -> Response:
    """List the app's connections, all or those of one consent."""
    store = pages.store_of(request)
    try:
        access = bearer.access_of(request, store)
    except bearer.NotAllowedIn as refusal:
        return JSONResponse(refusal.body, refusal.status)
    wanted = request.query_params.get("authEventId", "").lower()
    found = connections.of_app(store, access.client_id)
    return JSONResponse(
        [
            {
                "id": one.connection_id,
                "authEventId": one.auth_event_id,
                "tenantId": one.tenant_id,
                "tenantType": "ORGANISATION",
                "tenantName": one.tenant_name,
                "createdDateUtc": dates.seven_digits(one.created_at),
                "updatedDateUtc": dates.seven_digits(one.updated_at),
            }
            for one in found
            if wanted in {"", one.auth_event_id}
        ]
    )


async def delete_connection(request: Request) -> Response:
    """End one connection of the calling app."""
    store = pages.store_of(request)
    try:
        access = bearer.access_of(request, store)
    except bearer.NotAllowedIn as refusal:
        return JSONResponse(refusal.body, refusal.status)
    connection_id = request.path_params["connection_id"]
    with store.transaction():
        ended = connections.disconnect(store, connection_id, client_id=access.client_id)
    return Response(status_code=204) if ended else PlainTextResponse(NOT_FOUND, 404)

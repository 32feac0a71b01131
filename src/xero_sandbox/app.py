"""The whole program as one ASGI app: every address and what answers it."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from xero_sandbox import clock, demo
from xero_sandbox.api import accounts, contacts, organisation, tax_rates
from xero_sandbox.api.answers import NOT_FOUND
from xero_sandbox.api.door import Door, route
from xero_sandbox.control import endpoints as control
from xero_sandbox.control.wire import Wire
from xero_sandbox.oauth import authorize, endpoints
from xero_sandbox.oauth.apps import App, register
from xero_sandbox.settings import Settings
from xero_sandbox.store import Store
from xero_sandbox.web import routes as web
from xero_sandbox.web import shell

SETTINGS = "accounting.settings"
CONTACTS = "accounting.contacts"
API = [
    route("GET", "/Organisation", f"{SETTINGS}.read", organisation.read),
    route("GET", "/Organisation/Actions", f"{SETTINGS}.read", organisation.actions),
    route("GET", "/TaxRates", f"{SETTINGS}.read", tax_rates.index),
    route("GET", "/TaxRates/{tax_type}", f"{SETTINGS}.read", tax_rates.read),
    route("GET", "/Contacts", f"{CONTACTS}.read", contacts.index),
    route("PUT", "/Contacts", CONTACTS, contacts.create),
    route("POST", "/Contacts", CONTACTS, contacts.create_or_update),
    route("GET", "/Contacts/{contact}", f"{CONTACTS}.read", contacts.read),
    route("POST", "/Contacts/{contact}", CONTACTS, contacts.update),
    route("GET", "/Accounts", f"{SETTINGS}.read", accounts.index),
    route("PUT", "/Accounts", SETTINGS, accounts.create),
    route("GET", "/Accounts/{account_id}", f"{SETTINGS}.read", accounts.read),
    route("POST", "/Accounts/{account_id}", SETTINGS, accounts.update),
    route("DELETE", "/Accounts/{account_id}", SETTINGS, accounts.delete),
]
METHODS = ["GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"]


def build(settings: Settings, store: Store) -> ASGIApp:
    """Return the program over this store, with the demo organisations and the app registered."""
    with store.transaction():
        demo.seed(store, at=clock.now(store))
        register(
            store,
            App(
                client_id=settings.client_id,
                secret=settings.client_secret,
                name=settings.app_name,
                redirect_uris=settings.redirect_uris,
            ),
        )
    app = Starlette(
        routes=_routes(),
        exception_handlers={404: _not_found, shell.NoSuchPlace: shell.no_such_place},
    )
    app.state.store = store
    return Wire(app, store)


def _routes() -> list[BaseRoute]:
    return [
        Route("/healthz", _health),
        Route("/identity/connect/authorize", authorize.ask, methods=["GET"]),
        Route("/identity/connect/authorize", authorize.decide, methods=["POST"]),
        Route("/connect/token", endpoints.token, methods=["POST"]),
        Route("/connect/revocation", endpoints.revocation, methods=["POST"]),
        *(
            one
            for path in ("/connections", "/Connections")
            for one in (
                Route(path, endpoints.list_connections, methods=["GET"]),
                Route(f"{path}/{{connection_id}}", endpoints.delete_connection, methods=["DELETE"]),
            )
        ),
        Route("/api.xro/2.0/{rest:path}", Door(API).__call__, methods=METHODS),
        *control.routes(),
        *web.routes(),
        Mount("/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]


async def _health(_: Request) -> Response:
    return PlainTextResponse("ok")


async def _not_found(_: Request, __: Exception) -> Response:
    return PlainTextResponse(NOT_FOUND, 404)

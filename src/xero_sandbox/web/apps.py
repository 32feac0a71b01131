"""Connected apps, and the calls that they made."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xero_sandbox import clock, pages
from xero_sandbox.api import allowances
from xero_sandbox.books import organisations
from xero_sandbox.control import calls
from xero_sandbox.oauth import apps, connections
from xero_sandbox.web import shell

CALLS_SHOWN = 200


async def show(request: Request) -> Response:
    """Show which app is connected to which organisation, and what it may still call today."""
    store = pages.store_of(request)
    at = clock.now(store)
    rows = [
        {
            "connection": one,
            "app": app.name if (app := apps.find(store, one.client_id)) else one.client_id,
            "left": allowances.left(store, one.client_id, one.tenant_id, at),
        }
        for one in connections.everywhere(store)
    ]
    return shell.draw(request, "apps.html", shell.chosen(request), rows=rows)


async def disconnect(request: Request) -> Response:
    """End a connection from the organisation's side."""
    form = await request.form()
    store = pages.store_of(request)
    with store.transaction():
        connections.disconnect(store, str(form.get("connection", "")))
    return RedirectResponse("/apps", 303)


async def show_calls(request: Request) -> Response:
    """Show the last calls, the newest first."""
    store = pages.store_of(request)
    names = {one.tenant_id: one.name for one in organisations.all_of(store)}
    latest = calls.latest(store, CALLS_SHOWN)
    return shell.draw(request, "calls.html", shell.chosen(request), calls=latest, names=names)

"""What a test or a rehearsal may ask of the sandbox itself; answered to this machine only."""

import re
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from functools import wraps
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from xero_sandbox import clock, demo, pages
from xero_sandbox.api import allowances
from xero_sandbox.books import organisations
from xero_sandbox.books.accounts import Chart
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.control import calls, faults
from xero_sandbox.oauth import apps, connections, tokens
from xero_sandbox.settings import redirect_is_allowed
from xero_sandbox.store import Store

LOOPBACK = {"127.0.0.1", "::1"}
LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}
Sent = dict[str, Any]
Deed = Callable[[Store, Sent], Any]


class Unclear(Exception):
    """What was asked cannot be done; the sentence says why."""


def add_fault(store: Store, sent: Sent) -> Any:
    """Let calls go wrong."""
    facts = dict(sent)
    kind = facts.pop("kind", "")
    if kind not in faults.KINDS:
        raise Unclear(f"kind is one of {', '.join(sorted(faults.KINDS))}.")
    needed = {"delay": "seconds", "status": "status"}.get(kind)
    if needed and not isinstance(facts.get(needed), int | float):
        raise Unclear(f"A fault of kind {kind} needs the number {needed}.")
    patterns = {name: facts.pop(name, ".*") for name in ("method", "path")}
    for pattern in patterns.values():
        re.compile(pattern)
    faults.add(store, **patterns, times=int(facts.pop("times", 1)), kind=kind, facts=facts)
    return list_faults(store, {})


def list_faults(store: Store, _: Sent) -> Any:
    """Return the faults that wait."""
    return {"faults": [asdict(fault) for fault in faults.waiting(store)]}


def clear_faults(store: Store, _: Sent) -> Any:
    """Forget the faults that wait."""
    faults.clear(store)
    return list_faults(store, {})


def read_clock(store: Store, _: Sent) -> Any:
    """Return the sandbox's moment and how far it is ahead of the machine."""
    return {"now": clock.now(store), "ahead_seconds": clock.shift(store)}


def move_clock(store: Store, sent: Sent) -> Any:
    """Move the clock on by some seconds."""
    if not isinstance(sent.get("seconds"), int | float):
        raise Unclear("Moving the clock needs the number seconds.")
    clock.move(store, float(sent["seconds"]))
    return read_clock(store, {})


def set_limits(store: Store, sent: Sent) -> Any:
    """Put other limits in force."""
    names = {"concurrent", "minute", "day", "app_minute"}
    if not set(sent) <= names or not all(isinstance(value, int) for value in sent.values()):
        raise Unclear(f"Limits are whole numbers named {', '.join(sorted(names))}.")
    return asdict(allowances.set_limits(store, **sent))


def list_calls(store: Store, sent: Sent) -> Any:
    """Return the last calls, the newest first."""
    return {"calls": [asdict(call) for call in calls.latest(store, int(sent.get("count", 1000)))]}


def clear_calls(store: Store, _: Sent) -> Any:
    """Forget the calls."""
    calls.clear(store)
    return {"calls": []}


def list_organisations(store: Store, _: Sent) -> Any:
    """Return all organisations."""
    return {"organisations": [asdict(one) for one in organisations.all_of(store)]}


def open_organisation(store: Store, sent: Sent) -> Any:
    """Make one more organisation."""
    name, country = str(sent.get("name", "")).strip(), sent.get("country", "AU")
    if not name or organisations.find(store, organisations.tenant_id_of(name)):
        raise Unclear("An organisation needs a name that no other has.")
    if country not in demo.PLACES:
        raise Unclear(f"country is one of {', '.join(sorted(demo.PLACES))}.")
    made = demo.open_organisation(store, name=name, country=country, at=clock.now(store))
    return asdict(made)


def set_lock_dates(store: Store, sent: Sent) -> Any:
    """Set or lift (with null) the lock dates of an organisation."""
    organisation = _organisation(store, sent)
    changed = replace(
        organisation,
        period_lock_on=_day(sent.get("period", organisation.period_lock_on)),
        year_lock_on=_day(sent.get("end_of_year", organisation.year_lock_on)),
    )
    organisations.keep(store, changed)
    return asdict(changed)


def _day(text: str | None) -> str:
    return date.fromisoformat(text).isoformat() if text else ""


def mark_account_used(store: Store, sent: Sent) -> Any:
    """Let an account count as used (or not), as if transactions stood on it."""
    chart = Chart(store, _organisation(store, sent))
    account = chart.find(str(sent.get("account_id", "")))
    if account is None:
        raise Unclear("There is no account with this account_id.")
    return asdict(chart.keep(replace(account, is_used=bool(sent.get("used", True)))))


def disconnect(store: Store, sent: Sent) -> Any:
    """End the connections of an organisation, as a user does inside Xero."""
    organisation = _organisation(store, sent)
    return {"ended": connections.disconnect_tenant(store, organisation.tenant_id)}


def expire_tokens(store: Store, sent: Sent) -> Any:
    """Let every access token end now, refresh tokens too if asked."""
    tokens.expire_all(store, at=clock.now(store), refresh_too=bool(sent.get("refresh_too")))
    return {}


def register_app(store: Store, sent: Sent) -> Any:
    """Register one more app."""
    uris = tuple(sent.get("redirect_uris", ()))
    if not uris or not all(redirect_is_allowed(uri) for uri in uris):
        raise Unclear("redirect_uris are https, or http://localhost; at least one is needed.")
    app = apps.App(
        client_id=str(sent["client_id"]),
        secret=str(sent.get("client_secret", "")),
        name=str(sent.get("name", sent["client_id"])),
        redirect_uris=uris,
    )
    apps.register(store, app)
    return {"client_id": app.client_id, "name": app.name}


def reset(store: Store, _: Sent) -> Any:
    """Forget everything but the apps and begin with the demo organisations."""
    store.empty()
    demo.seed(store, at=clock.now(store))
    return list_organisations(store, {})


def _organisation(store: Store, sent: Sent) -> Organisation:
    found = organisations.find(store, str(sent.get("tenant_id", "")).lower())
    if found is None:
        raise Unclear("There is no organisation with this tenant_id.")
    return found


DEEDS: tuple[tuple[str, str, Deed], ...] = (
    ("GET", "faults", list_faults),
    ("POST", "faults", add_fault),
    ("DELETE", "faults", clear_faults),
    ("GET", "clock", read_clock),
    ("POST", "clock", move_clock),
    ("POST", "limits", set_limits),
    ("GET", "calls", list_calls),
    ("DELETE", "calls", clear_calls),
    ("GET", "organisations", list_organisations),
    ("POST", "organisations", open_organisation),
    ("POST", "lock-dates", set_lock_dates),
    ("POST", "used-accounts", mark_account_used),
    ("POST", "disconnections", disconnect),
    ("POST", "expiries", expire_tokens),
    ("POST", "apps", register_app),
    ("POST", "resets", reset),
)


def routes() -> list[Route]:
    """Return the routes under `/_control/`."""
    return [
        Route(f"/_control/{noun}", _endpoint(deed), methods=[method])
        for method, noun, deed in DEEDS
    ]


def _endpoint(deed: Deed) -> Callable[[Request], Any]:
    @wraps(deed)
    async def endpoint(request: Request) -> Response:
        if _is_from_afar(request):
            return JSONResponse({"error": "Control is answered to this machine only."}, 403)
        try:
            sent = await _sent(request)
            store = pages.store_of(request)
            with store.transaction():
                return JSONResponse(deed(store, sent))
        except (Unclear, ValueError, TypeError, KeyError, re.error) as why:
            return JSONResponse({"error": str(why)}, 400)

    return endpoint


async def _sent(request: Request) -> Sent:
    if not await request.body():
        return dict(request.query_params)
    sent = await request.json()
    if not isinstance(sent, dict):
        raise Unclear("The body is not a JSON object.")
    return sent


def _is_from_afar(request: Request) -> bool:
    peer = request.client.host if request.client else ""
    name = request.headers.get("host", "").rsplit(":", 1)[0]
    from_a_page = "sec-fetch-site" in request.headers or "origin" in request.headers
    return peer not in LOOPBACK or name not in LOCAL_NAMES or from_a_page

"""The door of the accounting API: who calls, for which tenant, how often, and what was said before."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from xero_sandbox import clock, pages
from xero_sandbox.api import allowances, answers, memory
from xero_sandbox.api.allowances import InFlight, TooMany
from xero_sandbox.api.answers import Answer, Stopped
from xero_sandbox.api.calls import Call, Endpoint
from xero_sandbox.books import organisations
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.oauth import apps, bearer, connections, scopes
from xero_sandbox.oauth.apps import App
from xero_sandbox.oauth.bearer import NotAllowedIn
from xero_sandbox.store import Store

BODY_BYTES_MAX = 10 * 1024 * 1024
KEYED = {"PUT", "POST", "PATCH"}


@dataclass(frozen=True, slots=True)
class Route:
    """One method on one path, the scope it needs and what answers it."""

    method: str
    path: re.Pattern[str]
    scope: str
    endpoint: Endpoint


def route(method: str, path: str, scope: str, endpoint: Endpoint) -> Route:
    """Make a route; `{name}` in the path stands for one part of it."""
    pattern = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", path)
    return Route(method, re.compile(pattern, re.IGNORECASE), scope, endpoint)


@dataclass(frozen=True, slots=True)
class Caller:
    """The app that calls and the organisation that it calls for."""

    app: App
    organisation: Organisation
    scopes: tuple[str, ...]

    @property
    def place(self) -> str:
        """Return the name under which calls at the same moment are counted."""
        return f"{self.app.client_id} {self.organisation.tenant_id}"


class Door:
    """Answers every call to the accounting API."""

    def __init__(self, routes: list[Route]) -> None:
        self._routes = routes
        self._in_flight = InFlight()

    async def __call__(self, request: Request) -> Response:
        """Let the call in or say why not."""
        store = pages.store_of(request)
        try:
            caller = _caller(request, store)
        except NotAllowedIn as refusal:
            return JSONResponse(refusal.body, refusal.status)
        limits = allowances.limits(store)
        if not self._in_flight.enter(caller.place, limits.concurrent):
            return _too_many(TooMany("concurrent", _left(store, caller), None))
        try:
            return await self._answered(request, store, caller)
        except TooMany as refusal:
            return _too_many(refusal)
        finally:
            self._in_flight.leave(caller.place)

    async def _answered(self, request: Request, store: Store, caller: Caller) -> Response:
        with store.transaction():
            headers = allowances.use_one(
                store, caller.app.client_id, caller.organisation.tenant_id, clock.now(store)
            )
        await asyncio.sleep(request.scope.get("xero_sandbox.delay", 0))
        body = await request.body()
        try:
            answer = self._done(request, store, caller, body)
        except Stopped as stop:
            answer = stop.answer
        except NotAllowedIn as refusal:
            answer = answers.of_json(refusal.body, refusal.status)
        return Response(answer.body, answer.status, headers, answer.content_type)

    def _done(self, request: Request, store: Store, caller: Caller, body: bytes) -> Answer:
        _check_form(request, body)
        chosen, ids = self._route(request, caller)
        call = Call(
            store=store,
            app=caller.app,
            organisation=caller.organisation,
            at=clock.now(store),
            ids=ids,
            query={name.lower(): value for name, value in request.query_params.items()},
            headers=request.headers,
            body=body,
        )
        with store.transaction():
            return _once(request, call, chosen.endpoint)

    def _route(self, request: Request, caller: Caller) -> tuple[Route, Mapping[str, str]]:
        path = "/" + request.path_params["rest"].rstrip("/")
        fitting = [(r, m) for r in self._routes if (m := r.path.fullmatch(path))]
        if not fitting:
            raise Stopped(answers.not_found())
        for one, match in fitting:
            if one.method == request.method:
                if not scopes.allow(caller.scopes, one.scope):
                    raise NotAllowedIn(403, "AuthorizationUnsuccessful")
                return one, match.groupdict()
        raise Stopped(answers.not_implemented())


def _caller(request: Request, store: Store) -> Caller:
    access = bearer.access_of(request, store)
    app = apps.find(store, access.client_id)
    tenant_id = request.headers.get("xero-tenant-id", "").lower()
    organisation = organisations.find(store, tenant_id)
    connected = connections.of_tenant(store, access.client_id, tenant_id)
    if app is None or organisation is None or connected is None:
        raise NotAllowedIn(403, "AuthenticationUnsuccessful")
    return Caller(app, organisation, access.scopes)


def _check_form(request: Request, body: bytes) -> None:
    if len(body) > BODY_BYTES_MAX:
        why = "The request is larger than 10 MB."
        raise Stopped(answers.exception(14, "PostDataInvalidException", why, status=413))
    accepted = request.headers.get("accept", "*/*").lower()
    if not any(kind in accepted for kind in ("application/json", "application/*", "*/*")):
        why = "This sandbox answers in JSON only; send Accept: application/json."
        raise Stopped(Answer(status=406, content_type="text/plain", body=why.encode()))


def _once(request: Request, call: Call, endpoint: Endpoint) -> Answer:
    key = request.headers.get("idempotency-key", "")
    if not key or request.method not in KEYED:
        return _run(call, endpoint)
    print_ = memory.fingerprint(
        request.method.encode(),
        str(request.url.replace(scheme="", netloc="")).encode(),
        call.organisation.tenant_id.encode(),
        call.body,
    )
    before = memory.recall(call.store, call.app.client_id, key, print_, call.at)
    if before is not None:
        return before
    answer = _run(call, endpoint)
    memory.remember(call.store, call.app.client_id, key, print_, answer, at=call.at)
    return answer


def _run(call: Call, endpoint: Endpoint) -> Answer:
    try:
        return endpoint(call)
    except Stopped as stop:
        return stop.answer


def _left(store: Store, caller: Caller) -> dict[str, str]:
    at = clock.now(store)
    return allowances.left(store, caller.app.client_id, caller.organisation.tenant_id, at)


def _too_many(refusal: TooMany) -> Response:
    return Response(status_code=429, headers=refusal.headers)

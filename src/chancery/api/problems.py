"""Every answer that is not success, as problem+json (RFC 9457): for programs by code, for people in words."""

import inspect
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Literal

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel

from chancery.api import limits, tokens
from chancery.lib import facts, ids
from chancery.lib.money import NotAnAmount
from chancery.lib.problems import DetailsNotRight
from chancery.lib.problems import Problem as DetailProblem
from chancery.lib.refusals import Outage, Refusal
from chancery.practice.api_answers import KeyUsedForAnother, StillRunning
from chancery.practice.permissions import NotAllowed

MEDIA_TYPE = "application/problem+json"
RETRY_SOON, RETRY_LATER = "1", "30"
_PARAMETERS = frozenset({"payload", "asked"})  # how endpoints name what they read as one
_log = logging.getLogger(__name__)

STATUS_OF: dict[type[Refusal], HTTPStatus] = {
    limits.HeaderNotRight: HTTPStatus.BAD_REQUEST,
    tokens.TokenMissing: HTTPStatus.UNAUTHORIZED,
    tokens.TokenNotGood: HTTPStatus.UNAUTHORIZED,
    tokens.ScopeMissing: HTTPStatus.FORBIDDEN,
    NotAllowed: HTTPStatus.FORBIDDEN,
    limits.BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    limits.NotJson: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    limits.NotCsv: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    DetailsNotRight: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotAnAmount: HTTPStatus.UNPROCESSABLE_ENTITY,
    limits.CursorNotRight: HTTPStatus.UNPROCESSABLE_ENTITY,
    limits.FilterNotKnown: HTTPStatus.UNPROCESSABLE_ENTITY,
    KeyUsedForAnother: HTTPStatus.UNPROCESSABLE_ENTITY,
}
"""Refusals that are not about how things stand; every other one is 409."""


class FieldProblem(BaseModel):
    """One field that cannot be taken as it stands, named by its path, such as ``addresses.street``."""

    where: Literal["body", "query", "path", "header"]
    field: str
    detail: str


class Problem(BaseModel):
    """Why nothing was done. ``code`` stays the same for ever; ``facts`` are what its sentence is made of."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    rule: str = ""
    facts: dict[str, Any] = {}
    fields: list[FieldProblem] = []
    trace_id: str = ""


def register(api: NinjaAPI) -> None:
    """Let the API answer everything that is raised in it by a problem."""
    for kind in (Exception, Http404, HttpError, ValidationError):
        api.add_exception_handler(kind, of)


def of(request: HttpRequest, raised: Exception | type[Exception]) -> HttpResponse:
    """Return the answer to what was raised. What nobody expected is logged, and nothing of it is told."""
    for kinds, answer in _ANSWERS:
        if isinstance(raised, kinds):
            return answer(raised)
    return _bug(request, raised)


def of_refusal(refusal: Refusal) -> HttpResponse:
    """Answer that a rule said no."""
    told = facts.of(refusal)
    details = told.pop("problems", []) if isinstance(refusal, DetailsNotRight) else []
    fields = [_field("body", one["field"], one["words"]) for one in details]
    problem = _problem(
        _status(refusal),
        refusal.code,
        str(refusal),
        title=_title(refusal),
        facts=told,
        fields=fields,
    )
    problem.rule = refusal.rule
    return _answer(problem, _headers(refusal))


def not_allowed(methods: str) -> HttpResponse:
    """Answer that the address does not know the method."""
    words = f"This address knows {methods}."
    status = HTTPStatus.METHOD_NOT_ALLOWED
    return _answer(_problem(status, "api.method_not_allowed", words), {"Allow": methods})


@contextmanager
def naming(path_of: Callable[[str], str]) -> Iterator[None]:
    """Say the problems that a deed finds under the names that the request used."""
    try:
        yield
    except DetailsNotRight as refusal:
        named = tuple(DetailProblem(path_of(one.field), one.words) for one in refusal.problems)
        raise DetailsNotRight(named) from refusal


def _of_outage(outage: Outage) -> HttpResponse:
    status, told = HTTPStatus.SERVICE_UNAVAILABLE, facts.of(outage)
    problem = _problem(status, outage.code, str(outage), title=_title(outage), facts=told)
    return _answer(problem, {"Retry-After": RETRY_LATER})


def _database_away(away: Exception) -> HttpResponse:
    trace_id = ids.new().hex
    _log.warning("Trace %s: the database did not answer (%s).", trace_id, type(away).__name__)
    words = "The database did not answer; nothing was done. Send the request again in a while."
    problem = _problem(HTTPStatus.SERVICE_UNAVAILABLE, "api.database_away", words)
    problem.trace_id = trace_id
    return _answer(problem, {"Retry-After": RETRY_LATER})


def _not_found(missing: Exception) -> HttpResponse:
    words = "There is nothing at this address, or it is not yours to see."
    return _answer(_problem(HTTPStatus.NOT_FOUND, "api.not_found", words))


def _of_ninja(error: Any) -> HttpResponse:
    """Answer what the library refuses by itself: a body that is no JSON."""
    words = (
        "The body is not one JSON value of unique names. Send it as UTF-8 without NaN or Infinity."
    )
    return _answer(_problem(HTTPStatus(error.status_code), "api.body_not_json", words))


def _invalid(invalid: Any) -> HttpResponse:
    """Answer with each field that does not fit; an address that cannot be is one where nothing is."""
    fields = [
        _field(where, ".".join(str(part) for part in path if part not in _PARAMETERS), one["msg"])
        for one in invalid.errors
        for where, *path in [one["loc"]]
    ]
    if any(one.where == "path" for one in fields):
        return _not_found(invalid)
    words = " ".join(f"{one.field or 'The body'}: {one.detail}." for one in fields)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return _answer(_problem(status, "api.request_not_right", words, fields=fields))


def _bug(request: HttpRequest, raised: Any) -> HttpResponse:
    trace_id = ids.new().hex
    # Without its words: they may quote a row, and names stand in it.
    where = "".join(traceback.format_tb(raised.__traceback__))
    known = (trace_id, request.method, request.path, type(raised).__name__, where)
    _log.error("Trace %s: a bug was met at %s %s: %s\n%s", *known)
    words = f"Something is wrong on our side; nothing was done. Tell your administrator: {trace_id}"
    problem = _problem(HTTPStatus.INTERNAL_SERVER_ERROR, "api.bug", words)
    problem.trace_id = trace_id
    return _answer(problem)


def _field(where: Any, field: str, words: str) -> FieldProblem:
    return FieldProblem(where=where, field=field, detail=words)


def _problem(status: HTTPStatus, code: str, words: str, *, title: str = "", **more: Any) -> Problem:
    return Problem(
        type=f"urn:chancery:problem:{code}",
        title=title or status.phrase,
        status=status,
        detail=words,
        code=code,
        **more,
    )


def _answer(problem: Problem, headers: dict[str, str] | None = None) -> HttpResponse:
    answer = HttpResponse(
        json.dumps(problem.model_dump()),
        status=problem.status,
        content_type=MEDIA_TYPE,
        headers=headers,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _status(refusal: Refusal) -> HTTPStatus:
    fitting = (status for kind, status in STATUS_OF.items() if isinstance(refusal, kind))
    return next(fitting, HTTPStatus.CONFLICT)


def _title(said: Refusal | Outage) -> str:
    """Return the kind of refusal in words: the first sentence of what its class says of itself."""
    return (inspect.getdoc(type(said)) or said.code).splitlines()[0]


def _headers(refusal: Refusal) -> dict[str, str]:
    if isinstance(refusal, tokens.TokenMissing):
        return {"WWW-Authenticate": 'Bearer realm="chancery"'}
    if isinstance(refusal, tokens.TokenNotGood):
        return {"WWW-Authenticate": 'Bearer realm="chancery", error="invalid_token"'}
    if isinstance(refusal, tokens.ScopeMissing):
        asked = f'error="insufficient_scope", scope="{refusal.scope}"'
        return {"WWW-Authenticate": f'Bearer realm="chancery", {asked}'}
    return {"Retry-After": RETRY_SOON} if isinstance(refusal, StillRunning) else {}


def _too_big(refused: Exception) -> HttpResponse:
    return of_refusal(limits.BodyTooLarge(limits.BODY_AT_MOST))


_ANSWERS: tuple[tuple[Any, Callable[[Any], HttpResponse]], ...] = (
    (Refusal, of_refusal),
    (Outage, _of_outage),
    (Http404, _not_found),
    (ValidationError, _invalid),
    (HttpError, _of_ninja),
    (RequestDataTooBig, _too_big),
    ((OperationalError, InterfaceError), _database_away),
)

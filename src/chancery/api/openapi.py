"""The description of the API (OpenAPI 3.1): what the library knows of it, and what the door adds to it."""

from functools import cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from ninja.operation import Operation
from pydantic.json_schema import models_json_schema

from chancery.api.door import api
from chancery.api.idempotency import HEADER, REPLAYED
from chancery.api.problems import MEDIA_TYPE, FieldProblem, Problem

PREFIX = "api/v1/"
Plain = dict[str, Any]
_REF = "#/components/schemas/{model}"
_ALWAYS = {
    401: "No token, or one that lets nobody in: unknown, revoked, expired, or its person may not sign in",
    403: "The token has not the scope, or its person not the role",
    500: "A bug of ours; nothing was done, and trace_id names the line in the log",
    503: "The database or the world did not answer; nothing was done",
}
_WITH_PATH = {404: "No such record in the firm of the token"}
_WITH_BODY = {
    400: "The body is not what it is said to be, or a header is missing or not right",
    409: "A rule refused it as things stand; or someone changed the record meanwhile; or a request under "
    "the same key is still running",
    413: "The body is too large",
    415: "The body is not said to be of the media type that is asked for",
}
_WITH_INPUT = {422: "What was sent cannot be taken as it stands; fields names each part"}
_HEADERS = {
    401: {"WWW-Authenticate": "How to ask again, as RFC 6750 says"},
    503: {"Retry-After": "Seconds to wait"},
}


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """Answer with the description; it tells nothing of any firm and needs no token."""
    return JsonResponse(description())


@cache
def description() -> Plain:
    """Return the description of every operation, with every answer that it may give."""
    told: Plain = api.get_openapi_schema(path_prefix=PREFIX)
    _, problem = models_json_schema(
        [(Problem, "serialization"), (FieldProblem, "serialization")], ref_template=_REF
    )
    told["components"]["schemas"].update(problem["$defs"])
    for operation in operations():
        for method in operation.methods:
            _complete(told["paths"][_path_of(operation)][method.lower()], operation)
    return told


def operations() -> list[Operation]:
    """Return every operation of the API, as it is bound to its address."""
    return [
        operation
        for bound in api._get_bound_routers()  # noqa: SLF001 - the library's own description asks so too
        for view in bound.path_operations.values()
        for operation in view.operations
    ]


def _path_of(operation: Operation) -> str:
    return f"/{PREFIX}{operation.path.lstrip('/')}"


def _complete(told: Plain, operation: Operation) -> None:
    """Add to an operation its scopes, and every problem that it may answer with."""
    scopes = [scope.value for auth in operation.auth_callbacks for scope in auth.scopes]  # type: ignore[attr-defined]  # a Bearer
    told["security"] = [{"Bearer": scopes}]
    told["operationId"] = operation.view_func.__name__
    needed = f"Needs the scope {', '.join(scopes)}." if scopes else "Needs no scope."
    told["description"] = f"{told.get('description', '')}\n\n{needed}".strip()
    has_body = "requestBody" in told
    statuses = {
        **_ALWAYS,
        **(_WITH_PATH if "{" in operation.path else {}),
        **(_WITH_BODY if has_body else {}),
        **(_WITH_INPUT if has_body or told["parameters"] else {}),
    }
    for status, words in sorted(statuses.items()):
        told["responses"][str(status)] = _problem(status, words)
    told["responses"] = {str(status): answer for status, answer in told["responses"].items()}
    _add_headers(told)


def _problem(status: int, words: str) -> Plain:
    headers = {
        name: {"description": about, "required": True, "schema": {"type": "string"}}
        for name, about in _HEADERS.get(status, {}).items()
    }
    return {
        "description": words,
        "headers": headers,
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}},
    }


def _add_headers(told: Plain) -> None:
    """Tell of the headers of what was made, and of an answer that is given again."""
    made = told["responses"].get(str(int(HTTPStatus.CREATED)))
    if made:
        made["headers"] = {
            "Location": {
                "description": "The address of what was made",
                "schema": {"type": "string"},
            }
        }
    if any(one["name"] == HEADER for one in told["parameters"]):
        again = {"description": "true where this is the first answer again"}
        for status, answer in told["responses"].items():
            if int(status) < HTTPStatus.BAD_REQUEST:
                headers = answer.setdefault("headers", {})
                headers[REPLAYED] = {**again, "schema": {"type": "string", "enum": ["true"]}}

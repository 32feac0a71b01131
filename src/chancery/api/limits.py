"""What a request may bring: how large, in which form, and how its parts are read."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, Never, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser
from ninja.utils import contribute_operation_callback

from chancery.lib.refusals import Refusal

BODY_AT_MOST = 1024 * 1024
PAGE_AT_MOST, PAGE = 100, 50
JSON, CSV = "application/json", "text/csv"
_FILE, _PART = "file_bytes_at_most", 64 * 1024
View = TypeVar("View", bound=Callable[..., Any])
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})


@dataclass(eq=False)
class BodyTooLarge(Refusal):
    """The body is larger than any request needs."""

    code = "api.body_too_large"

    bytes_at_most: int

    def __str__(self) -> str:
        return f"Send at most {self.bytes_at_most:,} bytes in one request."


@dataclass(eq=False)
class NotJson(Refusal):
    """The body is not said to be JSON."""

    code = "api.not_json"

    sent: str

    def __str__(self) -> str:
        return "Send JSON, with the header Content-Type: application/json."


@dataclass(eq=False)
class NotCsv(Refusal):
    """The body is not said to be a table."""

    code = "api.not_csv"

    sent: str

    def __str__(self) -> str:
        return "Send the file itself as UTF-8, with the header Content-Type: text/csv."


@dataclass(eq=False)
class HeaderNotRight(Refusal):
    """A header is missing, or holds what it may not."""

    code = "api.header_not_right"

    header: str
    words: str

    def __str__(self) -> str:
        return self.words


@dataclass(eq=False)
class CursorNotRight(Refusal):
    """The cursor is not one that this list gave."""

    code = "api.cursor_not_right"

    def __str__(self) -> str:
        return "This cursor was not given by this list with these filters. Begin again without a cursor."


@dataclass(eq=False)
class FilterNotKnown(Refusal):
    """The list cannot be narrowed by this."""

    code = "api.filter_not_known"

    name: str

    def __str__(self) -> str:
        return f"This list knows no filter {self.name}. Look at its description for those it knows."


def checked(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let an operation look at a request only when its body is small enough and is said to be JSON.

    One that takes a file says so by ``takes_file``. Refuses: BodyTooLarge, NotJson, NotCsv.
    """
    operation = getattr(run, "__self__", None)
    file_at_most = getattr(getattr(operation, "view_func", None), _FILE, None)
    at_most, media = (file_at_most, CSV) if file_at_most else (BODY_AT_MOST, JSON)

    @wraps(run)
    def looked_at(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > at_most:
            raise BodyTooLarge(at_most)
        if request.method in _WITH_BODY and request.content_type != media:
            sent = (request.content_type or "")[:100]
            raise NotCsv(sent) if media == CSV else NotJson(sent)
        return run(request, *args, **kwargs)

    return looked_at


def takes_file(*, bytes_at_most: int) -> Callable[[View], View]:
    """Let an endpoint take a table as its body, read bit by bit by ``file_of``, in place of JSON."""
    schema = {"type": "string", "maxLength": bytes_at_most}
    body = {"required": True, "content": {CSV: {"schema": schema}}}

    def describe(operation: Any) -> None:
        operation.openapi_extra = {**(operation.openapi_extra or {}), "requestBody": body}

    def mark(view: View) -> View:
        setattr(view, _FILE, bytes_at_most)
        contribute_operation_callback(view, describe)
        return view

    return mark


def file_of(request: HttpRequest) -> Iterator[bytes]:
    """Yield the parts of the file that a request brings, as they arrive."""
    while part := request.read(_PART):
        yield part


class StrictJson(Parser):
    """JSON as its standard says: no NaN, and no name twice, of which the last would win in silence."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's value; raises ``ValueError`` for what is none."""
        return read(request.body)


def read(body: bytes) -> Any:
    """Return the value of a JSON text; raises ``ValueError`` for what is none."""
    value = json.loads(body.decode(), parse_constant=_no_number, object_pairs_hook=_once)
    # Half a mark, such as \ud800 alone, is let through by JSON and is no text anywhere else.
    json.dumps(value, ensure_ascii=False).encode()
    return value


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is no number of JSON.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("A name stands there twice.")
    return found

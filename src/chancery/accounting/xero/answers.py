"""The map from every answer and every failure of HTTP to one of the port's answers. Pure and complete."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import httpx2

from chancery.accounting import port
from chancery.accounting.xero import wire
from chancery.lib.refusals import Outage, Refusal

_REST_UNSAID = {
    "minute": timedelta(seconds=60),
    "appminute": timedelta(seconds=60),
    "concurrent": timedelta(seconds=2),
    "day": timedelta(hours=1),
}
_REST_UNKNOWN = timedelta(seconds=60)
_REST_MOST = timedelta(hours=48)
_DIGITS_MOST = 9
_BECAUSE = {
    "minute": "Xero takes only so many requests a minute.",
    "appminute": "Xero takes only so many requests a minute from all firms together.",
    "concurrent": "Xero takes only so many requests at once.",
    "day": "Xero's requests for this day are used up.",
}

# These fail before a byte of the request can have left.
NEVER_SENT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
    httpx2.LocalProtocolError,
)


@dataclass(frozen=True)
class Answer:
    """What came back for one request, and what was asked."""

    is_change: bool
    status: int
    headers: httpx2.Headers
    text: str
    at: datetime


def read(answer: Answer) -> dict[str, Any]:
    """Return the body of a success, or raise the answer of the port that this one means."""
    if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        raise _failure(answer)
    try:
        body = wire.parse(answer.text) if answer.text.strip() else {}
    except wire.NotReadable as error:
        raise _unclear(is_change=answer.is_change, detail=f"the answer was {error}") from error
    if messages := wire.complaints(body):
        raise port.Rejected(messages)
    return body


def of_transport(error: httpx2.HTTPError, *, is_change: bool) -> Outage:
    """Return what a request that got no answer means: certainly not done, or perhaps done."""
    detail = type(error).__name__
    if isinstance(error, NEVER_SENT):
        return port.Unavailable(detail)
    return _unclear(is_change=is_change, detail=detail)


def resting(answer: Answer) -> port.Parked:
    """Return how long a 429 asks us to stay away: its Retry-After, else what its problem calls for."""
    problem = answer.headers.get("X-Rate-Limit-Problem", "").strip().lower()
    rest = _retry_after(answer)
    if rest is None:
        rest = _REST_UNSAID.get(problem, _REST_UNKNOWN)
    because = _BECAUSE.get(problem, "Xero asks us to wait.")
    return port.Parked(until=answer.at + min(rest, _REST_MOST), because=because)


def _failure(answer: Answer) -> Refusal | Outage:
    if answer.status in _KNOWN:
        return _KNOWN[HTTPStatus(answer.status)](answer)
    if _may_have_worked(answer.status):
        return _unclear(is_change=answer.is_change, detail=f"status {answer.status}")
    return port.Rejected(_messages(answer))


def _may_have_worked(status: int) -> bool:
    """Return whether this status leaves open what was done: the 5xx, a time-out, and what no API sends."""
    is_client_error = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    return status == HTTPStatus.REQUEST_TIMEOUT or not is_client_error


def _forbidden(answer: Answer) -> Refusal:
    detail = _detail(answer)
    if "AuthenticationUnsuccessful" in detail:
        return port.Disconnected("someone disconnected Chancery in Xero.")
    return port.NotPermitted(detail)


def _unclear(*, is_change: bool, detail: str) -> Outage:
    return port.UnknownOutcome(detail) if is_change else port.Unavailable(detail)


def _messages(answer: Answer) -> tuple[str, ...]:
    body: dict[str, Any] = {}
    with contextlib.suppress(wire.NotReadable):
        body = wire.parse(answer.text)
    said = wire.complaints(body)
    if not said and (message := body.get("Message") or body.get("Detail")):
        said = (str(message),)
    return said or (f"Xero refused this with status {answer.status}.",)


def _detail(answer: Answer) -> str:
    try:
        body = wire.parse(answer.text)
    except wire.NotReadable:
        return ""
    return str(body.get("Detail") or body.get("Message") or "")


def _retry_after(answer: Answer) -> timedelta | None:
    said = answer.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        # Nine digits are thirty years; more would be no number of seconds that a clock can hold.
        return timedelta(seconds=int(said)) if len(said) <= _DIGITS_MOST else _REST_MOST
    try:
        at = parsedate_to_datetime(said)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(at - answer.at, timedelta())


_KNOWN: dict[HTTPStatus, Callable[[Answer], Refusal | Outage]] = {
    HTTPStatus.UNAUTHORIZED: lambda answer: port.Unauthorized(_detail(answer)),
    HTTPStatus.FORBIDDEN: _forbidden,
    HTTPStatus.NOT_FOUND: lambda _: port.NotFound("what was asked for"),
    HTTPStatus.TOO_MANY_REQUESTS: resting,
    HTTPStatus.NOT_IMPLEMENTED: lambda _: port.Rejected(("Xero does not offer this.",)),
}

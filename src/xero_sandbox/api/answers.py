"""The shapes of what the accounting API answers."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from xero_sandbox import dates

JSON = "application/json; charset=utf-8"
NOT_FOUND = "The resource you're looking for cannot be found"
NO_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status, a content type and a body."""

    status: int
    content_type: str
    body: bytes


class Stopped(Exception):
    """The call ends here with this answer; nothing is written."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"answered {answer.status}")
        self.answer = answer


def of_json(body: Any, status: int = 200) -> Answer:
    """Answer with JSON."""
    return Answer(status=status, content_type=JSON, body=json.dumps(body).encode())


def not_found() -> Answer:
    """Answer 404, in plain text as Xero does."""
    return Answer(status=404, content_type="text/plain; charset=utf-8", body=NOT_FOUND.encode())


def envelope(
    plural: str,
    elements: list[dict[str, Any]],
    *,
    provider: str,
    at: float,
    pagination: dict[str, int] | None = None,
) -> Answer:
    """Answer with elements in Xero's envelope."""
    head: dict[str, Any] = {
        "Id": str(uuid.uuid4()),
        "Status": "OK",
        "ProviderName": provider,
        "DateTimeUTC": dates.ms_date(at),
    }
    if pagination is not None:
        head["pagination"] = pagination
    return of_json({**head, plural: elements})


def validation_failed(elements: list[dict[str, Any]]) -> Answer:
    """Answer 400 with the elements as sent, each with its messages."""
    return exception(10, "ValidationException", "A validation exception occurred", elements)


def with_messages(element: dict[str, Any], messages: list[str]) -> dict[str, Any]:
    """Return the element as sent with its validation messages."""
    return {**element, "ValidationErrors": [{"Message": message} for message in messages]}


def post_data_invalid(why: str) -> Answer:
    """Answer 400: what was sent cannot be read."""
    return exception(14, "PostDataInvalidException", why)


def query_unreadable(why: str) -> Answer:
    """Answer 400: a filter or an order cannot be read."""
    return exception(16, "QueryParseException", why)


def not_implemented() -> Answer:
    """Answer 501: the endpoint exists, the method does not."""
    why = "The Api Method called is not implemented"
    return exception(20, "ApiMethodNotImplementedException", why, status=501)


def exception(
    number: int,
    kind: str,
    message: str,
    elements: list[dict[str, Any]] | None = None,
    *,
    status: int = 400,
) -> Answer:
    """Answer with Xero's body for an error."""
    body: dict[str, Any] = {"ErrorNumber": number, "Type": kind, "Message": message}
    if elements is not None:
        body["Elements"] = elements
    return of_json(body, status)

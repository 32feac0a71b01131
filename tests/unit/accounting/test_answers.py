"""Every status and every failure of HTTP means exactly one of the port's answers."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

import httpx2
import pytest

from chancery.accounting import port
from chancery.accounting.xero import answers
from chancery.accounting.xero.answers import Answer
from chancery.lib.refusals import Outage, Refusal

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
OF_THE_PORT = (
    port.Parked,
    port.Unauthorized,
    port.Disconnected,
    port.NotPermitted,
    port.Rejected,
    port.NotFound,
    port.UnknownOutcome,
    port.Unavailable,
)


def answer(
    status: int, text: str = "", *, is_change: bool = True, headers: dict[str, str] | None = None
) -> Answer:
    return Answer(is_change, status, httpx2.Headers(headers or {}), text, NOON)


def meaning(given: Answer) -> Refusal | Outage:
    try:
        answers.read(given)
    except (Refusal, Outage) as said:
        return said
    pytest.fail("this was no failure")


def transport_failures(
    of: type[httpx2.HTTPError] = httpx2.HTTPError,
) -> Iterator[type[httpx2.HTTPError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from transport_failures(kind)


@pytest.mark.parametrize("is_change", [True, False])
@pytest.mark.parametrize("status", [s for s in range(100, 600) if not 200 <= s < 300])
def test_every_status_but_success_is_one_answer_of_the_port(
    status: int, *, is_change: bool
) -> None:
    assert isinstance(meaning(answer(status, is_change=is_change)), OF_THE_PORT)


@pytest.mark.parametrize("kind", sorted(set(transport_failures()), key=str))
def test_every_failure_of_transport_leaves_a_change_unknown_unless_it_never_left(
    kind: type[httpx2.HTTPError],
) -> None:
    failed = kind.__new__(kind)

    change = answers.of_transport(failed, is_change=True)
    read = answers.of_transport(failed, is_change=False)

    expected = port.Unavailable if issubclass(kind, answers.NEVER_SENT) else port.UnknownOutcome
    assert type(change) is expected
    assert type(read) is port.Unavailable


@pytest.mark.parametrize("kind", [httpx2.ReadTimeout, httpx2.WriteError, httpx2.ReadError])
def test_what_may_have_been_read_over_there_is_never_called_unsent(kind: type) -> None:
    assert not issubclass(kind, answers.NEVER_SENT)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, port.Rejected),
        (401, port.Unauthorized),
        (403, port.NotPermitted),
        (404, port.NotFound),
        (408, port.UnknownOutcome),
        (412, port.Rejected),
        (429, port.Parked),
        (500, port.UnknownOutcome),
        (501, port.Rejected),
        (503, port.UnknownOutcome),
    ],
)
def test_each_known_status_of_a_change_means_what_xero_says_it_means(
    status: int, expected: type
) -> None:
    assert type(meaning(answer(status))) is expected


def test_a_403_that_says_so_is_a_lost_connection() -> None:
    body = {"Title": "Forbidden", "Status": 403, "Detail": "AuthenticationUnsuccessful"}

    assert isinstance(meaning(answer(403, json.dumps(body))), port.Disconnected)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "17", "X-Rate-Limit-Problem": "minute"}, 17),
        ({"Retry-After": "66975", "X-Rate-Limit-Problem": "day"}, 66_975),
        ({"Retry-After": "Mon, 16 Nov 2026 12:00:30 GMT"}, 30),
        ({"Retry-After": "Mon, 16 Nov 2026 11:00:00 GMT"}, 0),
        ({"X-Rate-Limit-Problem": "concurrent"}, 2),
        ({"X-Rate-Limit-Problem": "day"}, 3600),
        ({"Retry-After": "soon"}, 60),
        ({}, 60),
        ({"Retry-After": "99999999999999"}, 48 * 3600),
    ],
)
def test_a_429_rests_as_long_as_it_says_or_as_its_problem_calls_for(
    headers: dict[str, str], seconds: int
) -> None:
    parked = meaning(answer(429, headers=headers))

    assert isinstance(parked, port.Parked)
    assert parked.until == NOON + timedelta(seconds=seconds)


def test_every_message_of_a_refusal_is_kept_once_whichever_key_it_stands_under() -> None:
    errors = [{"Message": "Code is taken."}, {"Description": "Name is taken."}]
    body = {
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
        "Elements": [{"ValidationErrors": errors}, {"ValidationErrors": errors[:1]}],
    }

    refusal = meaning(answer(400, json.dumps(body)))

    assert isinstance(refusal, port.Rejected)
    assert refusal.messages == ("Code is taken.", "Name is taken.")


@pytest.mark.parametrize(
    "element",
    [
        {"ValidationErrors": [{"Message": "No."}]},
        {"StatusAttributeString": "ERROR"},
        {"HasValidationErrors": True},
    ],
)
def test_http_200_is_not_success_when_an_element_says_otherwise(element: dict[str, object]) -> None:
    body = json.dumps({"Accounts": [element]})

    assert isinstance(meaning(answer(HTTPStatus.OK, body)), port.Rejected)


@pytest.mark.parametrize("text", ['{"Accounts": [{"Acc', "[]", "<Response/>"])
def test_a_success_that_cannot_be_read_leaves_a_change_unknown(text: str) -> None:
    assert isinstance(meaning(answer(200, text)), port.UnknownOutcome)
    assert isinstance(meaning(answer(200, text, is_change=False)), port.Unavailable)


@pytest.mark.parametrize("errors", [["No."], "No.", {"Message": 7}, [None], [{"Message": ["No."]}]])
def test_an_error_of_a_shape_that_nobody_documents_is_still_a_refusal(errors: object) -> None:
    body = {"Elements": [{"ValidationErrors": errors}]}

    for status in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST):
        said = meaning(answer(status, json.dumps(body)))
        assert isinstance(said, port.Rejected)
        assert str(said)


def test_a_success_is_its_body() -> None:
    assert answers.read(answer(200, '{"Accounts": []}')) == {"Accounts": []}
    assert answers.read(answer(204, "")) == {}

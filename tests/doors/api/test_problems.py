"""Whatever goes wrong is told as problem+json, and leaves nothing behind."""

import json
import logging
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from chancery.api import limits
from chancery.api.door import answering
from chancery.lib import facts
from chancery.lib.money import Money, NotAnAmount
from chancery.lib.refusals import Outage
from chancery.lib.secret import Secret
from chancery.practice import people
from chancery.practice.matters import MatterStatus
from chancery.practice.models import MatterType, Person
from chancery.practice.models.firm import Role
from doors.api.calls import PROBLEM, Program, program_of, token_of
from world import LATER, Marlow, acting

pytestmark = pytest.mark.django_db


class BankIsAway(Outage):
    """The bank does not answer."""

    code = "test.bank_is_away"

    def __str__(self) -> str:
        return "The bank does not answer. Try again later."


@pytest.fixture
def alices(marlow: Marlow) -> Program:
    return program_of(marlow.alice)


def behind_the_door(person: Person, raised: Exception) -> HttpResponse:
    """Answer a request whose view writes a row and then fails."""

    def view(request: Any) -> HttpResponse:
        MatterType.objects.create(firm_id=person.firm_id, name="Half done")
        raise raised

    request = RequestFactory().get(
        "/api/v1/x", headers={"Authorization": f"Bearer {token_of(person)}"}
    )
    return answering(view)(request)


def test_a_refusal_is_told_with_its_code_its_facts_and_its_sentence(alices: Program) -> None:
    sent = {"kind": "company", "name": "Zebra Quarries"}
    made = alices.post("contacts", sent).body

    answer = alices.post("contacts", {**sent, "name": "Zebra Quarries Pty Ltd"})

    assert (answer.status, answer.code) == (409, "practice.contact_looks_alike")
    assert answer.body["title"] == "The firm may have this contact already."
    assert answer.body["detail"].startswith("Zebra Quarries has the same name.")
    named = {"id": made["id"], "name": "Zebra Quarries"}
    assert answer.body["facts"] == {"found": [{"contact": named, "reason": "has the same name"}]}
    assert alices.post("contacts", {**sent, "even_if_alike": True}).status == 201


def test_details_that_are_not_right_name_their_fields_as_the_request_did(alices: Program) -> None:
    sent = {
        "kind": "company",
        "email": "no",
        "identifiers": {"abn": "12"},
        "addresses": {"street": {"city": "Orange"}},
    }

    answer = alices.post("contacts", sent)

    assert (answer.status, answer.code) == (422, "details.not_right")
    fields = {one["field"] for one in answer.body["fields"]}
    assert fields == {"name", "email", "identifiers.abn", "addresses.street.lines"}
    assert {one["where"] for one in answer.body["fields"]} == {"body"}
    assert answer.body["facts"] == {}


@pytest.mark.parametrize(
    ("path", "sent", "where", "field"),
    [
        ("contacts", {"kind": "king", "name": "X"}, "body", "kind"),
        ("contacts", {"name": "X"}, "body", "kind"),
        ("contacts", {"kind": "company", "nmae": "X"}, "body", "nmae"),
        ("contacts", {"kind": "company", "even_if_alike": "yes"}, "body", "even_if_alike"),
        ("contacts", {"kind": "company", "identifiers": {"moon": "1"}}, "body", "identifiers"),
        ("contacts", [], "body", ""),
        ("matters", {"title": "x", "opened_on": 20260706}, "body", "opened_on"),
        ("contacts?limit=101", None, "query", "limit"),
        ("contacts?limit=0", None, "query", "limit"),
        ("contacts?text=%00", None, "query", "text"),
        ("matters?status=open", None, "query", "status"),
    ],
)
def test_what_does_not_fit_the_description_names_each_field(
    path: str, sent: object, where: str, field: str, alices: Program
) -> None:
    answer = alices.get(path) if sent is None else alices.post(path, sent)

    assert (answer.status, answer.code) == (422, "api.request_not_right")
    assert (where, field) in {(one["where"], one["field"]) for one in answer.body["fields"]}


@pytest.mark.parametrize(
    "body", ["{", "NaN", '{"kind": "company", "kind": "person"}', "[" * 100_000, "\ufeff{}"]
)
def test_a_body_that_is_no_json_is_refused(body: str, alices: Program) -> None:
    answer = alices.call("POST", "contacts", body)

    assert (answer.status, answer.code) == (400, "api.body_not_json")


@pytest.mark.parametrize("mark", [r"\u0000", r"\u202e"])
def test_marks_that_no_database_keeps_are_tidied_away(mark: str, alices: Program) -> None:
    sent = f'{{"kind": "company", "name": "Zebra{mark} Quarries", "phone": "1{mark}"}}'

    answer = alices.call("POST", "contacts", sent, Idempotency_Key="k-1")

    assert answer.status == 201
    assert answer.body["name"] == "Zebra Quarries"


def test_half_a_mark_is_refused_and_said_so(alices: Program) -> None:
    half = r"\ud800"
    name = alices.call("POST", "contacts", f'{{"kind": "company", "name": "Zebra{half}"}}')
    number = alices.call(
        "POST", "contacts", f'{{"kind": "company", "identifiers": {{"{half}": ""}}}}'
    )

    assert [answer.code for answer in (name, number)] == ["api.body_not_json"] * 2


def test_another_media_type_is_refused(alices: Program) -> None:
    for media in ("text/plain", "application/x-www-form-urlencoded", ""):
        answer = alices.call("POST", "contacts", "{}", Content_Type=media)
        assert (answer.status, answer.code) == (415, "api.not_json")
    assert alices.call("POST", "contacts", "{}", Content_Type="Application/JSON").status == 422


def test_a_body_may_be_as_large_as_is_stated_and_no_larger(alices: Program) -> None:
    body = json.dumps({"kind": "company", "name": ""})

    at_most = alices.call("POST", "contacts", body.ljust(limits.BODY_AT_MOST))
    over = alices.call("POST", "contacts", body.ljust(limits.BODY_AT_MOST + 1))

    assert at_most.status == 422
    assert (over.status, over.code) == (413, "api.body_too_large")


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/contacts/no-id",
        "/api/v1/contacts/01900000-0000-7000-8000-000000000000",
        "/api/v1/matters/%00",
        "/api/v1/matters/2026-9999",
        "/api/v1/matters/x/y",
        "/api/v1/nothing",
        "/api/v1/",
        "/api/",
        "/api/v2/contacts",
    ],
)
def test_where_nothing_is_is_told_as_a_problem(path: str, alices: Program) -> None:
    answer = alices.get(path)

    assert (answer.status, answer.code) == (404, "api.not_found")
    assert Program().get(path).status == 401


def test_the_description_is_open_to_all_and_known_by_its_address() -> None:
    answer = Program().get("openapi.json")

    assert answer.status == 200
    assert answer.body["openapi"].startswith("3.1")
    assert "1,048,576 bytes" in answer.body["info"]["description"]
    scheme = answer.body["components"]["securitySchemes"]["Bearer"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert Program().post("openapi.json", {}).status == 405


@pytest.mark.parametrize("failing", [ZeroDivisionError("Whitcombe"), ValueError("Whitcombe")])
def test_a_bug_tells_nothing_but_the_line_in_the_log_that_tells_where(
    failing: Exception, marlow: Marlow, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = behind_the_door(marlow.alice, failing)

    told = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (500, "api.bug")
    assert told["trace_id"] in caplog.text
    assert type(failing).__name__ in caplog.text
    assert "Whitcombe" not in caplog.text + answer.content.decode()
    with acting(marlow.alice):
        assert not MatterType.objects.filter(name="Half done").exists()


@pytest.mark.parametrize(
    ("failing", "code"),
    [(BankIsAway(), "test.bank_is_away"), (OperationalError("gone"), "api.database_away")],
)
def test_an_outage_says_when_to_try_again(failing: Exception, code: str, marlow: Marlow) -> None:
    answer = behind_the_door(marlow.alice, failing)

    told = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (503, code)
    assert answer["Retry-After"] == "30"
    assert answer["Content-Type"] == PROBLEM
    with acting(marlow.alice):
        assert not MatterType.objects.filter(name="Half done").exists()


@pytest.mark.parametrize(("status", "kept"), [(200, 1), (201, 1), (400, 0), (409, 0), (422, 0)])
def test_what_a_view_wrote_is_kept_only_when_it_did_not_refuse(
    status: int, kept: int, marlow: Marlow
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        MatterType.objects.create(firm_id=marlow.firm.id, name="Half done")
        return HttpResponse(status=status)

    bearer = {"Authorization": f"bearer {token_of(marlow.alice)}"}
    answering(view)(RequestFactory().get("/api/v1/x", headers=bearer))

    with acting(marlow.alice):
        assert MatterType.objects.filter(name="Half done").count() == kept


def test_roles_decide_though_the_token_has_the_scope(marlow: Marlow) -> None:
    program = program_of(marlow.bob)
    with acting(marlow.alice):
        reader = frozenset({Role.EXAMINER})
        people.set_roles(person=marlow.bob, roles=reader, by=marlow.alice, at=LATER)

    answer = program.post("contacts", {"kind": "company", "name": "Zebra Quarries"})

    assert (answer.status, answer.code) == (403, "practice.not_allowed")
    assert answer.body["facts"] == {"act": "edit contacts"}
    assert program.get("contacts").status == 200


def test_who_left_is_out_on_the_next_request(marlow: Marlow) -> None:
    program = program_of(marlow.bob)
    assert program.get("me").body["person"]["name"] == "Bob Finch"

    with acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

    assert program.get("me").status == 401


def test_a_session_opens_nothing_and_none_is_begun(marlow: Marlow) -> None:
    program = Program()
    program.client.force_login(marlow.alice.user)

    answer = program.get("me")

    assert answer.status == 401
    assert not answer.response.cookies
    assert not program_of(marlow.alice).get("me").response.cookies


def test_facts_are_plain_values() -> None:
    amount = {"minor": 125000, "currency": "AUD"}
    assert facts.plain(Money(125000, "AUD")) == amount
    assert facts.plain([LATER.date(), LATER, MatterStatus.CLOSED]) == [
        "2026-07-06",
        "2026-07-06T00:02:00+00:00",
        "closed",
    ]
    assert facts.plain({"b": frozenset({"y", "x"}), "a": (None, True)}) == {
        "b": ["x", "y"],
        "a": [None, True],
    }
    assert facts.plain(Secret("word")) == "Secret(hidden)"
    assert facts.of(NotAnAmount("1.x", "AUD")) == {"typed": "1.x", "currency": "AUD"}
    assert facts.of(BankIsAway()) == {}

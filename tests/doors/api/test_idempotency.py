"""The same request under the same key is done once, whoever sends it again and whenever."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.http import HttpResponse
from django.test import RequestFactory

import world
from chancery.api import idempotency
from chancery.api.door import answering
from chancery.api.requests import ApiRequest
from chancery.lib import clock
from chancery.practice import api_answers
from chancery.practice.api_answers import ApiAnswer
from chancery.practice.models import Contact, Matter, Person
from doors.api.calls import Program, program_of, token_of
from postgres import TestServer
from world import Marlow, acting

pytestmark = pytest.mark.django_db

ZEBRA = {"kind": "company", "name": "Zebra Quarries"}
KEY = "5f0c7c3e-1"


@pytest.fixture
def alices(marlow: Marlow) -> Program:
    return program_of(marlow.alice)


def named(person: Person, name: str = "Zebra Quarries") -> int:
    with acting(person):
        return Contact.objects.filter(name=name).count()


def test_a_contact_is_entered_once(marlow: Marlow, alices: Program) -> None:
    first = alices.post("contacts", ZEBRA, Idempotency_Key=KEY)
    again = alices.post("contacts", ZEBRA, Idempotency_Key=KEY)

    assert (first.status, again.status) == (201, 201)
    assert again.response.content == first.response.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert named(marlow.alice) == 1


def test_a_matter_is_opened_once(marlow: Marlow, alices: Program) -> None:
    client = world.contact(marlow.alice, "Whitcombe Holdings")
    kind = alices.get("matter-types").body["items"][0]["id"]
    sent = {"title": "Lease of Unit 4", "client_id": str(client.id), "type_id": kind}

    first = alices.post("matters", sent, Idempotency_Key=KEY)
    again = alices.post("matters", sent, Idempotency_Key=KEY)

    assert first.body["number"] == again.body["number"]
    with acting(marlow.alice):
        assert Matter.objects.count() == 1


def test_another_token_of_the_person_gets_the_same_answer(marlow: Marlow, alices: Program) -> None:
    first = alices.post("contacts", ZEBRA, Idempotency_Key=KEY)

    again = program_of(marlow.alice).post("contacts", ZEBRA, Idempotency_Key=KEY)

    assert again.body == first.body


def test_the_order_of_names_and_spaces_do_not_make_another_request(alices: Program) -> None:
    alices.call("POST", "contacts", '{"kind":"company","name":"Zebra"}', Idempotency_Key=KEY)

    again = alices.call(
        "POST", "contacts", '{ "name": "Zebra", "kind": "company" }', Idempotency_Key=KEY
    )

    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_key_of_another_payload_or_endpoint_is_refused(marlow: Marlow, alices: Program) -> None:
    matter = world.matter(marlow.alice, "Lease of Unit 4")
    alices.post("contacts", ZEBRA, Idempotency_Key=KEY)

    other = alices.post("contacts", {**ZEBRA, "name": "Yak Quarries"}, Idempotency_Key=KEY)
    elsewhere = alices.post(
        "matters",
        {"title": "X", "client_id": str(matter.client_id), "type_id": str(matter.type_id)},
        Idempotency_Key=KEY,
    )

    for answer in (other, elsewhere):
        assert (answer.status, answer.code) == (422, "idempotency.key_reused")
    assert named(marlow.alice, "Yak Quarries") == 0


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256])
def test_a_key_that_cannot_be_is_refused(key: str, marlow: Marlow, alices: Program) -> None:
    answer = alices.post("contacts", ZEBRA, Idempotency_Key=key)

    assert (answer.status, answer.code) == (400, "api.header_not_right")
    assert named(marlow.alice) == 0


def test_the_longest_key_will_do(alices: Program) -> None:
    assert alices.post("contacts", ZEBRA, Idempotency_Key="~" * 255).status == 201


def test_nothing_is_kept_of_what_was_refused(marlow: Marlow, alices: Program) -> None:
    not_right = alices.post("contacts", {**ZEBRA, "name": ""}, Idempotency_Key=KEY)
    not_fitting = alices.post("contacts", {"name": "X"}, Idempotency_Key=KEY)
    alices.post("contacts", ZEBRA)
    alike = alices.post("contacts", ZEBRA, Idempotency_Key=KEY)

    assert (not_right.status, not_fitting.status, alike.status) == (422, 422, 409)
    with acting(marlow.alice):
        assert ApiAnswer.objects.count() == 0
    judged_anew = alices.post("contacts", {**ZEBRA, "even_if_alike": True}, Idempotency_Key=KEY)
    assert judged_anew.status == 201


def test_while_the_first_runs_the_second_is_told_to_wait(
    marlow: Marlow, alices: Program, postgres: TestServer
) -> None:
    name = f"api-key:{marlow.firm.id}:{marlow.alice.id}:{KEY}"
    with psycopg.connect(postgres.addresses.app) as first:
        first.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        answer = alices.post("contacts", ZEBRA, Idempotency_Key=KEY)
    after = alices.post("contacts", ZEBRA, Idempotency_Key=KEY)

    assert (answer.status, answer.code) == (409, "idempotency.in_progress")
    assert answer.headers["Retry-After"] == "1"
    assert after.status == 201


def test_after_its_answer_was_dropped_a_key_is_new_again(marlow: Marlow, alices: Program) -> None:
    asked = api_answers.KeyedRequest(KEY, "POST", "/api/v1/contacts", b"x" * 32)
    with acting(marlow.alice):
        at = clock.now() - api_answers.KEPT_FOR - timedelta(seconds=1)
        told = api_answers.Answer(201, "", "{}")
        api_answers.keep(asked, told, by=marlow.alice, at=at)
    assert alices.post("contacts", ZEBRA, Idempotency_Key=KEY).status == 422

    api_answers.drop_old(at=clock.now())

    assert alices.post("contacts", ZEBRA, Idempotency_Key=KEY).status == 201


def test_an_endpoint_that_requires_a_key_does_nothing_without_one(marlow: Marlow) -> None:
    done: list[str] = []

    @idempotency.required
    def pay(request: ApiRequest) -> HttpResponse:
        done.append(idempotency.deed_key(request))
        return HttpResponse("{}", status=201)

    def send(**headers: str) -> Any:
        bearer = {"Authorization": f"Bearer {token_of(marlow.alice)}", **headers}
        return answering(pay)(RequestFactory().post("/api/v1/pay", headers=bearer))

    assert send().status_code == 400
    assert done == []
    for _ in range(2):
        assert send(**{"Idempotency-Key": KEY}).status_code == 201
    assert len(done) == 1
    assert done[0].startswith("api:")

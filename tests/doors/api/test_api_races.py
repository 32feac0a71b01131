"""Requests that meet, and transactions that fail at their very end, on a database that commits."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from chancery.api import idempotency
from chancery.api.door import answering
from chancery.api.requests import ApiRequest
from chancery.practice.api_answers import ApiAnswer
from chancery.practice.models import Contact, ContactRole, MatterType
from doors.api.calls import Answered, Program, program_of, token_of
from world import Marlow, acting

pytestmark = pytest.mark.django_db(transaction=True)

ZEBRA = {"kind": "company", "name": "Zebra Quarries", "even_if_alike": True}
AT_ONCE = 6


def at_once(program: Program) -> list[Answered]:
    """Send one request under one key from several threads at the same moment."""
    barrier = Barrier(AT_ONCE)

    def send(_: int) -> Answered:
        try:
            barrier.wait(timeout=10)
            return Program(program.token).post("contacts", ZEBRA, Idempotency_Key="k-1")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def test_of_requests_at_once_under_one_key_one_is_done(marlow: Marlow) -> None:
    answers = at_once(program_of(marlow.alice))

    made = {answer.body["id"] for answer in answers if answer.status == 201}
    others = [answer for answer in answers if answer.status != 201]
    assert len(made) == 1
    assert {answer.code for answer in others} <= {"idempotency.in_progress"}
    with acting(marlow.alice):
        assert Contact.objects.filter(name="Zebra Quarries").count() == 1
        assert ApiAnswer.objects.count() == 1


def test_what_the_database_refuses_at_the_end_leaves_neither_deed_nor_answer(
    marlow: Marlow,
) -> None:
    @idempotency.required
    def view(request: ApiRequest) -> HttpResponse:
        MatterType.objects.create(firm_id=marlow.firm.id, name="Half done")
        nobody = UUID(int=7)
        ContactRole.objects.create(firm_id=marlow.firm.id, contact_id=nobody, role="bank")
        return HttpResponse("{}", status=201)

    headers = {"Authorization": f"Bearer {token_of(marlow.alice)}", "Idempotency-Key": "k-1"}
    answer = answering(view)(RequestFactory().post("/api/v1/x", headers=headers))

    assert (answer.status_code, json.loads(answer.content)["code"]) == (500, "api.bug")
    with acting(marlow.alice):
        assert not MatterType.objects.filter(name="Half done").exists()
        assert ApiAnswer.objects.count() == 0


def test_nothing_of_a_request_stays_on_its_connection(marlow: Marlow) -> None:
    asked = "SELECT nullif(current_setting('chancery.firm_id', true), '')"

    def view(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(asked)
            return HttpResponse(cursor.fetchone()[0])

    headers = {"Authorization": f"Bearer {token_of(marlow.alice)}"}
    inside = answering(view)(RequestFactory().get("/api/v1/x", headers=headers))

    assert inside.content.decode() == str(marlow.firm.id)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        assert cursor.fetchone() == (None,)

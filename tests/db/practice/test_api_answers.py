"""Answers under keys: the same request is answered again, another one is turned away."""

from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest

from chancery.lib import clock
from chancery.practice import api_answers
from chancery.practice.api_answers import (
    Answer,
    ApiAnswer,
    KeyedRequest,
    KeyUsedForAnother,
    StillRunning,
)
from chancery.practice.models import Person
from postgres import TestServer
from world import LATER, Marlow, acting

pytestmark = pytest.mark.django_db

ASKED = KeyedRequest("k-1", "POST", "/api/v1/contacts", b"a" * 32)
TOLD = Answer(201, "/api/v1/contacts/7", '{"id": 7}')


def test_the_same_request_gets_the_same_answer(marlow: Marlow) -> None:
    with acting(marlow.alice):
        assert api_answers.claim(ASKED, by=marlow.alice) is None
        api_answers.keep(ASKED, TOLD, by=marlow.alice, at=LATER)

    with acting(marlow.alice):
        assert api_answers.claim(ASKED, by=marlow.alice) == TOLD


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, payload_digest=b"b" * 32),
        replace(ASKED, path="/api/v1/matters"),
        replace(ASKED, method="PATCH"),
    ],
)
def test_the_key_of_another_request_is_refused(other: KeyedRequest, marlow: Marlow) -> None:
    with acting(marlow.alice):
        api_answers.keep(ASKED, TOLD, by=marlow.alice, at=LATER)

        with pytest.raises(KeyUsedForAnother):
            api_answers.claim(other, by=marlow.alice)


def test_each_person_has_keys_of_their_own(marlow: Marlow, charlie: Person) -> None:
    with acting(marlow.alice):
        api_answers.keep(ASKED, TOLD, by=marlow.alice, at=LATER)

    for other in (marlow.bob, charlie):
        with acting(other):
            assert api_answers.claim(ASKED, by=other) is None
    assert api_answers.deed_key(ASKED, by=marlow.bob) != api_answers.deed_key(ASKED, by=charlie)


def test_a_key_whose_request_runs_elsewhere_is_refused_until_that_ends(
    marlow: Marlow, postgres: TestServer
) -> None:
    name = f"api-key:{marlow.firm.id}:{marlow.alice.id}:{ASKED.key}"
    with psycopg.connect(postgres.addresses.app) as elsewhere:
        elsewhere.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])

        with acting(marlow.alice), pytest.raises(StillRunning):
            api_answers.claim(ASKED, by=marlow.alice)
        elsewhere.rollback()

        with acting(marlow.alice):
            assert api_answers.claim(ASKED, by=marlow.alice) is None


def test_old_answers_of_every_firm_are_dropped_and_none_younger_than_a_day(
    marlow: Marlow, charlie: Person
) -> None:
    now = clock.now()
    ages = {"old": timedelta(days=7, seconds=1), "kept": timedelta(days=6, hours=23)}
    for person in (marlow.alice, charlie):
        with acting(person):
            for key, age in ages.items():
                asked = replace(ASKED, key=key)
                api_answers.keep(asked, TOLD, by=person, at=now - age)
            api_answers.keep(replace(ASKED, key="new"), TOLD, by=person, at=now)

    assert api_answers.drop_old(at=now) == 2
    assert api_answers.drop_old(at=now + timedelta(days=365)) == 2

    for person in (marlow.alice, charlie):
        with acting(person):
            assert [answer.key for answer in ApiAnswer.objects.all()] == ["new"]

"""Once a day the worker drops what was kept for programs long enough, for every firm."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.db import connection

from at_work import Hand, edge_of
from chancery.lib import clock
from chancery.practice import api_answers
from chancery.practice.api_answers import Answer, ApiAnswer, KeyedRequest
from chancery.practice.models import Person
from chancery.worker import daily
from chancery.worker.pace import Pace
from chancery.worker.worker import Worker
from worker_process import wait_until
from world import acting, charlie, marlow

pytestmark = pytest.mark.django_db(transaction=True)

LONG_AGO = api_answers.KEPT_FOR + timedelta(hours=1)


def keep(person: Person, key: str, at: datetime) -> None:
    asked = KeyedRequest(key, "POST", "/api/v1/contacts", b"x" * 32)
    with acting(person):
        api_answers.keep(asked, Answer(201, "", "{}"), by=person, at=at)


def kept(person: Person) -> list[str]:
    with acting(person):
        return sorted(ApiAnswer.objects.values_list("key", flat=True))


@contextmanager
def at_work(hand: Hand) -> Iterator[None]:
    with edge_of(hand) as edge:
        worker = Worker(edge, Pace(threads=1, look_every=timedelta(milliseconds=10)))
        running = threading.Thread(target=worker.run)
        running.start()
        try:
            yield
        finally:
            worker.stop()
            running.join()


def test_the_worker_drops_old_answers_when_it_begins_and_a_day_later(
    transactional_db: None,
) -> None:
    people, now = [marlow().alice, charlie()], clock.now()
    for person in people:
        keep(person, "old", now - LONG_AGO)
        keep(person, "ends tomorrow", now - LONG_AGO + timedelta(hours=20))
    hand = Hand()

    with at_work(hand):
        wait_until(lambda: [kept(person) for person in people] == [["ends tomorrow"]] * 2)
        hand.forward(hours=24)
        wait_until(lambda: [kept(person) for person in people] == [[]] * 2)


def test_a_round_goes_on_until_nothing_is_left(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_answers, "_DROPPED_AT_ONCE", 2)
    alice, now = marlow().alice, clock.now()
    for number in range(5):
        keep(alice, f"old {number}", now - LONG_AGO)

    dropped = daily.drop_old_answers(lambda: now, is_ending=lambda: False)

    assert dropped == 5
    assert kept(alice) == []
    assert not connection.in_atomic_block


def test_a_worker_that_is_asked_to_end_leaves_the_rest(transactional_db: None) -> None:
    alice, now = marlow().alice, clock.now()
    keep(alice, "old", now - LONG_AGO)

    assert daily.drop_old_answers(lambda: now, is_ending=lambda: True) == 0
    assert kept(alice) == ["old"]

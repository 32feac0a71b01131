from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Barrier, Lock, Thread

import pytest
from django.db import connection

from chancery.lib import clock
from chancery.outbox import lanes
from chancery.outbox.lanes import Road, WaitUntil
from chancery.outbox.models import Call, Lane
from chancery.tenancy.scope import firm_scope
from world import FOUNDED_AT, acting, another

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = timedelta(seconds=1)


def spend(road: Road, count: int, *, at: datetime) -> None:
    for _ in range(count):
        call = lanes.reserve(road, purpose="read", at=at)
        assert isinstance(call, Call)
        lanes.release(call, status=200, left_today=900, at=at)


def told_to_wait(road: Road, *, at: datetime) -> WaitUntil:
    answer = lanes.reserve(road, purpose="read", at=at)
    assert isinstance(answer, WaitUntil)
    return answer


def test_the_sixty_first_call_of_a_minute_waits_until_the_first_has_slid_out() -> None:
    road = Road(another().firm_id, "books:1")
    spend(road, 1, at=FOUNDED_AT)
    spend(road, 59, at=FOUNDED_AT + 10 * SECOND)

    wait = told_to_wait(road, at=FOUNDED_AT + 20 * SECOND)

    assert wait.at == FOUNDED_AT + 60 * SECOND
    spend(road, 1, at=wait.at)
    assert told_to_wait(road, at=wait.at).at == FOUNDED_AT + 70 * SECOND


def test_five_calls_may_be_under_way_and_a_sixth_waits_for_one_to_end() -> None:
    road = Road(another().firm_id, "books:1")
    open_calls = [lanes.reserve(road, purpose="read", at=FOUNDED_AT) for _ in range(5)]
    assert all(isinstance(call, Call) for call in open_calls)

    assert told_to_wait(road, at=FOUNDED_AT).at > FOUNDED_AT
    assert isinstance(open_calls[0], Call)
    lanes.release(open_calls[0], status=200, left_today=None, at=FOUNDED_AT)
    spend(road, 1, at=FOUNDED_AT)


def test_a_call_whose_worker_died_stops_counting_as_under_way() -> None:
    road = Road(another().firm_id, "books:1", call_lasts=30 * SECOND)
    for _ in range(5):
        lanes.reserve(road, purpose="read", at=FOUNDED_AT)

    told_to_wait(road, at=FOUNDED_AT + 29 * SECOND)
    spend(road, 1, at=FOUNDED_AT + 30 * SECOND)


def test_the_day_ends_at_half_of_what_xero_grants_and_the_lane_says_so() -> None:
    ada = another()
    road = Road(ada.firm_id, "books:1")
    spend(road, 1, at=FOUNDED_AT)
    now = FOUNDED_AT + timedelta(hours=10)
    with acting(ada):
        lane = Lane.objects.get()
        Call.objects.bulk_create(
            Call(
                firm_id=ada.firm_id,
                lane=lane,
                started_at=FOUNDED_AT + number * SECOND,
                ended_at=now,
                given_up_at=now,
            )
            for number in range(1, 500)
        )

    wait = told_to_wait(road, at=now)

    assert FOUNDED_AT + timedelta(days=1) == wait.at
    with firm_scope(ada.firm_id):
        use = lanes.use(road, at=now)
    assert (use.per_day, use.today, use.left_there) == (500, 500, 900)
    assert "500 requests a day" in use.parked_because


def test_a_parked_lane_takes_no_call_before_its_time_and_is_never_opened_early() -> None:
    road = Road(another().firm_id, "books:1")
    lanes.park(road, until=FOUNDED_AT + 66_975 * SECOND, because="Xero said so.")
    lanes.park(road, until=FOUNDED_AT + SECOND, because="Xero said less.")

    wait = told_to_wait(road, at=FOUNDED_AT + 66_974 * SECOND)

    assert WaitUntil(FOUNDED_AT + 66_975 * SECOND, "Xero said so.") == wait
    spend(road, 1, at=wait.at)


def test_one_organisations_lane_does_not_slow_anothers() -> None:
    ada = another()
    lanes.park(Road(ada.firm_id, "books:1"), until=FOUNDED_AT + SECOND, because="busy")

    spend(Road(ada.firm_id, "books:2"), 1, at=FOUNDED_AT)
    spend(Road(another("There").firm_id, "books:1"), 1, at=FOUNDED_AT)


def test_eight_threads_together_never_pass_the_limits() -> None:
    ada = another()
    road = Road(ada.firm_id, "books:1")
    start, lock = Barrier(8), Lock()
    under_way, most_at_once = 0, 0

    def caller() -> None:
        nonlocal under_way, most_at_once
        start.wait()
        for _ in range(25):
            call = lanes.reserve(road, purpose="read", at=clock.now())
            if isinstance(call, WaitUntil):
                continue
            with lock:
                under_way += 1
                most_at_once = max(most_at_once, under_way)
            with lock:
                under_way -= 1
            lanes.release(call, status=200, left_today=None, at=clock.now())
        connection.close()

    together([caller] * 8)

    with firm_scope(ada.firm_id):
        assert Call.objects.count() <= 60
        assert Lane.objects.count() == 1
    assert 1 <= most_at_once <= 5


def test_eight_threads_that_hold_on_get_exactly_five_calls() -> None:
    road = Road(another().firm_id, "books:1")
    start = Barrier(8)
    answers: list[Call | WaitUntil] = []

    def caller() -> None:
        start.wait()
        answers.append(lanes.reserve(road, purpose="read", at=FOUNDED_AT))
        connection.close()

    together([caller] * 8)

    assert sum(isinstance(answer, Call) for answer in answers) == 5


def together(works: list[Callable[[], None]]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
from django.db import connection

from chancery.lib import ids
from chancery.outbox import backoff, claims, lanes, messages
from chancery.outbox.attempts import Step
from chancery.outbox.claims import Claim, ClaimLost
from chancery.outbox.lanes import Road
from chancery.outbox.messages import Draft
from chancery.outbox.models import Attempt, Message, MessageState
from chancery.outbox.troubles import Trouble
from chancery.tenancy.scope import firm_scope
from world import FOUNDED_AT, another

LEASE = timedelta(seconds=60)
LATE = FOUNDED_AT + LEASE
TROUBLE = Trouble("some.trouble", "It did not answer.")


def enqueue(firm_id: UUID, key: str, *, waits_for: Message | None = None) -> Message:
    draft = Draft("some.topic", ids.new(), key, "books:1", {}, waits_for)
    with firm_scope(firm_id):
        return messages.enqueue(draft, firm_id=firm_id, at=FOUNDED_AT)


def take(firm_id: UUID, *, limit: int = 10, at: datetime = FOUNDED_AT) -> list[Claim]:
    with firm_scope(firm_id):
        return claims.take(firm_id=firm_id, limit=limit, lease=LEASE, at=at)


@pytest.mark.django_db
def test_a_message_in_flight_is_not_taken_until_its_lease_has_lapsed() -> None:
    ada = another()
    enqueue(ada.firm_id, "one")

    (first,) = take(ada.firm_id)

    assert take(ada.firm_id, at=LATE - timedelta(seconds=1)) == []
    (second,) = take(ada.firm_id, at=LATE)
    assert first.fence + 1 == second.fence
    assert first.attempt_name != second.attempt_name


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["note", "renew", "finish", "fail", "postpone", "needs_person"])
def test_whoever_was_overtaken_writes_nothing(act: str) -> None:
    ada = another()
    message = enqueue(ada.firm_id, "one")
    (stale,) = take(ada.firm_id)
    (holder,) = take(ada.firm_id, at=LATE)
    acts = {
        "note": lambda: claims.note(stale, Step("sending"), at=LATE),
        "renew": lambda: claims.renew(stale, at=LATE),
        "finish": lambda: claims.finish(stale, Step("done"), at=LATE),
        "fail": lambda: claims.fail(stale, TROUBLE, spread=0, at=LATE),
        "postpone": lambda: claims.postpone(stale, until=LATE, because="busy", at=LATE),
        "needs_person": lambda: claims.needs_person(stale, TROUBLE, at=LATE),
    }
    with firm_scope(ada.firm_id):
        lines = Attempt.objects.count()

    with firm_scope(ada.firm_id), pytest.raises(ClaimLost):
        acts[act]()

    with firm_scope(ada.firm_id):
        kept = Message.objects.get(pk=message.pk)
        assert (MessageState.IN_FLIGHT, holder.fence) == (kept.state, kept.fence)
        assert lines == Attempt.objects.count()


@pytest.mark.django_db
def test_a_message_waits_until_what_it_depends_on_is_done() -> None:
    ada = another()
    contact = enqueue(ada.firm_id, "contact")
    enqueue(ada.firm_id, "invoice", waits_for=contact)

    (claim,) = take(ada.firm_id)
    assert claim.key == "contact"
    with firm_scope(ada.firm_id):
        claims.finish(claim, Step("done"), at=FOUNDED_AT)

    assert [claim.key for claim in take(ada.firm_id)] == ["invoice"]


@pytest.mark.django_db
def test_nothing_is_taken_for_a_lane_that_rests() -> None:
    ada = another()
    enqueue(ada.firm_id, "one")
    lanes.park(Road(ada.firm_id, "books:1"), until=LATE, because="busy")

    assert take(ada.firm_id) == []
    assert len(take(ada.firm_id, at=LATE)) == 1


@pytest.mark.django_db
def test_failures_wait_longer_each_time_and_end_with_a_person() -> None:
    ada = another()
    message = enqueue(ada.firm_id, "one")
    now, gaps = FOUNDED_AT, []
    while claim := next(iter(take(ada.firm_id, at=now)), None):
        with firm_scope(ada.firm_id):
            claims.fail(claim, TROUBLE, spread=0.5, at=now)
            message.refresh_from_db()
        if message.state == MessageState.QUEUED:
            gaps.append(message.not_before - now)
            now = message.not_before

    assert message.state == MessageState.NEEDS_PERSON
    assert backoff.USUAL.failures_most == message.failures
    assert gaps == sorted(gaps)
    assert message.trouble == "It did not answer."


@pytest.mark.django_db
def test_waiting_is_no_failure_but_after_three_days_a_person_is_told() -> None:
    ada = another()
    message = enqueue(ada.firm_id, "one")
    late = FOUNDED_AT + timedelta(days=3, seconds=1)
    with firm_scope(ada.firm_id):
        (claim,) = claims.take(firm_id=ada.firm_id, limit=1, lease=LEASE, at=FOUNDED_AT)
        claims.postpone(claim, until=late, because="The day is used up.", at=FOUNDED_AT)
        message.refresh_from_db()
        assert (message.state, message.failures) == (MessageState.QUEUED, 0)

        (claim,) = claims.take(firm_id=ada.firm_id, limit=1, lease=LEASE, at=late)
        claims.postpone(claim, until=late, because="The day is used up.", at=late)

        message.refresh_from_db()
        assert message.state == MessageState.NEEDS_PERSON


@pytest.mark.django_db(transaction=True)
def test_two_workers_who_claim_at_the_same_moment_never_hold_the_same_message() -> None:
    ada = another()
    for number in range(40):
        enqueue(ada.firm_id, f"m{number}")
    start = Barrier(4)
    taken: list[UUID] = []

    def claimer() -> None:
        start.wait()
        while got := take(ada.firm_id, limit=3):
            taken.extend(claim.message_id for claim in got)
        connection.close()

    threads = [Thread(target=claimer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(taken) == 40
    assert len(set(taken)) == 40

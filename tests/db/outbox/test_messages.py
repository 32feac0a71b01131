from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from chancery.lib import ids
from chancery.outbox import claims, messages
from chancery.outbox.attempts import Step
from chancery.outbox.messages import Draft, NothingToRetry
from chancery.outbox.models import Attempt, Message, MessageState
from chancery.outbox.troubles import RETRY, Trouble
from chancery.tenancy.scope import firm_scope
from world import FOUNDED_AT, another

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)


def draft(key: str, *, waits_for: Message | None = None, lane: str = "books:1") -> Draft:
    return Draft("accounting.create_account", ids.new(), key, lane, {"name": key}, waits_for)


def enqueued(firm_id: UUID, key: str) -> Message:
    with firm_scope(firm_id):
        return messages.enqueue(draft(key), firm_id=firm_id, at=FOUNDED_AT)


def test_a_message_commits_with_its_deed_or_not_at_all() -> None:
    ada = another()

    with firm_scope(ada.firm_id), transaction.atomic():
        messages.enqueue(draft("one"), firm_id=ada.firm_id, at=FOUNDED_AT)
        transaction.set_rollback(True)

    with firm_scope(ada.firm_id):
        assert Message.objects.count() == 0


def test_the_same_key_is_the_same_message() -> None:
    ada = another()
    wanted = draft("one")

    with firm_scope(ada.firm_id):
        first = messages.enqueue(wanted, firm_id=ada.firm_id, at=FOUNDED_AT)
        second = messages.enqueue(wanted, firm_id=ada.firm_id, at=FOUNDED_AT + LEASE)

        assert first.id == second.id
        assert second.created_at == FOUNDED_AT


def test_two_firms_may_use_the_same_key_and_neither_sees_the_other() -> None:
    here, there = another("Here"), another("There")

    ours, theirs = enqueued(here.firm_id, "one"), enqueued(there.firm_id, "one")

    with firm_scope(here.firm_id):
        assert [ours.id] == list(Message.objects.values_list("id", flat=True))
    assert ours.id != theirs.id


def test_the_worker_learns_which_firms_have_work_and_nothing_else() -> None:
    here, there = another("Here"), another("There")
    enqueued(here.firm_id, "one")

    assert [here.firm_id] == messages.firms_with_work(at=FOUNDED_AT)
    assert there.firm_id not in messages.firms_with_work(at=FOUNDED_AT)
    assert messages.firms_with_work(at=FOUNDED_AT - LEASE) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM outbox_message")
        assert cursor.fetchone() == (0,)


def test_a_person_may_retry_what_stopped_and_its_failures_start_anew() -> None:
    ada = another()
    message = enqueued(ada.firm_id, "one")
    with firm_scope(ada.firm_id):
        (claim,) = claims.take(firm_id=ada.firm_id, limit=1, lease=LEASE, at=FOUNDED_AT)
        claims.needs_person(claim, Trouble("some.trouble", "It stopped.", (RETRY,)), at=FOUNDED_AT)

        again = messages.retry(message, by=ada.id, at=FOUNDED_AT + LEASE)

        assert (again.state, again.failures, again.trouble) == (MessageState.QUEUED, 0, "")
        assert again.not_before == FOUNDED_AT + LEASE
        last = Attempt.objects.filter(message=message).latest("at", "id")
        assert last.facts == {"by": str(ada.id)}


def test_what_is_done_cannot_be_retried_or_withdrawn() -> None:
    ada = another()
    message = enqueued(ada.firm_id, "one")
    with firm_scope(ada.firm_id):
        (claim,) = claims.take(firm_id=ada.firm_id, limit=1, lease=LEASE, at=FOUNDED_AT)
        claims.finish(claim, Step("done"), at=FOUNDED_AT)

        with pytest.raises(NothingToRetry):
            messages.retry(message, by=ada.id, at=FOUNDED_AT)
        with pytest.raises(NothingToRetry):
            messages.withdraw(message, by=ada.id, at=FOUNDED_AT)


def test_what_is_withdrawn_is_never_taken() -> None:
    ada = another()
    message = enqueued(ada.firm_id, "one")
    with firm_scope(ada.firm_id):
        messages.withdraw(message, by=ada.id, at=FOUNDED_AT)

        assert claims.take(firm_id=ada.firm_id, limit=9, lease=LEASE, at=FOUNDED_AT) == []


def test_only_what_this_trouble_stopped_goes_on_when_the_trouble_ends() -> None:
    ada = another()
    lost, other = enqueued(ada.firm_id, "lost"), enqueued(ada.firm_id, "other")
    with firm_scope(ada.firm_id):
        for claim in claims.take(firm_id=ada.firm_id, limit=2, lease=LEASE, at=FOUNDED_AT):
            claims.needs_person(
                claim, Trouble(f"trouble.{claim.key}", "It stopped."), at=FOUNDED_AT
            )

        count = messages.retry_stopped(
            {"trouble.lost"}, firm_id=ada.firm_id, by=ada.id, at=FOUNDED_AT
        )

        assert count == 1
        assert Message.objects.get(pk=lost.pk).state == MessageState.QUEUED
        assert Message.objects.get(pk=other.pk).state == MessageState.NEEDS_PERSON

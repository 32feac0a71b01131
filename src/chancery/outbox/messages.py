"""Write down what the world is to be told, in the deed's transaction; and what a person may do about it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.outbox import attempts
from chancery.outbox.attempts import Step
from chancery.outbox.models import Message as Message
from chancery.outbox.models import MessageState as MessageState


@dataclass(eq=False)
class NothingToRetry(Refusal):
    """The message is already done, withdrawn or on its way."""

    code = "outbox.nothing_to_retry"

    state: str

    def __str__(self) -> str:
        return f"There is nothing to try again: this is {self.state.lower()}. Reload the page."


@dataclass(frozen=True)
class Draft:
    """What is to be done in the world, for whom, along which lane.

    ``key`` names it for ever: enqueueing the same key again is the same message. ``waits_for`` is a
    message that must be done first.
    """

    topic: str
    subject_id: UUID
    key: str
    lane: str
    payload: dict[str, Any] = field(default_factory=dict)
    waits_for: Message | None = None
    is_held: bool = False
    """Written down and not yet sent: nobody claims it until it is let go."""


def enqueue(draft: Draft, *, firm_id: UUID, at: datetime) -> Message:
    """Write the message beside the deed that needs it: they commit together or not at all."""
    assert connection.in_atomic_block, "a message is written in its deed's transaction"
    message = _written(draft, firm_id, at)
    return message if _is_new(message) else enqueue_all([draft], firm_id=firm_id, at=at)[0]


def enqueue_all(drafts: Sequence[Draft], *, firm_id: UUID, at: datetime) -> list[Message]:
    """Write many messages of one deed at once, in their order."""
    assert connection.in_atomic_block, "a message is written in its deed's transaction"
    Message.objects.bulk_create(
        [_written(draft, firm_id, at) for draft in drafts], ignore_conflicts=True
    )
    keys = [draft.key for draft in drafts]
    found = {one.key: one for one in Message.objects.filter(firm_id=firm_id, key__in=keys)}
    for draft in drafts:
        assert found[draft.key].topic == draft.topic, "one key names one thing"
        assert found[draft.key].subject_id == draft.subject_id, "one key names one subject"
    return [found[key] for key in keys]


def retry(message: Message, *, by: UUID, at: datetime) -> Message:
    """Let a stopped or waiting message be tried now, with a clean count of failures.

    ``by`` is the person's id. Refuses: NothingToRetry.
    """
    held = _locked(message)
    if held.state not in (MessageState.NEEDS_PERSON, MessageState.QUEUED):
        raise NothingToRetry(held.get_state_display())
    _queue_again(held, at=at)
    attempts.write(held, Step("retried", "A person asked for it.", {"by": str(by)}), at=at)
    return held


def retry_stopped(codes: Collection[str], *, firm_id: UUID, by: UUID, at: datetime) -> int:
    """Queue again everything of the firm that these troubles stopped; return how many."""
    stopped = Message.objects.select_for_update().filter(
        firm_id=firm_id, state=MessageState.NEEDS_PERSON, trouble_code__in=codes
    )
    found = list(stopped.order_by("id"))
    for message in found:
        _queue_again(message, at=at)
        attempts.write(message, Step("retried", "Its cause is gone.", {"by": str(by)}), at=at)
    return len(found)


def withdraw(message: Message, *, by: UUID, at: datetime) -> Message:
    """Let go of a message that waits or is stopped: it will never be sent.

    Refuses: NothingToRetry, when it is on its way or at its end.
    """
    held = _locked(message)
    if held.state not in (MessageState.NEEDS_PERSON, MessageState.QUEUED):
        raise NothingToRetry(held.get_state_display())
    held.state = MessageState.WITHDRAWN
    held.ended_at = at
    held.save(update_fields=["state", "ended_at"])
    attempts.write(held, Step("withdrawn", "A person settled it.", {"by": str(by)}), at=at)
    return held


def of_subject(topic: str, subject_ids: Collection[UUID]) -> dict[UUID, Message]:
    """Return the latest message of each subject, in one query."""
    found = Message.objects.filter(topic=topic, subject_id__in=subject_ids).order_by("created_at")
    return {message.subject_id: message for message in found}


def firms_with_work(*, at: datetime) -> list[UUID]:
    """Return the firms that have something due, and not a word of what it is."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT firm FROM outbox_firms_with_work(%s) AS firm ORDER BY random()", [at]
        )
        return [row[0] for row in cursor.fetchall()]


def _written(draft: Draft, firm_id: UUID, at: datetime) -> Message:
    return Message(
        id=ids.new(),
        firm_id=firm_id,
        topic=draft.topic,
        subject_id=draft.subject_id,
        key=draft.key,
        lane=draft.lane,
        payload=draft.payload,
        waits_for=draft.waits_for,
        state=MessageState.HELD if draft.is_held else MessageState.QUEUED,
        not_before=at,
        created_at=at,
        asked_at=at,
    )


def _is_new(message: Message) -> bool:
    """Write a message, unless its key is there already; tell whether it was written.

    Every deed waits for it: it takes a fifth of a model's way.
    """
    with connection.cursor() as cursor:
        values: list[Any] = [
            message.id,
            message.firm_id,
            message.topic,
            message.subject_id,
            message.key,
            message.lane,
            json.dumps(message.payload),
            message.waits_for_id,
            message.state,
            message.not_before,
            message.created_at,
            message.asked_at,
        ]
        cursor.execute(_INSERT, values)
        return bool(cursor.rowcount)


_INSERT = """INSERT INTO outbox_message (id, firm_id, topic, subject_id, key, lane, payload, waits_for_id,
  state, not_before, created_at, asked_at, attempts, failures, lapses, fence, trouble_code, trouble, remedies)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 0, 0, 0, 0, '', '', '[]')
ON CONFLICT (firm_id, key) DO NOTHING"""


def _locked(message: Message) -> Message:
    return Message.objects.select_for_update().get(pk=message.pk)


def _queue_again(message: Message, *, at: datetime) -> None:
    message.state = MessageState.QUEUED
    message.not_before = message.asked_at = at
    message.failures = message.lapses = 0
    message.trouble_code, message.trouble, message.remedies = "", "", []
    message.save(
        update_fields=[
            "state",
            "not_before",
            "asked_at",
            "failures",
            "lapses",
            "trouble_code",
            "trouble",
            "remedies",
        ]
    )

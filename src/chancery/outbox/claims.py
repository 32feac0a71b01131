"""Take a message for one worker, keep it by a lease, and end it. A worker that was overtaken writes nothing.

Every claim raises the message's fencing token. Each later act locks the row and compares the token:
whoever holds an older one gets ClaimLost, and its transaction leaves nothing behind.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from chancery.lib.refusals import Outage
from chancery.outbox import attempts, backoff
from chancery.outbox.attempts import Step
from chancery.outbox.models import Lane, Message, MessageState
from chancery.outbox.troubles import RETRY, Trouble

LAPSES_MOST = 30
KEEPS_BREAKING_OFF = Trouble(
    "outbox.keeps_breaking_off",
    "The worker broke off each time it tried this. Look into its log, then try again.",
    (RETRY,),
)


@dataclass(eq=False)
class ClaimLost(Outage):
    """Another worker has taken this message over, or a person settled it."""

    code = "outbox.claim_lost"

    message_id: UUID

    def __str__(self) -> str:
        return "Another worker has taken this over; this one leaves it alone."


@dataclass(frozen=True)
class Claim:
    """A message as one worker holds it."""

    message_id: UUID
    firm_id: UUID
    topic: str
    subject_id: UUID
    key: str
    lane: str
    payload: dict[str, Any]
    fence: int
    number: int
    lease: timedelta
    taken_at: datetime

    @property
    def attempt_name(self) -> str:
        """Return a name that no other try of any message ever has."""
        return f"{self.message_id}-{self.fence}"


def take(*, firm_id: UUID, limit: int, lease: timedelta, at: datetime) -> list[Claim]:
    """Take up to so many messages that are due, that wait for nothing, and whose lane is open.

    Runs in the firm's transaction. Rows that another worker is taking are skipped, not waited for.
    """
    assert connection.in_atomic_block, "claims are taken in one transaction"
    # What has already cost a worker its life stands behind what has not.
    due = _due(firm_id, at).order_by("lapses", "not_before", "created_at", "id")
    found = list(due.select_for_update(skip_locked=True, of=("self",))[:limit])
    return [
        _claimed(message, lease=lease, at=at) for message in found if not _ends_here(message, at)
    ]


def renew(claim: Claim, *, at: datetime) -> None:
    """Put the lease's end off. Raises ClaimLost."""
    message = _held(claim)
    message.lease_until = at + claim.lease
    message.save(update_fields=["lease_until"])


def note(claim: Claim, step: Step, *, at: datetime) -> None:
    """Log a step, and renew the lease with it. Raises ClaimLost.

    An intent is logged so, and committed, before its request leaves.
    """
    message = _held(claim)
    attempts.write(message, step, at=at)
    message.lease_until = at + claim.lease
    message.save(update_fields=["lease_until"])


def finish(claim: Claim, step: Step, *, at: datetime) -> None:
    """End the message as done, in the transaction that writes what came of it. Raises ClaimLost."""
    message = _held(claim)
    attempts.write(message, step, at=at)
    message.trouble_code, message.trouble, message.remedies = "", "", []
    _let_go(message, state=MessageState.DONE, ended_at=at)


def postpone(claim: Claim, *, until: datetime, because: str, at: datetime) -> None:
    """Queue it again for later without counting a failure; after days of that, ask a person.

    Raises ClaimLost.
    """
    message = _held(claim)
    if backoff.is_past_patience(at - message.asked_at):
        _stop(message, Trouble("outbox.waited_too_long", because, (RETRY,)), at=at)
        return
    attempts.write(message, Step("postponed", because), at=at)
    message.trouble = because
    message.trouble_code = "outbox.waiting"
    message.not_before = until
    _let_go(message, state=MessageState.QUEUED)


def fail(claim: Claim, trouble: Trouble, *, spread: float, at: datetime) -> None:
    """Count a failure and queue it again after a growing wait; after too many, ask a person.

    Raises ClaimLost.
    """
    message = _held(claim)
    message.failures += 1
    wait = backoff.wait(message.failures, spread=spread)
    if wait is None:
        _stop(message, trouble, at=at)
        return
    attempts.write(message, Step("failed", trouble.sentence, {"code": trouble.code}), at=at)
    message.trouble_code, message.trouble = trouble.code, trouble.sentence
    message.not_before = at + wait
    _let_go(message, state=MessageState.QUEUED)


def needs_person(claim: Claim, trouble: Trouble, *, at: datetime) -> None:
    """Stop until a person acts. Raises ClaimLost."""
    _stop(_held(claim), trouble, at=at)


def _due(firm_id: UUID, at: datetime) -> QuerySet[Message]:
    undone = Message.objects.filter(pk=OuterRef("waits_for_id")).exclude(state=MessageState.DONE)
    resting = Lane.objects.filter(firm_id=firm_id, name=OuterRef("lane"), parked_until__gt=at)
    is_due = Q(state=MessageState.QUEUED, not_before__lte=at) | Q(
        state=MessageState.IN_FLIGHT, lease_until__lte=at
    )
    return Message.objects.filter(is_due, ~Exists(undone), ~Exists(resting), firm_id=firm_id)


def _ends_here(message: Message, at: datetime) -> bool:
    """Stop what has cost too many workers their lives: perhaps it is what kills them."""
    if message.state == MessageState.IN_FLIGHT:
        message.lapses += 1
    if message.lapses < LAPSES_MOST:
        return False
    _stop(message, KEEPS_BREAKING_OFF, at=at)
    return True


def _claimed(message: Message, *, lease: timedelta, at: datetime) -> Claim:
    message.state = MessageState.IN_FLIGHT
    message.fence += 1
    message.attempts += 1
    message.lease_until = at + lease
    message.save(update_fields=["state", "fence", "attempts", "lapses", "lease_until"])
    attempts.write(message, Step("claimed"), at=at)
    return Claim(
        message_id=message.id,
        firm_id=message.firm_id,
        topic=message.topic,
        subject_id=message.subject_id,
        key=message.key,
        lane=message.lane,
        payload=message.payload,
        fence=message.fence,
        number=message.attempts,
        lease=lease,
        taken_at=at,
    )


def _held(claim: Claim) -> Message:
    assert connection.in_atomic_block, "the fence is checked in the transaction that it guards"
    ours = Message.objects.select_for_update(of=("self",)).filter(
        pk=claim.message_id, fence=claim.fence, state=MessageState.IN_FLIGHT
    )
    message = ours.first()
    if message is None:
        raise ClaimLost(claim.message_id)
    return message


def _stop(message: Message, trouble: Trouble, *, at: datetime) -> None:
    attempts.write(message, Step("needs_person", trouble.sentence, {"code": trouble.code}), at=at)
    message.trouble_code, message.trouble = trouble.code, trouble.sentence
    message.remedies = [remedy.as_json() for remedy in trouble.remedies]
    _let_go(message, state=MessageState.NEEDS_PERSON)


def _let_go(message: Message, *, state: MessageState, ended_at: datetime | None = None) -> None:
    message.state = state
    message.lease_until = None
    message.ended_at = ended_at
    message.save(
        update_fields=[
            "state",
            "lease_until",
            "ended_at",
            "not_before",
            "failures",
            "lapses",
            "trouble_code",
            "trouble",
            "remedies",
        ]
    )

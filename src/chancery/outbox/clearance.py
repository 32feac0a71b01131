"""Clear the outbox when a firm leaves its package: only what certainly never left is withdrawn."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q

from chancery.outbox import attempts
from chancery.outbox.attempts import Step
from chancery.outbox.models import Attempt, Message, MessageState

_OPEN = (MessageState.QUEUED, MessageState.IN_FLIGHT, MessageState.NEEDS_PERSON)


def withdraw_unsent(*, only_reads: Collection[str], by: UUID, at: datetime) -> bool:
    """Withdraw every open message and return True; or withdraw none, as one may have left.

    A message may have left when it is on its way, or meant to send more often than it was refused: a
    refusal alone says that nothing was done. Topics that only read never leave anything behind.
    """
    assert connection.in_atomic_block, "the messages are held until the deed is done"
    held = list(Message.objects.select_for_update().filter(state__in=_OPEN).order_by("id"))
    sending = [message for message in held if message.topic not in only_reads]
    if any(message.state == MessageState.IN_FLIGHT for message in sending):
        return False
    if _unanswered([message.id for message in sending]):
        return False
    for message in held:
        _withdraw(message, by=by, at=at)
    return True


def _unanswered(message_ids: list[UUID]) -> bool:
    """Return whether some message meant to send once more than it was refused."""
    steps = Attempt.objects.filter(message_id__in=message_ids)
    meant = Count("id", filter=Q(step=attempts.SENDING))
    refused = Count("id", filter=Q(step=attempts.REFUSED))
    counted = steps.values("message_id").annotate(unanswered=meant - refused)
    return counted.filter(unanswered__gt=0).exists()


def _withdraw(message: Message, *, by: UUID, at: datetime) -> None:
    """End it; a higher fence leaves a worker that only reads with nothing to write."""
    message.state = MessageState.WITHDRAWN
    message.lease_until = None
    message.ended_at = at
    message.fence += 1
    message.save(update_fields=["state", "lease_until", "ended_at", "fence"])
    note = "The firm left its accounting package."
    attempts.write(message, Step("withdrawn", note, {"by": str(by)}), at=at)

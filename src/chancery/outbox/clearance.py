"""Clear the outbox when a firm leaves its package: only what certainly never left is withdrawn."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection

from chancery.outbox import attempts
from chancery.outbox.attempts import Step
from chancery.outbox.models import Attempt, Message, MessageState

_OPEN = (MessageState.QUEUED, MessageState.IN_FLIGHT, MessageState.NEEDS_PERSON)


def withdraw_unsent(
    *, only_reads: Collection[str], came_to_nothing: Collection[str], by: UUID, at: datetime
) -> bool:
    """Withdraw every open message and return True; or withdraw none, as one may have left.

    A message has left when it is on its way, or meant to send and did not end in one of these
    troubles, which say that nothing was done. Topics that only read never leave anything behind.
    """
    assert connection.in_atomic_block, "the messages are held until the deed is done"
    held = list(Message.objects.select_for_update().filter(state__in=_OPEN).order_by("id"))
    intended = _intended([message.id for message in held])
    for message in held:
        if message.topic in only_reads:
            continue
        is_refused = (
            message.state == MessageState.NEEDS_PERSON and message.trouble_code in came_to_nothing
        )
        is_on_its_way = message.state == MessageState.IN_FLIGHT
        if is_on_its_way or (message.id in intended and not is_refused):
            return False
    for message in held:
        _withdraw(message, by=by, at=at)
    return True


def _intended(message_ids: list[UUID]) -> set[UUID]:
    sending = Attempt.objects.filter(message_id__in=message_ids, step=attempts.SENDING)
    return set(sending.values_list("message_id", flat=True))


def _withdraw(message: Message, *, by: UUID, at: datetime) -> None:
    """End it; a higher fence leaves a worker that only reads with nothing to write."""
    message.state = MessageState.WITHDRAWN
    message.lease_until = None
    message.ended_at = at
    message.fence += 1
    message.save(update_fields=["state", "lease_until", "ended_at", "fence"])
    note = "The firm left its accounting package."
    attempts.write(message, Step("withdrawn", note, {"by": str(by)}), at=at)

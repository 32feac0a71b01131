"""What pages may ask of the outbox: what is on its way or stopped, the oldest first."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from chancery.outbox.models import Message, MessageState

SHOWN_MOST = 50
_OPEN = (MessageState.QUEUED, MessageState.IN_FLIGHT, MessageState.NEEDS_PERSON)


def open_messages(*, but: Collection[str] = (), limit: int = SHOWN_MOST) -> Sequence[Message]:
    """Return the firm's messages that are not at their end, without those of some topics."""
    found = Message.objects.filter(state__in=_OPEN).exclude(topic__in=but)
    return list(found.order_by("created_at", "id")[:limit])


def moves_soon(*, at: datetime, within: timedelta = timedelta(minutes=1)) -> bool:
    """Return whether something is on its way now or will be tried soon, so that watching is worth it."""
    in_flight = Message.objects.filter(state=MessageState.IN_FLIGHT)
    queued = Message.objects.filter(state=MessageState.QUEUED, not_before__lte=at + within)
    return in_flight.exists() or queued.exists()

"""The log of every try: what was meant before each call, what came of it. Rows are only added."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chancery.lib import ids
from chancery.outbox.models import Attempt, Message

SENDING = "sending"
REFUSED = "refused"


@dataclass(frozen=True)
class Step:
    """How far a try got, in one word, with a note for people and facts for the next try."""

    step: str
    note: str = ""
    facts: dict[str, Any] | None = None


def write(message: Message, step: Step, *, at: datetime) -> None:
    """Add one line to a message's log, in the caller's transaction."""
    Attempt.objects.create(
        id=ids.new(),
        firm_id=message.firm_id,
        message=message,
        number=message.attempts,
        step=step.step,
        at=at,
        note=step.note,
        facts=step.facts or {},
    )


def intents(message_id: UUID) -> list[dict[str, Any]]:
    """Return what earlier tries of this message meant to send, the oldest first."""
    sent = Attempt.objects.filter(message_id=message_id, step=SENDING).order_by("at", "id")
    return [attempt.facts for attempt in sent]


def of(message_id: UUID, *, limit: int = 50) -> list[Attempt]:
    """Return a message's latest lines, the newest first."""
    return list(Attempt.objects.filter(message_id=message_id).order_by("-at", "-id")[:limit])

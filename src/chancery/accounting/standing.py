"""How the firm and its accounting package stand to each other at this moment, in a few facts."""

from dataclasses import dataclass

from chancery.accounting import refreshing
from chancery.accounting.models import Connection
from chancery.accounting.models.connection import ConnectionState
from chancery.outbox.messages import Message, MessageState

_PACKAGE = "Xero"


@dataclass(frozen=True)
class Standing:
    """The connection's state and what is on the way; ``is_sandbox`` means no real books are touched."""

    package: str
    is_connected: bool
    is_sandbox: bool
    stopped_count: int
    waiting_count: int
    is_lost: bool = False

    @property
    def is_in_step(self) -> bool:
        """Return whether nothing is stopped and nothing is on the way."""
        return self.is_connected and not self.stopped_count and not self.waiting_count


def standing() -> Standing | None:
    """Return how this firm's connection stands; None while it has none."""
    connection = Connection.objects.only("state", "is_sandbox").first()
    if connection is None:
        return None
    stopped = Message.objects.filter(state=MessageState.NEEDS_PERSON)
    waiting = Message.objects.filter(state__in=[MessageState.QUEUED, MessageState.IN_FLIGHT])
    waiting = waiting.exclude(topic=refreshing.TOPIC)  # a refresh enters nothing over there
    return Standing(
        package=_PACKAGE,
        is_connected=connection.state == ConnectionState.CONNECTED,
        is_sandbox=connection.is_sandbox,
        stopped_count=stopped.count(),
        waiting_count=waiting.count(),
        is_lost=connection.state == ConnectionState.LOST,
    )

"""What a handler gets from the door that calls it: the time, chance, and a way to the package's books."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chancery.accounting.port import Books
from chancery.outbox.claims import Claim

Now = Callable[[], datetime]


@dataclass(frozen=True)
class Edge:
    """The outside world, handed in: nothing below reads a clock, rolls a die or opens a socket itself."""

    now: Now
    chance: Callable[[], float]
    books_of: Callable[[UUID], Books]


class Handler(Protocol):
    """Deliver one claimed message and finish it, or raise an outage or a refusal."""

    def __call__(self, claim: Claim, edge: Edge) -> None:
        """Do what the message says."""
        ...

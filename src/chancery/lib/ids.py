"""Identifiers: unguessable, made before the row exists, and growing with time so that indexes stay tidy."""

import secrets
from typing import NewType
from uuid import UUID

from chancery.lib import clock

FirmId = NewType("FirmId", UUID)
PersonId = NewType("PersonId", UUID)
ContactId = NewType("ContactId", UUID)
MatterId = NewType("MatterId", UUID)

_RANDOM_BITS = 74


def new() -> UUID:
    """Return a new UUID of version 7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    milliseconds = int(clock.now().timestamp() * 1000)
    random = secrets.randbits(_RANDOM_BITS)
    high, low = random >> 62, random & ((1 << 62) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low)

"""Seal what was recorded into the firm's chain: after commit, in order, by the worker.

Postings never wait for a seal. The form of what is sealed stands in docs/reference/seal.md; the head of
the chain, kept elsewhere, is what later shows that nothing before it was changed or taken away.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

AT_ONCE = 1_000


@dataclass(frozen=True)
class Head:
    """The last seal of a firm: print it, send it, keep it where this server cannot reach."""

    number: int
    digest: bytes
    sealed_at: datetime

    def __str__(self) -> str:
        return f"{self.number}:{self.digest.hex()}"


def seal_next(*, at: datetime, at_most: int = AT_ONCE) -> int:
    """Seal what waits in the firm of this transaction, the earliest first; return how much it was."""
    assert connection.in_atomic_block, "a seal is set inside a transaction of its firm"
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_seal_next(%s, %s)", [at_most, at])
        return int(cursor.fetchone()[0])


def head() -> Head | None:
    """Return the last seal of the firm of this transaction; None before the first."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    return Head(row[0], bytes(row[1]), row[2]) if row else None


def firms_with_unsealed() -> list[UUID]:
    """Return the firms in which something waits for its seal, and not a word of what it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT firm FROM ledger_firms_with_unsealed() AS firm ORDER BY random()")
        return [row[0] for row in cursor.fetchall()]


_HEAD = "SELECT number, digest, sealed_at FROM ledger_seal ORDER BY number DESC LIMIT 1"

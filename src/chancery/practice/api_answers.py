"""Answers kept under the keys that programs choose, so that a request sent twice is done once.

The answer is written in the transaction of its deed: both are there, or neither is.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.practice.models import ApiAnswer as ApiAnswer
from chancery.practice.models import Person

KEPT_FOR = timedelta(days=7)
_DROPPED_AT_ONCE = 10_000


@dataclass(eq=False)
class StillRunning(Refusal):
    """The first request under this key has not ended."""

    code = "idempotency.in_progress"

    def __str__(self) -> str:
        return "The first request with this key is still running. Send it again in a moment."


@dataclass(eq=False)
class KeyUsedForAnother(Refusal):
    """The key stands for a different request."""

    code = "idempotency.key_reused"

    def __str__(self) -> str:
        return "This key was used for a different request. Choose a new key for each new request."


@dataclass(frozen=True)
class KeyedRequest:
    """A request as its key knows it: where it went and what it brought."""

    key: str
    method: str
    path: str
    payload_digest: bytes


@dataclass(frozen=True)
class Answer:
    """What was answered, to be said again word for word."""

    status: int
    location: str
    body: str


def claim(asked: KeyedRequest, *, by: Person) -> Answer | None:
    """Take the key for this transaction; return the answer where the request was done before.

    The lock is the transaction's own: it ends with it, whether that commits, fails or the process dies.
    Refuses: StillRunning, KeyUsedForAnother.
    """
    if not _try_lock(f"{by.firm_id}:{by.id}:{asked.key}"):
        raise StillRunning
    kept = ApiAnswer.objects.filter(firm_id=by.firm_id, person=by, key=asked.key).first()
    if kept is None:
        return None
    before = (kept.method, kept.path, bytes(kept.payload_digest))
    if before != (asked.method, asked.path, asked.payload_digest):
        raise KeyUsedForAnother
    return Answer(kept.status, kept.location, kept.body)


def keep(asked: KeyedRequest, answer: Answer, *, by: Person, at: datetime) -> None:
    """Write down what the request was answered, in the transaction of what it did."""
    ApiAnswer.objects.create(
        id=ids.new(),
        firm_id=by.firm_id,
        person=by,
        key=asked.key,
        method=asked.method,
        path=asked.path,
        payload_digest=asked.payload_digest,
        status=answer.status,
        location=answer.location,
        body=answer.body,
        at=at,
    )


def drop_old(*, at: datetime) -> int:
    """Drop the answers of all firms that are older than they are kept for; return how many went.

    A call drops a bounded number: call again while it returns any. The database keeps every answer for a
    day, whatever it is asked.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT practice_drop_api_answers(%s, %s)", [at - KEPT_FOR, _DROPPED_AT_ONCE]
        )
        return int(cursor.fetchone()[0])


def deed_key(asked: KeyedRequest, *, by: Person) -> str:
    """Return the key under which a deed is done once in the firm, for longer than its answer is kept."""
    digest = hashlib.sha256(f"{by.id}:{asked.key}".encode()).hexdigest()
    return f"api:{digest}"


def _try_lock(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"api-key:{name}"]
        )
        return bool(cursor.fetchone()[0])

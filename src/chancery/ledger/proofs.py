"""Note what a proof of the books found, and say when the last good one was."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from chancery.ledger.models import Proof as Proof
from chancery.lib import ids


@dataclass(frozen=True)
class Outcome:
    """What was counted and found in one firm's books; head number 0 where nothing was sealed yet."""

    head_number: int
    head_digest: bytes | None
    journal_count: int
    entry_count: int
    finding_count: int


def note(outcome: Outcome, *, at: datetime) -> Proof:
    """Write down a proof of the firm of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT chancery_current_firm()")
        (firm_id,) = cursor.fetchone()
    assert firm_id is not None, "a proof is of one firm's books"
    return Proof.objects.create(
        id=ids.new(),
        firm_id=firm_id,
        proved_at=at,
        head_number=outcome.head_number,
        head_digest=outcome.head_digest,
        journal_count=outcome.journal_count,
        entry_count=outcome.entry_count,
        finding_count=outcome.finding_count,
    )


def last() -> Proof | None:
    """Return the last proof made of this firm's books, whatever it found."""
    return Proof.objects.order_by("-proved_at").first()


def last_good() -> Proof | None:
    """Return the last proof that found nothing wrong in this firm's books."""
    return Proof.objects.filter(finding_count=0).order_by("-proved_at").first()

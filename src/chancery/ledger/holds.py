"""Set money of a ledger apart, end that, and count a receipt as cleared before its day."""

from datetime import date, datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from chancery.ledger import faults
from chancery.ledger.models import Account, Availability, Entry
from chancery.lib import ids


def protect(*, account_id: UUID, amount_minor: int, on: date, by: UUID, at: datetime) -> UUID:
    """Keep an amount from leaving, from a day on, until it is ended; return the protection's id.

    Refuses: LedgerBelowZero, when less is available on that day or a later one.
    """
    return _write(
        Availability(kind="protect", account_id=account_id, amount_minor=amount_minor, from_on=on),
        by=by,
        at=at,
    )


def unprotect(*, protection_id: UUID, on: date, by: UUID, at: datetime) -> UUID:
    """End a protection from a day on."""
    kept = Availability.objects.get(pk=protection_id, kind="protect")
    ending = Availability(
        kind="unprotect",
        account_id=kept.account_id,
        amount_minor=kept.amount_minor,
        from_on=on,
        ends=kept,
    )
    return _write(ending, by=by, at=at)


def clear_early(*, journal_id: UUID, line: int, on: date, by: UUID, at: datetime) -> UUID:
    """Count one line of a receipt as cleared from an earlier day than its own."""
    entry = Entry.objects.get(journal_id=journal_id, line=line)
    release = Availability(
        kind="clear_early",
        account_id=entry.account_id,
        amount_minor=entry.amount_minor,
        from_on=on,
        until_on=entry.clears_on,
        journal_id=journal_id,
        line=line,
    )
    return _write(release, by=by, at=at)


def _write(event: Availability, *, by: UUID, at: datetime) -> UUID:
    event.id, event.actor_id, event.recorded_at = ids.new(), by, at
    event.firm_id = Account.objects.values_list("firm_id", flat=True).get(pk=event.account_id)
    try:
        with transaction.atomic():
            event.save(force_insert=True)
    except DatabaseError as error:
        if refusal := faults.refusal_of(error):
            raise refusal from error
        raise
    return event.id

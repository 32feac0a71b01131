"""The history of every record: written by the deeds in their own transaction, read by every page."""

import json
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from chancery.lib import ids
from chancery.practice.models import Person
from chancery.practice.models import RecordChange as RecordChange

Changes = dict[str, tuple[str, str]]


def record(
    *,
    of: tuple[str, UUID],
    firm_id: UUID,
    act: str,
    by: Person | None,
    at: datetime,
    changes: Changes | None = None,
) -> None:
    """Write down one act on the record ``of`` (its kind and id).

    ``by`` is None where Chancery itself acted. ``changes`` maps a field's screen name to its old and
    new words; unchanged fields are left out by the caller (see ``differences``).
    """
    kind, record_id = of
    with connection.cursor() as cursor:  # every deed waits for it: a tenth of a model's way
        said = json.dumps(changes or {})
        cursor.execute(
            _INSERT, [ids.new(), firm_id, kind, record_id, at, by.pk if by else None, act, said]
        )


_INSERT = """INSERT INTO practice_recordchange (id, firm_id, record_kind, record_id, at, by_id, act, changes)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""


def record_many(
    *,
    of: list[tuple[str, UUID]],
    firm_id: UUID,
    act: str,
    by: Person,
    at: datetime,
    changes: Changes,
) -> None:
    """Write down that one act was done to many records at once."""
    RecordChange.objects.bulk_create(
        RecordChange(
            firm_id=firm_id,
            record_kind=kind,
            record_id=record_id,
            at=at,
            by=by,
            act=act,
            changes=changes,
        )
        for kind, record_id in of
    )


def differences(before: dict[str, object], after: dict[str, object]) -> Changes:
    """Return old and new words of each field that differs; both dicts have the same keys."""
    return {
        field: (_words(before[field]), _words(after[field]))
        for field in before
        if before[field] != after[field]
    }


def of(kind: str, record_id: UUID) -> QuerySet[RecordChange]:
    """Return a record's acts, the latest first."""
    changes = RecordChange.objects.filter(record_kind=kind, record_id=record_id)
    return changes.select_related("by").order_by("-at", "-id")


def _words(value: object) -> str:
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(sorted(str(part) for part in value))
    return "" if value is None else str(value)

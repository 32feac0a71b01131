"""Take a journal back by its mirror: every line on the other side, once, linked, with a reason."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from uuid import UUID

from django.db import connection

from chancery.ledger.models import Journal
from chancery.ledger.posting import Draft, Line, Side

_OTHER: dict[str, Side] = {"D": "C", "C": "D"}


def mirror(*, journal_id: UUID, kind: str, on: date, narrative: str, key: str) -> Draft:
    """Return the draft that takes a journal back on a day; ``narrative`` says why.

    Money that had not cleared leaves on the day that it would have: it was never available.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [journal_id])
        rows = cursor.fetchall()
    lines = tuple(
        Line(account, _OTHER[side], amount, max(on, clears_on))
        for account, side, amount, clears_on in rows
    )
    return Draft(kind, on, narrative, key, lines, reverses_id=journal_id)


def mirrors(*, journal_ids: Collection[UUID], kind: str, narrative: str, key: str) -> list[Draft]:
    """Return the drafts that take many journals back, each on its own day; ``key`` begins each key.

    They stand on the days of what they take back, so that no day holds what never was there.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINES_OF_MANY, [list(journal_ids)])
        rows = cursor.fetchall()
    drafts = []
    for (journal_id, on), group in groupby(rows, key=lambda row: (row[0], row[1])):
        lines = tuple(
            Line(account, _OTHER[side], amount, clears_on)
            for _, _, account, side, amount, clears_on in group
        )
        name = f"{key}:{journal_id}"
        drafts.append(Draft(kind, on, narrative, name, lines, reverses_id=journal_id))
    return drafts


def reversal_of(journal_id: UUID) -> UUID | None:
    """Return the journal that took this one back, if one did."""
    return Journal.objects.filter(reverses_id=journal_id).values_list("id", flat=True).first()


_LINES = """SELECT account_id, side, amount_minor, ledger_clears_on(journal_id, line)
  FROM ledger_entry WHERE journal_id = %s ORDER BY line"""

_LINES_OF_MANY = """
SELECT e.journal_id, e.effective_on, e.account_id, e.side, e.amount_minor,
       least(e.clears_on, v.from_on)
  FROM ledger_entry e
  LEFT JOIN ledger_availability v
    ON v.kind = 'clear_early' AND v.journal_id = e.journal_id AND v.line = e.line
 WHERE e.journal_id = ANY (%s) ORDER BY e.journal_id, e.line"""

"""Take a journal back by its mirror: every line on the other side, once, linked, with a reason."""

from datetime import date
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


def reversal_of(journal_id: UUID) -> UUID | None:
    """Return the journal that took this one back, if one did."""
    return Journal.objects.filter(reverses_id=journal_id).values_list("id", flat=True).first()


_LINES = """SELECT account_id, side, amount_minor, ledger_clears_on(journal_id, line)
  FROM ledger_entry WHERE journal_id = %s ORDER BY line"""

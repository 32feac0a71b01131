"""What came into a bank account, and what went out, between two days: read from its own entries.

An entry that takes another back stands in the book of what it takes back, with a minus; where both are
within the days asked for, one line is left, cancelled, and counts nothing. So the two books of any days
together are always what the bank account moved by.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from chancery.ledger.statements import Place

Direction = Literal["receipts", "payments"]
_SIDES: dict[Direction, str] = {"receipts": "D", "payments": "C"}


@dataclass(frozen=True)
class Days:
    """From a day to a day, both included."""

    first_on: date
    last_on: date


@dataclass(frozen=True)
class CashEntry:
    """One entry of the bank account; ``amount_minor`` is below zero where it takes back an earlier one."""

    place: Place
    kind: str
    narrative: str
    amount_minor: int
    is_cancelled: bool
    reverses_id: UUID | None


@dataclass(frozen=True)
class CashTotal:
    """How many lines a book has, how many of them count, and what they come to."""

    line_count: int
    counted: int
    amount_minor: int


def entries(
    bank_id: UUID, direction: Direction, days: Days, *, after: Place = Place.START, limit: int = 100
) -> list[CashEntry]:
    """Return lines of one book in the order of their days, beginning after a place."""
    key: list[Any] = [after.on, after.journal_id, after.line]
    with connection.cursor() as cursor:
        cursor.execute(_LINES, [*_asked(bank_id, direction, days), *key, limit])
        rows = cursor.fetchall()
    return [CashEntry(Place(*row[:3]), *row[3:]) for row in rows]


def total(bank_id: UUID, direction: Direction, days: Days) -> CashTotal:
    """Return what one book comes to."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTAL, _asked(bank_id, direction, days))
        row = cursor.fetchone()
    assert row, "a sum always answers"
    return CashTotal(*row)


def _asked(bank_id: UUID, direction: Direction, days: Days) -> list[Any]:
    return [
        *(days.first_on, days.last_on),
        *(bank_id, days.first_on, days.last_on, _SIDES[direction]),
        *(days.first_on, days.last_on),
    ]


_BOOK = """
SELECT e.effective_on, e.journal_id, e.line, j.kind, coalesce(j.narrative, '') AS narrative,
       CASE WHEN j.reverses_id IS NULL THEN e.amount_minor ELSE -e.amount_minor END AS amount_minor,
       coalesce(later.effective_on BETWEEN %s AND %s, false) AS is_cancelled, j.reverses_id
  FROM ledger_entry e JOIN ledger_journal j ON j.id = e.journal_id
  LEFT JOIN ledger_journal later ON later.reverses_id = j.id
  LEFT JOIN ledger_journal earlier ON earlier.id = j.reverses_id
 WHERE e.account_id = %s AND e.effective_on BETWEEN %s AND %s
   AND (e.side = %s) = (j.reverses_id IS NULL)
   AND NOT coalesce(earlier.effective_on BETWEEN %s AND %s, false)"""

_LINES = f"""
SELECT * FROM ({_BOOK}) AS book
 WHERE (effective_on, journal_id, line) > (%s, %s, %s)
 ORDER BY effective_on, journal_id, line LIMIT %s"""  # noqa: S608 - our own text

_TOTAL = f"""
SELECT count(*), count(*) FILTER (WHERE NOT is_cancelled),
       coalesce(sum(amount_minor) FILTER (WHERE NOT is_cancelled), 0)::bigint FROM ({_BOOK}) AS book"""  # noqa: S608 - our own text

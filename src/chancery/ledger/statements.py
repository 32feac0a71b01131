"""What happened in an account, line by line with the balance after each, paged by key.

A page begins after a key and costs the same wherever it begins: the balance before it is read from the
days, not added up from the first entry.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, order=True)
class Place:
    """Where a line stands: lines are ordered by day, then as they were posted."""

    on: date
    journal_id: UUID
    line: int

    START: ClassVar["Place"]


Place.START = Place(date.min, UUID(int=0), 0)


@dataclass(frozen=True)
class StatementLine:
    """One entry as its account's statement shows it; amounts in minor units.

    ``in_minor`` is what made the account hold more, ``out_minor`` less; one of them is nothing.
    """

    place: Place
    kind: str
    narrative: str
    in_minor: int
    out_minor: int
    balance_minor: int
    clears_on: date
    is_reversal: bool
    is_reversed: bool


@dataclass(frozen=True)
class Stretch:
    """Which part of a statement: days from and until, both included, after a place, so many lines."""

    first_on: date = date.min
    last_on: date = date.max
    after: Place = Place.START
    limit: int = 100


def of_account(account_id: UUID, stretch: Stretch) -> list[StatementLine]:
    """Return one page of an account's statement, the earliest line first."""
    after = max(stretch.after, Place(stretch.first_on, UUID(int=0), 0))
    with connection.cursor() as cursor:
        cursor.execute(_KIND, [account_id])
        side, pool_id = cursor.fetchone()
        before = _BANK_BEFORE if pool_id == account_id else _LEDGER_BEFORE
        cursor.execute(before, [account_id, after.on])
        opening = int((cursor.fetchone() or (0,))[0])
        place: list[Any] = [after.on, after.journal_id, after.line]
        cursor.execute(_WITHIN_DAY, [side, account_id, after.on, *place])
        opening += int(cursor.fetchone()[0])
        cursor.execute(
            _LINES,
            [account_id, *place, stretch.last_on, stretch.limit],
        )
        rows = cursor.fetchall()
    return _with_balances(rows, side, opening)


def _with_balances(rows: list[tuple[object, ...]], side: str, opening: int) -> list[StatementLine]:
    lines, balance = [], opening
    for (
        on,
        journal_id,
        line,
        own_side,
        amount,
        clears_on,
        kind,
        narrative,
        reverses,
        reversed_by,
    ) in rows:
        assert isinstance(amount, int)
        grows = own_side == side
        balance += amount if grows else -amount
        lines.append(
            StatementLine(
                place=Place(on, journal_id, line),  # type: ignore[arg-type]  # as the database has them
                kind=str(kind),
                narrative=str(narrative or ""),
                in_minor=amount if grows else 0,
                out_minor=0 if grows else amount,
                balance_minor=balance,
                clears_on=clears_on,  # type: ignore[arg-type]  # same reason
                is_reversal=reverses is not None,
                is_reversed=reversed_by is not None,
            )
        )
    return lines


_KIND = "SELECT side, pool_id FROM ledger_account WHERE id = %s"

_LEDGER_BEFORE = """SELECT held_minor FROM ledger_day WHERE account_id = %s AND day < %s
 ORDER BY day DESC LIMIT 1"""

_BANK_BEFORE = """
SELECT coalesce(sum(CASE a.side WHEN 'C' THEN day.held_minor ELSE -day.held_minor END), 0)
  FROM ledger_account a
  JOIN (SELECT %s::uuid AS pool, %s::date AS first_on) AS asked ON asked.pool = a.pool_id
  LEFT JOIN LATERAL (SELECT d.held_minor FROM ledger_day d
    WHERE d.account_id = a.id AND d.day < asked.first_on ORDER BY d.day DESC LIMIT 1) AS day ON true
 WHERE a.floored"""

# The day stands in the comparison too: by the journal and line alone the planner would take the primary key,
# and read what every firm had entered before.
_WITHIN_DAY = """
SELECT coalesce(sum(CASE WHEN e.side = %s THEN e.amount_minor ELSE -e.amount_minor END), 0)
  FROM ledger_entry e
 WHERE e.account_id = %s AND e.effective_on = %s AND (e.effective_on, e.journal_id, e.line) <= (%s, %s, %s)"""

# The page is cut first, from the index alone, and only its lines look their journals up. As a plain join the
# planner may read all journals of all firms instead, and the more there are, the sooner it does.
_LINES = """
SELECT e.effective_on, e.journal_id, e.line, e.side, e.amount_minor, e.clears_on, j.kind, j.narrative,
       j.reverses_id, (SELECT r.id FROM ledger_journal r WHERE r.reverses_id = e.journal_id)
  FROM (SELECT effective_on, journal_id, line, side, amount_minor, clears_on FROM ledger_entry
         WHERE account_id = %s AND (effective_on, journal_id, line) > (%s, %s, %s) AND effective_on <= %s
         ORDER BY effective_on, journal_id, line LIMIT %s) AS e
 CROSS JOIN LATERAL (SELECT x.kind, x.narrative, x.reverses_id FROM ledger_journal x
                      WHERE x.id = e.journal_id OFFSET 0) AS j
 ORDER BY e.effective_on, e.journal_id, e.line"""

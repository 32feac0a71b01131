"""What pools and their ledgers hold at the end of a day, by kind, and as it was known at an earlier time.

``balances`` answers for one account; here a whole pool, or every pool of a firm, is answered in one go.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class KindTotal:
    """All ledgers of one kind in one pool, in minor units; those below zero stand apart.

    ``held_minor`` is the sum of those at nothing or more, ``below_minor`` of the others.
    """

    pool_id: UUID
    kind: str
    count: int
    holding_count: int
    held_minor: int
    below_count: int
    below_minor: int
    available_minor: int
    protected_minor: int


@dataclass(frozen=True)
class LedgerStanding:
    """One ledger of a pool at the end of a day, on its normal side, and when it last moved by then."""

    account_id: UUID
    kind: str
    held_minor: int
    last_moved_on: date | None


def by_kind(pool_ids: Collection[UUID], *, on: date) -> list[KindTotal]:
    """Return what the ledgers of some pools hold at the end of a day, summed by their kind."""
    return [KindTotal(*row) for row in _rows(_BY_KIND, [on, on, on, list(pool_ids)])]


def on_day(pool_id: UUID, *, on: date) -> list[LedgerStanding]:
    """Return every ledger of a pool at the end of a day."""
    return _standings(_ON_DAY, [on, on, pool_id])


def known_at(pool_id: UUID, *, on: date, at: datetime) -> list[LedgerStanding]:
    """Return every ledger of a pool at the end of a day, of what was recorded by an instant."""
    return _standings(_KNOWN.format(_RECORDED), [on, at, pool_id])


def known_at_seal(pool_id: UUID, *, on: date, seal: int) -> list[LedgerStanding]:
    """Return every ledger of a pool at the end of a day, of what was sealed by a place in the chain."""
    return _standings(_KNOWN.format(_SEALED), [on, seal, pool_id])


def banks(pool_ids: Collection[UUID], *, on: date) -> dict[UUID, int]:
    """Return what bank accounts hold at the end of a day by their own entries, in minor units.

    The ledgers are not asked: that both come to the same is what a proof compares.
    """
    held = dict(_rows(_BANKS, [list(pool_ids), on]))
    return {pool_id: held.get(pool_id, 0) for pool_id in pool_ids}


def bank_known_at(pool_id: UUID, *, on: date, at: datetime) -> int:
    """Return what a bank account held by its own entries, of what was recorded by an instant."""
    return int(_rows(_BANK_KNOWN.format(_RECORDED), [at, pool_id, on])[0][0])


def bank_known_at_seal(pool_id: UUID, *, on: date, seal: int) -> int:
    """Return what a bank account held by its own entries, of what was sealed by a place in the chain."""
    return int(_rows(_BANK_KNOWN.format(_SEALED), [seal, pool_id, on])[0][0])


def _standings(query: str, parameters: list[Any]) -> list[LedgerStanding]:
    return [LedgerStanding(*row) for row in _rows(query, parameters)]


def _rows(query: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


_BY_KIND = """
SELECT a.pool_id, a.kind, count(*), count(*) FILTER (WHERE held > 0),
       coalesce(sum(held) FILTER (WHERE held >= 0), 0)::bigint,
       count(*) FILTER (WHERE held < 0), coalesce(sum(held) FILTER (WHERE held < 0), 0)::bigint,
       coalesce(sum(available), 0)::bigint, coalesce(sum(protected), 0)::bigint
  FROM ledger_account a
 CROSS JOIN LATERAL (
   SELECT coalesce(max(d.held_minor), 0) AS held, coalesce(max(d.available_minor), 0) AS available
     FROM (SELECT held_minor, available_minor FROM ledger_day
            WHERE account_id = a.id AND day <= %s ORDER BY day DESC LIMIT 1) AS d) AS stood
 CROSS JOIN LATERAL (
   SELECT coalesce(sum(v.amount_minor), 0) AS protected FROM ledger_availability v
     LEFT JOIN ledger_availability x ON x.ends_id = v.id
    WHERE v.account_id = a.id AND v.kind = 'protect' AND v.from_on <= %s
      AND (x.id IS NULL OR x.from_on > %s)) AS apart
 WHERE a.floored AND a.pool_id = ANY (%s)
 GROUP BY a.pool_id, a.kind ORDER BY a.pool_id, a.kind"""

_ON_DAY = """
SELECT a.id, a.kind, coalesce(day.held_minor, 0), moved.effective_on
  FROM ledger_account a
  LEFT JOIN LATERAL (SELECT d.held_minor FROM ledger_day d
    WHERE d.account_id = a.id AND d.day <= %s ORDER BY d.day DESC LIMIT 1) AS day ON true
  LEFT JOIN LATERAL (SELECT e.effective_on FROM ledger_entry e
    WHERE e.account_id = a.id AND e.effective_on <= %s ORDER BY e.effective_on DESC LIMIT 1) AS moved ON true
 WHERE a.pool_id = %s AND a.floored"""

_RECORDED = "JOIN ledger_journal k ON k.id = e.journal_id AND k.recorded_at <= %s"
_SEALED = "JOIN ledger_seal k ON k.subject_id = e.journal_id AND k.number <= %s"

_KNOWN = """
SELECT a.id, a.kind, coalesce(known.held, 0)::bigint, known.last_on
  FROM ledger_account a
  LEFT JOIN (
    SELECT b.id, sum(CASE WHEN e.side = b.side THEN e.amount_minor ELSE -e.amount_minor END) AS held,
           max(e.effective_on) AS last_on
      FROM ledger_account b JOIN ledger_entry e ON e.account_id = b.id AND e.effective_on <= %s {}
     GROUP BY b.id) AS known ON known.id = a.id
 WHERE a.pool_id = %s AND a.floored"""

_BANKS = """
SELECT e.account_id, sum(CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END)::bigint
  FROM ledger_entry e WHERE e.account_id = ANY (%s) AND e.effective_on <= %s GROUP BY e.account_id"""

_BANK_KNOWN = """
SELECT coalesce(sum(CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END), 0)::bigint
  FROM ledger_entry e {} WHERE e.account_id = %s AND e.effective_on <= %s"""

"""What accounts hold: now, effective on a day, and as it was known at an instant.

``available`` is what may leave: cleared less protected. A bank account holds the sum of its ledgers,
always, because every journal balances within each pool.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection


@dataclass(frozen=True)
class Standing:
    """One account at the end of a day, in minor units; ``last_moved_on`` is None where nothing ever moved."""

    account_id: UUID
    held_minor: int
    available_minor: int
    last_moved_on: date | None = None


@dataclass(frozen=True)
class Locked:
    """An account that nobody else can spend from until commit.

    ``spendable_minor`` is the least that is available on any day from the asked day on: a withdrawal of
    that day may not be larger, or a later day would lack it.
    """

    account_id: UUID
    held_minor: int
    available_minor: int
    spendable_minor: int
    is_closed: bool


@dataclass(frozen=True)
class DayStanding:
    """One account at the end of a day that it moved on, in minor units."""

    account_id: UUID
    day: date
    held_minor: int
    available_minor: int


def lock(account_ids: Collection[UUID], *, on: date) -> dict[UUID, Locked]:
    """Hold floored accounts until commit, in the order of their ids, and return how they stand."""
    assert connection.in_atomic_block, "a lock ends with its transaction"
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [list(account_ids), on])
        return {row[0]: Locked(*row) for row in cursor.fetchall()}


def now(pool_id: UUID, *, on: date) -> list[Standing]:
    """Return every ledger of a pool: what it holds of all that was ever entered, and may spend on ``on``."""
    return _standings(_NOW, [on, pool_id])


def on_day(pool_id: UUID, *, on: date) -> list[Standing]:
    """Return every ledger of a pool at the end of a day, by the days that entries take effect."""
    return _standings(_ON_DAY, [on, pool_id])


def of_accounts(account_ids: Collection[UUID], *, on: date) -> dict[UUID, Standing]:
    """Return some ledgers at the end of a day; one that never moved by then stands at nothing."""
    found = _standings(_OF_ACCOUNTS, [on, list(account_ids)])
    return {standing.account_id: standing for standing in found}


def days_of(account_ids: Collection[UUID], *, since: date) -> list[DayStanding]:
    """Return every day that some ledgers moved on from a day on, with the last one before it, in order."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [since, list(account_ids)])
        return [DayStanding(*row) for row in cursor.fetchall()]


def changes_of(
    account_ids: Collection[UUID], *, since: date, until: date
) -> list[tuple[date, int]]:
    """Return by how much some asset accounts together changed, on each day of a stretch that they moved on."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [list(account_ids), since, until])
        return [(row[0], int(row[1])) for row in cursor.fetchall()]


def moved_before(account_ids: Collection[UUID], *, on: date) -> bool:
    """Return whether one of some accounts moved before a day."""
    return bool(_number(_MOVED_BEFORE, [list(account_ids), on]))


def of_bank(pool_id: UUID, *, on: date) -> int:
    """Return what the bank account holds at the end of a day, in minor units."""
    return _number(_BANK, [on, pool_id])


def lowest_of_bank(pool_id: UUID, *, on: date) -> int:
    """Return the least that the bank account holds on a day or on any later one, in minor units."""
    held = of_bank(pool_id, on=on)
    return held + min(0, _number(_BANK_LATER, [pool_id, on]))


def known_at(account_id: UUID, *, on: date, at: datetime) -> int:
    """Return what an account held at the end of a day, of what was recorded by an instant."""
    return _number(_KNOWN, [account_id, on, at])


def known_at_seal(account_id: UUID, *, on: date, seal: int) -> int:
    """Return what an account held at the end of a day, of what was sealed by a place in the chain."""
    return _number(_KNOWN_AT_SEAL, [account_id, on, seal])


def protected(account_id: UUID, *, on: date) -> int:
    """Return how much of an account is protected on a day, in minor units."""
    return _number(_PROTECTED, [account_id, on, on])


def protected_by(account_ids: Collection[UUID], *, on: date) -> dict[UUID, int]:
    """Return how much of each account is protected on a day; those with nothing protected are left out."""
    with connection.cursor() as cursor:
        cursor.execute(_PROTECTED_BY, [list(account_ids), on, on])
        return {row[0]: int(row[1]) for row in cursor.fetchall()}


def _standings(query: str, parameters: list[Any]) -> list[Standing]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [Standing(*row) for row in cursor.fetchall()]


def _number(query: str, parameters: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        row = cursor.fetchone()
        return int(row[0] or 0) if row else 0


_LOCK = """SELECT account_id, held_minor, available_minor, spendable_minor, is_closed
  FROM ledger_lock(%s::uuid[], %s)"""

# One by one (OFFSET 0), as the days are: a join would sooner or later read the balances of every firm.
_BALANCE = """CROSS JOIN LATERAL (SELECT x.held_minor, x.last_moved_on, x.is_closed FROM ledger_balance x
   WHERE x.account_id = a.id OFFSET 0) AS b"""

_DAY_ON = """LEFT JOIN LATERAL (SELECT d.held_minor, d.available_minor FROM ledger_day d
   WHERE d.account_id = a.id AND d.day <= %s ORDER BY d.day DESC LIMIT 1) AS day ON true"""

_NOW = f"""
SELECT a.id, b.held_minor, coalesce(day.available_minor, 0), b.last_moved_on
  FROM ledger_account a {_BALANCE} {_DAY_ON}
 WHERE a.pool_id = %s"""

_ON_DAY = f"""
SELECT a.id, coalesce(day.held_minor, 0), coalesce(day.available_minor, 0), b.last_moved_on
  FROM ledger_account a {_BALANCE} {_DAY_ON}
 WHERE a.pool_id = %s"""

_OF_ACCOUNTS = _ON_DAY.replace("a.pool_id = %s", "a.id = ANY (%s)")

_BANK = f"""
SELECT coalesce(sum(CASE a.side WHEN 'C' THEN day.held_minor ELSE -day.held_minor END), 0)
  FROM ledger_account a {_DAY_ON}
 WHERE a.pool_id = %s AND a.floored"""

_BANK_LATER = """
SELECT min(more) FROM (
  SELECT sum(sum(CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END))
           OVER (ORDER BY e.effective_on) AS more
    FROM ledger_entry e WHERE e.account_id = %s AND e.effective_on > %s GROUP BY e.effective_on) AS later"""

_CHANGES = """
SELECT e.effective_on, sum(CASE e.side WHEN 'D' THEN e.amount_minor ELSE -e.amount_minor END)
  FROM ledger_entry e WHERE e.account_id = ANY (%s) AND e.effective_on BETWEEN %s AND %s
 GROUP BY e.effective_on ORDER BY e.effective_on"""

_MOVED_BEFORE = """
SELECT count(*) FROM (
  SELECT 1 FROM ledger_entry e WHERE e.account_id = ANY (%s) AND e.effective_on < %s LIMIT 1) AS moved"""

_SIGNED = "sum(CASE WHEN e.side = a.side THEN e.amount_minor ELSE -e.amount_minor END)"

_KNOWN = f"""
SELECT {_SIGNED} FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.id
  JOIN ledger_journal j ON j.id = e.journal_id
 WHERE a.id = %s AND e.effective_on <= %s AND j.recorded_at <= %s"""

_KNOWN_AT_SEAL = f"""
SELECT {_SIGNED} FROM ledger_account a JOIN ledger_entry e ON e.account_id = a.id
  JOIN ledger_seal s ON s.subject_id = e.journal_id
 WHERE a.id = %s AND e.effective_on <= %s AND s.number <= %s"""

_PROTECTED = """
SELECT sum(v.amount_minor) FROM ledger_availability v
  LEFT JOIN ledger_availability x ON x.ends_id = v.id
 WHERE v.account_id = %s AND v.kind = 'protect' AND v.from_on <= %s
   AND (x.id IS NULL OR x.from_on > %s)"""

_PROTECTED_BY = """
SELECT v.account_id, sum(v.amount_minor) FROM ledger_availability v
  LEFT JOIN ledger_availability x ON x.ends_id = v.id
 WHERE v.account_id = ANY (%s) AND v.kind = 'protect' AND v.from_on <= %s
   AND (x.id IS NULL OR x.from_on > %s)
 GROUP BY v.account_id"""

_DAYS = """
SELECT d.account_id, d.day, d.held_minor, d.available_minor FROM ledger_day d
 WHERE d.day >= coalesce((SELECT max(x.day) FROM ledger_day x
                           WHERE x.account_id = d.account_id AND x.day < %s), '-infinity')
   AND d.account_id = ANY (%s)
 ORDER BY d.account_id, d.day"""

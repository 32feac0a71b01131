"""Count client money again, from the entries alone, by code that shares nothing with the program's.

The program keeps running figures by day; here every figure is added up anew from what was posted, and
what does not agree is told in a sentence. Nothing of ``chancery`` is asked for a figure.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

DOCUMENTS = ("receipt", "withdrawal", "transfer")


class Account(NamedTuple):
    """An account of the pool as its row says."""

    id: UUID
    kind: str
    side: str
    is_floored: bool


class Entry(NamedTuple):
    """A line of a journal as its row says."""

    journal: UUID
    line: int
    account: UUID
    side: str
    minor: int
    on: date
    clears_on: date
    reverses: UUID | None


class Event(NamedTuple):
    """Money set apart, let go, or counted as cleared early."""

    account: UUID
    kind: str
    minor: int
    from_on: date
    until_on: date | None


class Figures(NamedTuple):
    """What an account holds and what may leave it."""

    held: int
    available: int


NOTHING = Figures(0, 0)


@dataclass(frozen=True)
class Count:
    """Everything that was posted in one pool, and what it comes to on each day that anything moved."""

    pool: UUID
    accounts: tuple[Account, ...]
    entries: tuple[Entry, ...]
    events: tuple[Event, ...]
    days: dict[UUID, dict[date, Figures]] = field(default_factory=dict)

    def on(self, account: UUID, day: date) -> Figures:
        """Return what an account comes to at the end of a day."""
        earlier = [each for each in self.days.get(account, {}) if each <= day]
        return self.days[account][max(earlier)] if earlier else NOTHING

    def last(self, account: UUID) -> Figures:
        """Return what an account comes to when everything has taken effect."""
        return self.on(account, date.max)


def of_pool(pool: UUID) -> Count:
    """Add up a pool from its rows; the caller has set the firm."""
    counted = Count(
        pool,
        tuple(Account(*row) for row in _rows(_ACCOUNTS, pool)),
        tuple(Entry(*row) for row in _rows(_ENTRIES, pool)),
        tuple(Event(*row) for row in _rows(_EVENTS, pool)),
    )
    for account in counted.accounts:
        counted.days[account.id] = dict(_running(counted, account))
    return counted


def faults(pool: UUID) -> list[str]:
    """Return everything that does not agree in a pool; nothing means that all is proved."""
    counted = of_pool(pool)
    return [
        *_unbalanced(counted),
        *_below_zero(counted),
        *_bank_differs(counted),
        *_kept_figures_differ(counted),
        *_not_mirrored(counted),
        *_without_document(counted),
        *_gaps(pool),
    ]


def _running(counted: Count, account: Account) -> Iterator[tuple[date, Figures]]:
    moves: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for entry in counted.entries:
        if entry.account == account.id:
            minor = entry.minor if entry.side == account.side else -entry.minor
            moves[entry.on][0] += minor
            moves[entry.clears_on][1] += minor
    for event in counted.events:
        if event.account == account.id:
            minor = -event.minor if event.kind == "protect" else event.minor
            moves[event.from_on][1] += minor
            if event.until_on:
                moves[event.until_on][1] -= minor
    held = available = 0
    for day in sorted(moves):
        held += moves[day][0]
        available += moves[day][1]
        yield day, Figures(held, available)


def _unbalanced(counted: Count) -> Iterator[str]:
    sums: dict[UUID, int] = defaultdict(int)
    lines: dict[UUID, int] = defaultdict(int)
    for entry in counted.entries:
        sums[entry.journal] += entry.minor if entry.side == "D" else -entry.minor
        lines[entry.journal] += 1
        if entry.minor <= 0:
            yield f"journal {entry.journal} has a line of {entry.minor}"
    for journal, difference in sums.items():
        if difference:
            yield f"journal {journal} is out of balance by {difference}"
        if lines[journal] < 2:
            yield f"journal {journal} has one line only"


def _below_zero(counted: Count) -> Iterator[str]:
    for account in counted.accounts:
        for day, figures in counted.days[account.id].items():
            if account.is_floored and figures.held < 0:
                yield f"{account.kind} {account.id} holds {figures.held} on {day}"
            elif account.is_floored and not 0 <= figures.available <= figures.held:
                yield (
                    f"{account.kind} {account.id} has {figures.available} to spend"
                    f" of {figures.held} on {day}"
                )


def _bank_differs(counted: Count) -> Iterator[str]:
    for day in sorted({day for days in counted.days.values() for day in days}):
        ledgers = sum(
            counted.on(each.id, day).held * (1 if each.side == "C" else -1)
            for each in counted.accounts
            if each.is_floored
        )
        bank = counted.on(counted.pool, day).held
        if bank != ledgers:
            yield f"the bank holds {bank} on {day}, its ledgers {ledgers}"


def _kept_figures_differ(counted: Count) -> Iterator[str]:
    kept: dict[UUID, dict[date, Figures]] = defaultdict(dict)
    for account, day, held, available in _rows(_DAYS, counted.pool):
        kept[account][day] = Figures(held, available)
    now = {account: (held, closed) for account, held, closed in _rows(_NOW, counted.pool)}
    for account in (each.id for each in counted.accounts if each.is_floored):
        for day in sorted({*kept[account], *counted.days[account]}):
            if kept[account].get(day) != counted.on(account, day):
                yield f"{account} is kept as {kept[account].get(day)} on {day}, counted otherwise"
        held, is_closed = now[account]
        if held != counted.last(account).held:
            yield f"{account} is kept as {held} now, counted as {counted.last(account).held}"
        if is_closed and held:
            yield f"{account} is closed and holds {held}"


def _not_mirrored(counted: Count) -> Iterator[str]:
    journals: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in counted.entries:
        journals[entry.journal].append(entry)
    taken_back: set[UUID] = set()
    for journal, lines in journals.items():
        original = lines[0].reverses
        if original is None:
            continue
        if original in taken_back:
            yield f"journal {original} was taken back twice"
        taken_back.add(original)
        back = sorted((each.line, each.account, each.minor, each.side == "C") for each in lines)
        forth = [
            (each.line, each.account, each.minor, each.side == "D") for each in journals[original]
        ]
        if back != sorted(forth):
            yield f"journal {journal} does not mirror {original}"


def _without_document(counted: Count) -> Iterator[str]:
    known = {row[0] for row in _rows(_DOCUMENTED, *[counted.pool] * 5)}
    shortages = {row[0] for row in _rows(_SHORTAGES, counted.pool)}
    for journal in {entry.journal for entry in counted.entries} - known - shortages:
        yield f"journal {journal} has no document"


def _gaps(pool: UUID) -> Iterator[str]:
    for document in DOCUMENTS:
        table, first = f"trust_{document}", f"{document}_first"
        query = (
            f"SELECT d.number, a.{first} FROM {table} d"  # noqa: S608 - names from the list above
            " JOIN trust_trustbankaccount a ON a.id = d.account_id WHERE d.account_id = %s"
        )
        rows = _rows(query, pool)
        numbers = sorted(number for number, _ in rows)
        if numbers and numbers != list(range(rows[0][1], rows[0][1] + len(numbers))):
            yield f"the {document}s are numbered {numbers}"


def _rows(query: str, *parameters: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def in_words(found: Iterable[str]) -> str:
    """Return faults one a line, for the message of a failed test."""
    return "\n".join(found)


_ACCOUNTS = "SELECT id, kind, side, floored FROM ledger_account WHERE pool_id = %s ORDER BY id"
_ENTRIES = """SELECT e.journal_id, e.line, e.account_id, e.side, e.amount_minor, e.effective_on, e.clears_on,
  j.reverses_id FROM ledger_entry e JOIN ledger_journal j ON j.id = e.journal_id
  JOIN ledger_account a ON a.id = e.account_id WHERE a.pool_id = %s"""
_EVENTS = """SELECT v.account_id, v.kind, v.amount_minor, v.from_on, v.until_on FROM ledger_availability v
  JOIN ledger_account a ON a.id = v.account_id WHERE a.pool_id = %s"""
_DAYS = """SELECT d.account_id, d.day, d.held_minor, d.available_minor FROM ledger_day d
  JOIN ledger_account a ON a.id = d.account_id WHERE a.pool_id = %s"""
_NOW = """SELECT b.account_id, b.held_minor, b.is_closed FROM ledger_balance b
  JOIN ledger_account a ON a.id = b.account_id WHERE a.pool_id = %s"""
_DOCUMENTED = """SELECT journal_id FROM trust_receipt WHERE account_id = %s
  UNION ALL SELECT journal_id FROM trust_withdrawal WHERE account_id = %s
  UNION ALL SELECT journal_id FROM trust_transfer WHERE account_id = %s
  UNION ALL SELECT journal_id FROM trust_reversal WHERE account_id = %s
  UNION ALL SELECT journal_id FROM trust_movement WHERE account_id = %s"""
_SHORTAGES = """SELECT DISTINCT j.id FROM ledger_journal j JOIN ledger_entry e ON e.journal_id = j.id
  JOIN ledger_account a ON a.id = e.account_id WHERE a.pool_id = %s AND j.kind = 'shortage'"""

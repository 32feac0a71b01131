"""Go round the program: books made and written by raw SQL, as one of the database's roles.

All of it stays in one transaction that is never committed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, LiteralString
from uuid import UUID

import psycopg
import pytest

from chancery.lib import ids
from postgres import Connection

Line = tuple[Any, ...]  # account, side, amount, and the day it clears where that is later


def day(number: int) -> date:
    """Return a day of March, or of what follows it."""
    return date(2026, 3, 1) + timedelta(days=number - 1)


@dataclass
class Raw:
    """One firm with a bank account and two ledgers, and ways to write into them."""

    connection: Connection
    firm: UUID
    bank: UUID
    ann: UUID
    ben: UUID
    by_function: bool = True

    @classmethod
    def begin(cls, connection: Connection, *, by_function: bool = True) -> "Raw":
        """Found a firm and open its books."""
        firm, bank, ann, ben = (ids.new() for _ in range(4))
        raw = cls(connection, firm, bank, ann, ben, by_function)
        raw.act()
        raw.run(
            "INSERT INTO practice_firm VALUES (%s, %s, 'AUD', 'AU', 'Australia/Sydney', now())",
            firm,
            f"Firm {firm}",
        )
        raw.account(bank, kind="trust_bank", side="D", pool=bank)
        raw.account(ann)
        raw.account(ben)
        return raw

    def act(self) -> None:
        """Let what follows be done for this firm."""
        self.run("SELECT set_config('chancery.firm_id', %s, true)", str(self.firm))

    def run(self, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """Run one statement and return its rows, if it has any."""
        cursor = self.connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []

    def account(
        self,
        account: UUID,
        *,
        kind: str = "client",
        side: str = "C",
        pool: UUID | None = None,
        currency: str = "AUD",
    ) -> UUID:
        """Open an account as the program does."""
        self.run(
            """INSERT INTO ledger_account (id, firm_id, kind, side, floored, currency, pool_id, opened_at)
               VALUES (%s, %s, %s, %s, %s, %s, %s, now())""",
            account,
            self.firm,
            kind,
            side,
            kind != "trust_bank",
            currency,
            pool or self.bank,
        )
        return account

    def receipt(self, minor: int, on: date, clears_on: date | None = None) -> UUID:
        """Post a receipt for Ann."""
        return self.post((self.bank, "D", minor), (self.ann, "C", minor, clears_on or on), on=on)

    def withdrawal(self, minor: int, on: date) -> UUID:
        """Post a withdrawal from Ann's ledger."""
        return self.post((self.ann, "D", minor), (self.bank, "C", minor), on=on)

    def post(
        self,
        *lines: Line,
        on: date,
        key: str = "",
        reverses: UUID | None = None,
        count: int | None = None,
        narrative: str = "Words",
    ) -> UUID:
        """Write a journal with its lines: by the function, or by inserts of one's own."""
        journal = ids.new()
        full = [(*line, on)[:4] for line in lines]
        columns: list[list[Any]] = [list(column) for column in zip(*full, strict=True)]
        numbers = list(range(1, len(lines) + 1))
        head = [journal, on, narrative, key or str(journal), reverses, count or len(lines)]
        if self.by_function:
            stood = self.run(_BY_FUNCTION, *head, [1] * len(lines), numbers, *columns)
            posted: UUID = stood[0][0] if stood else journal
            return posted
        self.run(
            _BY_HAND, *head[:1], self.firm, *head[1:], numbers, *columns, self.firm, journal, on
        )
        return journal

    def protect(self, minor: int, on: date, *, of: UUID | None = None) -> UUID:
        """Set money apart."""
        kept = ids.new()
        self.run(
            """INSERT INTO ledger_availability (id, firm_id, account_id, kind, amount_minor, from_on, actor_id,
                 recorded_at) VALUES (%s, %s, %s, 'protect', %s, %s, %s, now())""",
            kept,
            self.firm,
            of or self.ann,
            minor,
            on,
            ids.new(),
        )
        return kept

    def unprotect(self, kept: UUID, minor: int, on: date) -> None:
        """End a protection."""
        self.run(
            """INSERT INTO ledger_availability (id, firm_id, account_id, kind, amount_minor, from_on, ends_id,
                 actor_id, recorded_at) VALUES (%s, %s, %s, 'unprotect', %s, %s, %s, %s, now())""",
            ids.new(),
            self.firm,
            self.ann,
            minor,
            on,
            kept,
            ids.new(),
        )

    def close(self, *, is_closed: bool = True) -> None:
        """Close Ann's ledger, or open it again."""
        self.run(
            """INSERT INTO ledger_closing (id, firm_id, account_id, turn, is_closed, reason, actor_id,
                 recorded_at)
               VALUES (%s, %s, %s, 0, %s, 'Done', %s, now())""",
            ids.new(),
            self.firm,
            self.ann,
            is_closed,
            ids.new(),
        )

    def lock(self, through: date | None) -> None:
        """Lock the pool's days, or open them again."""
        self.run(
            """INSERT INTO ledger_periodlock (id, firm_id, pool_id, turn, locked_through, reason, actor_id,
                 recorded_at) VALUES (%s, %s, %s, 0, %s, 'March', %s, now())""",
            ids.new(),
            self.firm,
            self.bank,
            through,
            ids.new(),
        )

    @contextmanager
    def refused(self, *by: str) -> Iterator[None]:
        """Expect the block to be refused by a constraint of such a name, or with such a state."""
        with pytest.raises(psycopg.Error) as refusal, self.connection.transaction():  # noqa: PT012 - the block
            yield
            self.run("SET CONSTRAINTS ALL IMMEDIATE")
        diagnosis = refusal.value.diag
        assert {*by} & {diagnosis.constraint_name, diagnosis.sqlstate}, refusal.value


_BY_FUNCTION = """SELECT journal_id FROM ledger_post(gen_random_uuid(), now(), 'seed', ARRAY[%s::uuid],
  ARRAY[%s::date], ARRAY['test'], ARRAY[%s], ARRAY[%s], ARRAY[%s::uuid], ARRAY[%s::smallint], %s::integer[],
  %s::smallint[], %s::uuid[], %s::text[], %s::bigint[], %s::date[])"""

_BY_HAND = """
WITH journal AS (
  INSERT INTO ledger_journal (id, firm_id, effective_on, recorded_at, kind, narrative, salt, narrative_digest,
                              actor_id, key, reverses_id, entry_count)
  SELECT a.id, a.firm, a.on_day, now(), 'test', a.narrative, 'salt',
         sha256(convert_to('salt' || a.narrative, 'UTF8')),
         gen_random_uuid(), a.key, a.reverses, a.n
    FROM (VALUES (%s::uuid, %s::uuid, %s::date, %s::text, %s::text, %s::uuid, %s::smallint))
      AS a (id, firm, on_day, narrative, key, reverses, n)),
lines AS (SELECT * FROM unnest(%s::smallint[], %s::uuid[], %s::text[], %s::bigint[], %s::date[])
            AS l (line, account, side, amount, clears))
INSERT INTO ledger_entry (journal_id, line, firm_id, account_id, side, amount_minor, effective_on, clears_on)
SELECT asked.journal, line, asked.firm, account, side, amount, asked.on_day, clears
  FROM lines, (SELECT %s::uuid AS firm, %s::uuid AS journal, %s::date AS on_day) AS asked"""

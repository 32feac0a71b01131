"""`chancery verify` finds whatever was changed behind the ledger's back, and nothing where nothing was."""

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from chancery.cli import roles, verify
from chancery.cli.embedded import cluster
from chancery.cli.verification.examination import Examination
from chancery.cli.verification.findings import Finding
from chancery.cli.verification.snapshot import Snapshot
from chancery.ledger import accounts, holds, periods, proofs, reversals, sealing
from chancery.lib import ids
from db.ledger.books import Books, open_books
from db.ledger.raw import day
from postgres import Connection, TestServer
from world import LATER, acting, charlie, marlow

pytestmark = pytest.mark.django_db(transaction=True)
SEALED_AT = LATER + timedelta(minutes=1)
PROVED_AT = LATER + timedelta(minutes=10)
UNSEALED_WORDS = {("ledger_closing", "reason"), ("ledger_periodlock", "reason")}
TABLES = {
    "ledger_account": ("id",),
    "ledger_journal": ("id",),
    "ledger_entry": ("journal_id", "line"),
    "ledger_day": ("account_id", "day"),
    "ledger_balance": ("account_id",),
    "ledger_availability": ("id",),
    "ledger_closing": ("id",),
    "ledger_periodlock": ("id",),
    "ledger_seal": ("number", "subject_id"),
    "ledger_unsealed": ("journal_id",),
    "ledger_unsealedevent": ("subject_id",),
}
DROP_CHECKS = """DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT conrelid::regclass AS kept, conname FROM pg_constraint
                WHERE contype = 'c' AND conrelid::regclass::text LIKE 'ledger%' LOOP
    EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', found.kept, found.conname);
  END LOOP;
END $$"""
OTHER_VALUES = {  # by type: what a value is changed to, the first that the table's checks allow
    "uuid": ["gen_random_uuid()"],
    "date": ["{0} + 1", "{0} - 1", "'2026-03-20'"],
    "bigint": ["{0} + 1", "{0} - 1", "{0} * 2", "1"],
    "integer": ["{0} + 1"],
    "smallint": ["{0} + 1", "{0} - 1", "1"],
    "boolean": ["NOT {0}"],
    "bytea": ["set_bit({0}, 3, 1 - get_bit({0}, 3))", "'x'"],
    "timestamp with time zone": ["{0} + interval '1 microsecond'", "now()"],
    "character varying": ["left({0}, -1) || 'x'", "translate({0}, 'DC', 'CD')", "'client'", "'protect'"],
    "text": ["{0} || ' '", "'x'"],
}  # fmt: skip


@dataclass
class Case:
    """Two firms' committed books, and the superuser who tampers with them, triggers off."""

    books: Books
    server: TestServer
    forger: Connection
    unseen: UUID  # a journal that waits for its seal

    def examine(self, *heads: tuple[int, str]) -> list[Finding]:
        """Return what a proof finds, of all firms."""
        with Snapshot(self.server.addresses.verifier) as snapshot:
            examination = Examination(snapshot, PROVED_AT, heads=list(heads))
            found = [finding for report in examination.run() for finding in report.findings]
        lacking = set(heads) - examination.heads_met
        return [*found, *(Finding("head", str(number), digest) for number, digest in lacking)]

    @contextmanager
    def undone(self, *tables: str) -> Iterator[None]:
        """Put the tables back afterwards as they were."""
        for table in tables:
            self.run("CREATE TEMP TABLE kept_{0} AS SELECT * FROM {0}", table)
        try:
            yield
        finally:
            for table in tables:
                self.run("DELETE FROM {0}", table)
                self.run("INSERT INTO {0} SELECT * FROM kept_{0}", table)
                self.run("DROP TABLE kept_{0}", table)

    def run(self, statement: str, table: str = "", *values: object) -> list[tuple[Any, ...]]:
        """Run a statement with the name of a table in it."""
        cursor = self.forger.execute(statement.format(table).encode(), values or None)
        return cursor.fetchall() if cursor.description else []

    def columns(self, table: str) -> list[tuple[str, str]]:
        """Return the columns of a table with their types."""
        found = self.run(
            """SELECT attname, regexp_replace(format_type(atttypid, atttypmod), '\\(.*', '')
                 FROM pg_attribute WHERE attrelid = '{0}'::regclass AND attnum > 0 AND NOT attisdropped""",
            table,
        )
        return [(name, kind) for name, kind in found if (table, name) not in UNSEALED_WORDS]

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Return the place and the key of every row."""
        keys = ", ".join(TABLES[table])
        return self.run(f"SELECT ctid::text, {keys} FROM {{0}} ORDER BY {keys}", table)  # noqa: S608


@pytest.fixture
def case(transactional_db: None, postgres: TestServer) -> Iterator[Case]:
    books = open_books(marlow().alice)
    open_books(charlie())
    unseen = _live(books)
    password = postgres.server.cluster.password
    address = postgres.server.address(cluster.SUPERUSER, password, roles.DATABASE)
    with psycopg.connect(address, autocommit=True) as forger:
        forger.execute("SET session_replication_role = replica")
        forger.execute(DROP_CHECKS)
        yield Case(books, postgres, forger, unseen)


def _live(books: Books) -> UUID:
    """Do everything that a ledger can do once, seal it, and leave one journal unsealed."""
    keeper = books.keeper
    by = keeper.id
    first, bounced, early = (
        posted.journal_id
        for posted in books.post(
            books.receipt(books.ann, 1000, day(2)),
            books.receipt(books.ann, 500, day(3), clears_on=day(9)),
            books.receipt(books.ann, 700, day(3), clears_on=day(9)),
        )
    )
    books.post(books.withdrawal(books.ann, 300, day(5)), books.receipt(books.ben, 10, day(5)))
    with acting(keeper):
        holds.clear_early(journal_id=early, line=2, on=day(4), by=by, at=LATER)
        kept = holds.protect(account_id=books.ann, amount_minor=50, on=day(4), by=by, at=LATER)
        holds.unprotect(protection_id=kept, on=day(7), by=by, at=LATER)
        holds.protect(account_id=books.ann, amount_minor=60, on=day(4), by=by, at=LATER)
        back = [
            reversals.mirror(journal_id=journal, kind="back", on=day(6), narrative="Oh", key=key)
            for journal, key in ((bounced, "b"), (early, "e"))
        ]
    books.post(*back)
    books.post(books.withdrawal(books.ben, 10, day(8)))
    with acting(keeper):
        accounts.close(account_id=books.ben, reason="Done", by=by, at=LATER)
        periods.lock(pool_id=books.bank, through=day(1), reason="February", by=by, at=LATER)
        sealing.seal_next(at=SEALED_AT)
        accounts.open_in(pool_id=books.bank, kind=accounts.AccountKind.CLIENT, at=LATER)
    assert first
    return books.post(books.receipt(books.ann, 5, day(10)))[0].journal_id


def change(case: Case, table: str, column: str, kind: str, place: str) -> bool:
    """Change one value; return whether the table's checks allowed any other."""
    for other in OTHER_VALUES[kind]:
        value = other.format(column)
        try:
            done = case.run(
                f"UPDATE {{0}} SET {column} = {value} WHERE ctid = '{place}'"  # noqa: S608
                f" AND {column} IS DISTINCT FROM {value} RETURNING 1",
                table,
            )
        except (psycopg.errors.IntegrityError, psycopg.errors.DataError):
            continue
        if done and other.format(column) != "NULL":
            return True
    return False


def after_change(
    case: Case, table: str, number: int, column: str, kind: str
) -> list[Finding] | None:
    """Return what a proof finds once a value is changed; None where there is no other value for it."""
    with case.undone(table):
        place = case.rows(table)[number][0]
        return case.examine() if change(case, table, column, kind, place) else None


def names(found: list[Finding], table: str, key: tuple[Any, ...]) -> bool:
    """Return whether some finding names the row: a seal by its number or by what it seals."""
    how_many = any if table == "ledger_seal" else all
    return any(how_many(str(part) in str(finding) for part in key) for finding in found)


def test_nothing_is_found_in_clean_books_before_and_after_words_are_erased(case: Case) -> None:
    assert case.examine() == []

    with acting(case.books.keeper), connection.cursor() as cursor:
        cursor.execute("SELECT count(ledger_erase_words(id)) FROM ledger_journal")

    assert case.run("SELECT count(*) FROM ledger_journal WHERE narrative IS NOT NULL") == [(0,)]
    assert case.examine() == []


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_a_value_changed_in_any_column_is_found_and_its_row_is_named(
    case: Case, table: str
) -> None:
    missed, tried = [], set()
    for number, (_, *key) in enumerate(case.rows(table)):
        for column, kind in case.columns(table):
            if number > 2 and column in tried:
                continue
            found = after_change(case, table, number, column, kind)
            if found is not None:
                tried.add(column)
                missed += [] if names(found, table, tuple(key)) else [(column, key, found)]

    assert missed == []
    assert {name for name, _ in case.columns(table)} == tried


@pytest.mark.slow
@pytest.mark.parametrize("table", TABLES)
def test_a_row_deleted_is_found_and_named(case: Case, table: str) -> None:
    missed = []
    for number, (_, *key) in enumerate(case.rows(table)):
        with case.undone(table):
            place = case.rows(table)[number][0]
            case.run(f"DELETE FROM {{0}} WHERE ctid = '{place}'", table)  # noqa: S608
            found = case.examine()
            if not names(found, table, tuple(key)):
                missed.append((key, found))

    assert missed == []


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ledger_seal", "digest"),
        ("ledger_journal", "narrative"),
        ("ledger_journal", "key"),
        ("ledger_entry", "account_id"),
        ("ledger_day", "held_minor, available_minor"),
    ],
)
def test_values_swapped_between_two_rows_are_found(case: Case, table: str, columns: str) -> None:
    values = f"ROW({columns})"
    places = f"SELECT ctid FROM {table} ORDER BY {values}"  # noqa: S608
    swap = f"""WITH two AS (SELECT ({places} LIMIT 1) AS a, ({places} DESC LIMIT 1) AS b)
      UPDATE {table} t SET ({columns}) = (SELECT {columns} FROM {table} o
                                           WHERE o.ctid = CASE t.ctid WHEN a THEN b ELSE a END)
        FROM two WHERE t.ctid IN (a, b) RETURNING 1"""  # noqa: S608
    if columns == "key":
        case.run("ALTER TABLE ledger_journal DROP CONSTRAINT ledger_key_names_one_journal")
    with case.undone(table):
        assert case.run(swap) == [(1,), (1,)]

        assert case.examine() != []


def head_of(case: Case) -> tuple[int, str]:
    with acting(case.books.keeper):
        head = sealing.head()
    assert head is not None
    return head.number, head.digest.hex()


def test_a_tail_cut_off_without_a_trace_is_found_by_a_head_kept_elsewhere(case: Case) -> None:
    with case.undone(*TABLES):
        with acting(case.books.keeper):
            sealing.seal_next(at=SEALED_AT)
        head = head_of(case)
        assert case.examine(head) == []

    assert case.examine() == []
    assert case.examine(head) == [Finding("head", str(head[0]), head[1])]


def forge(case: Case) -> None:
    """Say that another person posted, and compute the whole chain anew."""
    case.run("UPDATE ledger_journal SET actor_id = gen_random_uuid()")
    for kind, table in [("journal", "ledger_unsealed"), ("event", "ledger_unsealedevent")]:
        chosen = "kind = 'journal'" if kind == "journal" else "kind <> 'journal'"
        columns = (
            "firm_id, subject_id" if kind == "journal" else "subject_id, firm_id, kind, sealed_at"
        )
        case.run(f"INSERT INTO {{0}} SELECT {columns} FROM ledger_seal WHERE {chosen}", table)  # noqa: S608
    case.run("DELETE FROM ledger_seal")
    with acting(case.books.keeper):
        sealing.seal_next(at=SEALED_AT)


def test_a_chain_computed_anew_after_a_forgery_is_found_by_a_head_kept_elsewhere(
    case: Case,
) -> None:
    head = head_of(case)

    forge(case)

    assert case.examine() == []
    assert case.examine(head) == [Finding("head", str(head[0]), head[1])]


def test_a_proof_noted_before_finds_a_chain_computed_anew_and_one_cut(case: Case) -> None:
    number, digest = head_of(case)
    with acting(case.books.keeper):
        proofs.note(proofs.Outcome(number, bytes.fromhex(digest), 1, 2, 0), at=PROVED_AT)
    assert case.examine() == []

    forge(case)
    found = case.examine()
    case.run("DELETE FROM ledger_seal WHERE number >= 3")
    cut = case.examine()

    assert [str(finding) for finding in found] == [
        f"ledger_seal number {number}: had another digest at an earlier proof: the chain was computed anew"
    ]
    assert any("the chain was cut" in finding.fact for finding in cut)


def test_what_is_not_sealed_within_an_hour_is_found(case: Case) -> None:
    earlier = "UPDATE ledger_journal SET recorded_at = recorded_at - interval '{0}'"
    case.run(f"{earlier} WHERE id = '{case.unseen}'", "50 minutes")
    assert case.examine() == []

    case.run(f"{earlier} WHERE id = '{case.unseen}'", "1 second")
    assert [finding.row for finding in case.examine()] == [str(case.unseen)]


def test_the_command_says_all_is_well_or_what_is_wrong_and_notes_it(
    case: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "DATABASE_URL", case.server.addresses.owner)
    monkeypatch.setitem(os.environ, "DATABASE_APP_URL", case.server.addresses.app)
    monkeypatch.setitem(os.environ, "DATABASE_VERIFIER_URL", case.server.addresses.verifier)
    monkeypatch.setattr(verify.clock, "now", lambda: PROVED_AT)
    chain, (number, digest) = tmp_path / "chain.txt", head_of(case)
    options = argparse.Namespace(
        data=tmp_path, firm=None, head=[f"{number}:{digest}"], export=chain
    )

    assert verify.run(options) == 0
    said = capsys.readouterr().out
    assert f"head {number}:{digest}" in said
    assert said.endswith("All is well.\n")
    assert chain.read_text().endswith(f"digest {digest}\n\n")
    with acting(case.books.keeper):
        good = proofs.last_good()
        assert good is not None
        assert (good.head_number, bytes(good.head_digest or b"").hex()) == (number, digest)

    case.run(
        "UPDATE ledger_balance SET held_minor = held_minor + 1 WHERE NOT is_closed AND held_minor > 0"
    )
    options.head, options.firm = [f"{number}:{ids.new().hex * 2}"], "Marlow & Finch Lawyers"
    assert verify.run(options) == 1
    said = capsys.readouterr().out
    assert f"WRONG  ledger_balance {case.books.ann}: held: it says 706, its entries 705" in said
    assert f"The head {number}:" in said

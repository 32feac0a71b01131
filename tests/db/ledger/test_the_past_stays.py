"""No row of the ledger is changed, deleted or emptied away, by the program's role or by the owner."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql

from chancery.lib import ids
from db.ledger.raw import Raw, day
from postgres import TestServer

pytestmark = pytest.mark.django_db
KEPT = {
    "ledger_account": "opened_at",
    "ledger_journal": "kind",
    "ledger_entry": "amount_minor",
    "ledger_availability": "amount_minor",
    "ledger_closing": "reason",
    "ledger_periodlock": "reason",
    "ledger_day": "held_minor",
    "ledger_balance": "held_minor",
    "ledger_seal": "sealed_at",
}
ONLY_BY_FUNCTIONS = [
    "ledger_journal",
    "ledger_entry",
    "ledger_day",
    "ledger_balance",
    "ledger_seal",
    "ledger_unsealed",
]
INTERNAL = {
    "ledger_move_days",
    "ledger_same_as_before",
    "ledger_give_balance",
    "ledger_turn_account",
    "ledger_turn_period",
    "ledger_judge_entries",
    "ledger_judge_journals",
    "ledger_move_availability",
    "ledger_kept_by_triggers_only",
    "ledger_sees_what_is_committed",
}


@pytest.fixture
def app(postgres: TestServer) -> Iterator[Raw]:
    with psycopg.connect(postgres.addresses.app) as connection:
        yield full(Raw.begin(connection))
        connection.rollback()


@pytest.fixture
def owner(postgres: TestServer) -> Iterator[Raw]:
    with psycopg.connect(postgres.addresses.owner) as connection:
        yield full(Raw.begin(connection))
        connection.rollback()


def full(raw: Raw) -> Raw:
    """Leave a row in every table of the ledger but the seals."""
    raw.close()
    raw.close(is_closed=False)
    raw.receipt(1000, day(1))
    raw.protect(400, day(1))
    raw.lock(day(0))
    raw.run("SET CONSTRAINTS ALL IMMEDIATE")
    return raw


def rows_of(raw: Raw, table: str) -> int:
    """Return how many rows the role sees of the firm whose books these are."""
    asked = sql.SQL("SELECT count(*) FILTER (WHERE firm_id = %s) FROM {}")
    found = raw.connection.execute(asked.format(sql.Identifier(table)), [raw.firm]).fetchone()
    assert found is not None
    return int(found[0])


def change(table: str) -> sql.Composed:
    column = sql.Identifier(KEPT[table])
    return sql.SQL("UPDATE {} SET {column} = {column}").format(sql.Identifier(table), column=column)


def each(raw: Raw, table: str) -> list[sql.Composed]:
    """Return the ways to do away with what a table holds."""
    name = sql.Identifier(table)
    assert table == "ledger_seal" or rows_of(raw, table), "nothing is tried on an empty table"
    return [
        change(table),
        sql.SQL("DELETE FROM {}").format(name),
        sql.SQL("TRUNCATE {} CASCADE").format(name),
    ]


@pytest.mark.parametrize("table", KEPT)
def test_the_program_neither_changes_nor_deletes_nor_empties(app: Raw, table: str) -> None:
    for statement in each(app, table):
        with app.refused("42501"):
            app.connection.execute(statement)


@pytest.mark.parametrize("table", set(KEPT) - {"ledger_seal"})
def test_the_owner_neither_changes_nor_deletes_nor_empties(owner: Raw, table: str) -> None:
    for statement in each(owner, table):
        with owner.refused("CH001"):
            owner.connection.execute(statement)


def test_the_words_of_a_journal_go_and_nothing_else_of_it(owner: Raw) -> None:
    for changed in (
        "narrative = 'Other'",
        "salt = 'other'",
        "narrative_digest = '', narrative = NULL",
    ):
        with owner.refused("CH001"):
            owner.connection.execute(f"UPDATE ledger_journal SET {changed}")  # type: ignore[arg-type]  # noqa: S608

    erased = owner.run("SELECT ledger_erase_words(id) FROM ledger_journal")

    assert erased == [(True,)]
    assert owner.run("SELECT narrative, salt FROM ledger_journal") == [(None, None)]


@pytest.mark.parametrize("table", ONLY_BY_FUNCTIONS)
def test_the_program_writes_nothing_there_itself(app: Raw, table: str) -> None:
    with app.refused("42501"):
        app.connection.execute(
            sql.SQL("INSERT INTO {0} SELECT * FROM {0}").format(sql.Identifier(table))
        )


@pytest.mark.parametrize("table", ["ledger_day", "ledger_balance"])
def test_the_owner_makes_up_no_day_and_no_balance(owner: Raw, table: str) -> None:
    with owner.refused("CH001"):
        owner.connection.execute(
            sql.SQL("INSERT INTO {0} SELECT * FROM {0}").format(sql.Identifier(table))
        )


def test_a_line_is_not_added_to_a_journal_that_stands(owner: Raw) -> None:
    line = """INSERT INTO ledger_entry (journal_id, line, firm_id, account_id, side, amount_minor, effective_on,
                                        clears_on)
              SELECT journal_id, %s, firm_id, %s, 'C', 1, effective_on, clears_on
                FROM ledger_entry WHERE line = 1"""

    with owner.refused("CH003"):
        owner.run(line, 3, owner.ben)
    with owner.refused("23505"):
        owner.run(line, 2, owner.ben)


def test_the_program_calls_no_function_but_the_few_meant_for_it(app: Raw) -> None:
    may = app.run(
        """SELECT proname FROM pg_proc WHERE proname LIKE 'ledger%%'
             AND has_function_privilege('chancery_app', oid, 'EXECUTE')"""
    )

    assert {name for (name,) in may} & INTERNAL == set()


def test_the_program_moves_no_day_by_the_function_that_does(app: Raw) -> None:
    with app.refused("42501"):
        app.run(
            "SELECT ledger_move_days(%s, ARRAY[%s], ARRAY[%s], '{5}', '{5}', ARRAY[%s])",
            app.firm,
            app.ann,
            day(1),
            day(1),
        )


@pytest.mark.parametrize("table", [*KEPT, "ledger_unsealed"])
def test_another_firms_rows_are_not_there(app: Raw, table: str) -> None:
    assert table == "ledger_seal" or rows_of(app, table)

    Raw.begin(app.connection)

    assert rows_of(app, table) == 0


def test_without_a_firm_the_program_posts_nothing(app: Raw) -> None:
    app.run("SELECT set_config('chancery.firm_id', '', true)")

    with app.refused("23502", "42501", "CH003"):
        app.receipt(1000, day(1))
    with app.refused("42501"):
        app.account(ids.new())

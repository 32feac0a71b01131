"""A firm sees its own rows only, by the database's word; and the program owns nothing there."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from chancery.lib import clock, ids
from chancery.tenancy.scope import firm_scope

pytestmark = pytest.mark.django_db

OUTSIDE_FIRMS = {
    "account_emailaddress",
    "account_emailconfirmation",
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
    "django_session",
    "outbox_workerbeat",
    "practice_firm",
    "practice_user",
}

# A key of the firm would cost each posting an index; triggers look, and tests/db/ledger tries them.
BOUND_BY_TRIGGERS = {
    ("ledger_journal", "reverses_id"),
    ("ledger_availability", "journal_id"),
}


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def found_firm(name: str) -> UUID:
    firm_id = ids.new()
    with firm_scope(firm_id):
        rows(
            "INSERT INTO practice_firm VALUES (%s, %s, 'AUD', 'AU', 'Australia/Sydney', %s) RETURNING id",
            firm_id,
            name,
            clock.now(),
        )
    return firm_id


def point_at(contact_id: object, *, firm_id: UUID) -> None:
    with transaction.atomic(), firm_scope(firm_id):
        rows(
            """INSERT INTO practice_contactrole (id, firm_id, contact_id, role)
               VALUES (%s, %s, %s, 'bank') RETURNING id""",
            ids.new(),
            firm_id,
            contact_id,
        )
        rows("SET CONSTRAINTS ALL IMMEDIATE; SELECT 1")


def test_every_table_either_belongs_to_firms_and_is_forced_or_is_known_to_stand_outside() -> None:
    tables = rows(
        """SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,
                  EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'firm_id')
           FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace"""
    )

    unforced = {name for name, forced, has_firm in tables if has_firm and not forced}
    outside = {name for name, _, has_firm in tables if not has_firm}

    assert unforced == set()
    assert outside == OUTSIDE_FIRMS


def test_every_reference_between_two_tables_of_a_firm_carries_the_firm() -> None:
    bare = rows(
        """SELECT k.conrelid::regclass::text, a.attname
           FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
           WHERE k.contype = 'f' AND cardinality(k.conkey) = 1
             AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.conrelid AND attname = 'firm_id')
             AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = k.confrelid AND attname = 'firm_id')
             AND NOT EXISTS (
               SELECT FROM pg_constraint c
               JOIN pg_attribute f ON f.attrelid = c.conrelid AND f.attnum = c.conkey[1]
               WHERE c.contype = 'f' AND c.conrelid = k.conrelid AND f.attname = 'firm_id'
                 AND c.conkey[2] = k.conkey[1])"""
    )

    assert set(bare) - BOUND_BY_TRIGGERS == set()


def test_without_a_firm_no_row_is_seen() -> None:
    found_firm("Here")

    assert rows("SELECT count(*) FROM practice_firm") == [(0,)]


def test_a_firm_sees_itself_and_not_its_neighbour() -> None:
    here, _ = found_firm("Here"), found_firm("There")

    with firm_scope(here):
        seen = rows("SELECT name FROM practice_firm")

    assert seen == [("Here",)]


def test_a_row_of_another_firm_cannot_be_written() -> None:
    here, there = found_firm("Here"), found_firm("There")

    with pytest.raises(DatabaseError, match="row-level security"), firm_scope(here):
        rows(
            "INSERT INTO practice_mattertype (id, firm_id, name) VALUES (%s, %s, 'Spy') RETURNING id",
            ids.new(),
            there,
        )


def test_a_row_cannot_point_at_another_firms_row() -> None:
    here, there = found_firm("Here"), found_firm("There")
    theirs = ids.new()
    with firm_scope(there):
        rows(
            """INSERT INTO practice_contact (id, firm_id, kind, name, given_name, family_name, email,
                 phone, stands_for_own_bank, version, created_at)
               VALUES (%s, %s, 'company', 'Theirs', '', '', '', '', false, 1, now()) RETURNING id""",
            theirs,
            there,
        )

    with pytest.raises(DatabaseError, match="contact_id_is_of_same_firm"):
        point_at(theirs, firm_id=here)


def test_the_inner_scope_gives_the_outer_one_back() -> None:
    here, there = found_firm("Here"), found_firm("There")

    with firm_scope(here):
        with firm_scope(there):
            inner = rows("SELECT name FROM practice_firm")
        outer = rows("SELECT name FROM practice_firm")

    assert (inner, outer) == ([("There",)], [("Here",)])


def test_a_failed_inner_scope_gives_the_outer_one_back() -> None:
    here, there = found_firm("Here"), found_firm("There")

    with firm_scope(here):
        with pytest.raises(ZeroDivisionError), firm_scope(there):
            _ = 1 / 0
        outer = rows("SELECT name FROM practice_firm")

    assert outer == [("Here",)]


@pytest.mark.django_db(transaction=True)
def test_the_firm_ends_with_its_transaction_on_the_same_connection() -> None:
    here = found_firm("Here")

    with firm_scope(here):
        pid_inside = rows("SELECT pg_backend_pid()")
    after = rows("SELECT pg_backend_pid(), nullif(current_setting('chancery.firm_id', true), '')")

    assert after == [(pid_inside[0][0], None)]


def test_the_program_is_a_plain_role_that_owns_nothing() -> None:
    role = rows(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles "
        "WHERE rolname = current_user"
    )
    owned = rows("SELECT relname FROM pg_class WHERE relowner = current_user::regrole")
    memberships = rows(
        "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole"
    )

    assert role == [("chancery_app", False, False, False, False)]
    assert owned == []
    assert memberships == []


def test_the_program_may_not_truncate_any_table() -> None:
    may = rows(
        """SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
           AND has_table_privilege(current_user, oid, 'TRUNCATE')"""
    )

    assert may == []


def test_what_is_append_only_gives_the_program_neither_update_nor_delete() -> None:
    kept = {
        "practice_recordchange",
        "practice_helpanswer",
        "outbox_attempt",
        "accounting_sentdocument",
        "ledger_account",
        "ledger_availability",
        "ledger_closing",
        "ledger_entry",
        "ledger_journal",
        "ledger_periodlock",
        "ledger_proof",
        "ledger_seal",
    }

    may = {
        name
        for (name,) in rows(
            """SELECT c.relname FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
               WHERE t.tgname = 'never_changed'
                 AND NOT has_table_privilege(current_user, c.oid, 'UPDATE')
                 AND NOT has_table_privilege(current_user, c.oid, 'DELETE')"""
        )
    }

    assert may >= kept


def test_the_program_may_not_say_that_a_migration_has_run() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows("DELETE FROM django_migrations RETURNING id")

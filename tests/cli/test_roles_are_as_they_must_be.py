"""What each database role may do, asked of the database itself."""

import psycopg
import pytest
from django.db import connection

from chancery.cli import roles
from postgres import Connection, TestServer


@pytest.mark.django_db
def test_program_connects_as_a_role_without_powers() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname = current_user"
        )
        row = cursor.fetchone()

    assert row == (roles.APP, False, False, False, False)


@pytest.mark.django_db
def test_program_owns_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        row = cursor.fetchone()

    assert row == (0,)


def test_owner_is_no_superuser_and_obeys_row_security(as_owner: Connection) -> None:
    row = as_owner.execute(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()

    assert row == (roles.OWNER, False, False)


def test_verifier_writes_nothing(as_verifier: Connection) -> None:
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        as_verifier.execute("CREATE TEMPORARY TABLE notes (line text)")
    as_verifier.rollback()
    as_verifier.execute("SET default_transaction_read_only = off")
    as_verifier.commit()

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        as_verifier.execute("DELETE FROM django_session")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committing_test_leaves_nothing_behind(time: str, postgres: TestServer) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        before = cursor.fetchone()
        cursor.execute("INSERT INTO django_session VALUES (%s, '', now())", [time])

    with psycopg.connect(postgres.addresses.owner) as owner:
        kept = owner.execute("SELECT session_key FROM django_session").fetchall()

    assert before == (0,)
    assert kept == [(time,)]

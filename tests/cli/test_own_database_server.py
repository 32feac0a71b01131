"""A server of the firm's own: roles are made there when they are missing, and never changed."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from chancery.cli import database, folders, roles
from chancery.cli.database import AddressUnreadable, DatabaseUnreachable
from chancery.cli.folders import DataFolder
from chancery.cli.roles import MayNotMakeRoles, RoleOfAnother
from postgres import TestServer

pytestmark = pytest.mark.django_db

OWNER = "firms_own"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return folders.prepare(tmp_path / "var")


@pytest.fixture
def superuser(postgres: TestServer) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(postgres.superuser, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD 'its own'")
        connection.execute(f"CREATE DATABASE {OWNER} OWNER {OWNER}")
        for role in (roles.APP, roles.VERIFIER):
            connection.execute(f"ALTER ROLE {role} RENAME TO kept_{role}")
        try:
            yield connection
        finally:
            connection.execute(f"DROP DATABASE {OWNER}")
            for role in (roles.APP, roles.VERIFIER):
                connection.execute(f"DROP ROLE IF EXISTS {role}")
                connection.execute(f"ALTER ROLE kept_{role} RENAME TO {role}")
            connection.execute(f"DROP ROLE {OWNER}")


def address(postgres: TestServer) -> str:
    return postgres.server.address(OWNER, "its%20own", OWNER)


def test_missing_roles_are_made_and_may_connect(
    postgres: TestServer, superuser: psycopg.Connection[tuple[object, ...]], folder: DataFolder
) -> None:
    made = database.on_own_server({"DATABASE_URL": address(postgres)}, folder)

    for role, url in ((roles.APP, made.app), (roles.VERIFIER, made.verifier)):
        with psycopg.connect(url) as connection:
            assert connection.info.user == role
    again = database.on_own_server({"DATABASE_URL": address(postgres)}, folder)
    assert again == made


def test_a_role_whose_password_we_do_not_hold_is_not_changed(
    postgres: TestServer, superuser: psycopg.Connection[tuple[object, ...]], folder: DataFolder
) -> None:
    superuser.execute(f"CREATE ROLE {roles.APP} LOGIN PASSWORD 'of another program'")

    with pytest.raises(RoleOfAnother, match="DATABASE_APP_URL"):
        database.on_own_server({"DATABASE_URL": address(postgres)}, folder)

    theirs = postgres.server.address(roles.APP, "of%20another%20program", OWNER)
    psycopg.connect(theirs).close()
    given = {"DATABASE_URL": address(postgres), "DATABASE_APP_URL": theirs}
    assert database.on_own_server(given, folder).app == theirs


def test_an_owner_who_may_not_make_roles_is_told_how_to_help(
    postgres: TestServer, superuser: psycopg.Connection[tuple[object, ...]], folder: DataFolder
) -> None:
    superuser.execute(f"ALTER ROLE {OWNER} NOCREATEROLE")

    with pytest.raises(MayNotMakeRoles, match="CREATEROLE"):
        database.on_own_server({"DATABASE_URL": address(postgres)}, folder)


def test_a_wrong_password_is_an_outage_in_one_sentence(
    postgres: TestServer, folder: DataFolder
) -> None:
    wrong = postgres.server.address(roles.OWNER, "wrong", roles.DATABASE)

    with pytest.raises(DatabaseUnreachable) as caught:
        database.on_own_server({"DATABASE_URL": wrong}, folder)

    assert "\n" not in str(caught.value)


def test_an_address_of_another_kind_is_refused(folder: DataFolder) -> None:
    with pytest.raises(AddressUnreadable):
        database.on_own_server({"DATABASE_URL": "mysql://somewhere/else"}, folder)


def test_what_the_owners_address_asks_for_is_asked_for_the_program_too(
    postgres: TestServer, superuser: psycopg.Connection[tuple[object, ...]], folder: DataFolder
) -> None:
    given = {"DATABASE_URL": f"{address(postgres)}?sslmode=disable"}

    assert conninfo_to_dict(database.on_own_server(given, folder).app)["sslmode"] == "disable"

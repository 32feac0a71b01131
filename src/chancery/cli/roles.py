"""The three database roles: the owner migrates, the program works, the verifier only reads.

Only the owner owns anything; none of them is a superuser or passes by row security.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from chancery.lib.refusals import Refusal

OWNER = "chancery_owner"
APP = "chancery_app"
VERIFIER = "chancery_verifier"
DATABASE = "chancery"

_Connection = psycopg.Connection[tuple[Any, ...]]
_RIGHTS = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION")


@dataclass(eq=False)
class RoleOfAnother(Refusal):
    """A server of one's own has a role of our name whose password we do not hold."""

    code = "cli.role_of_another"

    role: str
    variable: str

    def __str__(self) -> str:
        return (
            f"The database server already has a role {self.role}, and its password is not in the "
            f"data folder: name its whole address in {self.variable}."
        )


@dataclass(eq=False)
class MayNotMakeRoles(Refusal):
    """The role named in DATABASE_URL may not make other roles."""

    code = "cli.may_not_make_roles"

    role: str

    def __str__(self) -> str:
        return (
            f"The role in DATABASE_URL may not make the role {self.role}: let its administrator run "
            f"ALTER ROLE ... CREATEROLE, or make {self.role} by hand (LOGIN NOSUPERUSER NOBYPASSRLS)."
        )


def ensure(connection: _Connection, passwords: Mapping[str, str]) -> None:
    """Make the roles that are missing on a server of ours, and give each its password."""
    for role, password in passwords.items():
        if not _exists(connection, role):
            _create(connection, role, password)
        else:
            _set_password(connection, role, password)


def ensure_on_foreign(
    connection: _Connection, passwords: Mapping[str, str], variables: Mapping[str, str]
) -> None:
    """Make the roles that are missing on a server of the firm's own; never change one that is there.

    Refuses: RoleOfAnother, MayNotMakeRoles.
    """
    for role, password in passwords.items():
        if not _exists(connection, role):
            _create(connection, role, password)
        elif not _opens(connection, role, password):
            raise RoleOfAnother(role, variables[role])


def ensure_database(connection: _Connection, name: str = DATABASE) -> None:
    """Make the database, owned by the owner and closed to everybody but the three."""
    found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
    if found is None:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0").format(
                sql.Identifier(name), sql.Identifier(OWNER)
            )
        )
    close_to_others(connection, name)


def close_to_others(connection: _Connection, name: str) -> None:
    """Let only the owner, the program and the verifier connect to a database."""
    database = sql.Identifier(name)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute(
        sql.SQL("GRANT CONNECT ON DATABASE {} TO {}, {}").format(
            database, sql.Identifier(APP), sql.Identifier(VERIFIER)
        )
    )


def _exists(connection: _Connection, role: str) -> bool:
    query = "SELECT FROM pg_roles WHERE rolname = %s"
    return connection.execute(query, [role]).fetchone() is not None


def _create(connection: _Connection, role: str, password: str) -> None:
    name = sql.Identifier(role)
    try:
        connection.execute(
            sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(
                name, _RIGHTS, _scrambled(connection, role, password)
            )
        )
    except psycopg.errors.InsufficientPrivilege as refused:
        raise MayNotMakeRoles(role) from refused
    if role == VERIFIER:
        connection.execute(
            sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(name)
        )


def _set_password(connection: _Connection, role: str, password: str) -> None:
    if not _opens(connection, role, password):
        connection.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(role), _scrambled(connection, role, password)
            )
        )


def _opens(connection: _Connection, role: str, password: str) -> bool:
    """Return whether the password is the role's: by trying it, as a wrong one could only fail later."""
    same_place = connection.info.get_parameters()
    try:
        psycopg.connect(
            make_conninfo("", **{**same_place, "user": role, "password": password})
        ).close()
    except psycopg.OperationalError as error:
        return "password authentication failed" not in str(error)
    return True


def _scrambled(connection: _Connection, role: str, password: str) -> sql.Literal:
    """Return what the server stores, made here: the password itself is never in a statement."""
    secret = connection.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return sql.Literal(secret.decode())

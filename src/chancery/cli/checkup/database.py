"""The database: its server, its roles, the guards on every firm's table, and its migrations."""

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg

from chancery.cli import migrations, roles
from chancery.cli.checkup.finding import Finding, attention, ok, wrong

_Connection = psycopg.Connection[tuple[Any, ...]]
_OLDEST = 15_00_00
_PATIENCE = 5
_MAKE_ANEW = "stop Chancery and start ./chancery up: it puts the roles right"
_MIGRATE = "start ./chancery up: it migrates"

_POWERFUL: LiteralString = """
    SELECT rolname FROM pg_roles
    WHERE rolname = ANY(%s) AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication)"""
_PRESENT: LiteralString = "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)"
_EXEMPT: LiteralString = """
    SELECT rolname FROM pg_roles WHERE rolname = %s AND (rolsuper OR rolbypassrls)"""
_OWNED_BY_PROGRAM: LiteralString = """
    SELECT relname FROM pg_class JOIN pg_roles ON pg_roles.oid = relowner
    WHERE rolname = ANY(%s) ORDER BY relname"""
_UNGUARDED: LiteralString = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE a.attname = 'firm_id' AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
      AND c.relnamespace = 'public'::regnamespace
      AND NOT (c.relrowsecurity AND c.relforcerowsecurity
               AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid))
    ORDER BY c.relname"""
_GUARDED: LiteralString = """
    SELECT count(*) FROM pg_class WHERE relforcerowsecurity
    AND relnamespace = 'public'::regnamespace"""


def examine(owner: str) -> Iterator[Finding]:
    """Report on the database that its owner reaches at this address."""
    try:
        connection = psycopg.connect(owner, connect_timeout=_PATIENCE)
    except psycopg.OperationalError as error:
        said = str(error).strip().splitlines()[-1].strip()
        yield wrong(
            "database", f"does not answer ({said})", "look into postgres.log in the log folder"
        )
        return
    with connection:
        yield _version(connection)
        yield from _settings(connection)
        yield _roles(connection)
        yield _belongings(connection)
        yield _guards(connection)
        yield _shape(owner)


def _version(connection: _Connection) -> Finding:
    version = connection.info.server_version
    shown = f"PostgreSQL {version // 10_000}.{version % 10_000}"
    if version < _OLDEST:
        return wrong("database", shown, "move to PostgreSQL 15 or newer")
    return ok("database", shown)


def _settings(connection: _Connection) -> Iterator[Finding]:
    """Report whether what is written stays written, and whether a damaged page would be noticed."""
    for name, remedy in (
        ("fsync", "turn it on: without it a power cut loses entries"),
        ("full_page_writes", "turn it on: without it a power cut tears pages"),
        ("synchronous_commit", "turn it on: without it a crash loses the last entries"),
        ("data_checksums", "turn them on with pg_checksums while the server is stopped"),
    ):
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        value = str(row[0]) if row else "unknown"
        if value != "off":
            yield ok(name, value)
        elif name == "data_checksums":
            yield attention(name, "off", remedy)
        else:
            yield wrong(name, "off", remedy)


def _roles(connection: _Connection) -> Finding:
    owner = connection.info.user
    ours = [roles.APP, roles.VERIFIER]
    if powerful := _names(connection, _POWERFUL, [ours]):
        remedy = "run ALTER ROLE ... NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION"
        return wrong("roles", f"{', '.join(powerful)} may do what no program should", remedy)
    present = _names(connection, _PRESENT, [ours])
    if missing := sorted({*ours} - {*present}):
        return wrong("roles", f"{', '.join(missing)} missing", _MAKE_ANEW)
    if _names(connection, _EXEMPT, [owner]):
        remedy = "migrate as a role that is neither superuser nor BYPASSRLS"
        return attention("roles", f"row security does not bind the owner {owner}", remedy)
    return ok("roles", f"{', '.join(ours)} and {owner}: row security binds them all")


def _belongings(connection: _Connection) -> Finding:
    owned = _names(connection, _OWNED_BY_PROGRAM, [[roles.APP, roles.VERIFIER]])
    if owned:
        remedy = "run REASSIGN OWNED BY the role TO the owner"
        return wrong("belongings", f"the program owns {', '.join(owned)}", remedy)
    return ok("belongings", "the program and the verifier own nothing")


def _guards(connection: _Connection) -> Finding:
    unguarded = _names(connection, _UNGUARDED, [])
    if unguarded:
        remedy = "let a migration run chancery_protect on it"
        return wrong("row security", f"{', '.join(unguarded)} may be read by every firm", remedy)
    row = connection.execute(_GUARDED).fetchone()
    return ok("row security", f"forced on {row[0] if row else 0} tables, on every one with a firm")


def _shape(owner: str) -> Finding:
    noted = migrations.noted(owner)
    if noted is None:
        return wrong("migrations", "none were noted", _MIGRATE)
    if noted != migrations.stamp():
        return attention("migrations", "noted by another version of this program", _MIGRATE)
    return ok("migrations", "all of this version applied")


def _names(connection: _Connection, query: LiteralString, values: list[Any]) -> list[str]:
    return [str(row[0]) for row in connection.execute(query, values).fetchall()]

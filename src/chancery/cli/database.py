"""The addresses of the database, one per role: on the embedded server, or on one of the firm's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

import psycopg

from chancery.cli import keys, locks, ports, roles
from chancery.cli.embedded.cluster import SUPERUSER
from chancery.cli.embedded.server import Server, ServerFailed
from chancery.cli.folders import DataFolder
from chancery.lib.refusals import Outage, Refusal

_PATIENCE = 10  # seconds for a server of one's own to answer
_VARIABLES = {roles.APP: "DATABASE_APP_URL", roles.VERIFIER: "DATABASE_VERIFIER_URL"}


@dataclass(eq=False)
class DatabaseUnreachable(Outage):
    """The server named in DATABASE_URL does not let us in."""

    code = "cli.database_unreachable"

    said: str

    def __str__(self) -> str:
        return (
            f"The database server in DATABASE_URL cannot be used ({self.said}): "
            f"check the address, and that the server runs."
        )


@dataclass(eq=False)
class AddressUnreadable(Refusal):
    """DATABASE_URL is not written as an address."""

    code = "cli.address_unreadable"

    def __str__(self) -> str:
        return "DATABASE_URL must read postgresql://role:password@host:5432/database."


@dataclass(frozen=True)
class Addresses:
    """Where each role reaches the database; they hold passwords and are never shown."""

    owner: str
    app: str
    verifier: str


def on_embedded(server: Server) -> Addresses:
    """Return the addresses on our own server, with roles and database made where they are missing."""
    passwords = {
        role: _password(server.cluster.folder, role)
        for role in (roles.OWNER, roles.APP, roles.VERIFIER)
    }
    admin = server.address(SUPERUSER, server.cluster.password, SUPERUSER)
    try:
        with psycopg.connect(admin, autocommit=True) as connection:
            roles.ensure(connection, passwords)
            roles.ensure_database(connection)
    except psycopg.OperationalError as error:
        log = server.cluster.folder.log / "postgres.log"
        raise ServerFailed(f"{_first_line(error)}.", log) from error
    owner, app, verifier = (
        server.address(role, password, roles.DATABASE) for role, password in passwords.items()
    )
    return Addresses(owner, app, verifier)


def on_running(folder: DataFolder, role: str) -> str:
    """Return where a role reaches the embedded server that runs now; nothing while none does."""
    name, port = f"{role}.password", folder.run / "postgres.port"
    is_up = locks.is_held(folder.run / "up.lock")
    if not (is_up and port.exists() and keys.exists(folder.keys, name)):
        return ""
    password = keys.obtain(folder.keys, name)
    place = f"{ports.LOOPBACK}:{port.read_text(encoding='ascii').strip()}"
    return f"postgresql://{role}:{password}@{place}/{roles.DATABASE}"


def on_own_server(environ: Mapping[str, str], folder: DataFolder) -> Addresses:
    """Return the addresses on the server in DATABASE_URL, whose role owns the database there.

    Refuses: AddressUnreadable, RoleOfAnother, MayNotMakeRoles.
    """
    owner = environ["DATABASE_URL"]
    if not owner.startswith(("postgresql://", "postgres://")):
        raise AddressUnreadable
    given = {role: environ.get(variable, "") for role, variable in _VARIABLES.items()}
    missing = {role: _password(folder, role) for role, address in given.items() if not address}
    try:
        with psycopg.connect(owner, autocommit=True, connect_timeout=_PATIENCE) as connection:
            roles.ensure_on_foreign(connection, missing, _VARIABLES)
    except psycopg.OperationalError as error:
        raise DatabaseUnreachable(_first_line(error)) from error
    made = {role: _as_role(owner, role, password) for role, password in missing.items()}
    addresses = {**given, **made}
    return Addresses(owner, addresses[roles.APP], addresses[roles.VERIFIER])


def _password(folder: DataFolder, role: str) -> str:
    return keys.obtain(folder.keys, f"{role}.password")


def _as_role(owner: str, role: str, password: str) -> str:
    """Return the owner's address with another role's name and password in it."""
    parts = urlsplit(owner)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(role)}:{quote(password)}@{host}"))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].rstrip(".")

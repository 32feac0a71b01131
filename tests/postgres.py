"""A database server of the tests' own, thrown away at the end, and how tests reach it.

A migrated server is kept as a pattern, named after everything that shaped it; each run copies the
pattern and starts the copy, which takes a fraction of a second. Tests connect as the program's own
role. CHANCERY_TEST_POSTGRES names the folder of another PostgreSQL's programs to test with.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django.plugin import DjangoDbBlocker

from chancery.cli import database, environment, folders, migrations, roles
from chancery.cli.database import Addresses
from chancery.cli.embedded import binaries, cluster, server
from chancery.cli.embedded.binaries import Binaries
from chancery.cli.embedded.cluster import Cluster
from chancery.cli.embedded.server import Server

QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_PATTERN = "chancery_pattern"  # the migrated database that each committing test's copy is made from
_DAY = 24 * 60 * 60

Connection = psycopg.Connection[tuple[Any, ...]]


@dataclass(frozen=True)
class TestServer:
    """A throwaway server with a migrated database, and where each role reaches it."""

    __test__ = False

    server: Server
    addresses: Addresses

    @property
    def superuser(self) -> str:
        """Return the address of the one role that may do anything; only the tests' plumbing uses it."""
        password = self.server.cluster.password
        return self.server.address(cluster.SUPERUSER, password, cluster.SUPERUSER)

    def renew(self) -> None:
        """Throw the database away, with all that was committed, and copy it from the pattern."""
        with psycopg.connect(self.superuser, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {roles.DATABASE} WITH (FORCE)")
            _copy(connection, source=_PATTERN, to=roles.DATABASE)


@contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """Copy the pattern's files, for a server to be started on; nothing of them remains."""
    found = _programs()
    pattern = _pattern(found)
    with _folder(pattern.parent) as fresh:
        subprocess.run(["cp", "-a", "--reflink=auto", f"{pattern}/.", fresh], check=True)
        yield cluster.prepare(folders.prepare(fresh), found)


@contextmanager
def throwaway_server() -> Iterator[TestServer]:
    """Run a migrated server on a copy of the pattern; nothing of it remains."""
    with throwaway_cluster() as made:
        started = server.start(made, say=lambda _: None, settings=QUICK)
        try:
            yield TestServer(started, database.on_embedded(started))
        finally:
            started.stop()


def _programs() -> Binaries:
    named = os.environ.get("CHANCERY_TEST_POSTGRES")
    return Binaries(Path(named)) if named else binaries.find()


def _pattern(found: Binaries) -> Path:
    """Return the folder of a migrated, stopped server; make it when its like is not there yet."""
    shelf = _shelf()
    _clear_away(shelf)
    pattern = shelf / f"{found.version}-{migrations.stamp().split()[-1]}"
    if not pattern.is_dir():
        with _folder(shelf) as fresh:
            _make_pattern(fresh, found)
            if not pattern.is_dir():  # another run may have been quicker
                fresh.rename(pattern)
    os.utime(pattern)
    return pattern


def _make_pattern(fresh: Path, found: Binaries) -> None:
    folder = folders.prepare(fresh)
    started = server.start(cluster.prepare(folder, found), say=lambda _: None, settings=QUICK)
    try:
        addresses = database.on_embedded(started)
        told = environment.of_program(os.environ, folder=folder, database=addresses.app)
        migrations.apply(addresses.owner, told, say=lambda _: None)
        superuser = TestServer(started, addresses).superuser
        with psycopg.connect(superuser, autocommit=True) as connection:
            _copy(connection, source=roles.DATABASE, to=_PATTERN)
    finally:
        started.stop()


def _copy(connection: Connection, *, source: str, to: str) -> None:
    connection.execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy").format(
            sql.Identifier(to), sql.Identifier(source), sql.Identifier(roles.OWNER)
        )
    )
    roles.close_to_others(connection, to)


def _shelf() -> Path:
    """Return this user's own folder for patterns, in the place for temporary files."""
    shelf = Path(tempfile.gettempdir()) / f"chancery-tests-{os.geteuid()}"
    shelf.mkdir(mode=0o711, exist_ok=True)
    if shelf.stat().st_uid != os.geteuid():
        shelf = Path(tempfile.mkdtemp(prefix="chancery-tests-"))
        shelf.chmod(0o711)
    return shelf


def _clear_away(shelf: Path) -> None:
    """Remove what no run has used for a day."""
    for entry in shelf.iterdir():
        if time.time() - entry.stat().st_mtime > _DAY:
            shutil.rmtree(entry, ignore_errors=True)


@contextmanager
def _folder(shelf: Path) -> Iterator[Path]:
    """Make a folder that others may pass through; remove it, unless it was renamed."""
    fresh = shelf / f"run-{os.getpid()}-{secrets.token_hex(4)}"
    fresh.mkdir(mode=0o711)
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def data_folder() -> Iterator[Path]:
    """Make the run's own data folder, which the settings only name."""
    folder = Path(os.environ["CHANCERY_DATA"])
    folder.mkdir(mode=0o700, exist_ok=True)
    yield folder
    if folder.name.startswith("chancery-test-data-"):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres(django_db_blocker: DjangoDbBlocker) -> Iterator[TestServer]:
    """Give the run its server, and tell Django and every program that the tests start."""
    with throwaway_server() as running:
        told = connections["default"].settings_dict
        told.update({"HOST": "127.0.0.1", "PORT": str(running.server.port), "NAME": roles.DATABASE})
        told.update(
            {"USER": roles.APP, "PASSWORD": running.addresses.app.split("@")[0].split(":")[2]}
        )
        os.environ["CHANCERY_DATABASE_URL"] = running.addresses.app
        yield running
        with django_db_blocker.unblock():
            connections.close_all()


@pytest.fixture(scope="session")
def django_db_setup(postgres: TestServer) -> Iterator[None]:
    """Let pytest-django use the migrated database, and renew it after a test that really commits.

    Django would empty the tables instead; the program's role may not, and append-only tables refuse.
    """

    def renew(case: TransactionTestCase) -> None:
        connections.close_all()
        postgres.renew()

    patched = pytest.MonkeyPatch()
    patched.setattr(TransactionTestCase, "_fixture_teardown", renew)
    yield
    patched.undo()


@pytest.fixture
def as_owner(postgres: TestServer, db: None) -> Iterator[Connection]:
    """Give a connection of the role that owns the tables; it sees only what was committed."""
    with psycopg.connect(postgres.addresses.owner) as connection:
        yield connection


@pytest.fixture
def as_verifier(postgres: TestServer, db: None) -> Iterator[Connection]:
    """Give a connection of the role that reads everything; it sees only what was committed."""
    with psycopg.connect(postgres.addresses.verifier) as connection:
        yield connection

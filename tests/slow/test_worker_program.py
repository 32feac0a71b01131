"""The worker as a program: it begins, works, outlives its database, ends when asked, and keeps secrets."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from pytest_django.fixtures import Settings

from at_work import connect, want_bank
from chancery.accounting.models import AccountUse, TokenPair
from chancery.cli import roles
from chancery.lib import clock
from chancery.outbox import workers
from chancery.practice.models import Person
from postgres import TestServer
from sandbox_server import SandboxServer
from worker_process import environment, wait_until
from world import acting, marlow
from xero_side import sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


class Program:
    """One `python -m chancery.worker` and its log."""

    def __init__(self, xero: SandboxServer, data: Path) -> None:
        self.log = data / "worker.log"
        words = [sys.executable, "-m", "chancery.worker", "--look-every", "0.05", "--lease", "2"]
        with self.log.open("wb") as log:
            told = environment(xero, data)
            self.process = subprocess.Popen(words, env=told, stdout=log, stderr=log)

    def lines(self) -> list[dict[str, Any]]:
        """Return what it has logged."""
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def has_said(self, words: str) -> bool:
        """Return whether some line of the log says this."""
        assert self.process.poll() in (None, 0), self.log.read_text()[-3000:]
        return words in self.log.read_text()

    def end(self) -> int:
        """Ask it to end, and return how it did."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=20)


@pytest.fixture
def alice(transactional_db: None, xero: SandboxServer, settings: Settings) -> Person:
    settings.XERO_CLIENT_ID = xero.client_id
    settings.XERO_CLIENT_SECRET = xero.client_secret
    person = marlow().alice
    connect(xero, person)
    return person


@pytest.fixture
def program(xero: SandboxServer, alice: Person, tmp_path: Path) -> Iterator[Program]:
    running = Program(xero, tmp_path)
    wait_until(lambda: running.has_said("The worker has begun."))
    yield running
    running.process.kill()
    running.process.wait(timeout=10)


def is_there(person: Person, use: AccountUse) -> bool:
    with acting(person):
        return AccountUse.objects.filter(pk=use.pk, chart_account__isnull=False).exists()


@contextmanager
def database_away(server: TestServer) -> Iterator[None]:
    """Let nobody into the database for a while, and throw out who is in it."""
    connections.close_all()
    name = sql.Identifier(roles.DATABASE)
    with psycopg.connect(server.superuser, autocommit=True) as plumbing:
        plumbing.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(name))
        plumbing.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [roles.DATABASE],
        )
        yield
        plumbing.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(name))


def test_it_makes_what_is_asked_for_while_it_runs_and_ends_when_it_is_told_to(
    alice: Person, program: Program
) -> None:
    use = want_bank(alice, "Law practice trust account")

    wait_until(lambda: is_there(alice, use))

    assert workers.is_anyone_working(at=clock.now())
    assert program.end() == 0
    assert program.lines()[-1]["said"] == "The worker has ended."
    assert not workers.is_anyone_working(at=clock.now())


def test_it_says_so_when_the_database_goes_away_and_goes_on_when_it_is_back(
    alice: Person, program: Program, postgres: TestServer
) -> None:
    with database_away(postgres):
        wait_until(lambda: program.has_said("The database does not answer"))

    use = want_bank(alice, "Law practice trust account")

    wait_until(lambda: is_there(alice, use))
    assert program.end() == 0


def test_its_log_is_json_and_names_no_account_no_number_and_no_token(
    alice: Person, program: Program, xero: SandboxServer
) -> None:
    use = want_bank(alice, "Law practice trust account", "062000 44556677")
    wait_until(lambda: is_there(alice, use))
    wait_until(lambda: program.has_said("A message was worked on."))
    program.end()

    worked = next(line for line in program.lines() if line["said"] == "A message was worked on.")
    assert (worked["topic"], worked["ended"]) == ("accounting.create_account", "handled")
    text = program.log.read_text()
    for secret in ("Law practice", "44556677", "Bearer", "eyJ", xero.client_secret):
        assert secret not in text
    with acting(alice):
        assert TokenPair.objects.count() == 1

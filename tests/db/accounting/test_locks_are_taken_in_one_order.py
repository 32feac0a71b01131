"""The worker and the person who backs out lock in one order, so that neither stops the other for good."""

import threading
import time
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection as database

from at_work import Hand, connect, want_bank, work
from chancery.practice.models import Person
from postgres import TestServer
from world import marlow
from xero_side import SandboxServer, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice(transactional_db: None, xero: SandboxServer) -> Person:
    """Alice, whose firm is connected."""
    alice = marlow().alice
    connect(xero, alice)
    return alice


def test_a_worker_that_waits_for_the_choice_holds_no_use_of_an_account(
    alice: Person, postgres: TestServer
) -> None:
    use = want_bank(alice, "Trust account")
    ended: list[str] = []
    working = threading.Thread(target=_and_close(lambda: ended.extend(work(alice, Hand()))))

    with psycopg.connect(postgres.addresses.app) as leaving:
        leaving.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(alice.firm_id)])
        leaving.execute("SELECT FROM accounting_packagechoice FOR UPDATE")
        working.start()
        _wait_for_a_lock(postgres)
        leaving.execute(
            "SELECT FROM accounting_accountuse WHERE id = %s FOR UPDATE NOWAIT", [use.id]
        )
    working.join(timeout=20)

    assert ended == ["handled"]


def _and_close(act: Callable[[], object]) -> Callable[[], None]:
    def acted() -> None:
        try:
            act()
        finally:
            database.close()

    return acted


def _wait_for_a_lock(postgres: TestServer) -> None:
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    until = time.monotonic() + 20
    with psycopg.connect(postgres.superuser, autocommit=True) as watcher:
        while watcher.execute(waiting).fetchone() == (0,):
            assert time.monotonic() < until, "the worker never came to the lock"

"""However many workers race, wherever one is killed: one refresh, and no connection is lost by it."""

import hashlib
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection as database
from pytest_django.fixtures import Settings

from chancery.accounting.models import Connection, TokenPair
from chancery.accounting.xero import tokens
from chancery.lib import clock
from chancery.practice import history
from world import Marlow, acting, marlow
from xero_side import SandboxServer, connected, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 8
SCRIPT = Path(__file__).parents[2] / "one_refresh.py"


@pytest.fixture
def cast(transactional_db: None) -> Marlow:
    return marlow()


def expire(cast: Marlow) -> None:
    with acting(cast.alice):
        TokenPair.objects.update(expires_at=clock.now())


def refreshes(xero: SandboxServer) -> int:
    calls = xero.control("calls", "GET")["calls"]
    return sum(call["path"].endswith("/connect/token") for call in calls)


def start_worker(
    xero: SandboxServer, settings: Settings, found: Connection, **more: str
) -> subprocess.Popen[str]:
    worker = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(found.firm_id), str(found.id)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "chancery.config.settings_test",
            "PYTHONPATH": os.pathsep.join(sys.path),
            "CHANCERY_DATA": str(settings.TOKEN_KEY_FILE.parent.parent),
            "XERO_SANDBOX_URL": xero.base_url,
            **more,
        },
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout
    assert worker.stdout.readline() == "ready\n"
    return worker


def test_a_fresh_token_is_used_without_asking_xero(xero: SandboxServer, cast: Marlow) -> None:
    found = connected(xero, cast.alice)
    xero.control("calls", "DELETE")

    tokens.access_for(found, clock.now())

    assert refreshes(xero) == 0


@pytest.mark.slow
def test_eight_processes_that_race_refresh_once(
    xero: SandboxServer, cast: Marlow, settings: Settings
) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    workers = [start_worker(xero, settings, found) for _ in range(WORKERS)]
    xero.control("calls", "DELETE")
    xero.control("faults", kind="delay", path="/connect/token", seconds=0.5, times=WORKERS)

    for worker in workers:
        assert worker.stdin
        worker.stdin.write("go\n")
        worker.stdin.flush()
    got = {worker.communicate(timeout=30)[0] for worker in workers}

    assert refreshes(xero) == 1
    assert len(got) == 1
    with acting(cast.alice):
        assert TokenPair.objects.get().refreshes == 1
    stored = tokens.access_for(found, clock.now()).reveal()
    assert got == {hashlib.sha256(stored.encode()).hexdigest() + "\n"}


def test_eight_threads_whose_token_was_refused_renew_it_once(
    xero: SandboxServer, cast: Marlow
) -> None:
    found = connected(xero, cast.alice)
    refused = tokens.access_for(found, clock.now())
    xero.control("calls", "DELETE")
    xero.control("faults", kind="delay", path="/connect/token", seconds=0.3, times=WORKERS)

    def renew(_: int) -> str:
        try:
            return tokens.renewed(found, clock.now(), refused=refused).reveal()
        finally:
            database.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        got = set(pool.map(renew, range(WORKERS)))

    assert refreshes(xero) == 1
    assert len(got) == 1
    assert got != {refused.reveal()}


@pytest.mark.slow
def test_a_worker_killed_before_it_saved_loses_nothing(
    xero: SandboxServer, cast: Marlow, settings: Settings
) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    victim = start_worker(xero, settings, found, CHANCERY_KILL_AT="tokens.answered")
    victim.communicate("go\n", timeout=30)
    assert victim.returncode == -signal.SIGKILL
    with acting(cast.alice):
        assert TokenPair.objects.get().refreshes == 0

    tokens.access_for(found, clock.now())

    with acting(cast.alice):
        assert TokenPair.objects.get().refreshes == 1
        assert Connection.objects.get().state == "connected"


@pytest.mark.slow
def test_the_new_token_is_stored_before_anyone_uses_it(
    xero: SandboxServer, cast: Marlow, settings: Settings
) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    victim = start_worker(xero, settings, found, CHANCERY_KILL_AT="tokens.stored")
    victim.communicate("go\n", timeout=30)
    assert victim.returncode == -signal.SIGKILL
    xero.control("calls", "DELETE")

    tokens.access_for(found, clock.now())

    assert refreshes(xero) == 0


def test_a_lost_answer_is_asked_for_again(xero: SandboxServer, cast: Marlow) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    xero.control("faults", kind="drop_after_commit", path="/connect/token")

    with pytest.raises(tokens.oauth.XeroOutOfReach):
        tokens.access_for(found, clock.now())

    assert tokens.access_for(found, clock.now())


def test_a_dead_grant_marks_the_connection_lost_and_says_reconnect(
    xero: SandboxServer, cast: Marlow
) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    xero.control("expiries", refresh_too=True)

    with pytest.raises(tokens.ConnectionIsGone, match="Reconnect"):
        tokens.access_for(found, clock.now())

    with acting(cast.alice):
        lost = Connection.objects.get()
        acts = [change.act for change in history.of("connection", lost.id)]
        assert lost.state == "lost"
        assert "no longer honours" in lost.lost_because
        assert not TokenPair.objects.exists()
    assert acts[0] == "Lost the connection to Marlow & Finch Lawyers"


def test_xero_being_away_does_not_lose_the_connection(xero: SandboxServer, cast: Marlow) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    xero.control("faults", kind="status", path="/connect/token", status=503)

    with pytest.raises(tokens.oauth.XeroOutOfReach):
        tokens.access_for(found, clock.now())

    with acting(cast.alice):
        assert Connection.objects.get().state == "connected"


def test_reconnecting_after_a_loss_brings_the_connection_back(
    xero: SandboxServer, cast: Marlow
) -> None:
    found = connected(xero, cast.alice)
    expire(cast)
    xero.control("expiries", refresh_too=True)
    with pytest.raises(tokens.ConnectionIsGone):
        tokens.access_for(found, clock.now())

    again = connected(xero, cast.alice)

    assert again.id == found.id
    assert tokens.access_for(again, clock.now() + timedelta(minutes=10))

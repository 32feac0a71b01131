"""The database is killed under load: what it acknowledged stays; what nobody knows is settled by its key."""

import logging
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

import psycopg
import pytest

from chancery.cli import database
from chancery.cli.database import Addresses
from chancery.cli.embedded import server
from chancery.cli.embedded.server import SAFE, Server
from chancery.cli.processes import everyone
from chancery.cli.verification.examination import Examination
from chancery.cli.verification.snapshot import Snapshot
from chancery.lib import clock, ids
from db.ledger.raw import Raw, day
from postgres import throwaway_cluster

pytestmark = pytest.mark.slow
CLIENTS = 4
PATIENCE = 60.0
LOST = (psycopg.OperationalError, psycopg.InterfaceError)
log = logging.getLogger("killed")


@dataclass
class Place:
    """Where the database is to be found: another program may take its port while it is away."""

    address: str


@dataclass
class Client:
    """Posts one receipt after the other; where it does not hear the outcome, it posts again by the same key."""

    place: Place
    raw: Raw
    number: int
    ended: Event
    posted: dict[str, UUID] = field(default_factory=dict)
    minor: int = 0
    unknown: int = 0
    were_there: int = 0
    trouble: str = ""
    _connection: psycopg.Connection[tuple[Any, ...]] | None = None

    def run(self) -> None:
        """Post until told to end, and not before the last outcome is known."""
        try:
            while not self.ended.is_set():
                self._post(f"{self.number} {len(self.posted)}", 1 + len(self.posted) % 7)
        except Exception as bug:  # noqa: BLE001 - told by the test
            self.trouble = repr(bug)[:500]
        finally:
            if self._connection is not None:
                self._connection.close()

    def _post(self, key: str, minor: int) -> None:
        tried: list[UUID] = []
        until = time.monotonic() + PATIENCE
        while True:
            assert time.monotonic() < until, "the database does not come back"
            try:
                if self._connection is None:
                    self._connection = psycopg.connect(self.place.address, connect_timeout=5)
                with self._connection.transaction():
                    journal, was_there = self._call(self._connection, key, minor, tried)
                break
            except LOST:
                if self._connection is not None:
                    self._connection.close()
                self._connection = None
                time.sleep(0.02)
        self.posted[key] = journal
        self.minor += minor
        self.unknown += len(tried) > 1
        self.were_there += was_there
        if was_there:
            assert journal in tried[:-1], "the key names a journal that nobody posted"
        else:
            assert journal == tried[-1], "a new posting has its own identifier"

    def _call(
        self,
        connection: psycopg.Connection[tuple[Any, ...]],
        key: str,
        minor: int,
        tried: list[UUID],
    ) -> tuple[UUID, bool]:
        connection.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(self.raw.firm)])
        raw, on, journal = (
            self.raw,
            date(2026, 3, 1) + timedelta(days=len(self.posted) % 90),
            ids.new(),
        )
        tried.append(journal)
        stood = connection.execute(
            """SELECT journal_id FROM ledger_post(%s, now(), 'seed', ARRAY[%s], ARRAY[%s], ARRAY['receipt'],
                 ARRAY['Words'], ARRAY[%s], ARRAY[NULL::uuid], ARRAY[2::smallint], ARRAY[1, 1],
                 ARRAY[1, 2]::smallint[], ARRAY[%s, %s], ARRAY['D', 'C'], ARRAY[%s, %s]::bigint[],
                 ARRAY[NULL, NULL]::date[])""",
            [raw.firm, journal, on, key, raw.bank, raw.ann, minor, minor],
        ).fetchone()
        return (stood[0], True) if stood else (journal, False)


def seal(place: Place, firm: UUID, ended: Event) -> None:
    """Seal all the while, as the worker does."""
    while not ended.is_set():
        try:
            with psycopg.connect(place.address, connect_timeout=5) as connection:
                connection.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(firm)])
                connection.execute("SELECT ledger_seal_next(50, now())")
        except LOST:
            pass
        time.sleep(0.05)


def kill(running: Server) -> None:
    """End every process of the database at once, as the loss of power would."""
    for process in [running.process, *everyone()]:
        if process == running.process or server._works_on(process, running.cluster.data):
            process.signal(9)
    assert running.child is not None
    running.child.wait()


def open_books(addresses: Addresses) -> Raw:
    with psycopg.connect(addresses.app) as connection:
        raw = Raw.begin(connection)
        raw.receipt(5, day(1))
        connection.commit()
    return raw


@pytest.mark.parametrize("kills", [5, pytest.param(100, marks=pytest.mark.proof)])
def test_what_was_acknowledged_outlives_the_killing_and_a_key_settles_the_rest(kills: int) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    began, ended = time.monotonic(), Event()
    with throwaway_cluster() as files, ExitStack() as stack:
        running = server.start(files, say=lambda _: None, settings=SAFE)
        stack.callback(lambda: running.stop())  # noqa: PLW0108 - the one that runs then
        addresses = database.on_embedded(running)
        stack.callback(ended.set)
        raw = open_books(addresses)
        place = Place(addresses.app)
        clients = [Client(place, raw, number, ended) for number in range(CLIENTS)]
        threads = [Thread(target=client.run, daemon=True) for client in clients]
        threads.append(Thread(target=seal, args=(place, raw.firm, ended), daemon=True))
        for thread in threads:
            thread.start()
        for _ in range(kills):
            before = sum(len(client.posted) for client in clients)
            while sum(len(client.posted) for client in clients) < before + CLIENTS:
                assert not any(client.trouble for client in clients), [c.trouble for c in clients]
                time.sleep(0.005)
            time.sleep(chance.uniform(0, 0.15))
            kill(running)
            running = server.start(files, say=lambda _: None, settings=SAFE)
            addresses = database.on_embedded(running)
            place.address = addresses.app
        ended.set()
        for thread in threads:
            thread.join(PATIENCE)

        wrongs = [client.trouble for client in clients if client.trouble]
        wrongs += differences(addresses, raw, clients)
    log.info(
        "%s kills with seed %s: %s journals acknowledged, %s unknown, %s of these were there; %.0f s.",
        kills,
        seed,
        sum(len(client.posted) for client in clients),
        sum(client.unknown for client in clients),
        sum(client.were_there for client in clients),
        time.monotonic() - began,
    )
    assert wrongs == [], f"seed {seed}"
    assert sum(client.unknown for client in clients) >= kills // 2, (
        "the kills hardly hit any posting"
    )


def differences(addresses: Addresses, raw: Raw, clients: list[Client]) -> list[str]:
    """Return what is lost, there twice, or does not add up."""
    acknowledged = {key: journal for client in clients for key, journal in client.posted.items()}
    with psycopg.connect(addresses.verifier) as connection:
        there = dict(
            connection.execute(
                "SELECT key, id FROM ledger_journal WHERE kind = 'receipt'"
            ).fetchall()
        )
        held = connection.execute(
            "SELECT held_minor FROM ledger_balance WHERE account_id = %s", [raw.ann]
        ).fetchone()
    wrongs = [
        f"{key} is not there as acknowledged"
        for key in acknowledged
        if there.get(key) != acknowledged[key]
    ]
    wrongs += [f"{key} was never acknowledged" for key in there.keys() - acknowledged.keys()]
    expected = 5 + sum(client.minor for client in clients)
    if held != (expected,):
        wrongs.append(f"the ledger holds {held}, not {expected}")
    with Snapshot(addresses.verifier) as snapshot:
        reports = Examination(snapshot, clock.now()).run()
    return wrongs + [str(finding) for report in reports for finding in report.findings]

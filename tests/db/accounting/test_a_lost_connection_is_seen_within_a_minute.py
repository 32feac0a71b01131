"""A connection that somebody ended inside Xero is seen though nothing is on its way there."""

from datetime import timedelta

import pytest

from at_work import Hand, edge_of, work
from chancery.accounting import watching
from chancery.accounting.models import Connection
from chancery.lib import clock
from chancery.outbox.models import Call
from chancery.practice import history
from chancery.practice.models import Person
from chancery.worker.pace import Pace
from chancery.worker.worker import Worker
from world import acting, charlie, marlow
from xero_side import MARLOW, SandboxServer, connected, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice(transactional_db: None, xero: SandboxServer) -> Person:
    """Alice, whose firm is connected and has read its chart."""
    alice = marlow().alice
    connected(xero, alice)
    work(alice, Hand())
    return alice


def state(person: Person) -> str:
    with acting(person):
        return Connection.objects.get().state


def test_one_that_was_ended_in_xero_is_marked_lost_and_history_says_why(
    alice: Person, xero: SandboxServer
) -> None:
    xero.control("disconnections", tenant_id=xero.tenant(MARLOW))

    assert watching.look(alice.firm_id, clock.now) == "lost"

    assert state(alice) == "lost"
    with acting(alice):
        connection = Connection.objects.get()
        acts = [one.act for one in history.of("connection", connection.id)]
    assert "Somebody disconnected" in connection.lost_because
    assert f"Lost the connection to {MARLOW}" in acts


def test_one_that_stands_is_left_and_no_budget_is_touched(alice: Person) -> None:
    with acting(alice):
        before = Call.objects.count()

    assert watching.look(alice.firm_id, clock.now) == "stands"

    assert state(alice) == "connected"
    with acting(alice):
        assert Call.objects.count() == before


def test_a_pass_that_ended_early_is_renewed(alice: Person, xero: SandboxServer) -> None:
    xero.control("expiries")

    assert watching.look(alice.firm_id, clock.now) == "stands"


def test_a_permission_that_was_taken_back_is_a_lost_connection(
    alice: Person, xero: SandboxServer
) -> None:
    xero.control("expiries", refresh_too=True)

    assert watching.look(alice.firm_id, clock.now) == "lost"
    assert state(alice) == "lost"


def test_xero_being_away_loses_nothing(alice: Person, xero: SandboxServer) -> None:
    xero.control("faults", kind="drop", path="connections")

    assert watching.look(alice.firm_id, clock.now) == "xero.out_of_reach"
    assert state(alice) == "connected"


def test_only_what_was_not_seen_for_a_while_is_due_and_only_once(alice: Person) -> None:
    stranger, hand = charlie(), Hand()

    assert watching.due(at=hand.at) == [alice.firm_id]
    watching.look(alice.firm_id, hand.now)
    assert watching.due(at=hand.at) == []
    assert watching.look(alice.firm_id, hand.now) == "not due"
    hand.forward(seconds=watching.UNSEEN_MOST.total_seconds())
    assert watching.due(at=hand.at) == [alice.firm_id]
    assert watching.look(stranger.firm_id, hand.now) == "not due"


def test_the_worker_looks_by_itself_in_time(alice: Person, xero: SandboxServer) -> None:
    xero.control("disconnections", tenant_id=xero.tenant(MARLOW))
    pace = Pace(threads=1, look_every=timedelta(milliseconds=10))
    with edge_of(Hand()) as edge:
        worker = Worker(edge, pace)

        def look_and_end(*asked: object) -> str:
            worker.stop()
            return watching.look(*asked)  # type: ignore[arg-type]  # handed on as they came

        worker.look = look_and_end
        worker.run()

    assert state(alice) == "lost"
    assert watching.UNSEEN_MOST + pace.beat_every <= timedelta(minutes=1)

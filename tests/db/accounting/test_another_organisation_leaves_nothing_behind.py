"""A firm goes over to another organisation only when nothing of it can be in the one it leaves."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from at_work import Hand, edge_of, want_bank, work
from chancery.accounting import chart, connections, deliveries
from chancery.accounting.models import AccountUse, Connection
from chancery.accounting.port import Organisation
from chancery.accounting.xero.adapter import XeroBooks
from chancery.lib import clock
from chancery.outbox import claims
from chancery.outbox.models import Message
from chancery.practice.models import Person
from world import acting, marlow
from xero_side import MARLOW, SandboxServer, connected, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)
OTHER = Organisation("org-2", "Marlow Trading", "AUD", "AU", "", None, None)


@pytest.fixture
def alice(transactional_db: None, xero: SandboxServer) -> Person:
    """Alice, whose firm is connected and has read its chart."""
    alice = marlow().alice
    connected(xero, alice)
    work(alice, Hand())
    return alice


def go_over(person: Person) -> Connection:
    with acting(person):
        allowed = connections.Allowed(OTHER, "c-2", is_sandbox=True)
        return connections.connect(allowed=allowed, by=person, at=clock.now())


def test_what_never_left_is_withdrawn(alice: Person) -> None:
    want_bank(alice, "Trust account")

    assert go_over(alice).name == "Marlow Trading"
    with acting(alice):
        assert not AccountUse.objects.exists()
        assert not Message.objects.filter(state__in=["queued", "in_flight"]).exists()


def test_an_account_that_may_have_been_made_keeps_the_firm_where_it_is(
    alice: Person, xero: SandboxServer
) -> None:
    xero.control("faults", kind="drop_after_commit", method="PUT", path="Accounts")
    use = want_bank(alice, "Trust account")
    assert work(alice, Hand()) == ["failed"]

    with pytest.raises(chart.SomethingIsOnItsWay, match="Wait until"):
        go_over(alice)
    with acting(alice):
        assert Connection.objects.get().name == MARLOW
        assert AccountUse.objects.filter(pk=use.pk).exists()


def test_a_refusal_after_an_answer_that_was_lost_does_not_say_that_nothing_was_made(
    alice: Person, xero: SandboxServer
) -> None:
    hand = Hand()
    xero.control("faults", kind="drop", method="PUT", path="Accounts")
    want_bank(alice, "Trust account")
    assert work(alice, hand) == ["failed"]
    xero.control("faults", kind="status", method="PUT", path="Accounts", status=400, body="{}")
    hand.forward(minutes=1)
    assert work(alice, hand) == ["handled"]

    with pytest.raises(chart.SomethingIsOnItsWay):
        go_over(alice)


def test_what_xero_refused_each_time_is_withdrawn(alice: Person, xero: SandboxServer) -> None:
    xero.control("faults", kind="status", method="PUT", path="Accounts", status=400, body="{}")
    want_bank(alice, "Trust account")
    assert work(alice, Hand()) == ["handled"]

    assert go_over(alice).name == "Marlow Trading"


def test_a_worker_that_comes_back_late_does_not_end_the_connection_given_meanwhile(
    alice: Person, xero: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = Hand(clock.now() - timedelta(minutes=1))
    want_bank(alice, "Trust account")
    with acting(alice):
        Message.objects.update(not_before=hand.at)
        (claim,) = claims.take(
            firm_id=alice.firm_id, limit=1, lease=timedelta(minutes=5), at=hand.at
        )
    xero.control("disconnections", tenant_id=xero.tenant(MARLOW))
    _after(monkeypatch, lambda: connected(xero, alice))
    with edge_of(hand) as edge:
        assert deliveries.deliver(claim, edge) == "failed"

    with acting(alice):
        assert Connection.objects.get().state == "connected"
        assert Message.objects.get(pk=claim.message_id).state == "queued"


def _after(monkeypatch: pytest.MonkeyPatch, then: Callable[[], object]) -> None:
    """Let something happen between Xero's answer to the next look-up and what the worker makes of it."""
    read = XeroBooks.accounts

    def read_and_then(self: XeroBooks) -> object:
        try:
            return read(self)
        finally:
            monkeypatch.setattr(XeroBooks, "accounts", read)
            then()

    monkeypatch.setattr(XeroBooks, "accounts", read_and_then)

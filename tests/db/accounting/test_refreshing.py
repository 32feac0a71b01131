"""Refresh… reads organisation, accounts, tax rates and lock dates, and says how it went."""

import pytest

from at_work import Hand, want_bank, work
from chancery.accounting import chart, choices, connections, deliveries, departures, refreshing
from chancery.accounting.models import AccountUse, ChartAccount, Connection, TaxRate
from chancery.outbox.models import Message
from chancery.practice import history
from chancery.practice.models import Person
from chancery.practice.permissions import NotAllowed
from sandbox_server import MARLOW, SandboxServer
from world import Marlow, acting, marlow
from xero_side import connected, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Marlow:
    return marlow()


@pytest.fixture
def found(xero: SandboxServer, cast: Marlow) -> Connection:
    return connected(xero, cast.alice)


@pytest.fixture
def hand() -> Hand:
    return Hand()


def ask(person: Person, hand: Hand) -> Message:
    with acting(person):
        return refreshing.request(by=person, at=hand.now())


def stand(person: Person) -> tuple[refreshing.Progress, Connection]:
    with acting(person):
        connection = Connection.objects.get()
        return refreshing.progress(connection), connection


def test_connecting_pulls_organisation_accounts_and_tax_rates(
    cast: Marlow, found: Connection, hand: Hand
) -> None:
    assert work(cast.alice, hand) == ["handled"]

    progress, connection = stand(cast.alice)
    assert not progress.is_running
    assert connection.refreshed_at == hand.now()
    with acting(cast.alice):
        assert ChartAccount.objects.count() == 41
        assert TaxRate.objects.count() == 9
        liability = ChartAccount.objects.get(name="Trust Liability")
        assert (liability.code, liability.type) == ("825", "current_liability")
        assert liability.takes_payments
        assert ChartAccount.objects.get(name="Harbourside Petty Cash").code == ""
        latest = history.of(connections.KIND, found.id)[0]
        assert latest.act == "Refreshed: 41 accounts, 41 of them new, 9 tax rates"


def test_lock_dates_are_read_and_their_change_is_written_down(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    tenant = xero.tenant(MARLOW)
    xero.control("lock-dates", tenant_id=tenant, period="2026-06-30", end_of_year="2025-06-30")

    work(cast.alice, hand)

    _, connection = stand(cast.alice)
    assert str(connection.period_lock_on) == "2026-06-30"
    assert str(connection.year_lock_on) == "2025-06-30"
    with acting(cast.alice):
        latest = history.of(connections.KIND, found.id)[0]
    assert latest.changes["Locked for all"] == ["", "2025-06-30"]


def test_a_new_account_and_a_new_code_in_xero_are_there_after_a_refresh(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    work(cast.alice, hand)
    with xero.api() as api:
        made = {"Code": "090", "Name": "Office", "Type": "BANK", "BankAccountNumber": "062-555 1"}
        assert api.put("/Accounts", json=made).status_code == 200
    hand.forward(minutes=1)
    ask(cast.alice, hand)

    work(cast.alice, hand)

    with acting(cast.alice):
        assert ChartAccount.objects.get(name="Office").code == "090"
        latest = history.of(connections.KIND, found.id)[0]
    assert latest.act.startswith("Refreshed: 42 accounts, 1 of them new")


def test_pressing_twice_asks_once(cast: Marlow, found: Connection, hand: Hand) -> None:
    assert ask(cast.alice, hand).id == ask(cast.alice, hand).id
    with acting(cast.alice):
        assert Message.objects.count() == 1


def test_a_refresh_costs_three_calls_of_the_budget(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    xero.control("calls", "DELETE")

    work(cast.alice, hand)

    paths = [call["path"].rsplit("/", 1)[1] for call in xero.control("calls", "GET")["calls"]]
    assert sorted(paths) == ["Accounts", "Organisation", "TaxRates"]


def test_a_connection_revoked_in_xero_is_noticed_and_shown(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    work(cast.alice, hand)
    hand.forward(minutes=1)
    xero.control("disconnections", tenant_id=xero.tenant(MARLOW))
    ask(cast.alice, hand)

    assert work(cast.alice, hand) == ["connection lost"]

    progress, connection = stand(cast.alice)
    assert connection.state == "lost"
    assert "disconnected" in connection.lost_because
    assert "Reconnect" in progress.stopped_because
    with acting(cast.alice), pytest.raises(refreshing.NothingToRefresh):
        refreshing.request(by=cast.alice, at=hand.now())


def test_what_a_lost_connection_stopped_goes_on_after_reconnecting(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    work(cast.alice, hand)
    xero.control("disconnections", tenant_id=xero.tenant(MARLOW))
    want_bank(cast.alice, "Trust account")
    assert work(cast.alice, hand) == ["connection lost"]

    connected(xero, cast.alice)
    hand.forward(minutes=1)

    assert set(work(cast.alice, hand)) == {"handled"}
    with acting(cast.alice):
        assert AccountUse.objects.get().chart_account is not None


def test_a_refresh_while_xero_is_away_is_tried_again(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    xero.control("faults", kind="status", path="Organisation", status=503)

    assert work(cast.alice, hand) == ["failed"]
    progress, _ = stand(cast.alice)
    assert progress.is_running
    assert progress.trouble

    hand.forward(minutes=1)
    assert work(cast.alice, hand) == ["handled"]


def test_nothing_is_taken_over_when_only_half_was_read(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    xero.control("faults", kind="cut_json", path="TaxRates")

    assert work(cast.alice, hand) == ["failed"]

    with acting(cast.alice):
        assert not ChartAccount.objects.exists()


def test_a_disconnected_firm_has_nothing_to_refresh(
    cast: Marlow, found: Connection, hand: Hand
) -> None:
    departures.disconnect(by=cast.alice, at=hand.now())

    with acting(cast.alice), pytest.raises(refreshing.NothingToRefresh):
        refreshing.request(by=cast.alice, at=hand.now())


def test_the_bookkeeper_may_refresh_and_the_examiner_may_not(
    cast: Marlow, found: Connection, hand: Hand
) -> None:
    assert ask(cast.bob, hand)
    with acting(cast.erin), pytest.raises(NotAllowed):
        refreshing.request(by=cast.erin, at=hand.now())


def test_backing_out_is_refused_once_an_account_was_made(
    cast: Marlow, found: Connection, hand: Hand
) -> None:
    want_bank(cast.alice, "Trust account")
    work(cast.alice, hand)

    with pytest.raises(choices.PackageChoiceIsFinal):
        departures.back_out(by=cast.alice, at=hand.now())

    assert stand(cast.alice)[1].state == "connected"


def test_backing_out_waits_while_nobody_knows_whether_an_account_was_made(
    xero: SandboxServer, cast: Marlow, found: Connection, hand: Hand
) -> None:
    work(cast.alice, hand)
    want_bank(cast.alice, "Trust account")
    xero.control("faults", kind="drop_after_commit", method="PUT", path="Accounts")
    assert work(cast.alice, hand) == ["failed"]

    with pytest.raises(chart.SomethingIsOnItsWay, match="Wait until"):
        departures.back_out(by=cast.alice, at=hand.now())


def test_backing_out_withdraws_what_never_left(cast: Marlow, found: Connection, hand: Hand) -> None:
    want_bank(cast.alice, "Trust account")

    departures.back_out(by=cast.alice, at=hand.now())

    assert work(cast.alice, hand) == []
    with acting(cast.alice):
        assert {message.state for message in Message.objects.all()} == {"withdrawn"}
        assert not AccountUse.objects.exists()


def test_every_topic_has_a_handler() -> None:
    assert refreshing.TOPIC in deliveries.HANDLERS

"""Deposit slips in the browser: filled, taken off, banked once."""

import pytest
from django.test import Client

import money
from chancery.lib import clock
from chancery.trust.rules.policy_clearing import Method
from chancery.web.shell import times
from conftest import Browse
from money import Trust
from world import Marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    trust = money.open_trust(marlow)
    trust.today = clock.today("Australia/Sydney")
    return trust


@pytest.fixture
def bob(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.bob)


def test_a_slip_is_filled_and_closed_as_banked(trust: Trust, bob: Client) -> None:
    ledger = trust.ledger()
    first, second = (trust.receive(ledger, "10.00", Method.CASH) for _ in range(2))
    filling = f"/money/slips/of/{trust.account.id}/"
    assert "R-1" in bob.get(filling).content.decode()
    assert bob.post(filling, {"receipt": "x"}).status_code == 409

    slip = bob.post(filling, {"receipt": [str(first.id), str(second.id)]})["Location"]
    bob.post(f"{slip}removal/", {"receipt": str(second.id)})
    page = bob.get(slip).content.decode()
    assert "Total of 1" in page

    assert bob.post(f"{slip}banking/", {"on": ""}).status_code == 422
    sent = {"on": times.day(trust.today), "reference": "Pitt St"}
    assert bob.post(f"{slip}banking/", sent).status_code == 302
    again = bob.post(f"{slip}banking/", sent)
    assert again.status_code == 409
    assert "trust.slip_banked" in again.content.decode()
    assert "Slip 1" in bob.get("/money/slips/").content.decode()
    assert "Bob Finch" in bob.get("/money/slips/export/").content.decode()


def test_a_firm_without_slips_reads_how_to_switch_them_on(trust: Trust, bob: Client) -> None:
    assert "uses no deposit slips" in bob.get("/money/slips/").content.decode()

"""Money that moves without a receipt, through the API: what a place forbids, and the firm's advances."""

from typing import Any

import pytest

from chancery.ledger.models import Journal
from doors.api.calls import Answered, program_of
from money import Trust, firm_in, open_trust
from world import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def kauri() -> Trust:
    return open_trust(firm_in("nz"), "nz")


def lend(trust: Trust, sent: dict[str, Any], key: str, kind: str = "advances") -> Answered:
    told = {"reason": "Filing fee", "on": trust.today.isoformat(), **sent}
    return program_of(trust.maker).post(f"movements/{kind}", told, Idempotency_Key=key)


def nzd(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "NZD"}


def test_the_firms_money_is_lent_once_and_taken_back_as_far_as_it_was_lent(kauri: Trust) -> None:
    ledger = kauri.ledger()
    sent = {"ledger_id": str(ledger.id), "amount": nzd(5000)}

    lent = lend(kauri, sent, "k-1")
    again = lend(kauri, sent, "k-1")
    too_much = lend(kauri, {**sent, "amount": nzd(5001)}, "k-2", "advances-recovered")
    back = lend(kauri, sent, "k-3", "advances-recovered")

    assert (lent.status, lent.body["kind"], lent.body["amount"]) == (201, "advance", nzd(5000))
    assert again.body == lent.body
    assert (too_much.status, too_much.code) == (409, "trust.more_than_advanced")
    assert (back.status, back.body["kind"]) == (201, "advance_recovered")
    assert kauri.held(ledger) == "0.00"
    with acting(kauri.maker):
        assert Journal.objects.count() == 2


def test_a_place_without_advances_says_its_rule(trust_in_nsw: Trust) -> None:
    ledger = trust_in_nsw.ledger()
    sent = {"ledger_id": str(ledger.id), "amount": {"minor": 100, "currency": "AUD"}}

    refused = lend(trust_in_nsw, sent, "k-1")

    assert (refused.status, refused.code) == (409, "trust.advances_not_allowed")
    assert refused.body["rule"]
    assert refused.headers["Content-Type"].startswith("application/problem+json")


def test_an_advance_to_a_ledger_that_is_not_there_is_said_beside_its_field(kauri: Trust) -> None:
    nobody = "01900000-0000-7000-8000-000000000000"

    answer = lend(kauri, {"ledger_id": nobody, "amount": nzd(1)}, "k-1")

    assert (answer.status, [one["field"] for one in answer.body["fields"]]) == (422, ["ledger_id"])


@pytest.fixture
def trust_in_nsw(marlow: Any) -> Trust:
    return open_trust(marlow)

"""Early clearing and deposit slips through the API: who may answer, what waits, what is refused."""

from typing import Any

import pytest

from chancery.practice.models import Person
from chancery.trust.receipts import Method
from doors.api.calls import Answered, program_of
from doors.api.money_things import MoneyThings
from world import Marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


def post(who: Person, path: str, sent: dict[str, Any], key: str) -> Answered:
    return program_of(who).post(path, sent, Idempotency_Key=key)


def uncleared(money: MoneyThings) -> list[str]:
    items = program_of(money.owner).get("receipts?not_cleared=true").body["items"]
    return [one["id"] for one in items]


def test_a_receipt_clears_early_when_a_second_person_confirms(money: MoneyThings) -> None:
    trust, receipt = money.trust, str(money.cheque.id)
    evidence = {"words": "On the bank's list", "bank_reference": "NB 1"}
    assert money.receipt.id not in uncleared(money)
    assert uncleared(money) == [receipt]

    asked = post(trust.maker, f"receipts/{receipt}/clearances", evidence, "k-1")
    twice = post(trust.maker, f"receipts/{receipt}/clearances", evidence, "k-2")
    path = f"clearances/{asked.body['id']}/confirmation"
    by_bookkeeper = post(trust.maker, path, {}, "k-3")
    confirmed = post(trust.checker, path, {}, "k-4")
    again = post(trust.checker, path, {}, "k-5")

    assert (asked.status, asked.body["answer"]) == (201, None)
    assert (twice.status, twice.code) == (409, "trust.clearance_asked")
    assert (by_bookkeeper.status, by_bookkeeper.code) == (403, "practice.not_allowed")
    assert (confirmed.status, confirmed.body["answer"]["is_confirmed"]) == (200, True)
    assert (again.status, again.code) == (409, "trust.no_clearance_asked")
    assert uncleared(money) == []
    shown = program_of(money.owner).get(f"receipts/{receipt}").body
    assert shown["cleared_early_on"] == confirmed.body["answer"]["on"] < shown["clears_on"]


def test_who_asked_does_not_confirm(money: MoneyThings) -> None:
    evidence = {"words": "On the bank's list", "bank_reference": "NB 1"}
    asked = post(money.owner, f"receipts/{money.cheque.id}/clearances", evidence, "k-1")

    own = post(money.owner, f"clearances/{asked.body['id']}/confirmation", {}, "k-2")

    assert (own.status, own.code) == (409, "trust.own_clearance")
    assert own.body["rule"]


def test_an_answered_question_is_not_taken_for_the_one_that_waits(money: MoneyThings) -> None:
    trust, first = money.trust, money.clearance
    why, evidence = {"words": "Not shown"}, {"words": "Now shown", "bank_reference": "NB 2"}
    post(trust.checker, f"clearances/{first.id}/refusal", why, "k-1")
    second = post(trust.maker, f"receipts/{first.receipt_id}/clearances", evidence, "k-2")

    stale = post(trust.checker, f"clearances/{first.id}/confirmation", {}, "k-3")

    assert (stale.status, stale.code) == (409, "trust.no_clearance_asked")
    waiting = program_of(money.owner).get("clearances?is_answered=false").body["items"]
    assert [one["id"] for one in waiting] == [second.body["id"]]
    assert str(first.receipt_id) in uncleared(money)


def test_a_receipt_that_was_taken_back_does_not_wait_to_clear(money: MoneyThings) -> None:
    money.trust.reverse(money.cheque)

    assert uncleared(money) == []


def test_receipts_go_on_a_slip_once_and_stay_when_it_is_banked(money: MoneyThings) -> None:
    maker, account = money.trust.maker, str(money.trust.account.id)
    sent = {"account_id": account, "receipt_ids": [str(money.cheque.id)]}
    waits = program_of(money.owner).get("receipts?on_no_slip=true").body["items"]
    assert [one["id"] for one in waits] == [str(money.cheque.id)]

    made = post(maker, "deposit-slips", sent, "k-1")
    twice = post(maker, "deposit-slips", sent, "k-2")
    more = post(maker, "deposit-slips", {**sent, "receipt_ids": [str(_more(money))]}, "k-3")
    slip = f"deposit-slips/{made.body['id']}"
    banked = post(maker, f"{slip}/banking", {"reference": "Branch 12"}, "k-4")
    off = post(maker, f"{slip}/taking-off", {"receipt_id": str(money.cheque.id)}, "k-5")

    assert (made.status, made.body["amount"]["minor"]) == (201, 2500)
    assert (twice.status, twice.code) == (409, "trust.receipt_is_not_for_this_slip")
    assert more.body["id"] == made.body["id"]
    assert [one["amount"]["minor"] for one in more.body["receipts"]] == [2500, 900]
    assert (banked.status, banked.body["bank_reference"]) == (200, "Branch 12")
    assert (off.status, off.code) == (409, "trust.slip_banked")
    assert program_of(money.owner).get("receipts?on_no_slip=true").body["items"] == []


def test_a_slip_is_not_banked_before_its_receipts_or_tomorrow(money: MoneyThings) -> None:
    early = {"on": "2020-01-01"}

    refused = post(money.trust.maker, f"deposit-slips/{money.slip.id}/banking", early, "k-1")

    assert (refused.status, refused.code) == (422, "details.not_right")
    assert [one["field"] for one in refused.body["fields"]] == ["on"]


def test_an_empty_slip_is_not_banked(money: MoneyThings) -> None:
    maker, slip = money.trust.maker, f"deposit-slips/{money.slip.id}"
    off = post(maker, f"{slip}/taking-off", {"receipt_id": str(money.carried.id)}, "k-1")
    assert (off.status, off.body["receipts"]) == (200, [])

    refused = post(maker, f"{slip}/banking", {}, "k-2")

    assert (refused.status, refused.code) == (409, "trust.slip_not_sound")


def _more(money: MoneyThings) -> Any:
    return money.trust.receive(money.ledger, "9.00", Method.CASH).id

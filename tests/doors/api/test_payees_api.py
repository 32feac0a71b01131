"""Payees' bank details through the API: two persons, versions, and what is refused."""

from typing import Any

import pytest

from doors.api.calls import Answered, program_of
from doors.api.money_things import MoneyThings
from world import Marlow

pytestmark = pytest.mark.django_db

CALL = {"called_number": "02 5550 0199", "number_source": "Letterhead", "spoke_with": "Ann"}
NUMBER = {"bsb": "062-000", "account": "11223344"}


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


def enter(money: MoneyThings, key: str, **sent: Any) -> Answered:
    told = {
        "contact_id": str(money.payee.contact_id),
        "account_name": "Harbour Builders",
        "number": NUMBER,
    }
    return program_of(money.trust.maker).post("payees", {**told, **sent}, Idempotency_Key=key)


def check(money: MoneyThings, who: Any, payee: Any, key: str) -> Answered:
    return program_of(who).post(f"payees/{payee}/check", CALL, Idempotency_Key=key)


def test_changed_details_are_a_new_version_that_somebody_else_checks(money: MoneyThings) -> None:
    trust, first = money.trust, money.payee

    entered = enter(money, "k-1")
    again = enter(money, "k-1")
    own = check(money, trust.maker, entered.body["id"], "k-2")
    checked = check(money, trust.checker, entered.body["id"], "k-3")
    twice = check(money, trust.checker, entered.body["id"], "k-4")
    old = check(money, trust.checker, first.id, "k-5")

    assert (entered.status, entered.body["turn"], entered.body["check"]) == (201, 2, None)
    assert again.body == entered.body
    assert (own.status, own.code) == (409, "trust.own_payee_check")
    assert (checked.status, checked.body["check"]["spoke_with"]) == (200, "Ann")
    assert checked.body["check"]["by"]["name"] == trust.checker.name
    assert (twice.status, twice.code) == (409, "trust.payee_checked_already")
    assert (old.status, old.code) == (409, "trust.payee_details_changed")


def test_the_list_tells_which_versions_now_stand(money: MoneyThings) -> None:
    newest = enter(money, "k-1").body["id"]
    program, first = program_of(money.owner), str(money.payee.id)

    every = program.get(f"payees?contact_id={money.payee.contact_id}").body["items"]
    latest = program.get("payees?is_latest=true").body["items"]

    assert [(one["id"], one["is_latest"]) for one in every] == [(first, False), (newest, True)]
    assert [one["id"] for one in latest] == [newest]


def test_a_number_that_cannot_be_is_said_beside_its_part(money: MoneyThings) -> None:
    answer = enter(money, "k-1", number={"bsb": "12", "account": "11223344"})

    assert (answer.status, answer.code) == (422, "details.not_right")
    assert [one["field"] for one in answer.body["fields"]] == ["number.bsb"]


def test_a_contact_that_is_not_there_is_said_beside_its_field(money: MoneyThings) -> None:
    answer = enter(money, "k-1", contact_id="01900000-0000-7000-8000-000000000000")

    assert [one["field"] for one in answer.body["fields"]] == ["contact_id"]

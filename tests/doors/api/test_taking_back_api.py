"""Documents taken back through the API as they came to it: bounced, stopped, gone stale; and paid anew."""

from typing import Any

import pytest

from doors.api.calls import Answered, Program, program_of
from doors.api.money_things import MoneyThings
from world import Marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


@pytest.fixture
def program(money: MoneyThings) -> Program:
    return program_of(money.trust.maker)


def take_back(program: Program, noun: str, document: Any, kind: str, key: str) -> Answered:
    sent = {"document_kind": noun, "document_id": str(document.id), "kind": kind, "reason": "Bank"}
    return program.post("reversals", sent, Idempotency_Key=key)


def ask(program: Program, money: MoneyThings, key: str, **more: Any) -> Answered:
    sent = {
        "kind": "withdrawal",
        "ledger_id": str(money.ledger.id),
        "amount": {"minor": 8000, "currency": "AUD"},
        "reason": "Stamp duty, again",
        "method": "cheque",
        "payee": "Revenue NSW",
    }
    return program.post("requests", {**sent, **more}, Idempotency_Key=key)


def test_receipts_bounce_and_cheques_are_stopped_or_go_stale(
    money: MoneyThings, program: Program
) -> None:
    stopped, stale = money.trust.pay(money.ledger, "80.00"), money.trust.pay(money.ledger, "9.00")

    bounced = take_back(program, "receipt", money.cheque, "dishonor", "k-1")
    again = take_back(program, "receipt", money.cheque, "reversal", "k-2")
    answers = [
        take_back(program, "withdrawal", stopped, "stop", "k-3"),
        take_back(program, "withdrawal", stale, "stale", "k-4"),
    ]
    wrong = take_back(program, "receipt", money.receipt, "stop", "k-5")

    assert (bounced.status, bounced.body["kind"]) == (201, "dishonor")
    assert (again.status, again.code) == (409, "trust.already_reversed")
    assert [(one.status, one.body["kind"]) for one in answers] == [(201, "stop"), (201, "stale")]
    assert (wrong.status, wrong.code) == (409, "trust.reversal_does_not_fit")


def test_a_stopped_cheque_is_paid_anew_and_the_request_says_so(
    money: MoneyThings, program: Program
) -> None:
    money.trust.reverse(money.withdrawal, "stop")
    former = str(money.withdrawal.id)

    asked = ask(program, money, "k-1", reissue_of_id=former)
    path = f"requests/{asked.body['id']}"
    edited = program.patch(path, {"version": 1, "reason": "Duty"})
    freed = program.patch(path, {"version": 2, "reissue_of_id": None})

    assert (asked.status, asked.body["reissue_of_id"]) == (201, former)
    assert (edited.status, edited.body["reissue_of_id"]) == (200, former)
    assert (freed.status, freed.body["reissue_of_id"]) == (200, None)


def test_only_a_cheque_that_was_taken_back_is_paid_anew(
    money: MoneyThings, program: Program
) -> None:
    refused = ask(program, money, "k-1", reissue_of_id=str(money.withdrawal.id))

    assert (refused.status, refused.code) == (422, "details.not_right")
    assert [one["field"] for one in refused.body["fields"]] == ["reissue_of_id"]

"""Shortages through the API: recorded once, explained, notified, restored, closed; refusals say why."""

from typing import Any

import pytest

import registered
from chancery.practice.models import Person
from chancery.trust import proof_cases
from chancery.trust.models import Deficiency, DeficiencyStep
from doors.api.calls import Answered, program_of
from money import Trust, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


def aud(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "AUD"}


def send(by: Person, path: str, sent: dict[str, Any], key: str) -> Answered:
    return program_of(by).post(path, {"on": "2026-09-01", **sent}, Idempotency_Key=key)


def count(trust: Trust, model: Any) -> int:
    with acting(trust.maker):
        return int(model.objects.count())


def test_a_shortage_goes_its_way_from_its_record_to_its_end(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    by, account = trust.maker, str(trust.account.id)
    lost = {"account_id": account, "amount": aud(4000), "reason": "Withdrawn by somebody unknown"}

    made = send(by, "deficiencies", lost, "k-1")
    again = send(by, "deficiencies", lost, "k-1")
    case = f"deficiencies/{made.body['id']}"
    too_soon = send(by, f"{case}/closing", {"words": "Done"}, "k-2")
    send(by, f"{case}/cause", {"words": "A stolen cheque"}, "k-3")
    told = {"words": "By letter", "reference": "LS-77"}
    send(by, f"{case}/notifications", told, "k-4")
    restored = {"deficiency_id": made.body["id"], "amount": aud(4000), "reason": "From the office"}
    send(by, "movements/restorations", restored, "k-5")
    closed = send(by, f"{case}/closing", {"words": "Restored"}, "k-6")
    late = send(by, f"{case}/cause", {"words": "Another"}, "k-7")

    assert (made.status, made.body["missing"], made.body["is_open"]) == (201, aud(4000), True)
    assert again.body == made.body
    assert made.headers["Location"].endswith(case)
    assert (too_soon.status, too_soon.code) == (409, "trust.shortage_still_missing")
    assert too_soon.headers["Content-Type"].startswith("application/problem+json")
    assert (closed.status, closed.body["missing"], closed.body["is_open"]) == (201, aud(0), False)
    acts = [(step["act"], step["reference"]) for step in closed.body["steps"]]
    assert acts == [("cause", ""), ("notified", "LS-77"), ("restored", ""), ("closed", "")]
    assert (late.status, late.code) == (409, "trust.deficiency_closed")
    assert trust.held(ledger) == "100.00"
    assert (count(trust, Deficiency), count(trust, DeficiencyStep)) == (1, 4)


def test_what_a_proof_found_is_read_and_not_restored_with_money(trust: Trust) -> None:
    with acting(trust.maker):
        (case,) = proof_cases.look(
            firm_id=trust.maker.firm_id, at=trust.at, findings=["ledger_seal 7: differs"]
        )
    listed = program_of(trust.maker).get("deficiencies")
    money = {"deficiency_id": str(case.id), "amount": aud(100), "reason": "From the office"}

    refused = send(trust.maker, "movements/restorations", money, "k-1")
    open_still = send(trust.maker, f"deficiencies/{case.id}/closing", {"words": "Done"}, "k-2")

    (shown,) = listed.body["items"]
    assert (shown["source"], shown["account"], shown["by"]) == ("proof", None, None)
    assert (refused.status, refused.code) == (409, "trust.nothing_to_restore")
    assert (open_still.status, open_still.code) == (409, "trust.proof_still_fails")


def test_words_and_days_that_are_not_right_are_said_beside_their_fields(trust: Trust) -> None:
    case = registered.shortage(trust, "5.00")

    empty = send(trust.maker, f"deficiencies/{case.id}/cause", {"words": " "}, "k-1")
    early = program_of(trust.maker).post(
        f"deficiencies/{case.id}/notifications",
        {"on": "2099-01-01", "words": "By letter"},
        Idempotency_Key="k-2",
    )

    assert empty.status == early.status == 422
    assert [one["field"] for one in early.body["fields"]] == ["on"]


def test_who_may_only_read_records_nothing(trust: Trust, marlow: Marlow) -> None:
    case = registered.shortage(trust, "5.00")

    refused = send(marlow.erin, f"deficiencies/{case.id}/closing", {"words": "Done"}, "k-1")

    assert (refused.status, count(trust, DeficiencyStep)) == (403, 0)

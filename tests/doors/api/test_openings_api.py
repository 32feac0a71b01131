"""Opening balances through the API: lines, the check, finishing once, and what is refused."""

from typing import Any

import pytest

from chancery.ledger.models import Journal
from doors.api.calls import Answered, program_of
from doors.api.money_things import MoneyThings
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


def aud(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "AUD"}


def post(money: MoneyThings, path: str, sent: dict[str, Any], key: str) -> Answered:
    return program_of(money.trust.maker).post(path, sent, Idempotency_Key=key)


def begin(money: MoneyThings, bank: int = 10_000) -> str:
    account = str(money.trust.account.id)
    sent = {"account_id": account, "on": "2026-06-30", "bank": aud(bank)}
    return f"openings/{post(money, 'openings', sent, 'begin').body['id']}"


def codes_of(money: MoneyThings, opening: str) -> list[str]:
    checked = program_of(money.owner).get(f"{opening}/check").body
    assert checked["is_ready"] is (checked["findings"] == [])
    return [one["code"] for one in checked["findings"]]


def test_an_opening_is_checked_until_it_agrees_and_finished_once(money: MoneyThings) -> None:
    opening, number = begin(money), money.old_matter.number
    assert codes_of(money, opening) == ["trust.opening_does_not_agree", "trust.nothing_opens"]

    early = post(money, f"{opening}/finish", {}, "k-1")
    post(money, f"{opening}/ledgers", {"matter": number, "amount": aud(9_000)}, "k-2")
    item = {"kind": "cheque", "on": "2026-06-20", "number": "7", "amount": aud(1_000)}
    agreeing = post(money, f"{opening}/items/all", {"lines": [item]}, "k-3")
    assert codes_of(money, opening) == []
    finished = post(money, f"{opening}/finish", {}, "k-4")
    replayed = post(money, f"{opening}/finish", {}, "k-4")
    again = post(money, f"{opening}/finish", {}, "k-5")

    assert (early.status, early.code) == (409, "trust.opening_does_not_agree")
    assert agreeing.body["proof"]["apart"] == aud(0)
    assert (finished.status, finished.body["state"]) == (200, "finished")
    assert replayed.body == finished.body
    assert (again.status, again.code) == (409, "trust.opening_is_finished")
    with acting(money.owner):
        assert Journal.objects.count() == 1
    assert codes_of(money, opening) == ["trust.opening_is_finished"]


def test_lines_that_are_not_right_are_all_said_and_none_is_taken(money: MoneyThings) -> None:
    opening, number = begin(money), money.old_matter.number
    line = {"matter": number, "amount": aud(100)}
    late = {**line, "last_moved_on": "2026-07-01"}

    lines = post(
        money, f"{opening}/ledgers/all", {"lines": [line, {**line, "matter": "none"}, late]}, "k-1"
    )
    items = post(
        money,
        f"{opening}/items/all",
        {"lines": [{"kind": "deposit", "on": "2026-07-02", "amount": aud(1)}]},
        "k-2",
    )
    one = post(money, f"{opening}/ledgers", late, "k-3")

    assert (lines.status, lines.code) == (422, "details.not_right")
    fields = [each["field"] for each in lines.body["fields"]]
    assert fields == ["lines.1.matter", "lines.2.last_moved_on", "lines.2.matter"]
    assert [each["field"] for each in items.body["fields"]] == ["lines.0.on"]
    assert [each["field"] for each in one.body["fields"]] == ["last_moved_on"]
    assert program_of(money.owner).get(f"{opening}/ledgers").body["items"] == []


def test_amounts_of_another_currency_are_said_beside_their_line(money: MoneyThings) -> None:
    opening = begin(money)
    line = {"matter": money.old_matter.number, "amount": {"minor": 1, "currency": "NZD"}}

    many = post(money, f"{opening}/ledgers/all", {"lines": [line]}, "k-1")
    one = post(money, f"{opening}/ledgers", line, "k-2")

    assert [each["field"] for each in many.body["fields"]] == ["lines.0.amount.currency"]
    assert [each["field"] for each in one.body["fields"]] == ["amount.currency"]


def test_an_account_with_entries_does_not_open(money: MoneyThings) -> None:
    assert money.ledger

    assert codes_of(money, f"openings/{money.opening.id}") == ["trust.account_has_moved"]
    refused = post(money, f"openings/{money.opening.id}/finish", {}, "k-1")
    assert (refused.status, refused.code) == (409, "trust.account_has_moved")


def test_a_part_is_taken_out_and_the_draft_thrown_away(money: MoneyThings) -> None:
    opening = f"openings/{money.opening.id}"
    assert len(program_of(money.owner).get(f"{opening}/ledgers").body["items"]) == 1

    taken = post(money, f"{opening}/taking-out", {"part_id": str(money.opening_line.id)}, "k-1")
    gone = post(money, f"{opening}/discarding", {}, "k-2")
    replayed = post(money, f"{opening}/discarding", {}, "k-2")

    assert taken.body["proof"]["ledgers"] == aud(0)
    assert (gone.status, gone.body) == (replayed.status, replayed.body) == (204, None)
    assert program_of(money.owner).get(opening).status == 404


def test_what_was_undone_is_begun_again_and_takes_nothing_itself(money: MoneyThings) -> None:
    finished = f"openings/{money.finished_opening.id}"

    undone = post(money, f"{finished}/undoing", {"reason": "Wrong statement"}, "k-1")
    old = post(money, f"{finished}/finish", {}, "k-2")
    renewed = post(money, f"{finished}/renewal", {}, "k-3")
    stale = post(money, f"{finished}/discarding", {}, "k-4")

    assert (undone.body["state"], undone.body["undone_reason"]) == ("undone", "Wrong statement")
    assert (old.status, old.code) == (409, "trust.no_opening")
    assert (renewed.status, renewed.body["state"]) == (201, "draft")
    assert renewed.body["proof"]["agrees"] is True
    assert (stale.status, stale.code) == (409, "trust.no_opening")
    drafts = program_of(money.owner).get("openings?state=draft").body["items"]
    assert [one["id"] for one in drafts] == [renewed.body["id"]]


def test_only_who_keeps_the_books_opens_an_account(money: MoneyThings) -> None:
    program = program_of(money.trust.checker)

    refused = program.post(f"openings/{money.opening.id}/finish", {}, Idempotency_Key="k-1")

    assert (refused.status, refused.code) == (403, "practice.not_allowed")


def test_a_file_is_taken_as_a_whole_or_each_faulty_row_is_named(money: MoneyThings) -> None:
    opening, number = begin(money), money.old_matter.number
    program, heading = program_of(money.trust.maker), "matter,amount"

    def send(*rows: str, what: str = "ledgers") -> Answered:
        body = "\n".join((heading if what == "ledgers" else "kind,date,amount", *rows))
        return program.post(f"{opening}/{what}/file", body, Content_Type="text/csv")

    faulty = send(f"{number},100.00", "none,1.00", f"{number},x")
    taken = send(f"{number},90.00")
    items = send("cheque,2026-06-20,10.00", what="items")

    assert (faulty.status, faulty.code) == (409, "trust.file_has_findings")
    found = [(one["number"], one["finding"]["code"]) for one in faulty.body["facts"]["found"]]
    assert found == [(3, "unknown_matter"), (4, "bad_amount"), (4, "matter_twice")]
    assert taken.body["proof"]["ledgers"] == aud(9_000)
    assert (items.body["proof"]["cheques"], items.body["proof"]["agrees"]) == (aud(1_000), True)

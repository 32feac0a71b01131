"""Client money through the API: from the receipt to its reversal, once each, by the rules of the pages."""

from typing import Any

import pytest

from chancery.practice import history
from chancery.practice.api_tokens import Scope
from chancery.practice.models import Person
from chancery.trust.models import Receipt, TrustLedger, Withdrawal
from doors.api.calls import Answered, Program, program_of
from doors.api.money_things import MoneyThings
from money import Trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db

CONFIRMS = ["practice_name", "hand_signed", "lawyer_signs"]


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


@pytest.fixture
def trust(money: MoneyThings) -> Trust:
    return money.trust


@pytest.fixture
def bobs(trust: Trust) -> Program:
    return program_of(trust.maker)


def aud(minor: int) -> dict[str, object]:
    return {"minor": minor, "currency": "AUD"}


def receipt_of(trust: Trust, ledger: TrustLedger, minor: int, **more: object) -> dict[str, Any]:
    return {
        "account_id": str(trust.account.id),
        "parts": [{"ledger_id": str(ledger.id), "amount": aud(minor)}],
        "method": "direct_deposit",
        "received_from": "Ann Client",
        "reason": "Deposit",
        **more,
    }


def withdrawal_of(ledger: TrustLedger, minor: int, **more: object) -> dict[str, Any]:
    return {
        "kind": "withdrawal",
        "ledger_id": str(ledger.id),
        "amount": aud(minor),
        "reason": "Stamp duty",
        "method": "cheque",
        "payee": "Revenue NSW",
        **more,
    }


def post(program: Program, path: str, sent: object, key: str) -> Answered:
    return program.post(path, sent, Idempotency_Key=key)


def minor(program: Program, query: str, part: str = "held") -> int:
    (balance,) = program.get(f"balances?{query}").body["items"]
    return int(balance[part]["minor"])


def test_money_comes_in_is_paid_out_by_two_people_and_taken_back(
    trust: Trust, bobs: Program
) -> None:
    ledger = trust.ledger()
    lenas = program_of(trust.checker)

    receipt = post(bobs, "receipts", receipt_of(trust, ledger, 125000), "k-1")
    asked = post(bobs, "requests", withdrawal_of(ledger, 25000), "k-2").body
    early = {"request_id": asked["id"], "version": 1, "confirms": CONFIRMS}
    too_early = post(bobs, "withdrawals", early, "k-3")
    approved = post(lenas, f"requests/{asked['id']}/approval", {"version": 1}, "k-4")
    left = post(bobs, "withdrawals", early, "k-3")
    back = {"document_kind": "withdrawal", "document_id": left.body["id"], "reason": "Not due"}
    reversal = post(bobs, "reversals", back, "k-5")

    assert (receipt.status, receipt.body["number"]) == (201, "R-1")
    assert (too_early.status, too_early.code) == (409, "trust.approvals_missing")
    assert too_early.body["rule"]
    assert (approved.status, approved.body["state"]) == (200, "approved")
    assert (left.status, left.body["number"], left.body["cheque_number"]) == (201, "W-1", 1)
    assert left.body["amount"] == aud(25000)
    assert reversal.status == 201, reversal.body
    assert bobs.get(f"withdrawals/{left.body['id']}").body["reversal_id"] == reversal.body["id"]
    assert bobs.get(f"requests/{asked['id']}").body["withdrawal_id"] == left.body["id"]
    assert minor(bobs, f"matter={ledger.matter.number if ledger.matter else ''}") == 125000


def test_what_a_token_released_says_so_in_its_history(money: MoneyThings, bobs: Program) -> None:
    approved = money.approved
    sent = {"request_id": str(approved.id), "version": approved.version, "confirms": CONFIRMS}

    left = post(bobs, "withdrawals", sent, "k-1")

    with acting(money.owner):
        (act,) = history.of("withdrawal", left.body["id"])
    told = str(act.changes)
    assert "By the API token" in told
    assert "A test (chancery_" in told
    assert "Signed in again" not in told


def test_an_administrators_token_without_the_scope_releases_nothing(money: MoneyThings) -> None:
    others = [scope for scope in Scope if not scope.releases]
    program = program_of(money.owner, *others)
    sent = {"request_id": str(money.approved.id), "version": 1}

    for path in ("withdrawals", "transfers"):
        answer = post(program, path, sent, "k-1")
        assert (answer.status, answer.code) == (403, "api.scope_missing")


def test_a_receipt_under_a_key_is_taken_once(trust: Trust, bobs: Program) -> None:
    ledger = trust.ledger()
    sent = receipt_of(trust, ledger, 100)

    without = bobs.post("receipts", sent)
    first = post(bobs, "receipts", sent, "k-1")
    again = post(bobs, "receipts", sent, "k-1")
    other = post(bobs, "receipts", receipt_of(trust, ledger, 101), "k-1")

    assert (without.status, without.code) == (400, "api.header_not_right")
    assert again.body == first.body
    assert again.headers["Idempotency-Replayed"] == "true"
    assert (other.status, other.code) == (422, "idempotency.key_reused")
    with acting(trust.maker):
        assert Receipt.objects.count() == 1


def test_after_the_answer_is_dropped_the_key_still_names_the_same_receipt(
    trust: Trust, bobs: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = receipt_of(trust, trust.ledger(), 100)
    first = post(bobs, "receipts", sent, "k-1")

    monkeypatch.setattr("chancery.api.idempotency.api_answers.claim", lambda *_, **__: None)
    monkeypatch.setattr("chancery.api.idempotency.api_answers.keep", lambda *_, **__: None)
    again = post(bobs, "receipts", sent, "k-1")

    assert again.body["id"] == first.body["id"]
    assert "Idempotency-Replayed" not in again.headers


def test_a_receipt_ends_the_request_that_it_answers(trust: Trust, bobs: Program) -> None:
    ledger = trust.ledger()
    sent = {"kind": "receipt", "ledger_id": str(ledger.id), "amount": aud(100), "reason": "Deposit"}
    asked = post(bobs, "requests", sent, "k-1").body
    lenas = program_of(trust.checker)
    post(lenas, f"requests/{asked['id']}/approval", {"version": 1}, "k-2")

    wrong = receipt_of(trust, ledger, 101, request_id=asked["id"])
    refused = post(bobs, "receipts", wrong, "k-3")
    taken = post(bobs, "receipts", receipt_of(trust, ledger, 100, request_id=asked["id"]), "k-4")

    assert (refused.status, refused.code) == (409, "trust.not_the_receipt_asked_for")
    assert taken.status == 201
    assert bobs.get(f"requests/{asked['id']}").body["state"] == "done"
    with acting(trust.maker):
        assert Receipt.objects.count() == 1


def test_a_ledger_is_never_overdrawn_and_the_refusal_tells_by_how_much(
    money: MoneyThings, bobs: Program
) -> None:
    too_much = money.trust.approve(money.trust.ask(money.ledger, "1,000.01"))
    sent = {"request_id": str(too_much.id), "version": 1, "confirms": CONFIRMS}

    answer = post(bobs, "withdrawals", sent, "k-1")

    assert answer.status == 409
    assert answer.body["facts"]["asked"] == aud(100001)
    assert answer.body["rule"]
    with acting(money.owner):
        assert not Withdrawal.objects.exists()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"amount": {"minor": 100, "currency": "NZD"}}, "amount.currency"),
        ({"target_id": "01900000-0000-7000-8000-000000000000"}, "target_id"),
        ({"payee_details_id": "01900000-0000-7000-8000-000000000000"}, "payee_details_id"),
        ({"assignee_id": "01900000-0000-7000-8000-000000000000"}, "assignee_id"),
        ({"payee": ""}, "payee"),
        ({"method": None}, "method"),
    ],
)
def test_what_cannot_be_asked_for_is_said_field_by_field(
    sent: dict[str, object], field: str, trust: Trust, bobs: Program
) -> None:
    answer = post(bobs, "requests", withdrawal_of(trust.ledger(), 100, **sent), "k-1")

    assert (answer.status, answer.code) == (422, "details.not_right")
    assert [one["field"] for one in answer.body["fields"]] == [field]


def test_an_edit_keeps_what_is_left_out_and_needs_the_version(trust: Trust, bobs: Program) -> None:
    made = post(bobs, "requests", withdrawal_of(trust.ledger(), 100), "k-1").body
    path = f"requests/{made['id']}"

    edited = bobs.patch(path, {"version": 1, "amount": aud(90)})
    late = bobs.patch(path, {"version": 1, "reason": "Search fee"})

    assert (edited.body["amount"], edited.body["version"]) == (aud(90), 2)
    assert edited.body["payee"] == made["payee"]
    assert [step["act"] for step in edited.body["steps"]] == ["asked", "edited"]
    assert (late.status, late.code) == (409, "practice.changed_meanwhile")


def test_a_statement_is_read_to_its_end_with_the_balance_after_each_entry(
    trust: Trust, bobs: Program
) -> None:
    ledger = trust.ledger()
    for figure in ("1.00", "2.00", "3.00"):
        trust.receive(ledger, figure)

    for of in (f"ledgers/{ledger.id}", f"accounts/{trust.account.id}"):
        path, balances = f"{of}/entries?limit=2", []
        while path:
            page = bobs.get(path).body
            balances += [(one["in"]["minor"], one["balance"]["minor"]) for one in page["items"]]
            path = page["next"]
        assert balances == [(100, 100), (200, 300), (300, 600)]
    cursor = bobs.get(f"ledgers/{ledger.id}/entries?limit=1").body["next_cursor"]
    assert bobs.get(f"accounts/{trust.account.id}/entries?cursor={cursor}").status == 422


def test_an_account_without_a_ledger_has_an_empty_statement(trust: Trust, bobs: Program) -> None:
    account = f"accounts/{trust.account.id}"

    assert bobs.get(f"{account}/entries").body["items"] == []
    assert bobs.get(f"{account}/balance").body["bank"] == aud(0)
    assert bobs.get(f"{account}/balance?known_at=2026-09-01T00:00:00Z").body["bank"] == aud(0)


def test_balances_are_told_on_a_day_and_as_they_were_known(trust: Trust, bobs: Program) -> None:
    ledger = trust.ledger()
    before = f"{trust.at:%Y-%m-%dT00:00:00Z}"
    trust.receive(ledger, "5.00")
    account = f"account_id={trust.account.id}&kind=client"
    day = trust.today.isoformat()

    assert minor(bobs, account) == 500
    assert minor(bobs, f"{account}&on=2026-08-01") == 0
    assert minor(bobs, f"{account}&on={day}&known_at={before}") == 0
    assert minor(bobs, f"{account}&on={day}&known_at=9998-01-01T00:00:00Z") == 500


@pytest.mark.parametrize(
    "known_at", ["0.5", "1788220800", "2026-09-01", "2026-09-01T00:00:00", "9999-12-31T23:59:59Z"]
)
def test_an_instant_is_a_text_with_its_zone(known_at: str, bobs: Program) -> None:
    answer = bobs.get(f"balances?known_at={known_at}")

    assert (answer.status, answer.code) == (422, "api.request_not_right")


def test_lists_of_money_hold_the_own_firms_records_only(
    money: MoneyThings, charlie: Person
) -> None:
    assert money.withdrawal
    assert money.reversal
    assert money.transfer
    assert money.protection
    assert money.deficiency
    program = program_of(charlie)

    for path in (
        *("accounts", "ledgers", "balances", "receipts", "requests", "withdrawals", "transfers"),
        *("reversals", "protections", "movements", "deficiencies"),
    ):
        assert program_of(money.owner).get(path).body["items"], path
        assert program.get(path).body["items"] == [], path

"""A wanted account ends as one account in Xero, or as a sentence with a button that does it."""

import json
from datetime import timedelta
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from at_work import Hand, connect, progress, want_bank, want_liability, work
from chancery.accounting import remedies
from chancery.accounting.models import AccountUse, ChartAccount, Connection, SentDocument
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.xero import adapter
from chancery.lib import clock
from chancery.outbox import workers
from chancery.outbox.models import Attempt, Call
from chancery.practice.models import Person
from world import Marlow, acting, marlow
from xero_side import MARLOW, SandboxServer, connected, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)
NUMBER = "062000 12345678"


@pytest.fixture
def alice(transactional_db: None, xero: SandboxServer, settings: Settings) -> Person:
    """Alice, whose firm is connected."""
    settings.XERO_CLIENT_ID = xero.client_id
    settings.XERO_CLIENT_SECRET = xero.client_secret
    cast: Marlow = marlow()
    connect(xero, cast.alice)
    soon = clock.now() + timedelta(minutes=1)
    workers.beat(workers.born(host="here", process=1, at=soon), at=soon)
    return cast.alice


@pytest.fixture
def hand() -> Hand:
    return Hand()


def theirs(xero: SandboxServer, name: str) -> list[dict[str, Any]]:
    """Return the accounts of this name that are in the sandbox."""
    with xero.api() as api:
        found = api.get("/Accounts").json()["Accounts"]
    return [account for account in found if account["Name"].casefold() == name.casefold()]


def put(xero: SandboxServer, **account: str) -> dict[str, Any]:
    """Make an account as another user of Xero would."""
    with xero.api() as api:
        answer = api.put("/Accounts", json=account)
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()["Accounts"][0]
    return made


def change(xero: SandboxServer, account_id: str, **changed: str) -> None:
    with xero.api() as api:
        answer = api.post(f"/Accounts/{account_id}", json={"AccountID": account_id, **changed})
        assert answer.status_code == 200, answer.text


def creations(xero: SandboxServer) -> list[dict[str, Any]]:
    calls = xero.control("calls", "GET")["calls"]
    return [call for call in calls if call["method"] == "PUT" and "Accounts" in call["path"]]


def test_a_bank_account_is_made_with_the_next_code_and_its_number(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    taken = _codes(xero)
    use = want_bank(alice, "Law practice trust account")

    assert progress(alice, use, hand.at).state == "creating"
    assert work(alice, hand) == ["handled"]

    (made,) = theirs(xero, "Law practice trust account")
    shown = progress(alice, use, hand.at)
    assert (shown.state, shown.code) == ("there", made["Code"])
    assert made["Type"] == "BANK"
    assert made["Code"] == next(f"{n:03}" for n in range(91, 999) if f"{n:03}" not in taken)
    assert made["BankAccountNumber"].replace(" ", "") == NUMBER.replace(" ", "")
    with acting(alice):
        sent = SentDocument.objects.get()
        assert (sent.kind, sent.external_id) == ("account", made["AccountID"])
        assert sent.key == f"account:{use.id}"


def test_the_system_accounts_take_payments_and_bear_no_tax(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    for use in (UseOfAccount.TRUST_LIABILITY, UseOfAccount.TRUST_TRANSFERS):
        want_liability(alice, use)

    assert work(alice, hand) == ["handled", "handled"]

    for name in ("Trust Liability", "Trust Transfers"):
        (made,) = theirs(xero, name)
        assert (made["Type"], made["EnablePaymentsToAccount"]) == ("CURRLIAB", True)
        assert made["TaxType"] == "BASEXCLUDED"
        assert int(made["Code"]) >= 825


def test_a_name_that_xero_has_is_offered_to_be_used_and_using_it_makes_nothing_new(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    there = put(xero, Code="095", Name="trust account", Type="BANK", BankAccountNumber=NUMBER)
    use = want_bank(alice, "Trust Account")
    work(alice, hand)

    shown = progress(alice, use, hand.at)
    assert (shown.state, shown.trouble_code) == ("stopped", "accounting.name_taken")
    assert [r.label for r in shown.remedies] == ["Use the existing account 095", "Change the name"]
    with acting(alice):
        existing = ChartAccount.objects.get(external_id=there["AccountID"])
        remedies.use_existing(use=use, chart_account=existing, by=alice, at=hand.at)

    assert progress(alice, use, hand.at).code == "095"
    assert work(alice, hand) == []
    assert len(theirs(xero, "trust account")) == 1


def test_a_name_of_another_kind_of_account_can_only_be_changed(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    put(xero, Code="4779", Name="Trust money", Type="EXPENSE")
    use = want_bank(alice, "Trust money")
    work(alice, hand)

    shown = progress(alice, use, hand.at)
    assert [remedy.kind for remedy in shown.remedies] == ["rename"]
    assert "another type" in shown.sentence
    with acting(alice):
        remedies.rename_and_retry(use=use, name="Trust money 2", by=alice, at=hand.at)
    work(alice, hand)

    assert progress(alice, use, hand.at).name == "Trust money 2"
    assert len(theirs(xero, "Trust money 2")) == 1


def test_an_archived_twin_is_restored_when_a_person_asks(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    twin = put(xero, Code="091", Name="Old trust", Type="BANK", BankAccountNumber=NUMBER)
    change(xero, twin["AccountID"], Status="ARCHIVED")
    use = want_bank(alice, "Old trust")
    work(alice, hand)

    shown = progress(alice, use, hand.at)
    assert shown.trouble_code == "accounting.archived_twin"
    assert [r.label for r in shown.remedies] == ["Restore it in Xero", "Change the name"]
    with acting(alice):
        remedies.restore_archived(use=use, by=alice, at=hand.at)
    work(alice, hand)

    (restored,) = theirs(xero, "Old trust")
    assert (restored["Status"], restored["AccountID"]) == ("ACTIVE", twin["AccountID"])
    assert progress(alice, use, hand.at).code == "091"


def test_an_archived_twin_with_another_number_is_never_restored_for_it(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    twin = put(xero, Code="091", Name="Old trust", Type="BANK", BankAccountNumber="999999 1")
    change(xero, twin["AccountID"], Status="ARCHIVED")
    use = want_bank(alice, "Old trust")
    work(alice, hand)

    assert [r.kind for r in progress(alice, use, hand.at).remedies] == ["rename"]


def test_one_real_bank_account_is_not_made_twice_under_two_names(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    put(xero, Code="096", Name="Made by hand", Type="BANK", BankAccountNumber="062-000-12345678")
    use = want_bank(alice, "Law practice trust account")
    work(alice, hand)

    shown = progress(alice, use, hand.at)
    assert shown.trouble_code == "accounting.number_taken"
    assert shown.remedies[0].label == "Use the existing account 096"
    assert creations(xero)[0]["status"] == 200
    assert len(creations(xero)) == 1


def test_a_code_that_is_taken_in_the_moment_of_making_is_stepped_over(
    xero: SandboxServer, alice: Person, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    use = want_bank(alice, "Trust one")
    free = next(f"{n:03}" for n in range(90, 999) if f"{n:03}" not in _codes(xero))
    read = adapter.XeroBooks.accounts

    def read_just_before_another_user_saves(self: adapter.XeroBooks) -> Any:
        found = read(self)
        if not theirs(xero, "Quick hands"):
            put(xero, Code=free, Name="Quick hands", Type="BANK", BankAccountNumber="1")
        return found

    monkeypatch.setattr(adapter.XeroBooks, "accounts", read_just_before_another_user_saves)
    assert work(alice, hand) == ["handled"]

    assert progress(alice, use, hand.at).code == f"{int(free) + 1:03}"
    assert len(theirs(xero, "Trust one")) == 1


def test_xeros_own_words_are_passed_on_when_it_refuses_for_a_reason_we_do_not_know(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    body = {
        "Type": "ValidationException",
        "Message": "A validation exception occurred",
        "Elements": [{"ValidationErrors": [{"Message": "The moon is in the wrong house."}]}],
    }
    fault(xero, kind="status", method="PUT", status=400, body=json.dumps(body))
    use = want_bank(alice, "Trust one")
    work(alice, hand)

    shown = progress(alice, use, hand.at)
    assert shown.trouble_code == "accounting.rejected"
    assert "The moon is in the wrong house." in shown.sentence
    assert [remedy.kind for remedy in shown.remedies] == ["rename", "retry"]


def test_an_answer_that_is_lost_after_xero_made_it_ends_in_that_one_account(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    fault(xero, kind="drop_after_commit", method="PUT")
    use = want_bank(alice, "Trust one")

    assert work(alice, hand) == ["failed"]
    assert len(theirs(xero, "Trust one")) == 1
    assert progress(alice, use, hand.at).is_under_way
    hand.forward(seconds=5)
    assert work(alice, hand) == ["handled"]

    (made,) = theirs(xero, "Trust one")
    assert progress(alice, use, hand.at).code == made["Code"]
    assert len(creations(xero)) == 1


@pytest.mark.parametrize("kind", ["drop", "cut_json"])
def test_whatever_else_befalls_the_answer_one_account_comes_of_it(
    xero: SandboxServer, alice: Person, hand: Hand, kind: str
) -> None:
    fault(xero, kind=kind, method="PUT")
    use = want_bank(alice, "Trust one")
    work(alice, hand)
    hand.forward(seconds=5)
    work(alice, hand)

    assert progress(alice, use, hand.at).state == "there"
    assert len(theirs(xero, "Trust one")) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_xero_failing_is_tried_again_later_and_ends_in_one_account(
    xero: SandboxServer, alice: Person, hand: Hand, status: int
) -> None:
    fault(xero, kind="status", method="GET", path="Accounts", status=status, times=1)
    fault(xero, kind="status", method="PUT", status=status, times=1)
    use = want_bank(alice, "Trust one")

    tries = 0
    while progress(alice, use, hand.at).state != "there" and tries < 6:
        tries += 1
        work(alice, hand)
        hand.forward(seconds=30)

    assert tries == 3
    assert len(theirs(xero, "Trust one")) == 1


def test_xero_failing_for_ever_ends_with_a_person_and_a_button(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    fault(xero, kind="status", method="GET", path="Accounts", status=503, times=1000)
    use = want_bank(alice, "Trust one")

    for _ in range(40):
        work(alice, hand)
        hand.forward(minutes=15)

    shown = progress(alice, use, hand.at)
    assert (shown.state, shown.trouble_code) == ("stopped", "accounting.unavailable")
    assert [remedy.kind for remedy in shown.remedies] == ["retry"]
    xero.control("faults", "DELETE")
    with acting(alice):
        remedies.retry(use=use, by=alice, at=hand.at)
    work(alice, hand)
    assert progress(alice, use, hand.at).state == "there"


@pytest.mark.parametrize(("problem", "seconds"), [("minute", 27), ("day", 66_975)])
def test_a_429_rests_until_the_second_that_xero_names_and_calls_nobody_meanwhile(
    xero: SandboxServer, alice: Person, hand: Hand, problem: str, seconds: int
) -> None:
    headers = {"X-Rate-Limit-Problem": problem, "Retry-After": str(seconds)}
    fault(xero, kind="status", method="PUT", status=429, headers=headers)
    use = want_bank(alice, "Trust one")
    assert work(alice, hand) == ["postponed"]
    xero.control("calls", "DELETE")

    hand.forward(seconds=seconds - 1)
    assert work(alice, hand) == []

    shown = progress(alice, use, hand.at)
    assert shown.state == "waiting"
    assert shown.until == hand.at + timedelta(seconds=1)
    assert "Xero" in shown.sentence
    assert xero.control("calls", "GET")["calls"] == []
    hand.forward(seconds=1)
    assert work(alice, hand) == ["handled"]
    assert len(theirs(xero, "Trust one")) == 1


def test_a_connection_ended_inside_xero_is_marked_lost_and_reconnecting_makes_the_account(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    xero.control("disconnections", tenant_id=xero.tenant(MARLOW))
    use = want_bank(alice, "Trust one")
    assert work(alice, hand) == ["connection lost"]

    shown = progress(alice, use, hand.at)
    assert [remedy.kind for remedy in shown.remedies] == ["reconnect"]
    with acting(alice):
        assert Connection.objects.get().state == "lost"
    connected(xero, alice)
    work(alice, hand)

    assert progress(alice, use, hand.at).state == "there"
    assert len(theirs(xero, "Trust one")) == 1


def test_a_token_that_xero_refuses_before_its_time_is_renewed_once_and_the_call_repeated(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    xero.control("expiries")
    use = want_bank(alice, "Trust one")

    assert work(alice, hand) == ["handled"]

    assert progress(alice, use, hand.at).state == "there"
    with acting(alice):
        assert Call.objects.filter(status=401).count() == 1


def test_what_was_meant_is_written_down_before_it_is_sent(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    want_bank(alice, "Trust one")
    work(alice, hand)

    with acting(alice):
        steps = Attempt.objects.filter(message__topic="accounting.create_account")
        assert [one.step for one in steps.order_by("at", "id")] == ["claimed", "sending", "done"]
        assert steps.get(step="sending").facts["name"] == "Trust one"


def test_each_request_was_counted_and_what_xero_has_left_was_read(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    with acting(alice):
        before = Call.objects.count()
    want_bank(alice, "Trust one")
    work(alice, hand)

    with acting(alice):
        assert Call.objects.count() - before == 2
        assert not Call.objects.filter(ended_at__isnull=True).exists()
        lane = Call.objects.latest("started_at").lane
        assert lane.day_remaining_there is not None


def test_an_account_that_serves_as_one_thing_is_not_offered_for_another(
    xero: SandboxServer, alice: Person, hand: Hand
) -> None:
    want_bank(alice, "Trust one", "062000 1")
    work(alice, hand)
    second = want_bank(alice, "Trust two", "062000 2")
    with acting(alice):
        AccountUse.objects.filter(pk=second.pk).update(
            wanted={**second.wanted, "name": "Trust one"}
        )
    work(alice, hand)

    shown = progress(alice, second, hand.at)
    assert [remedy.kind for remedy in shown.remedies] == ["rename"]
    assert "already serves" in shown.sentence


def fault(xero: SandboxServer, **facts: Any) -> None:
    xero.control("faults", **facts)


def _chart(xero: SandboxServer) -> list[dict[str, Any]]:
    with xero.api() as api:
        found: list[dict[str, Any]] = api.get("/Accounts").json()["Accounts"]
    return found


def _codes(xero: SandboxServer) -> set[str]:
    return {account.get("Code", "") for account in _chart(xero)}

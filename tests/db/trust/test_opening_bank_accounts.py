"""A trust bank account is opened when nothing is wrong with it; what the place asks of its name is advice."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chancery.lib import ids
from chancery.lib.problems import DetailsNotRight
from chancery.practice import history, permissions
from chancery.trust import bank_accounts, jurisdiction
from chancery.trust.models import TrustBankAccount
from chancery.trust.rules.numbering import Series
from db.trust.accounts import NAME, alone, details, meet, open_one
from world import FOUNDED_AT, Marlow, acting, charlie, marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[Marlow]:
    made = marlow()
    with acting(made.alice):
        jurisdiction.choose(code="au_nsw", by=made.alice, at=FOUNDED_AT)
        yield made


def problems(world: Marlow, **other: Any) -> dict[str, str]:
    with pytest.raises(DetailsNotRight) as refusal:
        open_one(world, **other)
    return {problem.field: problem.words for problem in refusal.value.problems}


def second(world: Marlow, **other: Any) -> dict[str, str]:
    """Say what is wrong with a second account that differs in everything but ``other``."""
    open_one(world)
    unlike: dict[str, Any] = {
        "name": "Second Law Practice Trust Account",
        "number": {"bsb": "062555", "account": "99999999"},
        "receipt": Series("R2-", 1),
        "withdrawal": Series("W2-", 1),
        "transfer": Series("T2-", 1),
    }
    return problems(world, **unlike | other)


def test_an_account_is_kept_in_the_firms_currency_with_its_number_in_both_forms(
    world: Marlow,
) -> None:
    account = open_one(world)

    account.refresh_from_db()
    assert (account.currency, account.status, account.kind) == ("AUD", "open", "current")
    assert account.number == {"bsb": "062555", "account": "10427731"}
    assert account.number_shown == "062-555 1042 7731"
    assert account.opened_at == FOUNDED_AT


def test_opening_is_written_down_field_by_field(world: Marlow) -> None:
    account = open_one(world)

    written = history.of(bank_accounts.KIND, account.id).get()
    assert (written.by, written.at) == (world.alice, FOUNDED_AT)
    assert written.changes["Account name"] == ["", NAME]
    assert written.changes["Bank contact record"] == ["", "Harbourside Bank"]
    assert written.changes["Number"] == ["", "062-555 1042 7731"]
    assert written.changes["Receipts"] == ["", "from R-1"]


def test_a_name_without_the_wording_is_kept_with_the_warning_in_the_history(world: Marlow) -> None:
    opened = bank_accounts.open_account(
        details=details(world, name="Client money"), by=world.alice, at=FOUNDED_AT
    )

    written = history.of(bank_accounts.KIND, opened.account.id).get()
    assert opened.wording.warns
    assert "law practice trust account" in opened.wording.sentence
    assert written.changes["Warned of the name"] == ["", opened.wording.sentence]


def test_a_name_with_the_wording_leaves_no_warning(world: Marlow) -> None:
    opened = bank_accounts.open_account(details=details(world), by=world.alice, at=FOUNDED_AT)

    written = history.of(bank_accounts.KIND, opened.account.id).get()
    assert opened.wording.is_satisfied
    assert "Warned of the name" not in written.changes


def test_an_account_may_be_entered_closed(world: Marlow) -> None:
    opened = bank_accounts.open_account(
        details=details(world), status="closed", by=world.alice, at=FOUNDED_AT
    )

    assert (opened.account.status, opened.account.closed_at) == ("closed", FOUNDED_AT)


def test_a_controlled_account_may_have_neither_bank_nor_number(world: Marlow) -> None:
    open_one(world, kind="current")
    like = details(
        world,
        name="Marlow & Finch Controlled Money Account",
        kind="controlled",
        number={},
        receipt=Series("CR-", 1),
        withdrawal=Series("CW-", 1),
        transfer=Series("CT-", 1),
    )

    opened = bank_accounts.open_account(
        details=replace(like, bank_id=None), by=world.alice, at=FOUNDED_AT
    )

    assert (opened.account.bank, opened.account.number_shown) == (None, "")


def test_every_other_kind_needs_a_bank_and_a_number(world: Marlow) -> None:
    found_wrong = problems(world, number={}, bank_id=ids.new())

    assert found_wrong["bank"] == "Choose the bank's contact record."
    assert set(found_wrong) == {"bank", "number_bsb", "number_account"}


def test_a_controlled_account_with_half_a_number_is_refused(world: Marlow) -> None:
    found_wrong = problems(world, kind="controlled", number={"bsb": "062-555", "account": " "})

    assert set(found_wrong) == {"number_account"}


def test_everything_that_is_wrong_is_said_at_once(world: Marlow) -> None:
    found_wrong = problems(
        world,
        name="  ",
        kind="petty",
        number={"bsb": "06", "account": "x"},
        receipt=Series("R1", 0),
        transfer=Series("w-", 1),
        statement_title="t" * 81,
    )

    assert set(found_wrong) == {
        "name",
        "kind",
        "number_bsb",
        "number_account",
        "receipt_prefix",
        "receipt_first",
        "transfer_prefix",
        "statement_title",
    }
    assert TrustBankAccount.objects.count() == 0


def test_a_kind_that_the_place_does_not_know_is_refused_naming_those_it_knows(
    world: Marlow,
) -> None:
    jurisdiction.choose(code="au_qld", by=world.alice, at=FOUNDED_AT)

    found_wrong = problems(world, kind="statutory")

    assert "Current, Investment, Controlled" in found_wrong["kind"]


def test_a_contact_that_is_no_bank_is_refused(world: Marlow) -> None:
    grocer = meet(world.alice, "Greengrocer", "supplier")

    assert "Greengrocer is not a bank" in problems(world, bank_id=grocer.id)["bank"]


def test_the_bank_of_the_firm_next_door_is_no_contact_here(world: Marlow) -> None:
    theirs = meet(charlie(), "Their Bank", "bank")

    assert problems(world, bank_id=theirs.id)["bank"] == "Choose the bank's contact record."


def test_a_name_is_used_once_whatever_its_case(world: Marlow) -> None:
    assert "already" in second(world, name=NAME.upper())["name"]


def test_the_name_of_a_closed_account_is_taken_and_said_to_be_closed(world: Marlow) -> None:
    kept = open_one(world)
    bank_accounts.close(account_id=kept.id, reason="bank merged", by=world.alice, at=FOUNDED_AT)

    assert "It is closed." in problems(world, receipt=Series("A-", 1))["name"]


def test_a_number_is_used_once_however_it_is_written(world: Marlow) -> None:
    found_wrong = second(world, number={"bsb": "062 555", "account": "10427731"})

    assert NAME in found_wrong["number_bsb"]


@pytest.mark.parametrize("field", ["receipt", "withdrawal", "transfer"])
def test_a_prefix_of_any_series_of_another_account_is_refused(world: Marlow, field: str) -> None:
    assert NAME in second(world, **{field: Series("w-", 1)})[f"{field}_prefix"]


def test_a_second_account_that_differs_is_opened(world: Marlow) -> None:
    open_one(world)

    open_one(
        world,
        name="Second Law Practice Trust Account",
        number={"bsb": "062555", "account": "99999999"},
        receipt=Series("R2-", 1),
        withdrawal=Series("W2-", 1),
        transfer=Series("T2-", 1),
    )

    assert TrustBankAccount.objects.count() == 2


def test_a_name_of_150_characters_is_kept_and_one_more_is_refused(world: Marlow) -> None:
    assert "151" in problems(world, name="n" * 151)["name"]
    assert open_one(world, name="n" * 150).name == "n" * 150


def test_before_a_jurisdiction_is_chosen_no_account_is_opened() -> None:
    bare = alone("AUD", "AU")

    with acting(bare.alice), pytest.raises(jurisdiction.JurisdictionNotChosen):
        open_one(bare)


def test_only_an_administrator_opens_an_account(world: Marlow) -> None:
    for person in (world.bob, world.erin):
        with pytest.raises(permissions.NotAllowed):
            bank_accounts.open_account(details=details(world), by=person, at=FOUNDED_AT)

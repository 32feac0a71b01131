"""A trust bank account is changed and closed with a word to the history, never lost or deleted."""

from collections.abc import Iterator

import pytest

from chancery.lib import ids
from chancery.lib.problems import DetailsNotRight
from chancery.practice import history, permissions, versions
from chancery.trust import bank_accounts, jurisdiction
from chancery.trust.models import TrustBankAccount
from chancery.trust.rules.numbering import Series
from db.trust.accounts import NAME, details, open_one
from world import FOUNDED_AT, LATER, Marlow, acting, charlie, marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Iterator[Marlow]:
    made = marlow()
    with acting(made.alice):
        jurisdiction.choose(code="au_nsw", by=made.alice, at=FOUNDED_AT)
        yield made


def test_a_change_keeps_old_and_new_in_the_history(world: Marlow) -> None:
    account = open_one(world)
    same_bank = account.bank_id
    renamed = details(world, name="Marlow Law Practice Trust A/c", bank_id=same_bank)

    changed = bank_accounts.change(
        account_id=account.id, details=renamed, version=1, by=world.alice, at=LATER
    ).account

    latest = history.of(bank_accounts.KIND, account.id)[0]
    assert (changed.name, changed.version) == ("Marlow Law Practice Trust A/c", 2)
    assert latest.changes == {
        "Account name": [NAME, "Marlow Law Practice Trust A/c"],
        "Warned of the name": ["", latest.changes["Warned of the name"][1]],
    }


def test_saving_without_a_change_writes_nothing(world: Marlow) -> None:
    account = open_one(world)
    same = details(world, bank_id=account.bank_id)

    bank_accounts.change(account_id=account.id, details=same, version=1, by=world.alice, at=LATER)

    account.refresh_from_db()
    assert account.version == 1
    assert history.of(bank_accounts.KIND, account.id).count() == 1


def test_an_account_keeps_its_own_name_number_and_prefixes(world: Marlow) -> None:
    account = open_one(world)
    titled = details(world, bank_id=account.bank_id, statement_title="Your trust money")

    changed = bank_accounts.change(
        account_id=account.id, details=titled, version=1, by=world.alice, at=LATER
    ).account

    assert changed.statement_title == "Your trust money"


def test_a_change_on_an_older_version_is_refused_naming_who_was_quicker(world: Marlow) -> None:
    account = open_one(world)
    first = details(world, bank_id=account.bank_id, statement_title="First")
    bank_accounts.change(account_id=account.id, details=first, version=1, by=world.alice, at=LATER)

    with pytest.raises(versions.ChangedMeanwhile) as refusal:
        bank_accounts.change(
            account_id=account.id, details=details(world), version=1, by=world.alice, at=LATER
        )

    assert "Alice Marlow changed this trust account" in str(refusal.value)
    assert refusal.value.changes["Statement title"][1] == "First"


def test_a_change_is_judged_like_a_new_account(world: Marlow) -> None:
    account = open_one(world)
    wrong = details(world, name="", receipt=Series("R9", 1))

    with pytest.raises(DetailsNotRight) as refusal:
        bank_accounts.change(
            account_id=account.id, details=wrong, version=1, by=world.alice, at=LATER
        )

    assert {each.field for each in refusal.value.problems} == {"name", "receipt_prefix"}


def test_closing_needs_a_reason_and_keeps_it(world: Marlow) -> None:
    account = open_one(world)

    with pytest.raises(bank_accounts.ReasonMissing):
        bank_accounts.close(account_id=account.id, reason="  ", by=world.alice, at=LATER)
    closed = bank_accounts.close(
        account_id=account.id, reason="The bank merged", by=world.alice, at=LATER
    )

    latest = history.of(bank_accounts.KIND, account.id)[0]
    assert (closed.status, closed.closed_at, closed.version) == ("closed", LATER, 2)
    assert latest.act == "Closed the account"
    assert latest.changes == {"Status": ["Open", "Closed"], "Why": ["", "The bank merged"]}


def test_a_reason_of_200_characters_is_kept_and_one_more_is_refused(world: Marlow) -> None:
    account = open_one(world)

    with pytest.raises(bank_accounts.ReasonMissing):
        bank_accounts.close(account_id=account.id, reason="r" * 201, by=world.alice, at=LATER)
    bank_accounts.close(account_id=account.id, reason="r" * 200, by=world.alice, at=LATER)


def test_closing_twice_and_reopening_what_is_open_are_refused(world: Marlow) -> None:
    account = open_one(world)

    with pytest.raises(bank_accounts.AlreadySo):
        bank_accounts.reopen(account_id=account.id, reason="why not", by=world.alice, at=LATER)
    bank_accounts.close(account_id=account.id, reason="merged", by=world.alice, at=LATER)
    with pytest.raises(bank_accounts.AlreadySo):
        bank_accounts.close(account_id=account.id, reason="merged", by=world.alice, at=LATER)


def test_a_closed_account_is_reopened_with_a_reason(world: Marlow) -> None:
    account = open_one(world)
    bank_accounts.close(account_id=account.id, reason="merged", by=world.alice, at=LATER)

    opened = bank_accounts.reopen(
        account_id=account.id, reason="The bank did not merge", by=world.alice, at=LATER
    )

    assert (opened.status, opened.closed_at) == ("open", None)


def test_an_account_is_not_reopened_where_its_kind_is_unknown(world: Marlow) -> None:
    account = open_one(world, kind="statutory")
    bank_accounts.close(account_id=account.id, reason="moved", by=world.alice, at=LATER)
    jurisdiction.choose(code="au_qld", by=world.alice, at=LATER)

    with pytest.raises(DetailsNotRight):
        bank_accounts.reopen(account_id=account.id, reason="back", by=world.alice, at=LATER)


def test_only_an_administrator_changes_closes_and_reopens(world: Marlow) -> None:
    account = open_one(world)

    for person in (world.bob, world.erin):
        with pytest.raises(permissions.NotAllowed):
            bank_accounts.change(
                account_id=account.id, details=details(world), version=1, by=person, at=LATER
            )
        for turn in (bank_accounts.close, bank_accounts.reopen):
            with pytest.raises(permissions.NotAllowed):
                turn(account_id=account.id, reason="because", by=person, at=LATER)


def test_the_firm_next_door_knows_no_such_account(world: Marlow) -> None:
    account = open_one(world)
    next_door = charlie()

    with acting(next_door):
        jurisdiction.choose(code="au_nsw", by=next_door, at=FOUNDED_AT)
        with pytest.raises(bank_accounts.NoSuchAccount):
            bank_accounts.visible(account.id)
        with pytest.raises(bank_accounts.NoSuchAccount):
            bank_accounts.close(account_id=account.id, reason="not mine", by=next_door, at=LATER)


def test_an_unknown_account_is_no_account(world: Marlow) -> None:
    with pytest.raises(bank_accounts.NoSuchAccount):
        bank_accounts.visible(ids.new())
    assert TrustBankAccount.objects.count() == 0

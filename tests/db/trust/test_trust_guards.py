"""What the database itself refuses of trust accounts, whoever asks and however."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from chancery.lib import ids
from chancery.lib.problems import DetailsNotRight
from chancery.practice import contacts
from chancery.practice.contact_details import ContactDetails
from chancery.trust import bank_accounts, jurisdiction
from chancery.trust.models import JurisdictionChoice, TrustBankAccount
from db.trust.accounts import details, meet, open_one
from world import FOUNDED_AT, Marlow, acting, charlie, marlow


@pytest.fixture
def world(db: None) -> Iterator[Marlow]:
    made = marlow()
    with acting(made.alice):
        jurisdiction.choose(code="au_nsw", by=made.alice, at=FOUNDED_AT)
        yield made


def run(sql: str, *values: UUID) -> None:
    """Run one statement as the program's role, with every deferred check made at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(sql, values)


def test_an_account_names_no_bank_of_the_firm_next_door(world: Marlow) -> None:
    account = open_one(world)
    theirs = meet(charlie(), "Their Bank", "bank")

    with pytest.raises(IntegrityError, match="bank_id_is_of_same_firm"):
        run("UPDATE trust_trustbankaccount SET bank_id = %s WHERE id = %s", theirs.id, account.id)


def test_the_bank_of_an_account_stays_a_bank(world: Marlow) -> None:
    bank = meet(world.alice, "Quay Savings", "bank", "supplier")
    account = open_one(world, bank_id=bank.id)
    other = meet(world.alice, "Hill Savings", "bank")

    for sql in (
        "DELETE FROM practice_contactrole WHERE contact_id = %s AND role = 'bank'",
        "UPDATE practice_contactrole SET role = 'court' WHERE contact_id = %s AND role = 'bank'",
    ):
        with pytest.raises(IntegrityError, match="is the bank of a trust account"):
            run(sql, bank.id)
    run("DELETE FROM practice_contactrole WHERE contact_id = %s AND role = 'supplier'", bank.id)
    run("UPDATE trust_trustbankaccount SET bank_id = %s WHERE id = %s", other.id, account.id)
    run("DELETE FROM practice_contactrole WHERE contact_id = %s AND role = 'bank'", bank.id)


def test_a_choice_names_no_person_of_the_firm_next_door(world: Marlow) -> None:
    stranger = charlie()

    with pytest.raises(IntegrityError, match="chosen_by_id_is_of_same_firm"):
        run("UPDATE trust_jurisdictionchoice SET chosen_by_id = %s", stranger.id)


def test_a_row_of_the_firm_next_door_is_neither_seen_nor_written(world: Marlow) -> None:
    account = open_one(world)
    next_door = charlie()

    with acting(next_door):
        assert TrustBankAccount.objects.count() == 0
        assert TrustBankAccount.objects.filter(pk=account.id).update(name="Mine now") == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            JurisdictionChoice.objects.create(
                firm=world.firm,
                code="nz",
                pack_version="1",
                chosen_by=world.alice,
                chosen_at=FOUNDED_AT,
            )


@pytest.mark.parametrize("table", ["trust_trustbankaccount", "trust_jurisdictionchoice"])
def test_the_program_may_delete_neither_an_account_nor_a_choice(world: Marlow, table: str) -> None:
    open_one(world)

    with pytest.raises(DatabaseError, match="permission denied"):
        run(f"DELETE FROM {table}")  # noqa: S608 - two names of our own


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("kind = 'petty'", "trust_account_kind_is_known"),
        ("number_shown = ''", "trust_account_has_bank_and_number"),
        ("status = 'closed'", "trust_account_closed_says_when"),
        ("receipt_prefix = 'R1'", "trust_receipt_series_is_readable"),
        ("receipt_prefix = ''", "trust_receipt_series_is_readable"),
        ("transfer_first = 0", "trust_transfer_series_is_readable"),
        ("withdrawal_prefix = receipt_prefix", "trust_account_prefixes_differ"),
    ],
)
def test_a_row_that_no_deed_would_write_is_refused(
    world: Marlow, change: str, constraint: str
) -> None:
    open_one(world)

    with pytest.raises(IntegrityError, match=constraint):
        run(f"UPDATE trust_trustbankaccount SET {change}")  # noqa: S608 - our own words above


def test_two_accounts_share_no_prefix_even_by_hand(world: Marlow) -> None:
    account = open_one(world)
    twin = TrustBankAccount.objects.get(pk=account.id)
    twin.pk, twin.name, twin.number_shown = ids.new(), "Twin", "062-555 1"

    with pytest.raises(IntegrityError, match="prefix_is_once"), transaction.atomic():
        twin.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_people_opening_the_same_account_at_once_one_is_refused() -> None:
    world = marlow()
    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)
    sound = details(world)
    both_ready = Barrier(2)

    def open_it(number: str) -> str:
        own = replace(sound, number={"bsb": "062-555", "account": number})
        try:
            with acting(world.alice):
                both_ready.wait(timeout=10)
                bank_accounts.open_account(details=own, by=world.alice, at=FOUNDED_AT)
        except DetailsNotRight as refusal:
            return ", ".join(problem.field for problem in refusal.problems)
        finally:
            connection.close()
        return "opened"

    with ThreadPoolExecutor(max_workers=2) as pool:
        answers = sorted(pool.map(open_it, ["11111111", "22222222"]))

    assert answers == ["name, receipt_prefix, withdrawal_prefix, transfer_prefix", "opened"]
    with acting(world.alice):
        assert TrustBankAccount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_account_is_opened_at_a_contact_that_stops_being_a_bank_at_once() -> None:
    world = marlow()
    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)
    bank = meet(world.alice, "Quay Savings", "bank")
    sound = details(world, bank_id=bank.id)
    both_ready = Barrier(2)

    def open_it() -> None:
        bank_accounts.open_account(details=sound, by=world.alice, at=FOUNDED_AT)

    def let_go() -> None:
        no_bank = ContactDetails(name=bank.name)
        contacts.change(contact=bank, details=no_bank, version=1, by=world.alice, at=FOUNDED_AT)

    def answer(deed: Callable[[], None]) -> str:
        try:
            with acting(world.alice):
                both_ready.wait(timeout=10)
                deed()
        except (DetailsNotRight, contacts.BankHoldsTrustMoney) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(max_workers=2) as pool:
        opened, let_gone = pool.map(answer, [open_it, let_go])

    assert (opened, let_gone) in {("done", "BankHoldsTrustMoney"), ("DetailsNotRight", "done")}

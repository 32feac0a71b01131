"""What the database itself refuses of trust accounts, whoever asks and however."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from chancery.lib import ids
from chancery.lib.problems import DetailsNotRight
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

"""The firm chooses by which place's rules it keeps client money."""

import pytest

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.trust import bank_accounts, jurisdiction
from chancery.trust.models import JurisdictionChoice
from chancery.trust.rules import packs
from db.trust import accounts
from db.trust.accounts import alone
from world import FOUNDED_AT, acting, charlie, marlow

pytestmark = pytest.mark.django_db


def test_choosing_a_place_applies_its_pack_and_is_written_down() -> None:
    world = marlow()

    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)

        choice = jurisdiction.choice_of_firm()
        written = history.of(jurisdiction.KIND, world.firm.id).get()
        assert choice is not None
        assert (choice.code, choice.chosen_by, choice.chosen_at) == (
            "au_nsw",
            world.alice,
            FOUNDED_AT,
        )
        assert jurisdiction.of_firm() is packs.load("au_nsw")
        assert written.changes["Jurisdiction"] == [
            "",
            "Australia: New South Wales (Uniform Law)",
        ]


def test_another_place_of_the_same_currency_may_be_chosen_and_the_history_keeps_both() -> None:
    world = marlow()

    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)
        jurisdiction.choose(code="au_vic", by=world.alice, at=clock.now())

        latest = history.of(jurisdiction.KIND, world.firm.id)[0]
        assert JurisdictionChoice.objects.get().code == "au_vic"
        assert latest.changes["Jurisdiction"] == [
            "Australia: New South Wales (Uniform Law)",
            "Australia: Victoria (Uniform Law)",
        ]


def test_choosing_the_same_place_again_writes_nothing() -> None:
    world = marlow()

    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)
        jurisdiction.choose(code="au_nsw", by=world.alice, at=clock.now())

        assert history.of(jurisdiction.KIND, world.firm.id).count() == 1
        assert JurisdictionChoice.objects.get().chosen_at == FOUNDED_AT


def test_a_place_of_another_currency_is_refused_naming_both() -> None:
    world = marlow()

    with acting(world.alice), pytest.raises(jurisdiction.CurrencyDiffers) as refusal:
        jurisdiction.choose(code="nz", by=world.alice, at=FOUNDED_AT)

    assert "NZD" in str(refusal.value)
    assert "AUD" in str(refusal.value)
    assert "New Zealand" in str(refusal.value)


@pytest.mark.parametrize(
    ("code", "refused_as"),
    [
        ("au_uniform", packs.JurisdictionIsAParent),
        ("atlantis", packs.UnknownJurisdiction),
        ("../au_nsw", packs.UnknownJurisdiction),
        ("sources", packs.UnknownJurisdiction),
    ],
)
def test_what_is_no_place_to_choose_is_refused(code: str, refused_as: type[Refusal]) -> None:
    world = marlow()

    with acting(world.alice), pytest.raises(refused_as):
        jurisdiction.choose(code=code, by=world.alice, at=FOUNDED_AT)


def test_a_thin_pack_may_be_chosen() -> None:
    world = alone("GBP", "GB")

    with acting(world.alice):
        place = jurisdiction.choose(code="gb_nir", by=world.alice, at=FOUNDED_AT)

    assert place.is_thin


def test_a_place_that_does_not_know_an_open_account_is_refused_naming_it() -> None:
    world = marlow()
    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)
        kept = accounts.open_one(world, name="Statutory deposit", kind="statutory")

        with pytest.raises(jurisdiction.AccountsDoNotFit) as refusal:
            jurisdiction.choose(code="au_qld", by=world.alice, at=FOUNDED_AT)
        assert "“Statutory deposit” (Statutory)" in str(refusal.value)

        bank_accounts.close(account_id=kept.id, reason="moved", by=world.alice, at=FOUNDED_AT)
        assert jurisdiction.choose(code="au_qld", by=world.alice, at=FOUNDED_AT).code == "au_qld"


def test_only_an_administrator_chooses() -> None:
    world = marlow()

    for person in (world.bob, world.erin):
        with acting(world.alice), pytest.raises(permissions.NotAllowed):
            jurisdiction.choose(code="au_nsw", by=person, at=FOUNDED_AT)


def test_the_firm_next_door_sees_nothing_of_the_choice() -> None:
    world, next_door = marlow(), charlie()
    with acting(world.alice):
        jurisdiction.choose(code="au_nsw", by=world.alice, at=FOUNDED_AT)

    with acting(next_door):
        assert jurisdiction.of_firm() is None
        assert jurisdiction.choice_of_firm() is None

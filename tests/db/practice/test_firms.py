"""A firm is founded whole, and changed by its administrator only."""

from dataclasses import replace

import pytest

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice import firms, history, matters
from chancery.practice.contact_details import ContactDetails
from chancery.practice.firms import Administrator, FirmDetails
from chancery.practice.models import Contact, Firm, Person, User
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.permissions import NotAllowed
from chancery.practice.versions import ChangedMeanwhile
from chancery.trust.models import TrustBankAccount
from world import FOUNDED_AT, LATER, PASSWORD, Marlow

pytestmark = pytest.mark.django_db

SYDNEY = FirmDetails("Marlow & Finch Lawyers", "AUD", "AU", "Australia/Sydney")


def change(marlow: Marlow, by: Person, version: int = 1, **others: str) -> Firm:
    with world.acting(by):
        return firms.change(
            firm=marlow.firm, details=replace(SYDNEY, **others), version=version, by=by, at=LATER
        )


def test_a_firm_begins_with_its_administrator_its_bank_and_its_matter_types(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        bank = Contact.objects.get(stands_for_own_bank=True)

        assert marlow.alice.roles == ["administrator"]
        assert (bank.name, bank.kind) == ("Enter Your Bank Name", "company")
        assert ContactDetails.of(bank).roles == {RoleOfContact.BANK}
        assert [(a.act, a.by, a.at) for a in history.of("contact", bank.id)] == [
            ("Made with the firm, as a place for your bank", None, FOUNDED_AT)
        ]
        assert [kind.name for kind in matters.types_of(marlow.alice)] == list(firms.MATTER_TYPES)
        assert [(a.act, a.by) for a in history.of("firm", marlow.firm.id)] == [
            ("Founded", marlow.alice)
        ]


def test_everything_wrong_with_a_new_firm_is_said_at_once_and_nothing_is_kept() -> None:
    with pytest.raises(DetailsNotRight) as refused:
        firms.found(
            details=FirmDetails(" ", "XXX", "ZZ", "Sydney"),
            administrator=Administrator("", "nowhere", PASSWORD),
            at=FOUNDED_AT,
        )

    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["name", "currency", "country", "time_zone", "name", "email"]
    assert not User.objects.exists()


def test_a_weak_password_founds_nothing() -> None:
    with pytest.raises(DetailsNotRight):
        firms.found(
            details=SYDNEY, administrator=Administrator("Ann", "ann@x.example", "short"), at=LATER
        )

    assert not User.objects.exists()


def test_one_human_may_found_two_firms_and_keeps_one_account(marlow: Marlow) -> None:
    second = firms.found(
        details=replace(SYDNEY, name="Second"),
        administrator=Administrator("Alice M.", "alice@marlow.example", "another-password-77"),
        at=LATER,
    )

    assert second.user_id == marlow.alice.user_id
    assert User.objects.get(pk=second.user_id).check_password(PASSWORD)


def test_a_change_of_the_firm_keeps_old_and_new(marlow: Marlow) -> None:
    change(marlow, marlow.alice, name="Finch & Co", country="NZ", time_zone="Pacific/Auckland")

    with world.acting(marlow.alice):
        act = history.of("firm", marlow.firm.id)[0]
    assert (act.act, act.by, act.at) == ("Changed", marlow.alice, LATER)
    assert act.changes == {
        "Name": ["Marlow & Finch Lawyers", "Finch & Co"],
        "Country": ["Australia", "New Zealand"],
        "Time zone": ["Australia/Sydney", "Pacific/Auckland"],
    }


def test_an_edit_of_an_old_version_is_refused(marlow: Marlow) -> None:
    change(marlow, marlow.alice, name="Finch & Co")

    with pytest.raises(ChangedMeanwhile) as refused:
        change(marlow, marlow.alice, name="Marlow & Co")
    assert refused.value.changes == {"Name": ("Marlow & Finch Lawyers", "Finch & Co")}


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_changes_the_firm(who: str, marlow: Marlow) -> None:
    with pytest.raises(NotAllowed):
        change(marlow, getattr(marlow, who), name="Mine")


def test_the_currency_may_change_while_no_trust_account_exists(marlow: Marlow) -> None:
    assert change(marlow, marlow.alice, currency="NZD").currency == "NZD"


def test_the_currency_stays_once_a_trust_account_exists(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        TrustBankAccount.objects.create(
            firm=marlow.firm, name="Trust", kind="controlled", currency="AUD", opened_at=LATER
        )

    with pytest.raises(firms.CurrencyIsFixed, match="in AUD"):
        change(marlow, marlow.alice, currency="NZD")
    assert change(marlow, marlow.alice, name="Finch & Co").currency == "AUD"


def test_countries_and_currencies_are_those_of_today() -> None:
    assert {"AU", "GB", "ZA"} <= set(firms.countries())
    assert not {"EU", "ZZ"} & set(firms.countries())
    assert {"AUD", "GBP", "EUR"} <= set(firms.currencies())
    assert not {"DEM", "XXX", "XAU"} & set(firms.currencies())

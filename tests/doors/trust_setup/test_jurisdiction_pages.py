"""The jurisdiction comes first: chosen from packs, each value with its citation and how sure it is."""

import re

import pytest

from chancery.practice.models import Person
from chancery.trust import jurisdiction
from chancery.trust.rules import packs
from conftest import Browse
from db.trust.accounts import alone
from doors.trust_setup.setups import TRUST, choose_package, choose_place, page_of, text
from world import Marlow, acting

pytestmark = pytest.mark.django_db
PLACE = "/admin/trust/jurisdiction/"


def test_without_a_package_there_is_one_message_and_one_button(
    marlow: Marlow, browse: Browse
) -> None:
    page = page_of(browse(marlow.alice))

    assert "No accounting system is chosen yet" in page
    assert re.search(
        r'<a class="button[^"]*" href="/admin/accounting/">Choose accounting system<', page
    )
    assert "<select" not in page.split("<main")[1]


def test_before_a_place_is_chosen_nothing_else_is_asked(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)

    page = page_of(browse(marlow.alice))

    assert page.count("<option value=") == 1 + len(packs.choosable())
    assert '<optgroup label="Australia">' in page
    assert "System accounts" not in page
    assert "Add a trust bank account" not in page


def test_the_firms_own_country_stands_first(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)

    groups = re.findall(r'<optgroup label="([^"]+)"', page_of(browse(marlow.alice)))

    assert groups[0] == "Australia"
    assert groups[1:] == sorted(groups[1:])


def test_saving_a_place_applies_its_words_and_shows_what_it_rests_on(
    marlow: Marlow, browse: Browse
) -> None:
    choose_package(marlow.alice)
    client = browse(marlow.alice)

    answer = client.post(PLACE, {"jurisdiction": "au_nsw"})

    assert (answer.status_code, answer["Location"]) == (302, TRUST)
    page = page_of(client)
    assert "trust money, office account, bill, matter" in page
    assert "Each month, within 15 working days after end of month." in page
    assert "7 business days after bill given" in page
    assert "Research, not legal advice." in page
    assert re.search(r'<a href="https?://[^"]+" rel="noreferrer" title="[^"]+">LPUGR r 48', page)
    assert "high confidence" in page
    assert "System accounts" in page
    assert "Add a trust bank account" in page


def test_saving_without_a_choice_says_what_to_choose(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)

    page = text(browse(marlow.alice).post(PLACE, {"jurisdiction": ""}), 422)

    assert "Choose the jurisdiction" in page


def test_a_place_of_another_currency_is_refused_and_the_choice_kept_in_the_form(
    marlow: Marlow, browse: Browse
) -> None:
    choose_package(marlow.alice)

    page = text(browse(marlow.alice).post(PLACE, {"jurisdiction": "nz"}), 409)

    assert "New Zealand keeps its books in NZD and this firm in AUD" in page
    assert "trust.jurisdiction_currency_differs" in page
    assert re.search(r'<option value="nz" selected', page)
    with acting(marlow.alice):
        assert jurisdiction.of_firm() is None


def test_a_parent_is_no_choice_of_the_list(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)

    text(browse(marlow.alice).post(PLACE, {"jurisdiction": "au_uniform"}), 422)


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_who_may_not_choose_reads_who_may(who: str, marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)
    client = browse(getattr(marlow, who))

    assert "Ask an administrator" in page_of(client)
    answer = client.post(PLACE, {"jurisdiction": "au_nsw"})

    assert "Ask an administrator" in text(answer, 403)
    with acting(marlow.alice):
        assert jurisdiction.of_firm() is None


def test_charlie_sees_nothing_of_the_choice(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    choose_package(marlow.alice)
    choose_place(marlow.alice)

    assert "No accounting system is chosen yet" in page_of(browse(charlie))


@pytest.mark.parametrize("place", packs.choosable(), ids=lambda place: place.code)
def test_every_place_can_be_chosen_and_read(place: packs.Pack, browse: Browse) -> None:
    ann = alone(place.currency, place.country).alice
    choose_package(ann, "standalone")
    client = browse(ann)

    assert client.post(PLACE, {"jurisdiction": place.code}).status_code == 302

    page, values = page_of(client), page_of(client, PLACE)
    assert place.account_kinds[0].word.replace("'", "&#x27;") in page
    assert values.count('<th scope="row">') == len(place.parameters())
    assert ("This pack is thin" in page) is place.is_thin
    assert ("This pack is thin" in values) is place.is_thin
    window = page_of(client, "/admin/trust/bank-accounts/add/")
    for field in place.bank_number_fields:
        assert f">{field.label}" in window


def test_values_are_found_by_words_confidence_and_basis(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)
    choose_place(marlow.alice)
    client = browse(marlow.alice)

    every = page_of(client, PLACE)
    low = page_of(client, PLACE + "?confidence=low")
    recalled = page_of(client, PLACE + "?basis=recall")
    deposits = page_of(client, PLACE + "?q=calculator")
    nothing = page_of(client, PLACE + "?q=xyzzy")

    assert "73 of 73 values" in every
    assert 0 < low.count('<th scope="row">') < 73
    assert ">high<" not in low.split("<tbody>")[1]
    assert "Remembered, not checked" in recalled.split("<tbody>")[1]
    assert 0 < deposits.count('<th scope="row">') < 10
    assert "No value fits" in nothing
    assert "Clear filters" in nothing


def test_an_inherited_value_says_whose_it_is(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)

    page = page_of(browse(marlow.alice), PLACE + "?place=au_nsw")

    assert "from Australia: Uniform Law (parent)" in page


def test_another_place_may_be_read_without_choosing_it(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)
    choose_place(marlow.alice)

    page = page_of(browse(marlow.alice), PLACE + "?place=gb_nir")

    assert "United Kingdom: Northern Ireland" in page
    assert "No value is known" in page
    assert "This pack is thin" in page


def test_the_facts_of_a_place_show_before_it_is_saved(marlow: Marlow, browse: Browse) -> None:
    choose_package(marlow.alice)

    part = page_of(browse(marlow.alice), PLACE + "facts/?jurisdiction=gb_ew")

    assert "client money, business account" in part
    assert "<html" not in part

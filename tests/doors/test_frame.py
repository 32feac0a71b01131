"""The frame around every page: what is there, what is not, and how a page answers."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from chancery.practice.models import Person
from chancery.web.shell import places
from conftest import Browse
from world import Marlow

pytestmark = pytest.mark.django_db


def text(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_the_bar_names_the_firm_and_the_person(marlow: Marlow, browse: Browse) -> None:
    page = text(browse(marlow.bob))

    assert "Marlow &amp; Finch Lawyers" in page
    assert 'aria-label="Bob Finch, your menu"' in page
    assert ">BF<" in page


def test_another_firm_is_not_named(marlow: Marlow, charlie: Person, browse: Browse) -> None:
    page = text(browse(charlie))

    assert "Charlie &amp; Sons" in page
    assert "Marlow" not in page


def test_the_navigation_leads_only_to_pages_that_answer(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.alice)
    links = re.findall(r'<nav class="sidenav".*?</nav>', text(client), re.DOTALL)[0]

    addresses = re.findall(r'href="([^"]+)"', links)

    assert "/" in addresses
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_every_place_is_somewhere(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.alice)

    for place in places.everywhere():
        assert client.get(place.url).status_code in (200, 302), place


def test_no_page_allows_script_or_style_within_it(marlow: Marlow, browse: Browse) -> None:
    answer = browse(marlow.alice).get("/")
    page = answer.content.decode()

    assert "'unsafe" not in answer["Content-Security-Policy"]
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\son\w+=", page)


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in() -> None:
    answer = Client().get(
        reverse("search_now"),
        {"q": "bank"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/help/?a=1&b=2"},
    )

    assert answer["HX-Redirect"] == "/sign-in/?next=/help/%3Fa%3D1%26b%3D2"


def test_the_way_back_keeps_the_whole_address() -> None:
    answer = Client().get("/search/", {"q": "bank", "kind": "matter"})

    assert answer["Location"] == "/sign-in/?next=/search/%3Fq%3Dbank%26kind%3Dmatter"


def test_a_page_that_is_not_there_says_so_in_our_look(marlow: Marlow, browse: Browse) -> None:
    answer = browse(marlow.alice).get("/nowhere/")

    assert answer.status_code == 404
    assert "This page is not here" in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_our_look(marlow: Marlow) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(marlow.alice.user)

    answer = client.post("/profile/", {"theme": "dark"})

    assert answer.status_code == 403
    assert "This page was open for too long" in answer.content.decode()


def test_what_one_may_not_do_says_who_may(marlow: Marlow, browse: Browse) -> None:
    answer = browse(marlow.erin).get(reverse("help_answers"))

    assert answer.status_code == 403
    page = answer.content.decode()
    assert "Ask an administrator." in page
    assert "practice.not_allowed" in page


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_pages_ask_the_database_nothing(page: str, django_assert_num_queries: object) -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415 - only here

    with django_assert_num_queries(0):  # type: ignore[operator]  # pytest-django's fixture
        shown = render_to_string(f"{page}.html")

    assert "<h1>" in shown


def test_the_navigation_speaks_the_words_of_the_jurisdiction(
    marlow: Marlow, browse: Browse
) -> None:
    words = {"work_unit": "file", "interest_account": "foundation account"}

    names = [place.called(words) for place in places.MAIN]

    assert names == ["Home", "Files", "Contacts"]
    assert ">Matters</a>" in text(browse(marlow.alice))

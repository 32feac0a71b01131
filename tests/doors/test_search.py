"""The search box finds by beginnings, shows what matched, and shows nothing of another firm."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

import world
from chancery.practice.models import Contact, Person
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.models.matter import MatterStatus
from conftest import Browse
from world import Marlow

pytestmark = pytest.mark.django_db


def typed(client: Client, question: str) -> str:
    return client.get("/search/now/", {"q": question}).content.decode()


def names(page: str) -> list[str]:
    found = re.findall(r'<span class="what">(.*?)(?:<small>|</span>)', page, re.DOTALL)
    return [" ".join(strip_tags(one).split()) for one in found]


@pytest.fixture
def alice(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.alice)


def test_bank_finds_the_contact_that_stands_for_the_bank_first(alice: Client) -> None:
    page = typed(alice, "bank")

    assert names(page)[0] == "Enter Your Bank Name"
    assert "<mark>Bank</mark>" in page
    assert "Company, Bank" in page


def test_results_stand_under_contacts_matters_and_places(marlow: Marlow, alice: Client) -> None:
    client = world.contact(marlow.alice, "Bankstown Timber Pty Ltd")
    world.matter(marlow.alice, "Bankstown Timber, lease", client=client, number="2026-0088")

    page = typed(alice, "BANK")

    assert re.findall(r"<h3>(.*?)</h3>", page)[:2] == ["Contacts", "Matters"]
    assert names(page)[:3] == [
        "Enter Your Bank Name",
        "Bankstown Timber Pty Ltd",
        "2026-0088 Bankstown Timber, lease",
    ]
    assert "client of 1 matter" in page
    assert "Active, Alice Marlow" in page


def test_the_first_result_is_what_enter_opens(marlow: Marlow, alice: Client) -> None:
    world.matter(marlow.alice, "Zebra lease", number="2026-0100")

    page = typed(alice, "zebra")

    assert page.count('class="current"') == 1
    assert "↵</kbd></a>" in page


def test_a_count_is_said_for_those_who_listen(alice: Client) -> None:
    page = typed(alice, "enter")

    assert '<p id="found-said" hx-swap-oob="innerHTML">1 record</p>' in page


def test_nothing_found_says_how_names_are_found(alice: Client) -> None:
    page = typed(alice, "xylophone")

    assert "Nothing begins with “xylophone”" in page


def test_what_is_typed_is_never_taken_for_html(alice: Client) -> None:
    page = typed(alice, "<script>alert(1)</script>")

    assert "<script>" not in page


@pytest.mark.parametrize("question", ["", "   ", "…", "%", "_", "'", "\x00", "-"])
def test_a_question_without_a_letter_finds_no_record(question: str, alice: Client) -> None:
    assert names(typed(alice, question)) == []
    assert alice.get("/search/", {"q": question}).status_code == 200


def test_a_very_long_question_is_answered(alice: Client) -> None:
    assert alice.get("/search/now/", {"q": "b" * 5000}).status_code == 200


def test_the_box_leads_to_the_page_with_all_results(alice: Client) -> None:
    assert 'href="/search/?q=bank">Advanced search</a>' in typed(alice, "bank")


def test_charlie_finds_nothing_of_another_firm(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    world.contact(marlow.alice, "Whitcombe Holdings")
    world.matter(marlow.alice, "Whitcombe, estate", number="2026-0137")
    client = browse(charlie)

    for question in ("whitcombe", "2026-0137", "wh", "2"):
        assert names(typed(client, question)) == []
        assert names(client.get("/search/", {"q": question}).content.decode()) == []


@pytest.mark.parametrize("who", ["alice", "bob", "erin"])
def test_everyone_of_the_firm_may_search(who: str, marlow: Marlow, browse: Browse) -> None:
    assert names(typed(browse(getattr(marlow, who)), "enter")) == ["Enter Your Bank Name"]


def test_places_are_found_by_their_words(alice: Client) -> None:
    page = typed(alice, "prof")

    assert "Go to" in page
    assert 'href="/profile/"' in page


def test_the_page_works_without_script_and_keeps_the_question(alice: Client) -> None:
    page = alice.get("/search/", {"q": "bank"}).content.decode()

    assert 'value="bank"' in page
    assert names(page)[0] == "Enter Your Bank Name"


def test_the_page_filters_by_kind_and_status(marlow: Marlow, alice: Client) -> None:
    client = world.contact(marlow.alice, "Bankstown Timber Pty Ltd", RoleOfContact.CLIENT)
    closed = MatterStatus.CLOSED
    world.matter(marlow.alice, "Bankstown lease", client=client, number="1", status=closed)
    world.matter(marlow.alice, "Bankstown sale", client=client, number="2")

    def page(**asked: str) -> list[str]:
        return names(alice.get("/search/", {"q": "bankstown", **asked}).content.decode())

    assert page(kind="contact") == ["Bankstown Timber Pty Ltd"]
    assert page(kind="matter") == ["2 Bankstown sale"]
    assert page(kind="matter", status="closed") == ["1 Bankstown lease"]
    assert page(kind="matter", status="inactive") == []
    assert page(kind="nonsense") == page()


def test_the_page_is_paged_and_no_record_stands_on_two_pages(marlow: Marlow, alice: Client) -> None:
    with world.acting(marlow.alice):
        Contact.objects.bulk_create(
            Contact(
                firm=marlow.firm,
                kind="company",
                name=f"Smith Smithson Smithers {n:03}",
                created_at=world.FOUNDED_AT,
            )
            for n in range(120)
        )
    seen: list[str] = []
    address = "/search/?q=smith&kind=contact"
    while address:
        page = alice.get(address).content.decode()
        seen += names(page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = "/search/" + onward[1].replace("&amp;", "&") if onward else ""

    assert len(seen) == 120
    assert len(set(seen)) == 120


def test_a_page_far_behind_the_last_is_empty_and_no_error(alice: Client) -> None:
    for page in ("9", "999999999", "-1", "x"):
        answer = alice.get("/search/", {"q": "bank", "kind": "contact", "page": page})
        assert answer.status_code == 200

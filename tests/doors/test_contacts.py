"""The pages of contacts: success, each refusal, what was typed is kept, and the list."""

import csv
import re
from io import StringIO

import pytest
from django.test import Client

import world
from chancery.practice import contacts, history
from chancery.practice.contact_details import ContactDetails
from chancery.practice.models import Contact, Person
from chancery.practice.models.contact import RoleOfContact
from chancery.trust.models import TrustBankAccount
from conftest import Browse
from world import LATER, Marlow

pytestmark = pytest.mark.django_db

COMPANY = {"kind": "company", "name": "Harbourside Bank", "roles": ["bank"]}
PLACEHOLDER = "This contact stands for your own bank"


@pytest.fixture
def bank(marlow: Marlow) -> Contact:
    with world.acting(marlow.alice):
        return Contact.objects.get(stands_for_own_bank=True)


@pytest.fixture
def bob(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.bob)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def count(person: Person) -> int:
    with world.acting(person):
        return Contact.objects.count()


def test_the_placeholder_says_what_it_is_until_it_is_renamed(bank: Contact, bob: Client) -> None:
    address = f"/contacts/{bank.id}/"
    before = text(bob, address)
    assert PLACEHOLDER in before
    assert 'Made with the firm on <time datetime="2026-07-06">6 Jul 2026</time>' in before
    assert "Choose accounting system" in before

    answer = bob.post(f"{address}edit/", {**COMPANY, "version": 1})

    assert answer["Location"] == address
    after = text(bob, address)
    assert PLACEHOLDER not in after
    assert "<h1>Harbourside Bank</h1>" in after
    assert "Enter Your Bank Name" in after
    assert "Bob Finch" in after


def test_a_contact_is_entered_whole(marlow: Marlow, bob: Client) -> None:
    sent = {
        "kind": "person",
        "given_name": "Claire",
        "family_name": "Bennett",
        "email": "Claire@post.example",
        "phone": "02 5550 0140",
        "abn": "51 824 753 556",
        "roles": ["client", "other_side"],
        "street_lines": "14 Ferry Road",
        "street_city": "Balmain",
        "street_region": "NSW",
        "street_postcode": "2041",
        "postal_lines": "PO Box 3",
    }

    page = text(bob, bob.post("/contacts/add/", sent)["Location"])

    for words in (
        "<h1>Claire Bennett</h1>",
        'href="mailto:claire@post.example"',
        "51 824 753 556",
        "Client, Other side",
        "14 Ferry Road, Balmain, NSW, 2041",
        "PO Box 3",
        "Claire Bennett is saved.",
    ):
        assert words in page
    assert "ACN" not in page


def test_bad_input_is_said_by_its_field_and_what_was_typed_is_kept(
    marlow: Marlow, bob: Client
) -> None:
    before = count(marlow.bob)
    sent = {"kind": "company", "name": "", "abn": "1", "email": "no", "postal_city": "Balmain"}

    answer = bob.post("/contacts/add/", sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Four things need your attention" in page
    for words in (
        'href="#id_name">Enter the company&#x27;s name.',
        "51 824 753 556",
        "name@example.com",
        'value="no"',
        'value="Balmain"',
        'aria-invalid="true"',
    ):
        assert words in page
    assert count(marlow.bob) == before


@pytest.mark.parametrize("sent", [{"kind": "ghost"}, {"roles": ["king"]}, {"name": "x" * 201}])
def test_what_no_form_of_ours_sends_is_refused(sent: dict[str, object], bob: Client) -> None:
    assert bob.post("/contacts/add/", {**COMPANY, **sent}).status_code == 422


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "x" * 201}, "Use at most 200 characters; this has 201."),
        ({"phone": "xyz"}, "Enter the digits of the phone number."),
        ({"abn": "1"}, ">This number cannot be right. One looks like 51 824 753 556."),
    ],
)
def test_a_field_says_once_what_to_enter(sent: dict[str, object], words: str, bob: Client) -> None:
    assert words in bob.post("/contacts/add/", {**COMPANY, **sent}).content.decode()


def test_no_page_cuts_a_name_short_without_a_word(bob: Client) -> None:
    for address in ("/contacts/add/", "/matters/add/"):
        form = text(bob, address).split('<form class="card')[1]
        assert "maxlength" not in form


def test_a_look_alike_is_pointed_out_once_and_then_saved_anyway(
    marlow: Marlow, bob: Client
) -> None:
    world.contact(marlow.alice, "Harbourside Bank Ltd")

    asked = bob.post("/contacts/add/", COMPANY)

    page = asked.content.decode()
    assert asked.status_code == 409
    assert "This contact may be here already" in page
    assert "Harbourside Bank Ltd</a> has the same name" in page
    assert 'value="Harbourside Bank"' in page
    assert "Save anyway</button>" in page
    made = bob.post("/contacts/add/", {**COMPANY, "even_if_alike": "yes"})
    assert made.status_code == 302


def test_a_look_alike_is_pointed_out_while_typing(marlow: Marlow, bob: Client) -> None:
    kept = world.contact(marlow.alice, "Harbourside Bank Ltd")
    address = "/contacts/look-alikes/?kind=company&name=harbourside+bank"

    assert "has the same name" in text(bob, address)
    assert text(bob, f"{address}&besides={kept.id}").strip() == ""
    assert text(bob, f"{address}&besides=nobody").strip() != ""
    assert text(bob, "/contacts/look-alikes/").strip() == ""


def test_charlie_is_not_told_of_another_firms_look_alike(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    world.contact(marlow.alice, "Harbourside Bank Ltd")

    page = text(browse(charlie), "/contacts/look-alikes/?kind=company&name=Harbourside+Bank")

    assert page.strip() == ""


def test_an_edit_of_an_old_version_shows_what_the_other_changed(
    marlow: Marlow, bank: Contact, bob: Client, browse: Browse
) -> None:
    address = f"/contacts/{bank.id}/edit/"
    browse(marlow.alice).post(address, {**COMPANY, "name": "Quay Savings", "version": 1})

    answer = bob.post(address, {**COMPANY, "name": "Hill Savings", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Alice Marlow changed this contact after you opened it." in page
    assert '<p class="muted small"><code>practice.changed_meanwhile</code></p>' in page
    assert "Did money move?" not in page
    assert "The rule" not in page
    assert '<td data-label="Now">Quay Savings</td>' in page
    assert '<td data-label="You entered">Hill Savings</td>' in page
    assert 'value="Hill Savings"' in page
    assert 'name="version" value="2"' in page
    again = bob.post(address, {**COMPANY, "name": "Hill Savings", "version": 2})
    assert again.status_code == 302


def test_what_was_left_alone_takes_what_the_other_saved(
    bank: Contact, marlow: Marlow, bob: Client, browse: Browse
) -> None:
    address = f"/contacts/{bank.id}/edit/"
    sent = {**COMPANY, "name": bank.name}
    theirs = {**sent, "phone": "02 5550 0177", "street_lines": "9 Quay Street", "version": 1}
    theirs["roles"] = ["bank", "other_side"]
    browse(marlow.alice).post(address, theirs)

    answer = bob.post(address, {**sent, "name": "Hill Savings", "version": 1})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Hill Savings"' in page
    assert 'value="02 5550 0177"' in page
    assert 'value="9 Quay Street"' in page
    assert re.search(r'value="other_side"[^>]*checked', page)
    assert "left it alone: " in page
    assert "You entered" not in page


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999"])
def test_a_version_that_no_page_sent_changes_nothing(
    version: str, marlow: Marlow, bank: Contact, bob: Client
) -> None:
    answer = bob.post(f"/contacts/{bank.id}/edit/", {**COMPANY, "version": version})

    assert answer.status_code in (409, 422)
    with world.acting(marlow.bob):
        assert contacts.visible_to(marlow.bob, bank.id).name == "Enter Your Bank Name"


def test_a_contact_that_nothing_names_is_deleted(
    marlow: Marlow, bank: Contact, bob: Client
) -> None:
    page = text(bob, f"/contacts/{bank.id}/deletion/")
    assert "Delete Enter Your Bank Name</button>" in page

    answer = bob.post(f"/contacts/{bank.id}/deletion/", {"version": 1})

    assert answer["Location"] == "/contacts/"
    assert bob.get(f"/contacts/{bank.id}/").status_code == 404
    with world.acting(marlow.bob):
        assert history.of("contact", bank.id)[0].act == "Deleted"


def test_a_contact_in_use_is_kept_and_the_page_says_where(
    marlow: Marlow, bank: Contact, bob: Client
) -> None:
    with world.acting(marlow.alice):
        TrustBankAccount.objects.create(
            firm=marlow.firm,
            name="Law Practice Trust",
            kind="current",
            currency="AUD",
            bank=bank,
            number_shown="062-555 1042 7731",
            opened_at=LATER,
        )

    edit = text(bob, f"/contacts/{bank.id}/edit/")
    answer = bob.post(f"/contacts/{bank.id}/deletion/", {"version": 1})

    assert "Law Practice Trust" in edit
    assert "Delete this contact" not in edit
    assert answer.status_code == 409
    assert "practice.contact_in_use" in answer.content.decode()
    assert "062-555 1042 7731" in text(bob, f"/contacts/{bank.id}/")


def test_the_bank_of_a_trust_account_stays_a_bank(
    marlow: Marlow, bank: Contact, bob: Client
) -> None:
    with world.acting(marlow.alice):
        TrustBankAccount.objects.create(
            firm=marlow.firm,
            name="Law Practice Trust Account",
            kind="controlled",
            currency="AUD",
            bank=bank,
            opened_at=LATER,
        )
    address = f"/contacts/{bank.id}/edit/"

    refused = bob.post(address, {**COMPANY, "name": "Quay", "roles": ["supplier"], "version": 1})
    assert refused.status_code == 409
    assert "practice.bank_holds_trust_money" in refused.content.decode()
    assert "Keep Bank ticked, or choose another bank" in refused.content.decode()
    kept = bob.post(address, {**COMPANY, "roles": ["bank", "supplier"], "version": 1})

    assert kept["Location"] == f"/contacts/{bank.id}/"
    page = text(bob, f"/contacts/{bank.id}/")
    assert "Harbourside Bank" in page
    assert "Supplier" in page


def test_a_client_shows_their_matters(marlow: Marlow, bob: Client) -> None:
    client = world.contact(marlow.alice, "Bennett")
    for count_ in range(11):
        world.matter(marlow.alice, f"Sale {count_}", client=client)

    page = text(bob, f"/contacts/{client.id}/")

    assert "Sale 10" in page
    assert "Sale 0<" not in page
    assert f"/matters/?client={client.id}" in page
    assert "See all 11" in page


def test_an_examiner_reads_and_changes_nothing(
    marlow: Marlow, bank: Contact, browse: Browse
) -> None:
    erin = browse(marlow.erin)
    before = count(marlow.erin)

    assert "Your roles let you read this only" in text(erin, f"/contacts/{bank.id}/")
    for address in (
        "/contacts/add/",
        f"/contacts/{bank.id}/edit/",
        f"/contacts/{bank.id}/deletion/",
    ):
        assert erin.get(address).status_code == 403
        assert erin.post(address, {**COMPANY, "version": 1}).status_code == 403
    assert count(marlow.erin) == before


@pytest.fixture
def many(marlow: Marlow) -> Marlow:
    with world.acting(marlow.alice):
        for number in range(60):
            details = ContactDetails(name=f"Client {number:02d}", roles=frozenset({"client"}))
            contacts.add(details=details, by=marlow.alice, at=LATER, even_if_alike=True)
    return marlow


def next_of(page: str, rel: str) -> str:
    before = page.split(f'rel="{rel}" href="', 1)
    return "/contacts/" + before[1].split('"', 1)[0].replace("&amp;", "&") if before[1:] else ""


def test_the_list_goes_on_after_the_last_one_shown_and_back(many: Marlow, bob: Client) -> None:
    first = text(bob, "/contacts/?role=client")
    assert "1 to 50 of 60 contacts" in first
    assert "Client 49" in first
    assert "Client 50" not in first

    second = text(bob, next_of(first, "next"))
    assert "51 to 60 of 60 contacts" in second
    assert "Client 50" in second
    assert next_of(second, "next") == ""

    assert "1 to 50 of 60 contacts" in text(bob, next_of(second, "prev"))


def test_nobody_is_skipped_when_someone_before_is_deleted(many: Marlow, bob: Client) -> None:
    on = next_of(text(bob, "/contacts/?role=client"), "next")
    with world.acting(many.alice):
        gone = Contact.objects.get(name="Client 10")
        contacts.delete(contact=gone, version=1, by=many.alice, at=LATER)

    page = text(bob, on)

    assert "50 to 59 of 59 contacts" in page
    assert "Client 50" in page


@pytest.mark.parametrize(
    ("asked", "found", "missing"),
    [
        ("text=side", "Harbour Side Bank", "Zoë Äldri"),
        ("text=aldri", "Zoë Äldri", "Harbour Side Bank"),
        ("text=zoe@p", "Zoë Äldri", "Harbour Side Bank"),
        ("role=bank", "Harbour Side Bank", "Zoë Äldri"),
        ("kind=person", "Zoë Äldri", "Harbour Side Bank"),
        ("kind=ghost&text=harbour", "Harbour Side Bank", "Zoë Äldri"),
    ],
)
def test_the_list_is_narrowed(
    asked: str, found: str, missing: str, marlow: Marlow, bob: Client
) -> None:
    world.contact(marlow.alice, "Harbour Side Bank", RoleOfContact.BANK)
    zoe = ContactDetails("person", given_name="Zoë", family_name="Äldri", email="zoe@post.example")
    with world.acting(marlow.alice):
        contacts.add(details=zoe, by=marlow.alice, at=LATER)

    page = text(bob, f"/contacts/?{asked}")

    assert found in page
    assert missing not in page
    assert "Clear filters" in page


def test_names_are_in_order_whatever_their_case_and_accents(marlow: Marlow, bob: Client) -> None:
    for name in ("Zebra", "élan", "apple", "Echo"):
        world.contact(marlow.alice, name)

    page = text(bob, "/contacts/")

    places = [page.index(f">{name}</a>") for name in ("apple", "Echo", "élan", "Zebra")]
    assert places == sorted(places)


def test_a_list_that_finds_nothing_says_what_was_searched(bob: Client) -> None:
    page = text(bob, "/contacts/?text=zzz")

    assert "No contact fits" in page
    assert 'value="zzz"' in page
    assert "0 contacts" in page
    assert "/export/" not in page


def test_the_export_holds_all_that_fit_and_no_formula(marlow: Marlow, bob: Client) -> None:
    world.contact(marlow.alice, "=HYPERLINK(1)", RoleOfContact.BANK)
    world.contact(marlow.alice, "Bennett", RoleOfContact.CLIENT)

    answer = bob.get("/contacts/export/?role=bank")

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["Name", "Kind", "Contact types", "E-mail", "Phone"],
        ["Enter Your Bank Name", "Company", "Bank", "", ""],
        ["'=HYPERLINK(1)", "Company", "Bank", "", ""],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="contacts.csv"'


def test_an_address_that_names_no_record_to_go_on_from_shows_the_first_page(bob: Client) -> None:
    for asked in ("after=x", "before=00000000-0000-0000-0000-000000000000"):
        assert "1 to 1 of 1 contacts" in text(bob, f"/contacts/?{asked}")


def test_charlies_list_holds_none_of_marlow(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    world.contact(marlow.alice, "Harbourside Bank Ltd")

    assert "Harbourside" not in text(browse(charlie), "/contacts/")
    assert b"Harbourside" not in browse(charlie).get("/contacts/export/").content

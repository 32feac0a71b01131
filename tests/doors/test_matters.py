"""The pages of matters: success, each refusal, what was typed is kept, and the list."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

import world
from chancery.lib import clock
from chancery.practice import history, matters
from chancery.practice.models import Contact, Matter, Person
from chancery.practice.models.matter import MatterStatus
from conftest import Browse
from world import Marlow

pytestmark = pytest.mark.django_db


@pytest.fixture
def bob(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.bob)


@pytest.fixture
def bennett(marlow: Marlow) -> Contact:
    return world.contact(marlow.alice, "Claire Bennett")


@pytest.fixture
def lease(marlow: Marlow, bennett: Contact) -> Matter:
    return world.matter(marlow.alice, "Lease of Unit 4", client=bennett, number="2026-0088")


def sent(marlow: Marlow, **others: object) -> dict[str, object]:
    with world.acting(marlow.alice):
        kind = matters.types_of(marlow.alice)[0]
    return {
        "title": "Sale of 14 Ferry Road",
        "type": str(kind.id),
        "responsible": str(marlow.alice.id),
        "opened_on": "5 Mar 2026",
        "number": "",
        "reference": "",
        **others,
    }


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_matter_is_opened_under_the_next_number(
    marlow: Marlow, bennett: Contact, lease: Matter, bob: Client
) -> None:
    year = clock.today("Australia/Sydney").year
    offered = text(bob, "/matters/add/")
    assert f"the next free one: {year}-" in offered

    answer = bob.post("/matters/add/", sent(marlow, client=str(bennett.id), reference="FR/14"))

    assert answer["Location"] == "/matters/2026-0089/"
    page = text(bob, "/matters/2026-0089/")
    for words in (
        "<h1>Sale of 14 Ferry Road</h1>",
        "Claire Bennett",
        "5 Mar 2026",
        "FR/14",
        "Opened",
    ):
        assert words in page


def test_the_form_opened_from_a_contact_has_chosen_it(bennett: Contact, bob: Client) -> None:
    page = text(bob, f"/matters/add/?client={bennett.id}")

    assert f'value="{bennett.id}" checked' in page


def test_the_only_contact_that_fits_what_was_typed_is_the_client(
    marlow: Marlow, bennett: Contact, bob: Client
) -> None:
    answer = bob.post("/matters/add/", sent(marlow, client_text="bennett"))

    assert "Claire Bennett" in text(bob, answer["Location"])


def test_of_several_that_fit_one_has_to_be_chosen(
    marlow: Marlow, bennett: Contact, bob: Client
) -> None:
    other = world.contact(marlow.alice, "Bennett Timber")

    answer = bob.post("/matters/add/", sent(marlow, client_text="bennett"))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose the client among the contacts" in page
    assert 'value="bennett"' in page
    for one in (bennett, other):
        assert f'name="client" value="{one.id}"' in page


def test_bad_input_is_said_by_its_field_and_what_was_typed_is_kept(
    marlow: Marlow, bob: Client
) -> None:
    bad = sent(marlow, title="", opened_on="31 Feb 2026", number="a b", type="", client="x")

    answer = bob.post("/matters/add/", bad)

    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Enter the title",
        "Choose the type",
        "Enter a day such as 5 Mar 2026",
        'value="31 Feb 2026"',
        'value="a b"',
    ):
        assert words in page
    with world.acting(marlow.bob):
        assert not Matter.objects.exists()


def test_a_number_that_is_no_address_is_said_by_its_field(
    marlow: Marlow, bennett: Contact, bob: Client
) -> None:
    answer = bob.post("/matters/add/", sent(marlow, client=str(bennett.id), number="add"))

    assert answer.status_code == 422
    assert "such as 2026-0144" in answer.content.decode()


def test_a_number_in_use_is_refused_and_what_was_typed_is_kept(
    marlow: Marlow, bennett: Contact, lease: Matter, bob: Client
) -> None:
    asked = sent(marlow, client=str(bennett.id), number="2026-0088")

    answer = bob.post("/matters/add/", asked)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "practice.matter_number_taken" in page
    assert 'value="Sale of 14 Ferry Road"' in page


def test_another_firms_contact_is_no_client(marlow: Marlow, charlie: Person, bob: Client) -> None:
    theirs = world.contact(charlie, "Their Secret")

    answer = bob.post("/matters/add/", sent(marlow, client=str(theirs.id)))

    assert answer.status_code == 422
    assert "Their Secret" not in answer.content.decode()
    assert "Their Secret" not in text(
        bob, f"/matters/clients/?client={theirs.id}&client_text=their"
    )


def test_contacts_are_offered_while_typing_and_the_chosen_one_stays(
    marlow: Marlow, bennett: Contact, bob: Client
) -> None:
    world.contact(marlow.alice, "Ashby Holdings")

    page = text(bob, f"/matters/clients/?client_text=hold&client={bennett.id}")

    assert page.index("Claire Bennett") < page.index("Ashby Holdings")
    assert f'value="{bennett.id}" checked' in page
    assert "No contact has a word" in text(bob, "/matters/clients/?client_text=zzz")


def test_a_matter_is_changed_and_its_history_says_so(
    marlow: Marlow, bennett: Contact, lease: Matter, bob: Client
) -> None:
    assert 'value="5 Jul 2026"' in text(bob, "/matters/2026-0088/edit/")
    asked = sent(marlow, client=str(bennett.id), number="M-9", version=1)

    answer = bob.post("/matters/2026-0088/edit/", asked)

    assert answer["Location"] == "/matters/M-9/"
    assert "2026-0088" in text(bob, "/matters/M-9/")
    assert bob.get("/matters/2026-0088/").status_code == 404


def test_an_edit_of_an_old_version_shows_what_the_other_changed(
    marlow: Marlow, bennett: Contact, lease: Matter, bob: Client, browse: Browse
) -> None:
    address = "/matters/2026-0088/edit/"
    asked = sent(marlow, client=str(bennett.id), number="2026-0088", version=1)
    browse(marlow.alice).post(address, {**asked, "title": "Lease of Unit 5"})

    answer = bob.post(address, {**asked, "title": "Lease of Unit 6"})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert '<td data-label="Now">Lease of Unit 5</td>' in page
    assert 'value="Lease of Unit 6"' in page
    assert 'name="version" value="2"' in page


def test_a_status_is_changed_with_its_reason(lease: Matter, marlow: Marlow, bob: Client) -> None:
    address = "/matters/2026-0088/status/"
    text(bob, address)

    answer = bob.post(address, {"status": "closed", "why": "Settled", "version": 1})

    assert answer["Location"] == "/matters/2026-0088/"
    assert "Closed</span>" in text(bob, "/matters/2026-0088/")
    with world.acting(marlow.bob):
        act = history.of("matter", lease.id)[0]
    assert (act.by, act.changes["Reason"]) == (marlow.bob, ["", "Settled"])


@pytest.mark.parametrize(
    ("asked", "status", "words"),
    [
        ({"status": "closed", "why": "", "version": 1}, 422, "Enter the reason"),
        ({"status": "", "why": "x", "version": 1}, 422, "Choose the status"),
        ({"status": "ghost", "why": "x", "version": 1}, 422, "status"),
        ({"status": "active", "why": "x", "version": 1}, 409, "practice.matter_has_that_status"),
        ({"status": "closed", "why": "x", "version": 7}, 409, "practice.changed_meanwhile"),
    ],
)
def test_a_status_that_cannot_be_is_refused(
    asked: dict[str, object], status: int, words: str, lease: Matter, bob: Client
) -> None:
    answer = bob.post("/matters/2026-0088/status/", asked)

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_an_examiner_reads_and_changes_nothing(
    marlow: Marlow, lease: Matter, browse: Browse
) -> None:
    erin = browse(marlow.erin)

    assert "Your roles let you read this only" in text(erin, "/matters/2026-0088/")
    for address in ("/matters/add/", "/matters/2026-0088/edit/", "/matters/2026-0088/status/"):
        assert erin.get(address).status_code == 403
        asked = sent(marlow, status="closed", why="x", version=1)
        assert erin.post(address, asked).status_code == 403
    with world.acting(marlow.erin):
        assert Matter.objects.get().version == lease.version


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("text=unit", 1),
        ("text=2026-0088", 1),
        ("text=bennett", 1),
        ("text=annett", 0),
        ("status=active", 1),
        ("status=closed", 0),
        ("responsible={alice}", 1),
        ("responsible={bob}", 0),
        ("type={type}", 1),
        ("client={client}", 1),
        ("client={alice}", 0),
        ("status=ghost", 1),
    ],
)
def test_the_list_is_narrowed(
    asked: str, hits: int, marlow: Marlow, lease: Matter, bob: Client
) -> None:
    ids = {"alice": marlow.alice.id, "bob": marlow.bob.id}
    address = asked.format(**ids, type=lease.type_id, client=lease.client_id)

    page = text(bob, f"/matters/?{address}")

    assert page.count("Lease of Unit 4") == hits
    assert page.count("No matter fits") == 1 - hits


def test_the_list_begins_with_the_latest_number(marlow: Marlow, bob: Client) -> None:
    client = world.contact(marlow.alice, "Bennett")
    for number in ("2025-0310", "2026-0142", "2026-0088"):
        world.matter(marlow.alice, f"Sale {number}", client=client, number=number)

    page = text(bob, "/matters/")

    assert page.index("2026-0142") < page.index("2026-0088") < page.index("2025-0310")
    assert "1 to 3 of 3 matters" in page


def test_a_firm_without_matters_is_told_what_comes_first(bob: Client) -> None:
    assert "No matter yet" in text(bob, "/matters/")


def test_the_export_holds_all_that_fit(marlow: Marlow, lease: Matter, bob: Client) -> None:
    world.matter(marlow.alice, "Old", number="2025-1", status=MatterStatus.CLOSED)

    answer = bob.get("/matters/export/?status=active")

    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == [
        "Number", "Title", "Client", "Type", "Responsible", "Reference", "Opened", "Status",
    ]  # fmt: skip
    assert rows[1:] == [
        [
            "2026-0088", "Lease of Unit 4", "Claire Bennett", "Commercial", "Alice Marlow", "",
            "2026-07-05", "Active",
        ]
    ]  # fmt: skip


def test_the_list_offers_itself_as_a_workbook_with_real_days(lease: Matter, bob: Client) -> None:
    page = text(bob, "/matters/?status=active")

    assert "/matters/export/?status=active&amp;format=csv" in page
    assert "/matters/export/?status=active&amp;format=xlsx" in page
    content = bob.get("/matters/export/?status=active&format=xlsx").content
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Matters").to_python()
    assert rows[1][6] == date(2026, 7, 5)
    assert rows[1][0] == "2026-0088"


def test_charlies_list_holds_none_of_marlow(lease: Matter, charlie: Person, browse: Browse) -> None:
    assert "Lease of Unit 4" not in text(browse(charlie), "/matters/")
    assert b"Lease of Unit 4" not in browse(charlie).get("/matters/export/").content

"""Contacts and matters through the API: listed, read, entered, changed as the pages do it."""

import pytest

import world
from chancery.practice import history
from chancery.practice.contacts import RoleOfContact
from doors.api.calls import Program, program_of
from world import Marlow, acting

pytestmark = pytest.mark.django_db

MIRA = {
    "kind": "person",
    "given_name": "Mira",
    "family_name": "Okafor",
    "email": "Mira@Okafor.example",
    "phone": "02 5550 0199",
    "roles": ["client"],
    "addresses": {"street": {"lines": "4 Quay St", "city": "Sydney", "postcode": "2000"}},
    "identifiers": {"abn": "51 824 753 556"},
}


@pytest.fixture
def alices(marlow: Marlow) -> Program:
    return program_of(marlow.alice)


def test_a_contact_is_entered_and_read(marlow: Marlow, alices: Program) -> None:
    made = alices.post("contacts", MIRA)

    assert made.status == 201
    read = alices.get(made.headers["Location"])
    assert read.body == made.body
    assert read.body["name"] == "Mira Okafor"
    assert read.body["email"] == "mira@okafor.example"
    assert read.body["identifiers"] == {"abn": "51824753556"}
    assert read.body["addresses"]["street"]["city"] == "Sydney"
    assert read.body["addresses"]["postal"] is None
    with acting(marlow.alice):
        acts = [(act.act, act.by) for act in history.of("contact", made.body["id"])]
    assert acts == [("Made", marlow.alice)]


def test_what_is_left_out_of_a_change_stays(alices: Program) -> None:
    made = alices.post("contacts", MIRA).body
    path = f"contacts/{made['id']}"

    changed = alices.patch(path, {"version": 1, "phone": "", "family_name": "Okafor-Lee"})

    assert changed.status == 200
    expected = {**made, "phone": "", "family_name": "Okafor-Lee", "name": "Mira Okafor-Lee"}
    assert changed.body == {**expected, "version": 2}
    emptied = alices.patch(path, {"version": 2, "addresses": {}, "identifiers": {}, "roles": []})
    assert emptied.body["addresses"] == {"street": None, "postal": None}
    assert (emptied.body["identifiers"], emptied.body["roles"]) == ({}, [])


def test_a_change_of_what_was_changed_meanwhile_says_what_was(alices: Program) -> None:
    made = alices.post("contacts", MIRA).body
    path = f"contacts/{made['id']}"
    alices.patch(path, {"version": 1, "phone": "02 5550 0100"})

    answer = alices.patch(path, {"version": 1, "email": "m@okafor.example"})

    assert (answer.status, answer.code) == (409, "practice.changed_meanwhile")
    assert answer.body["facts"]["by"] == "Alice Marlow"
    assert answer.body["facts"]["changes"] == {"Phone": ["02 5550 0199", "02 5550 0100"]}
    assert alices.get(path).body["email"] == "mira@okafor.example"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({**MIRA, "name": "Mira"}, "name"),
        ({"kind": "company", "name": "X", "given_name": "Mira"}, "given_name"),
    ],
)
def test_a_name_that_would_not_be_kept_is_refused(
    sent: dict[str, object], field: str, alices: Program
) -> None:
    answer = alices.post("contacts", sent)

    assert answer.status == 422
    assert [one["field"] for one in answer.body["fields"]] == [field]


def test_contacts_are_narrowed(marlow: Marlow, alices: Program) -> None:
    world.contact(marlow.alice, "Bankstown Timber", RoleOfContact.SUPPLIER)
    alices.post("contacts", MIRA)

    def names(query: str) -> list[str]:
        return [one["name"] for one in alices.get(f"contacts?{query}").body["items"]]

    assert names("kind=person") == ["Mira Okafor"]
    assert names("role=supplier") == ["Bankstown Timber"]
    assert names("text=timb") == ["Bankstown Timber"]
    assert names("text=mira%40") == ["Mira Okafor"]
    assert names("text=nobody") == []


def test_a_list_is_read_to_its_end_by_its_cursors(marlow: Marlow, alices: Program) -> None:
    for number in range(5):
        world.contact(marlow.alice, f"Timber {number}")
    read: list[str] = []
    path = "contacts?text=timber&limit=2"

    for _ in range(3):
        page = alices.get(path).body
        read += [one["name"] for one in page["items"]]
        world.contact(marlow.alice, "A Timber made meanwhile") if len(read) == 2 else None
        path = page["next"] or ""

    assert read == [f"Timber {number}" for number in range(5)] + ["A Timber made meanwhile"]
    assert page["next_cursor"] is None


def test_a_cursor_fits_the_list_and_the_filters_that_gave_it(
    marlow: Marlow, alices: Program
) -> None:
    for number in range(2):
        world.matter(marlow.alice, f"Lease {number}")
    cursor = alices.get("matters?limit=1").body["next_cursor"]
    theirs = program_of(world.another())

    for path in (
        f"contacts?cursor={cursor}",
        f"matters?status=active&cursor={cursor}",
        f"matters?cursor={cursor[:-1]}",
        "matters?cursor=01900000000070008000000000000000",
    ):
        answer = alices.get(path)
        assert (answer.status, answer.code) == (422, "api.cursor_not_right")
    assert theirs.get(f"matters?cursor={cursor}").status == 422
    assert len(alices.get(f"matters?limit=100&cursor={cursor}").body["items"]) == 1


def test_a_filter_with_a_slip_in_its_name_is_refused(alices: Program) -> None:
    answer = alices.get("matters?statu=closed")

    assert (answer.status, answer.code) == (422, "api.filter_not_known")


def test_a_matter_is_opened_read_and_changed(marlow: Marlow, alices: Program) -> None:
    client = world.contact(marlow.alice, "Whitcombe Holdings")
    kinds = alices.get("matter-types").body["items"]
    sent = {
        "title": "Lease of Unit 4",
        "client_id": str(client.id),
        "type_id": kinds[0]["id"],
        "responsible_id": str(marlow.bob.id),
        "opened_on": "2026-03-01",
    }

    made = alices.post("matters", sent)
    changed = alices.patch(made.headers["Location"], {"version": 1, "reference": "WH/4"})

    assert made.body["number"] == "2026-0001"
    assert made.body["responsible"] == {"id": str(marlow.bob.id), "name": "Bob Finch"}
    assert (changed.body["reference"], changed.body["version"]) == ("WH/4", 2)
    assert alices.get("matters/2026-0001").body == changed.body
    assert alices.get(f"contacts/{client.id}").body["roles"] == ["client"]


def test_a_matter_is_its_openers_from_today_where_nothing_else_is_sent(
    marlow: Marlow, alices: Program
) -> None:
    client = world.contact(marlow.alice, "Whitcombe Holdings")
    kind = alices.get("matter-types").body["items"][0]["id"]

    made = alices.post(
        "matters", {"title": "Lease", "client_id": str(client.id), "type_id": kind}
    ).body

    assert made["responsible"]["id"] == str(marlow.alice.id)
    assert made["opened_on"] == alices.get("me").body["firm"]["today"]


def test_the_status_of_a_matter_is_changed_with_a_reason_and_alone(
    marlow: Marlow, alices: Program
) -> None:
    matter = world.matter(marlow.alice, "Lease of Unit 4", number="2026-0088")
    path = f"matters/{matter.number}"

    mixed = alices.patch(path, {"version": 1, "status": "closed", "why": "Done", "title": "X"})
    bare = alices.patch(path, {"version": 1, "status": "closed"})
    reason = alices.patch(path, {"version": 1, "why": "Done"})
    closed = alices.patch(path, {"version": 1, "status": "closed", "why": "Done"})

    assert [one["field"] for one in mixed.body["fields"]] == ["title"]
    assert [one["field"] for one in bare.body["fields"]] == ["why"]
    assert [one["field"] for one in reason.body["fields"]] == ["status"]
    assert (closed.status, closed.body["status"]) == (200, "closed")
    again = alices.patch(path, {"version": 2, "status": "closed", "why": "Done"})
    assert (again.status, again.code) == (409, "practice.matter_has_that_status")


def test_me_tells_who_the_token_acts_as(marlow: Marlow) -> None:
    told = program_of(marlow.erin).get("me").body

    assert told["person"]["roles"] == ["examiner"]
    assert told["firm"]["currency"] == "AUD"
    assert told["token"]["is_read_only"] is True
    assert "secret" not in told["token"]

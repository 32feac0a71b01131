"""Admin > People and roles, and Admin > Firm."""

import re

import pytest
from django.test import Client

import world
from chancery.practice import history, people
from chancery.practice.models import Firm, Person, User
from chancery.trust.models import TrustBankAccount
from conftest import Browse
from world import LATER, PASSWORD, Marlow

pytestmark = pytest.mark.django_db

DORA = {"name": "Dora Lane", "email": "dora@marlow.example", "roles": ["lawyer"]}
FIRM = {
    "name": "Finch & Co",
    "country": "NZ",
    "time_zone": "Pacific/Auckland",
    "currency": "NZD",
    "version": 1,
}


@pytest.fixture
def alice(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.alice)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def again(person: Person) -> Person:
    with world.acting(person):
        return people.with_firm(person.id)


def test_the_list_shows_everyone_and_what_each_role_may_do(alice: Client) -> None:
    page = text(alice, "/admin/people/")

    for words in ("Alice Marlow", "bob@marlow.example", "Examiner, read only", "3 people"):
        assert words in page
    assert "Set up trust accounting" in page


def test_someone_asked_in_signs_in_once_and_chooses_a_password(
    marlow: Marlow, alice: Client
) -> None:
    asked = alice.post("/admin/people/add/", DORA)
    assert asked.status_code == 302
    answer = alice.get(asked["Location"])
    page = answer.content.decode()
    given = re.search(r"<code>([a-z2-9-]{23})</code>", page)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert given is not None
    again = alice.get(asked["Location"], follow=True).content.decode()
    assert "was shown once and is not kept" in again
    assert given[1] not in again

    dora = Client()
    dora.post("/sign-in/", {"login": "dora@marlow.example", "password": given[1]})
    assert dora.get("/contacts/")["Location"] == "/sign-in/password/"
    assert "Choose your own password first" in text(dora, "/sign-in/password/")
    chosen = {"oldpassword": given[1], "password1": PASSWORD, "password2": PASSWORD}
    dora.post("/sign-in/password/", chosen)

    assert dora.get("/contacts/").status_code == 200
    assert User.objects.get(email="dora@marlow.example").check_password(PASSWORD)
    assert given[1] not in text(alice, "/admin/people/")


def test_someone_of_another_firm_is_joined_and_no_password_is_shown(
    charlie: Person, alice: Client, browse: Browse
) -> None:
    sent = {**DORA, "email": "charlie@sons.example"}

    page = alice.post("/admin/people/add/", sent, follow=True).content.decode()

    assert "The one they have" in page
    assert "<code>" not in page
    assert "Charlie Moss" not in page
    assert browse(charlie).get("/contacts/").status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        ({**DORA, "name": ""}, 422, "Enter the name"),
        ({**DORA, "email": "no"}, 422, "name@example.com"),
        ({**DORA, "roles": []}, 422, "Choose the roles"),
        ({**DORA, "roles": ["king"]}, 422, "king"),
        ({**DORA, "roles": ["examiner", "lawyer"]}, 422, "An examiner only reads"),
        ({**DORA, "email": "bob@marlow.example"}, 409, "practice.already_in_firm"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(
    sent: dict[str, object], status: int, words: str, marlow: Marlow, alice: Client
) -> None:
    answer = alice.post("/admin/people/add/", sent)

    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert f'value="{sent["email"]}"' in page
    assert not User.objects.filter(email=DORA["email"]).exists()


def test_roles_are_set(marlow: Marlow, alice: Client) -> None:
    address = f"/admin/people/{marlow.bob.id}/"
    sent = {"name": "Bob Finch", "roles": ["lawyer", "reviewer"], "version": 1}

    answer = alice.post(address, sent)

    assert answer["Location"] == "/admin/people/"
    assert again(marlow.bob).roles == ["lawyer", "reviewer"]
    assert "Bookkeeper → Lawyer, Reviewer" in text(alice, address)
    stale = alice.post(address, {**sent, "roles": ["lawyer"]})
    assert stale.status_code == 409
    assert "practice.changed_meanwhile" in stale.content.decode()


def test_the_last_administrator_neither_drops_the_role_nor_leaves(
    marlow: Marlow, alice: Client
) -> None:
    address = f"/admin/people/{marlow.alice.id}/"

    dropped = alice.post(address, {"name": "Alice", "roles": ["lawyer"], "version": 1})
    left = alice.post(f"{address}leaving/")

    for answer in (dropped, left):
        assert answer.status_code == 409
        assert "practice.last_administrator" in answer.content.decode()
    assert again(marlow.alice).roles == ["administrator"]


def test_who_leaves_sees_nothing_until_they_return(
    marlow: Marlow, alice: Client, browse: Browse
) -> None:
    bob = browse(marlow.bob)
    address = f"/admin/people/{marlow.bob.id}/"

    alice.post(f"{address}leaving/")
    assert bob.get("/contacts/").status_code == 404
    assert "Let Bob Finch return" in text(alice, address)
    assert alice.post(f"{address}leaving/").status_code == 409
    alice.post(f"{address}return/")

    assert bob.get("/contacts/").status_code == 200
    assert alice.post(f"{address}return/").status_code == 409
    with world.acting(marlow.alice):
        acts = [(act.act, act.by) for act in history.of("person", marlow.bob.id)]
    assert acts[:2] == [("Returned", marlow.alice), ("Left", marlow.alice)]


def test_who_forgot_is_given_a_password_that_ends_what_was_open(
    marlow: Marlow, alice: Client, browse: Browse
) -> None:
    before = browse(marlow.bob)
    assert before.get("/contacts/").status_code == 200

    asked = alice.post(f"/admin/people/{marlow.bob.id}/password/")
    kept = dict(alice.session)
    answer = alice.get(asked["Location"])
    given = re.search(r"<code>([a-z2-9-]{23})</code>", answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert given is not None
    assert given[1] not in asked["Location"]
    assert given[1] not in str(kept)
    assert before.get("/contacts/")["Location"].startswith("/sign-in/?next=")

    bob = Client()
    bob.post("/sign-in/", {"login": "bob@marlow.example", "password": given[1]})
    assert bob.get("/contacts/")["Location"] == "/sign-in/password/"
    page = text(alice, f"/admin/people/{marlow.bob.id}/")
    assert "Given a new password" in page
    assert given[1] not in page


def test_ones_own_password_is_not_given(marlow: Marlow, alice: Client) -> None:
    address = f"/admin/people/{marlow.alice.id}/"

    assert "Forgotten password" not in text(alice, address)
    answer = alice.post(f"{address}password/")

    assert answer.status_code == 409
    assert "practice.password_is_your_own" in answer.content.decode()


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_may_change_anything_here(
    who: str, marlow: Marlow, browse: Browse
) -> None:
    client = browse(getattr(marlow, who))
    address = f"/admin/people/{marlow.alice.id}/"

    assert "Let Alice" not in text(client, address)
    assert "Your roles let you read this only" in text(client, "/admin/people/")
    assert "An administrator may change them" in text(client, "/admin/firm/")
    assert client.get("/admin/people/add/").status_code == 403
    for posted in (
        address,
        f"{address}leaving/",
        f"{address}return/",
        "/admin/people/add/",
        f"{address}password/",
    ):
        sent = {**DORA, "version": 1}
        assert client.post(posted, sent).status_code == 403
    assert client.post("/admin/firm/", FIRM).status_code == 403
    assert again(marlow.alice).name == "Alice Marlow"


def test_the_firm_is_changed_and_its_history_says_so(marlow: Marlow, alice: Client) -> None:
    answer = alice.post("/admin/firm/", FIRM)

    assert answer["Location"] == "/admin/firm/"
    page = text(alice, "/admin/firm/")
    assert 'value="Finch &amp; Co"' in page
    assert "Australia/Sydney → Pacific/Auckland" in page
    assert "The firm&#x27;s details are saved." in page


@pytest.mark.parametrize(
    ("others", "status", "words"),
    [
        ({"name": ""}, 422, "Enter the name"),
        ({"country": "ZZ"}, 422, "ZZ"),
        ({"currency": "XXX"}, 422, "XXX"),
        ({"time_zone": "Moon/Base"}, 422, "Moon"),
        ({"version": 3}, 409, "practice.changed_meanwhile"),
    ],
)
def test_a_firm_that_cannot_be_is_refused(
    others: dict[str, object], status: int, words: str, marlow: Marlow, alice: Client
) -> None:
    answer = alice.post("/admin/firm/", {**FIRM, **others})

    assert answer.status_code == status
    assert words in answer.content.decode()
    with world.acting(marlow.alice):
        assert Firm.objects.get().name == "Marlow & Finch Lawyers"


def test_a_stale_form_of_the_firm_takes_what_the_other_saved(alice: Client) -> None:
    here = {**FIRM, "country": "AU", "time_zone": "Australia/Sydney", "currency": "AUD"}
    alice.post("/admin/firm/", {**here, "name": "Marlow & Finch Lawyers", "country": "NZ"})

    page = alice.post("/admin/firm/", here).content.decode()

    assert 'value="Finch &amp; Co"' in page
    assert '<option value="NZ" selected>' in page


def test_the_currency_is_fixed_once_a_trust_account_exists(marlow: Marlow, alice: Client) -> None:
    with world.acting(marlow.alice):
        TrustBankAccount.objects.create(
            firm=marlow.firm, name="Trust", kind="controlled", currency="AUD", opened_at=LATER
        )

    assert "Fixed: trust bank accounts are kept in it" in text(alice, "/admin/firm/")
    alice.post("/admin/firm/", FIRM)

    with world.acting(marlow.alice):
        kept = Firm.objects.get()
    assert (kept.name, kept.currency) == ("Finch & Co", "AUD")

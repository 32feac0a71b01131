"""Profile > API tokens: made with a secret that is shown once, revoked, and one's own alone."""

import re

import pytest
from django.test import Client

from chancery.practice.models import ApiToken, Person
from conftest import Browse
from doors.api.calls import Program
from world import PASSWORD, Marlow, acting

pytestmark = pytest.mark.django_db

SENT = {"name": "Intake form", "scopes": ["contacts:read", "contacts:write"], "ends": "30"}
ADDRESS = "/profile/tokens/"
SECRET = re.compile(r"<code>(chancery_[a-z2-9]{10}_[A-Za-z0-9_-]{43})</code>")


@pytest.fixture
def alice(marlow: Marlow, browse: Browse) -> Client:
    return browse(marlow.alice)


def text(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def the_token(person: Person) -> ApiToken:
    with acting(person):
        return ApiToken.objects.get()


def test_a_token_is_made_and_its_secret_shown_once(marlow: Marlow, alice: Client) -> None:
    made = alice.post(ADDRESS, SENT)
    kept = str(dict(alice.session))
    answer = alice.get(made["Location"])
    shown = SECRET.search(answer.content.decode())
    again = text(alice, made["Location"])

    assert shown is not None
    assert "no-store" in answer["Cache-Control"]
    assert shown[1] not in kept + made["Location"]
    assert "was shown once and is not kept" in again
    assert shown[1] not in again
    assert Program(shown[1]).get("me").body["person"]["name"] == "Alice Marlow"
    listed = text(alice, ADDRESS)
    assert the_token(marlow.alice).prefix in listed
    assert "contacts:read, contacts:write" in listed
    assert "Read only" not in listed


def test_a_revoked_token_is_dead_on_the_next_request(marlow: Marlow, alice: Client) -> None:
    made = alice.post(ADDRESS, SENT)
    shown = SECRET.search(text(alice, made["Location"]))
    assert shown is not None
    program = Program(shown[1])
    assert program.get("contacts").status == 200
    revocation = f"{ADDRESS}{the_token(marlow.alice).id}/revocation/"

    answer = alice.post(revocation)

    assert answer["Location"] == ADDRESS
    assert program.get("contacts").status == 401
    assert "You have none." in text(alice, ADDRESS)
    again = alice.post(revocation)
    assert again.status_code == 409
    assert "practice.api_token_revoked_already" in again.content.decode()
    history = text(alice, f"/admin/people/{marlow.alice.id}/")
    assert "Made an API token" in history
    assert "Revoked an API token" in history


@pytest.mark.parametrize(
    ("others", "words"),
    [
        ({"name": ""}, "Enter the name"),
        ({"scopes": []}, "Choose the scopes"),
        ({"scopes": ["contacts:rule"]}, "contacts:rule"),
        ({"ends": "7"}, "7"),
    ],
)
def test_a_token_that_cannot_be_is_refused(
    others: dict[str, object], words: str, marlow: Marlow, alice: Client
) -> None:
    answer = alice.post(ADDRESS, {**SENT, **others})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    with acting(marlow.alice):
        assert not ApiToken.objects.exists()


def test_an_examiner_is_offered_what_reads_and_no_more(marlow: Marlow, browse: Browse) -> None:
    erin = browse(marlow.erin)

    assert "contacts:write" not in text(erin, ADDRESS)
    assert erin.post(ADDRESS, SENT).status_code == 422
    assert erin.post(ADDRESS, {**SENT, "scopes": ["contacts:read"]}).status_code == 302
    assert "Read only" in text(erin, ADDRESS)


def test_a_colleagues_tokens_are_neither_seen_nor_revoked(
    marlow: Marlow, alice: Client, browse: Browse
) -> None:
    alice.post(ADDRESS, SENT)
    token = the_token(marlow.alice)
    bob = browse(marlow.bob)

    assert token.prefix not in text(bob, ADDRESS)
    assert bob.get(f"{ADDRESS}{token.id}/secret/").status_code == 404
    assert bob.post(f"{ADDRESS}{token.id}/revocation/").status_code == 404
    assert the_token(marlow.alice).revoked_at is None


@pytest.mark.parametrize(
    ("typed", "ends", "status"),
    [
        (PASSWORD, "90", 302),
        (PASSWORD, "365", 422),
        (PASSWORD, "none", 422),
        (f"{PASSWORD}x", "30", 422),
        ("", "30", 422),
    ],
)
def test_a_token_that_lets_money_leave_costs_the_password_and_ends_soon(
    typed: str, ends: str, status: int, marlow: Marlow, alice: Client
) -> None:
    sent = {"name": "Payments", "scopes": ["withdrawals:release"], "password": typed, "ends": ends}

    answer = alice.post(ADDRESS, sent)

    assert answer.status_code == status
    assert typed == "" or typed not in answer.content.decode()
    with acting(marlow.alice):
        assert ApiToken.objects.exists() == (status == 302)

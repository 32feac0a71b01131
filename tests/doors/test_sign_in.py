"""Signing in and out, and the password."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

import world
from chancery.practice import people
from chancery.practice.models import Person
from chancery.practice.models.firm import Role
from conftest import Browse
from world import LATER, PASSWORD, Marlow

pytestmark = pytest.mark.django_db

NEW = "another-quill-lantern-10"


def sign_in(password: str = PASSWORD, email: str = "alice@marlow.example", to: str = "") -> Client:
    client = Client()
    client.answer = client.post(  # type: ignore[attr-defined]  # kept for the assertion
        "/sign-in/", {"login": email, "password": password, "next": to}
    )
    return client


def said(client: Client) -> str:
    return str(client.answer.content.decode())  # type: ignore[attr-defined]  # see above


def test_the_page_asks_for_an_email_and_a_password() -> None:
    page = Client().get("/sign-in/").content.decode()

    assert "E-mail" in page
    assert 'autocomplete="current-password"' in page
    assert "placeholder" not in page


def test_signing_in_leads_back_to_where_one_was_going(marlow: Marlow) -> None:
    client = sign_in(to="/search/?q=bank")

    assert client.answer["Location"] == "/search/?q=bank"  # type: ignore[attr-defined]
    assert client.get("/").status_code == 200


def test_signing_in_never_leads_to_another_site(marlow: Marlow) -> None:
    client = sign_in(to="https://elsewhere.example/")

    assert client.answer["Location"] == "/"  # type: ignore[attr-defined]


def test_a_wrong_password_and_an_unknown_address_get_the_same_words(marlow: Marlow) -> None:
    words = "The e-mail address and the password do not match"

    assert words in said(sign_in("not-the-password"))
    assert words in said(sign_in(email="nobody@marlow.example"))


def test_empty_fields_are_named(marlow: Marlow) -> None:
    page = said(sign_in("", email=""))

    assert "Enter your e-mail address" in page
    assert "Enter your password" in page
    assert "Two things need your attention" in page


def test_an_account_that_is_switched_off_gets_a_page_of_its_own(marlow: Marlow) -> None:
    user = marlow.alice.user
    user.is_active = False
    user.save(update_fields=["is_active"])

    client = sign_in()

    assert client.answer.status_code == 403  # type: ignore[attr-defined]
    assert "This account is switched off" in said(client)


def test_too_many_failures_must_wait(marlow: Marlow, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "2/5m/key"}
    cache.clear()

    pages = [said(sign_in("not-the-password")) for _ in range(3)]

    assert "Wait five minutes" not in pages[1]
    assert "Wait five minutes" in pages[2]


def test_too_many_attempts_from_one_place_must_wait(marlow: Marlow, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    cache.clear()
    sign_in("not-the-password")

    client = sign_in("not-the-password")

    assert client.answer.status_code == 429  # type: ignore[attr-defined]
    assert "Too many attempts" in said(client)


def test_someone_who_left_signs_in_to_nothing(marlow: Marlow, browse: Browse) -> None:
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

    answer = browse(marlow.bob).get("/")

    assert answer.status_code == 404


def test_someone_who_left_one_firm_goes_on_in_their_other(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    world.ask_in(charlie, "Bob Finch", "bob@marlow.example", Role.BOOKKEEPER)
    client = browse(marlow.bob)
    assert "Marlow &amp; Finch" in client.get("/").content.decode()
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

    page = client.get("/").content.decode()

    assert "Charlie &amp; Sons" in page
    assert "Marlow" not in page


def test_signing_out_needs_a_press_and_then_is_done(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.alice)

    assert (
        "You are signed in as alice@marlow.example" in client.get("/sign-in/out/").content.decode()
    )
    assert client.get("/").status_code == 200
    client.post("/sign-in/out/")

    assert client.get("/").status_code == 302


def test_a_new_password_replaces_the_old_one(marlow: Marlow) -> None:
    client = sign_in()
    elsewhere = sign_in()

    answer = client.post(
        "/sign-in/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert answer["Location"] == "/profile/"
    assert "Your password is changed" in client.get("/profile/").content.decode()
    assert elsewhere.get("/").status_code == 302
    assert "do not match" in said(sign_in())


def test_a_new_password_needs_the_present_one(marlow: Marlow) -> None:
    answer = sign_in().post(
        "/sign-in/password/", {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    )

    assert "This is not your present password" in answer.content.decode()
    assert sign_in().get("/").status_code == 200


def test_nobody_signs_up_by_themselves() -> None:
    assert Client().get("/sign-in/signup/").status_code == 404

"""Bank details of a contact: entered by one, checked by another, every version kept and shown."""

from typing import Any

import pytest

import world
from chancery.trust.models import PayeeDetails
from doors.money import moving
from doors.money.conftest import Pages
from money import Trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db
CALL: dict[str, Any] = {
    "called_number": "02 9000 0000",
    "number_source": "The retainer",
    "spoke_with": "Ms Vendor",
}


def number(account: str = "87654321") -> dict[str, Any]:
    return {"account_name": "Vendor", "number_bsb": "062-001", "number_account": account}


def test_bank_details_are_unverified_until_somebody_else_calls_back(
    bob: Pages, lena: Pages, trust: Trust
) -> None:
    contact = world.contact(trust.maker, "Vendor Pty Ltd")
    assert "No bank details yet" in bob.text(f"/contacts/{contact.id}/")

    page = bob.text(bob.send(f"/contacts/{contact.id}/bank-details/", **number()))

    assert "Not checked yet" in page
    assert "Somebody other than Bob Finch calls back" in page
    with acting(trust.maker):
        check = f"/bank-details/{PayeeDetails.objects.get().id}/call/"
    assert "trust.own_payee_check" in bob.send(check, 409, **CALL, said_same="on")
    assert "Record a call only when" in lena.send(check, 422, **CALL)
    page = lena.text(lena.send(check, **CALL, said_same="on"))
    for words in ("Checked by a call", "Lena Wu called 02 9000 0000", "The retainer"):
        assert words in page, words
    assert "trust.payee_checked_already" in lena.send(check, 409, **CALL, said_same="on")


def test_a_change_is_shown_old_and_new_and_begins_unverified(
    bob: Pages, lena: Pages, trust: Trust
) -> None:
    details = moving.checked(trust, moving.details(trust))
    contact = f"/contacts/{details.contact_id}/"

    page = bob.text(bob.send(f"{contact}bank-details/", **number("11112222")))

    for words in (
        "The bank details of Vendor Pty Ltd were changed",
        "062-001 8765 4321",
        "062-001 1111 2222",
        "Call them on a number you already had",
    ):
        assert words in page, words
    old = f"/bank-details/{details.id}/call/"
    assert "trust.payee_details_changed" in lena.send(old, 409, **CALL, said_same="on")


def test_one_account_of_two_contacts_is_pointed_out(bob: Pages, trust: Trust) -> None:
    first = moving.details(trust)
    moving.details(trust, "Mallory Pty Ltd")

    page = bob.text(f"/contacts/{first.contact_id}/")

    assert "Another contact has the same account number" in page
    assert "Mallory Pty Ltd" in page


def test_what_is_wrong_with_a_number_is_said_beside_it(bob: Pages, trust: Trust) -> None:
    contact = world.contact(trust.maker, "Vendor Pty Ltd")

    page = bob.send(f"/contacts/{contact.id}/bank-details/", 422, **number("12"))

    assert 'id="id_number_account_error"' in page
    assert 'value="12"' in page


def test_without_a_jurisdiction_the_missing_setting_is_named(
    marlow: Marlow, as_person: Any
) -> None:
    contact = world.contact(marlow.alice, "Vendor Pty Ltd")

    page = as_person(marlow.bob).text(f"/contacts/{contact.id}/bank-details/")

    assert "No jurisdiction is chosen yet" in page


def test_who_only_reads_enters_nothing(marlow: Marlow, as_person: Any, trust: Trust) -> None:
    contact = world.contact(trust.maker, "Vendor Pty Ltd")

    as_person(marlow.erin).text(f"/contacts/{contact.id}/bank-details/", 403)
    assert "A person who may ask for payments enters them" in as_person(marlow.erin).text(
        f"/contacts/{contact.id}/"
    )

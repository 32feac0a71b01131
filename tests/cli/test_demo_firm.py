"""The demo firm is founded once, through the deeds, and can be signed in to."""

from pathlib import Path

import pytest
from django.test import Client

from chancery.cli import demo, demo_cast, keys
from chancery.practice.models import Contact, ContactRole, Firm, Matter, Person, RecordChange, User
from chancery.tenancy.scope import firm_scope
from world import FOUNDED_AT, LATER

pytestmark = pytest.mark.django_db


def everything() -> dict[str, int]:
    person = Person.objects.none()
    user = User.objects.get(email="ada@marlowfinch.example")
    with firm_scope(None, user_id=user.id):
        person = Person.objects.filter(user_id=user.id)
        firm_ids = [one.firm_id for one in person]
    assert len(firm_ids) == 1
    with firm_scope(firm_ids[0]):
        tables = (Firm, Person, Contact, Matter, RecordChange)
        return {table.__name__: table.objects.count() for table in tables}


def test_the_demo_firm_has_its_people_contacts_and_matters(tmp_path: Path) -> None:
    demo.seed(data=tmp_path, at=FOUNDED_AT)

    counts = everything()
    assert counts["Person"] == len(demo_cast.PEOPLE)
    assert counts["Contact"] == len(demo_cast.CONTACTS) + 1
    assert counts["Matter"] == len(demo_cast.MATTERS) == 12


def test_a_second_seeding_changes_nothing(tmp_path: Path) -> None:
    first = demo.seed(data=tmp_path, at=FOUNDED_AT)
    before = everything()

    second = demo.seed(data=tmp_path, at=LATER)

    assert second == first
    assert everything() == before


def test_everyone_signs_in_with_the_password_in_the_file(tmp_path: Path) -> None:
    demo.seed(data=tmp_path, at=FOUNDED_AT)
    password = (tmp_path / "demo-sign-in").read_text(encoding="ascii").strip()

    for name, email, _ in demo_cast.PEOPLE:
        client = Client()
        client.post("/sign-in/", {"login": email, "password": password})
        assert name in client.get("/").content.decode()


def test_only_its_owner_reads_the_password(tmp_path: Path) -> None:
    demo.seed(data=tmp_path, at=FOUNDED_AT)

    assert (tmp_path / "demo-sign-in").stat().st_mode & 0o777 == 0o600


def test_two_installations_have_two_passwords(tmp_path: Path) -> None:
    one = demo.seed(data=tmp_path, at=FOUNDED_AT)
    (tmp_path / "other").mkdir()
    demo_password = keys.obtain(tmp_path / "other", demo.PASSWORD_FILE)

    assert demo_password != one.password
    assert len(one.password) >= 20


def test_a_lost_password_is_not_made_up_anew(tmp_path: Path) -> None:
    demo.seed(data=tmp_path, at=FOUNDED_AT)
    (tmp_path / "demo-sign-in").unlink()

    again = demo.seed(data=tmp_path, at=LATER)

    assert again.password == ""
    assert not (tmp_path / "demo-sign-in").exists()


def test_the_place_for_the_firms_bank_is_there(tmp_path: Path) -> None:
    demo.seed(data=tmp_path, at=FOUNDED_AT)
    user = User.objects.get(email="ada@marlowfinch.example")
    with firm_scope(None, user_id=user.id):
        firm_id = Person.objects.get(user_id=user.id).firm_id

    with firm_scope(firm_id):
        bank = Contact.objects.get(stands_for_own_bank=True)
        roles = [held.role for held in ContactRole.objects.filter(contact=bank)]

    assert (bank.name, bank.kind, roles) == ("Enter Your Bank Name", "company", ["bank"])

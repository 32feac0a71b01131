"""Two people at once: one is told, numbers never meet, and an administrator is always left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connections

import world
from chancery.lib.refusals import Refusal
from chancery.practice import contacts, matters, people
from chancery.practice.contact_details import ContactDetails
from chancery.practice.matters import MatterDetails
from chancery.practice.models import Contact, Matter, Person, User
from chancery.practice.models.firm import Role
from chancery.practice.versions import ChangedMeanwhile
from world import LATER, PASSWORD, Marlow

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """Do the deeds at the same moment, each on its own connection; give what each returned or refused."""
    barrier = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        try:
            barrier.wait(timeout=10)
            return deed()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def as_person(person: Person, deed: Callable[[], object]) -> Callable[[], object]:
    def acting() -> object:
        with world.acting(person):
            return deed()

    return acting


def test_of_two_edits_at_once_one_is_kept_and_the_other_told(marlow: Marlow) -> None:
    bank = world.contact(marlow.alice, "Harbourside Bank")
    with world.acting(marlow.alice):
        before = ContactDetails.of(bank)

    def rename(by: Person, name: str) -> Callable[[], object]:
        return as_person(
            by,
            lambda: contacts.change(
                contact=bank, details=replace(before, name=name), version=1, by=by, at=LATER
            ),
        )

    answers = at_once(rename(marlow.alice, "Quay Savings"), rename(marlow.bob, "Hill Savings"))

    kept = [answer for answer in answers if isinstance(answer, Contact)]
    told = [answer for answer in answers if isinstance(answer, ChangedMeanwhile)]
    assert (len(kept), len(told)) == (1, 1)
    assert told[0].changes == {"Name": ("Harbourside Bank", kept[0].name)}


def test_matters_opened_at_once_get_numbers_of_their_own(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        details = MatterDetails(
            title="Sale",
            client=contacts.add(details=ContactDetails(name="Bennett"), by=marlow.alice, at=LATER),
            type=matters.types_of(marlow.alice)[0],
            responsible=marlow.alice,
            opened_on=LATER.date(),
        )

    def open_one() -> object:
        return matters.open(details=details, by=marlow.bob, at=LATER)

    answers = at_once(*[as_person(marlow.bob, open_one)] * 6)

    numbers = sorted(answer.number for answer in answers if isinstance(answer, Matter))
    assert numbers == [f"2026-{count:04d}" for count in range(1, 7)]


def test_two_administrators_who_leave_at_once_do_not_leave_the_firm_without_one(
    marlow: Marlow,
) -> None:
    with world.acting(marlow.alice):
        people.set_roles(
            person=marlow.bob, roles=frozenset({Role.ADMINISTRATOR}), by=marlow.alice, at=LATER
        )

    answers = at_once(
        as_person(marlow.alice, lambda: people.leave(person=marlow.bob, by=marlow.alice, at=LATER)),
        as_person(
            marlow.alice, lambda: people.leave(person=marlow.alice, by=marlow.alice, at=LATER)
        ),
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["LastAdministrator", "Person"]


def test_two_firms_asking_the_same_human_in_at_once_make_one_account(marlow: Marlow) -> None:
    other = world.another()

    def ask(by: Person) -> Callable[[], object]:
        return as_person(
            by,
            lambda: people.ask_in(
                name="Dora",
                email="dora@post.example",
                roles=frozenset({Role.LAWYER}),
                password=PASSWORD,
                by=by,
                at=LATER,
            ),
        )

    answers = at_once(ask(marlow.alice), ask(other))

    made = sorted(answer.is_new_account for answer in answers if isinstance(answer, people.AskedIn))
    assert made == [False, True]
    assert User.objects.filter(email="dora@post.example").count() == 1

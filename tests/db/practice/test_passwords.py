"""Who forgot their password is given one until they choose their own; an account of two firms is safe."""

import pytest

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice import history, passwords, people
from chancery.practice.models import Person, User
from chancery.practice.models.firm import Role
from chancery.practice.permissions import NotAllowed
from world import LATER, PASSWORD, Marlow

pytestmark = pytest.mark.django_db

NEW = "quarry-window-sparrow-3"


def give(marlow: Marlow, person: Person, *, by: Person | None = None, password: str = NEW) -> None:
    by = by or marlow.alice
    with world.acting(by):
        passwords.give(person=person, password=password, by=by, at=LATER)


def account(person: Person) -> User:
    return User.objects.get(pk=person.user_id)


def acts(person: Person) -> list[tuple[str, Person | None]]:
    with world.acting(person):
        return [(act.act, act.by) for act in history.of(people.KIND, person.id)]


def test_a_given_password_replaces_the_old_one_and_must_be_replaced_itself(marlow: Marlow) -> None:
    give(marlow, marlow.bob)

    kept = account(marlow.bob)
    assert kept.check_password(NEW)
    assert not kept.check_password(PASSWORD)
    assert kept.must_choose_password


def test_the_history_says_who_gave_it_and_counts_it_as_a_change(marlow: Marlow) -> None:
    give(marlow, marlow.bob)

    assert acts(marlow.bob)[0] == ("Given a new password", marlow.alice)
    with world.acting(marlow.alice):
        assert people.with_firm(marlow.bob.id).version == marlow.bob.version + 1
        assert NEW not in str(list(history.of(people.KIND, marlow.bob.id).values()))


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_gives_one(who: str, marlow: Marlow) -> None:
    with pytest.raises(NotAllowed):
        give(marlow, marlow.alice, by=getattr(marlow, who))

    assert account(marlow.alice).check_password(PASSWORD)


def test_nobody_gives_one_to_themselves(marlow: Marlow) -> None:
    with pytest.raises(passwords.IsYourOwn):
        give(marlow, marlow.alice)


def test_who_left_is_given_none(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

    with pytest.raises(people.HasLeftAlready):
        give(marlow, marlow.bob)


def test_a_weak_one_is_refused_and_the_old_one_stays(marlow: Marlow) -> None:
    with pytest.raises(DetailsNotRight):
        give(marlow, marlow.bob, password="short")

    assert account(marlow.bob).check_password(PASSWORD)


@pytest.mark.parametrize("has_left", [False, True])
def test_an_account_of_another_firm_is_not_taken_over(
    *, has_left: bool, marlow: Marlow, charlie: Person
) -> None:
    other = world.ask_in(charlie, "Dan Moss", "dan@sons.example", Role.LAWYER)
    here = world.ask_in(marlow.alice, "Dan Moss", "dan@sons.example", Role.LAWYER)
    if has_left:
        with world.acting(charlie):
            people.leave(person=other, by=charlie, at=LATER)

    with pytest.raises(passwords.ServesElsewhere) as refused:
        give(marlow, here)

    assert "chancery password --email dan@sons.example" in str(refused.value)
    assert account(here).check_password(PASSWORD)
    assert "Given a new password" not in [act for act, _ in acts(here)]


def test_at_the_server_every_firm_of_the_account_keeps_it_in_its_history(
    marlow: Marlow, charlie: Person
) -> None:
    here = world.ask_in(marlow.alice, "Charlie Moss", "charlie@sons.example", Role.LAWYER)

    passwords.give_at_the_server(email=" Charlie@sons.example", password=NEW, at=LATER)

    assert account(charlie).check_password(NEW)
    assert account(charlie).must_choose_password
    for person in (here, charlie):
        assert acts(person)[0] == ("Given a new password at the server", None)


def test_at_the_server_an_address_that_nobody_has_is_refused(marlow: Marlow) -> None:
    with pytest.raises(passwords.NoSuchAccount):
        passwords.give_at_the_server(email="nobody@marlow.example", password=NEW, at=LATER)

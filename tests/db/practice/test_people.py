"""People are asked in, given roles, leave and return; one administrator is always left."""

import pytest
from django.contrib.auth import authenticate

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice import accounts, history, people
from chancery.practice.models import Person, User
from chancery.practice.models.firm import Role
from chancery.practice.permissions import NotAllowed
from chancery.practice.versions import ChangedMeanwhile
from world import LATER, PASSWORD, Marlow

pytestmark = pytest.mark.django_db

LAWYER = frozenset({Role.LAWYER})


def ask_in(marlow: Marlow, **others: object) -> people.AskedIn:
    asked: dict[str, object] = {
        "name": "Dora Lane",
        "email": "Dora@Marlow.example",
        "roles": LAWYER,
        "password": PASSWORD,
        "by": marlow.alice,
        **others,
    }
    with world.acting(marlow.alice):
        return people.ask_in(at=LATER, **asked)  # type: ignore[arg-type]  # each test names what it changes


def acts(person: Person) -> list[tuple[str, Person | None, dict[str, list[str]]]]:
    with world.acting(person):
        return [(act.act, act.by, act.changes) for act in history.of(people.KIND, person.id)]


def test_someone_new_gets_an_account_and_a_place(marlow: Marlow) -> None:
    asked = ask_in(marlow)

    assert asked.is_new_account
    assert asked.person.user.email == "dora@marlow.example"
    assert asked.person.user.check_password(PASSWORD)
    assert acts(asked.person) == [
        ("Asked in", marlow.alice, {"Roles": ["", "Lawyer"], "Name": ["", "Dora Lane"]})
    ]


def test_an_account_of_another_firm_is_joined_with_its_own_password(
    marlow: Marlow, charlie: Person
) -> None:
    asked = ask_in(
        marlow,
        email="CHARLIE@sons.example",
        password="not-the-one-he-has",
        must_choose_password=True,
    )

    assert not asked.is_new_account
    assert asked.person.user_id == charlie.user_id
    kept = User.objects.get(pk=charlie.user_id)
    assert kept.check_password(PASSWORD)
    assert not kept.must_choose_password
    assert asked.person.name == "Dora Lane"
    with world.acting(charlie):
        assert people.with_firm(charlie.id).name == "Charlie Moss"


@pytest.mark.parametrize(
    ("others", "fields"),
    [
        ({"name": " "}, {"name"}),
        ({"email": "nowhere"}, {"email"}),
        ({"roles": frozenset()}, {"roles"}),
        ({"roles": frozenset({Role.EXAMINER, Role.LAWYER})}, {"roles"}),
        ({"password": "short"}, {"password"}),
        ({"name": "x" * 121, "email": ""}, {"name", "email"}),
    ],
)
def test_what_cannot_be_is_said_field_by_field(
    others: dict[str, object], fields: set[str], marlow: Marlow
) -> None:
    with pytest.raises(DetailsNotRight) as refused:
        ask_in(marlow, **others)

    assert {problem.field for problem in refused.value.problems} == fields


def test_nobody_is_asked_in_twice(marlow: Marlow) -> None:
    with pytest.raises(people.AlreadyInFirm) as refused:
        ask_in(marlow, email="bob@marlow.example")

    assert "Set their roles instead" in str(refused.value)


def test_who_left_is_not_asked_in_but_returns(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)
    with pytest.raises(people.AlreadyInFirm) as refused:
        ask_in(marlow, email="bob@marlow.example")

    assert "Let them return" in str(refused.value)
    with world.acting(marlow.alice):
        returned = people.come_back(person=marlow.bob, by=marlow.alice, at=LATER)
    assert (returned.left_at, returned.roles) == (None, ["bookkeeper"])
    assert [act for act, _, _ in acts(marlow.bob)] == ["Returned", "Left", "Asked in"]


def test_who_left_works_nowhere(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

        assert people.places_of(marlow.bob.user) == []
        assert marlow.bob not in people.who_work(marlow.alice)


def test_roles_and_name_change_with_old_and_new_in_the_history(marlow: Marlow) -> None:
    roles = frozenset({Role.LAWYER, Role.REVIEWER})
    with world.acting(marlow.alice):
        people.change(
            person=marlow.bob,
            name="Robert Finch",
            roles=roles,
            version=1,
            by=marlow.alice,
            at=LATER,
        )

    assert acts(marlow.bob)[0] == (
        "Changed",
        marlow.alice,
        {"Name": ["Bob Finch", "Robert Finch"], "Roles": ["Bookkeeper", "Lawyer, Reviewer"]},
    )


def test_an_edit_of_an_old_version_is_refused(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        people.set_roles(person=marlow.bob, roles=LAWYER, by=marlow.alice, at=LATER)

        with pytest.raises(ChangedMeanwhile) as refused:
            people.change(
                person=marlow.bob, name="Bob", roles=LAWYER, version=1, by=marlow.alice, at=LATER
            )

    assert refused.value.changes == {"Roles": ("Bookkeeper", "Lawyer")}


def test_the_last_administrator_keeps_the_role_and_stays(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        with pytest.raises(people.LastAdministrator):
            people.set_roles(person=marlow.alice, roles=LAWYER, by=marlow.alice, at=LATER)
        with pytest.raises(people.LastAdministrator):
            people.leave(person=marlow.alice, by=marlow.alice, at=LATER)


def test_an_administrator_who_left_does_not_count(marlow: Marlow) -> None:
    both = frozenset({Role.ADMINISTRATOR})
    with world.acting(marlow.alice):
        people.set_roles(person=marlow.bob, roles=both, by=marlow.alice, at=LATER)
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

        with pytest.raises(people.LastAdministrator):
            people.leave(person=marlow.alice, by=marlow.alice, at=LATER)


def test_with_a_second_administrator_the_first_may_go(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        people.set_roles(
            person=marlow.bob, roles=frozenset({Role.ADMINISTRATOR}), by=marlow.alice, at=LATER
        )

        assert people.leave(person=marlow.alice, by=marlow.alice, at=LATER).left_at == LATER


def test_leaving_twice_and_returning_while_here_are_refused(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        with pytest.raises(people.IsHereAlready):
            people.come_back(person=marlow.bob, by=marlow.alice, at=LATER)
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)
        with pytest.raises(people.HasLeftAlready):
            people.leave(person=marlow.bob, by=marlow.alice, at=LATER)


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_manages_people(who: str, marlow: Marlow) -> None:
    person: Person = getattr(marlow, who)

    with pytest.raises(NotAllowed):
        ask_in(marlow, by=person)
    with world.acting(person):
        with pytest.raises(NotAllowed):
            people.set_roles(
                person=person, roles=frozenset({Role.ADMINISTRATOR}), by=person, at=LATER
            )
        with pytest.raises(NotAllowed):
            people.leave(person=marlow.alice, by=person, at=LATER)
        with pytest.raises(NotAllowed):
            people.come_back(person=marlow.alice, by=person, at=LATER)


def test_wishes_are_kept_with_their_history(marlow: Marlow) -> None:
    with world.acting(marlow.erin):
        people.set_wishes(theme="dark", uses_letter_keys=False, by=marlow.erin, at=LATER)
        kept = people.with_firm(marlow.erin.id)

    assert (kept.theme, kept.uses_letter_keys) == ("dark", False)
    assert acts(marlow.erin)[0][2] == {"Theme": ["system", "dark"], "Letter keys": ["on", "off"]}


def test_a_given_password_is_long_random_and_good_enough(marlow: Marlow) -> None:
    given = {accounts.new_password() for _ in range(50)}

    assert len(given) == 50
    assert {len(password) for password in given} == {23}
    assert ask_in(marlow, password=given.pop()).is_new_account


def test_choosing_a_password_ends_the_given_one(marlow: Marlow) -> None:
    user = ask_in(marlow, must_choose_password=True).person.user
    assert user.must_choose_password

    accounts.choose_password(user, "my-own-lantern-quill-4")

    kept = User.objects.get(pk=user.pk)
    assert not kept.must_choose_password
    assert authenticate(email=user.email, password=PASSWORD) is None

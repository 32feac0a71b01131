"""A firm's types of matters are added and renamed by an administrator, each name once."""

import pytest

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice import history, matter_types, matters
from chancery.practice.matter_types import MatterType
from chancery.practice.models import Person
from chancery.practice.permissions import NotAllowed
from world import LATER, Marlow

pytestmark = pytest.mark.django_db


def add(by: Person, name: str) -> MatterType:
    with world.acting(by):
        return matter_types.add(name=name, by=by, at=LATER)


def rename(by: Person, seen: str, name: str, type_: MatterType | None = None) -> MatterType:
    with world.acting(by):
        type_ = type_ or next(one for one in matters.types_of(by) if one.name == seen)
        return matter_types.rename(type_=type_, name=name, seen=seen, by=by, at=LATER)


def names(person: Person) -> list[str]:
    with world.acting(person):
        return [one.name for one in matters.types_of(person)]


def test_an_added_type_may_be_chosen_and_has_a_history(marlow: Marlow) -> None:
    added = add(marlow.alice, "  Wills   and trusts ")

    assert "Wills and trusts" in names(marlow.alice)
    with world.acting(marlow.alice):
        act = history.of(matter_types.KIND, added.id).get()
    assert (act.act, act.by, act.changes) == (
        "Added",
        marlow.alice,
        {"Name": ["", "Wills and trusts"]},
    )


def test_a_renamed_type_has_its_new_name_on_its_matters(marlow: Marlow) -> None:
    matter = world.matter(marlow.alice, "Sale")
    renamed = rename(marlow.alice, matter.type.name, "Trade")

    with world.acting(marlow.alice):
        assert matters.visible_to(marlow.alice, matter.number).type.name == "Trade"
        act = history.of(matter_types.KIND, renamed.id).get()
    assert act.changes == {"Name": [matter.type.name, "Trade"]}


def test_the_same_name_again_writes_nothing(marlow: Marlow) -> None:
    kept = rename(marlow.alice, "General", " General ")

    with world.acting(marlow.alice):
        assert not history.of(matter_types.KIND, kept.id).exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "conveyance"])
def test_a_name_that_cannot_be_is_refused(name: str, marlow: Marlow) -> None:
    before = names(marlow.alice)

    with pytest.raises(DetailsNotRight):
        add(marlow.alice, name)
    with pytest.raises(DetailsNotRight):
        rename(marlow.alice, "General", name)

    assert names(marlow.alice) == before


def test_the_longest_name_and_another_case_of_its_own_are_right(marlow: Marlow) -> None:
    add(marlow.alice, "x" * 60)
    rename(marlow.alice, "General", "GENERAL")

    assert {"x" * 60, "GENERAL"} < set(names(marlow.alice))


def test_a_firm_has_at_most_a_hundred(marlow: Marlow) -> None:
    with world.acting(marlow.alice):
        missing = matter_types.TYPES_AT_MOST - len(matters.types_of(marlow.alice))
        for number in range(missing):
            matter_types.add(name=f"Type {number}", by=marlow.alice, at=LATER)

        with pytest.raises(DetailsNotRight, match="100 already"):
            matter_types.add(name="One too many", by=marlow.alice, at=LATER)


def test_of_two_who_rename_the_second_is_told(marlow: Marlow) -> None:
    opened = rename(marlow.alice, "General", "Other work")

    with pytest.raises(matter_types.RenamedMeanwhile) as refused:
        rename(marlow.alice, "General", "Anything", opened)

    assert (refused.value.seen, refused.value.now) == ("General", "Other work")
    assert "Other work" in names(marlow.alice)


@pytest.mark.parametrize("who", ["bob", "erin"])
def test_only_an_administrator_changes_types(who: str, marlow: Marlow) -> None:
    person: Person = getattr(marlow, who)
    before = names(person)

    with pytest.raises(NotAllowed):
        add(person, "Mine")
    with pytest.raises(NotAllowed):
        rename(person, "General", "Mine")

    assert names(person) == before


def test_another_firms_type_is_not_there(marlow: Marlow, charlie: Person) -> None:
    theirs = add(charlie, "Sons only")

    with world.acting(marlow.alice), pytest.raises(MatterType.DoesNotExist):
        matter_types.visible_to(marlow.alice, theirs.id)
    assert "Sons only" not in names(marlow.alice)

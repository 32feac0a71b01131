"""Matters are opened under the next free number, changed and closed; their history says all of it."""

from dataclasses import replace
from datetime import date

import pytest

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice import contacts, history, matters, people
from chancery.practice.contact_details import ContactDetails
from chancery.practice.matters import MatterDetails
from chancery.practice.models import Matter, Person
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.models.matter import MatterStatus
from chancery.practice.permissions import NotAllowed
from chancery.practice.versions import ChangedMeanwhile
from world import LATER, Marlow

pytestmark = pytest.mark.django_db


def details(marlow: Marlow, **others: object) -> MatterDetails:
    with world.acting(marlow.alice):
        plain = MatterDetails(
            title="Sale of 4 Hill Street",
            client=world.contact(marlow.alice, "Bennett"),
            type=matters.types_of(marlow.alice)[0],
            responsible=marlow.bob,
            opened_on=date(2026, 7, 6),
        )
    return replace(plain, **others)  # type: ignore[arg-type]  # each test names what it changes


def opened(marlow: Marlow, **others: object) -> Matter:
    asked = details(marlow, **others)
    with world.acting(marlow.bob):
        return matters.open(details=asked, by=marlow.bob, at=LATER)


def test_numbers_count_up_within_the_year_in_which_a_matter_is_opened(marlow: Marlow) -> None:
    numbers = [
        opened(marlow, number=number, opened_on=day).number
        for number, day in [
            ("", date(2026, 7, 6)),
            ("", date(2026, 12, 31)),
            ("2026-0143", date(2026, 7, 6)),
            ("", date(2026, 7, 6)),
            ("", date(2027, 1, 1)),
            ("2026-9999", date(2026, 7, 6)),
            ("", date(2026, 7, 6)),
        ]
    ]

    assert numbers == [
        "2026-0001", "2026-0002", "2026-0143", "2026-0144", "2027-0001", "2026-9999", "2026-10000",
    ]  # fmt: skip


def test_a_number_of_the_firms_own_kind_is_kept_and_disturbs_no_count(marlow: Marlow) -> None:
    assert opened(marlow, number="M-1042").number == "M-1042"
    assert opened(marlow, number="2026-0144-A").number == "2026-0144-A"
    assert opened(marlow).number == "2026-0001"


@pytest.mark.parametrize("number", ["add", "export.csv", "1/2", "-1", "1 2", "x" * 30 + "1", "٣"])
def test_a_number_that_does_not_fit_an_address_is_refused(number: str, marlow: Marlow) -> None:
    with pytest.raises(DetailsNotRight) as refused:
        opened(marlow, number=number)

    assert {problem.field for problem in refused.value.problems} == {"number"}


def test_a_number_is_given_once_only(marlow: Marlow) -> None:
    opened(marlow, number="M-1")

    with pytest.raises(matters.MatterNumberTaken):
        opened(marlow, number="M-1")


def test_two_firms_may_use_the_same_number(marlow: Marlow, charlie: Person) -> None:
    opened(marlow, number="M-1")

    assert world.matter(charlie, "Theirs", number="M-1").number == "M-1"


def test_whoever_a_matter_is_opened_for_becomes_a_client_and_the_history_says_why(
    marlow: Marlow,
) -> None:
    matter = opened(marlow)

    with world.acting(marlow.bob):
        assert RoleOfContact.CLIENT in ContactDetails.of(matter.client).roles
        act = history.of(contacts.KIND, matter.client.id)[0]
        assert act.act == "Became the client of matter 2026-0001"
        assert (act.by, act.changes) == (marlow.bob, {"Contact types": ["", "Client"]})


def test_a_client_of_a_second_matter_is_not_made_one_again(marlow: Marlow) -> None:
    first = opened(marlow)
    opened(marlow, client=first.client)

    with world.acting(marlow.bob):
        assert history.of(contacts.KIND, first.client.id).count() == 2


def test_every_changed_fact_is_in_the_history_with_old_and_new(marlow: Marlow) -> None:
    matter = opened(marlow)
    with world.acting(marlow.alice):
        before = MatterDetails.of(matters.visible_to(marlow.alice, matter.number))
    other = world.contact(marlow.alice, "Ashby")
    asked = replace(
        before,
        title="Sale of 6 Hill Street",
        client=other,
        responsible=marlow.alice,
        reference="FR/14",
        number="M-7",
        opened_on=date(2026, 7, 1),
    )

    with world.acting(marlow.alice):
        matters.change(matter=matter, details=asked, version=1, by=marlow.alice, at=LATER)
        act = history.of(matters.KIND, matter.id)[0]
        roles = ContactDetails.of(other).roles

    assert (act.act, act.by, act.at) == ("Changed", marlow.alice, LATER)
    assert act.changes == {
        "Number": ["2026-0001", "M-7"],
        "Title": ["Sale of 4 Hill Street", "Sale of 6 Hill Street"],
        "Client": ["Bennett", "Ashby"],
        "Responsible": ["Bob Finch", "Alice Marlow"],
        "Reference": ["", "FR/14"],
        "Opened": ["2026-07-06", "2026-07-01"],
    }
    assert roles == {RoleOfContact.CLIENT}


def test_a_change_to_a_number_in_use_or_to_none_is_refused(marlow: Marlow) -> None:
    opened(marlow, number="M-1")
    matter = opened(marlow, number="M-2")
    asked = details(marlow)

    with world.acting(marlow.bob):
        for number, refusal in (("M-1", matters.MatterNumberTaken), ("", DetailsNotRight)):
            with pytest.raises(refusal):
                matters.change(
                    matter=matter,
                    details=replace(asked, number=number),
                    version=1,
                    by=marlow.bob,
                    at=LATER,
                )


def test_an_edit_of_an_old_version_is_refused_with_what_the_other_changed(marlow: Marlow) -> None:
    matter = opened(marlow)
    with world.acting(marlow.bob):
        matters.set_status(
            matter=matter,
            status=MatterStatus.CLOSED,
            why="Settled",
            version=1,
            by=marlow.alice,
            at=LATER,
        )
        asked = replace(MatterDetails.of(matter), title="Other")

        with pytest.raises(ChangedMeanwhile) as refused:
            matters.change(matter=matter, details=asked, version=1, by=marlow.bob, at=LATER)

    assert refused.value.by == "Alice Marlow"
    assert refused.value.changes["Status"] == ("Active", "Closed")


def test_a_status_changes_with_its_reason(marlow: Marlow) -> None:
    matter = opened(marlow)

    with world.acting(marlow.bob):
        for status, version in ((MatterStatus.CLOSED, 1), (MatterStatus.ACTIVE, 2)):
            matters.set_status(
                matter=matter,
                status=status,
                why="Settled",
                version=version,
                by=marlow.bob,
                at=LATER,
            )
        acts = [(act.act, act.changes) for act in history.of(matters.KIND, matter.id)]

    assert ("Made closed", {"Status": ["Active", "Closed"], "Reason": ["", "Settled"]}) in acts
    assert ("Made active", {"Status": ["Closed", "Active"], "Reason": ["", "Settled"]}) in acts


@pytest.mark.parametrize(
    ("status", "why", "refusal"),
    [
        (MatterStatus.ACTIVE, "Again", matters.MatterHasThatStatus),
        (MatterStatus.CLOSED, "  ", DetailsNotRight),
    ],
)
def test_a_status_needs_a_reason_and_a_difference(
    status: MatterStatus, why: str, refusal: type[Exception], marlow: Marlow
) -> None:
    matter = opened(marlow)

    with world.acting(marlow.bob), pytest.raises(refusal):
        matters.set_status(
            matter=matter, status=status, why=why, version=1, by=marlow.bob, at=LATER
        )


def test_an_examiner_and_one_who_has_left_are_given_no_work(marlow: Marlow) -> None:
    with pytest.raises(matters.ResponsibleDoesNotWorkHere):
        opened(marlow, responsible=marlow.erin)
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)

    asked = details(marlow, responsible=marlow.bob)
    with world.acting(marlow.alice), pytest.raises(matters.ResponsibleDoesNotWorkHere):
        matters.open(details=asked, by=marlow.alice, at=LATER)


def test_a_matter_keeps_the_one_who_has_left_while_something_else_changes(marlow: Marlow) -> None:
    matter = opened(marlow)
    with world.acting(marlow.alice):
        people.leave(person=marlow.bob, by=marlow.alice, at=LATER)
        asked = replace(MatterDetails.of(matter), title="Other")

        kept = matters.change(matter=matter, details=asked, version=1, by=marlow.alice, at=LATER)

    assert kept.title == "Other"


def test_an_examiner_may_not_open_a_matter(marlow: Marlow) -> None:
    asked = details(marlow)

    with world.acting(marlow.erin), pytest.raises(NotAllowed):
        matters.open(details=asked, by=marlow.erin, at=LATER)


def test_charlie_does_not_find_a_matter_of_marlow(marlow: Marlow, charlie: Person) -> None:
    matter = opened(marlow)

    with world.acting(charlie), pytest.raises(Matter.DoesNotExist):
        matters.visible_to(charlie, matter.number)

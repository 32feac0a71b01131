"""Contacts are entered, changed and deleted; their history says who, when, from what and to what."""

from dataclasses import replace
from uuid import UUID

import pytest

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice import contacts, history, matters
from chancery.practice.contact_details import Address, ContactDetails
from chancery.practice.matters import MatterDetails
from chancery.practice.models import Contact, Matter
from chancery.practice.models.contact import ContactKind, RoleOfContact
from chancery.practice.permissions import NotAllowed
from chancery.practice.versions import ChangedMeanwhile
from world import LATER, Marlow

pytestmark = pytest.mark.django_db

BANK = ContactDetails(
    name="Harbourside Bank",
    email="desk@harbourside.example",
    roles=frozenset({RoleOfContact.BANK}),
    addresses={"street": Address("1 Quay Street", "Sydney", "NSW", "2000", "Australia")},
    identifiers={"abn": "51 824 753 556"},
)


@pytest.fixture
def marlow() -> Marlow:
    return world.marlow()


def own_bank(marlow: Marlow) -> Contact:
    return Contact.objects.get(firm=marlow.firm, stands_for_own_bank=True)


def acts(contact_id: UUID) -> list[tuple[str, str]]:
    return [(a.act, a.by.name if a.by else "Chancery") for a in history.of("contact", contact_id)]


def matter_for(client: Contact, marlow: Marlow) -> Matter:
    details = MatterDetails(
        title="Sale of 4 Hill Street",
        client=client,
        type=matters.types_of(marlow.alice)[0],
        responsible=marlow.alice,
        opened_on=LATER.date(),
    )
    return matters.open(details=details, by=marlow.alice, at=LATER)


def test_a_new_contact_keeps_all_that_was_entered(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        made = contacts.add(details=BANK, by=marlow.bob, at=LATER)
        kept = ContactDetails.of(contacts.visible_to(marlow.bob, made.id))

        assert kept == BANK.tidied()
        assert acts(made.id) == [("Made", "Bob Finch")]


def test_renaming_the_placeholder_keeps_its_old_name_in_the_history(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        bank = own_bank(marlow)
        renamed = replace(ContactDetails.of(bank), name="Harbourside Bank")

        contacts.change(contact=bank, details=renamed, version=1, by=marlow.bob, at=LATER)

        act = history.of("contact", bank.id)[0]
        assert (act.act, act.by, act.at) == ("Renamed", marlow.bob, LATER)
        assert act.changes == {"Name": ["Enter Your Bank Name", "Harbourside Bank"]}
        assert acts(bank.id)[1:] == [("Made with the firm, as a place for your bank", "Chancery")]


def test_every_changed_fact_is_in_the_history_with_old_and_new(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        bank = contacts.add(details=BANK, by=marlow.bob, at=LATER)
        moved = replace(
            BANK,
            roles=frozenset({RoleOfContact.BANK, RoleOfContact.SUPPLIER}),
            addresses={"postal": Address("PO Box 9", "Sydney")},
            identifiers={"acn": "004085616"},
        )

        contacts.change(contact=bank, details=moved, version=1, by=marlow.bob, at=LATER)

        assert history.of("contact", bank.id)[0].changes == {
            "Contact types": ["Bank", "Bank, Supplier"],
            "Street address": ["1 Quay Street, Sydney, NSW, 2000, Australia", ""],
            "Postal address": ["", "PO Box 9, Sydney"],
            "Business number (ABN)": ["51 824 753 556", ""],
            "Company number (ACN)": ["", "004 085 616"],
        }


def test_saving_without_a_change_writes_nothing(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        bank = contacts.add(details=BANK, by=marlow.bob, at=LATER)

        contacts.change(contact=bank, details=BANK, version=1, by=marlow.bob, at=LATER)

        assert len(acts(bank.id)) == 1
        assert contacts.visible_to(marlow.bob, bank.id).version == 1


def test_an_edit_of_an_old_version_is_refused_with_what_the_other_changed(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        bank = contacts.add(details=BANK, by=marlow.bob, at=LATER)
        for name in ("Harbour Savings", "Quay Savings"):
            contacts.change(
                contact=bank,
                details=replace(BANK, name=name),
                version=1 if name.startswith("H") else 2,
                by=marlow.alice,
                at=LATER,
            )

        with pytest.raises(ChangedMeanwhile) as refused:
            contacts.change(contact=bank, details=BANK, version=1, by=marlow.bob, at=LATER)

    assert refused.value.by == "Alice Marlow"
    assert refused.value.at == LATER
    assert refused.value.changes == {"Name": ("Harbourside Bank", "Quay Savings")}


def test_an_examiner_may_not_enter_a_contact(marlow: Marlow) -> None:
    with world.acting(marlow.erin), pytest.raises(NotAllowed):
        contacts.add(details=BANK, by=marlow.erin, at=LATER)


def test_a_wrong_number_is_refused_by_its_field(marlow: Marlow) -> None:
    wrong = replace(BANK, identifiers={"abn": "51 824 753 557"})

    with world.acting(marlow.bob), pytest.raises(DetailsNotRight) as refused:
        contacts.add(details=wrong, by=marlow.bob, at=LATER)

    assert [problem.field for problem in refused.value.problems] == ["abn"]


def test_a_contact_that_nobody_names_is_deleted_and_its_history_stays(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        bank = contacts.add(details=BANK, by=marlow.bob, at=LATER)
        bank_id = bank.id

        contacts.delete(contact=bank, version=1, by=marlow.bob, at=LATER)

        assert not Contact.objects.filter(pk=bank_id).exists()
        assert acts(bank_id)[0] == ("Deleted", "Bob Finch")
        assert history.of("contact", bank_id)[0].changes["Name"] == ["Harbourside Bank", ""]


def test_the_client_of_a_matter_is_not_deleted_and_the_matter_is_named(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        client = contacts.add(details=BANK, by=marlow.bob, at=LATER)
        matter = matter_for(client, marlow)

        with pytest.raises(contacts.ContactInUse) as refused:
            contacts.delete(contact=client, version=2, by=marlow.bob, at=LATER)

        assert refused.value.uses == [f"matter {matter.number} Sale of 4 Hill Street"]
        assert acts(client.id)[0] != ("Deleted", "Bob Finch")


def test_the_client_of_a_matter_stays_a_client(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        client = contacts.add(details=BANK, by=marlow.bob, at=LATER)
        matter_for(client, marlow)

        with pytest.raises(contacts.ClientHasMatters):
            contacts.change(contact=client, details=BANK, version=2, by=marlow.bob, at=LATER)


def test_a_person_may_turn_out_to_be_a_company(marlow: Marlow) -> None:
    with world.acting(marlow.bob):
        ada = ContactDetails(kind=ContactKind.PERSON, given_name="Ada", family_name="Finch")
        contact = contacts.add(details=ada, by=marlow.bob, at=LATER)
        company = ContactDetails(name="Ada Finch Pty Ltd")

        contacts.change(contact=contact, details=company, version=1, by=marlow.bob, at=LATER)

        assert history.of("contact", contact.id)[0].changes == {
            "Kind": ["Person", "Company"],
            "Name": ["Ada Finch", "Ada Finch Pty Ltd"],
            "Given name": ["Ada", ""],
            "Family name": ["Finch", ""],
        }


def test_charlie_does_not_find_a_contact_of_marlow(marlow: Marlow) -> None:
    charlie = world.charlie()
    with world.acting(marlow.bob):
        bank = own_bank(marlow)

    with world.acting(charlie), pytest.raises(Contact.DoesNotExist):
        contacts.visible_to(charlie, bank.id)

"""The checklist says what is done since when, and has one thing to do next."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

import world
from chancery.accounting.models import AccountUse, ChartAccount, Connection, PackageChoice
from chancery.office.models import OfficeBankAccount
from chancery.practice import contacts
from chancery.practice.contact_details import ContactDetails
from chancery.practice.models import Contact, Person
from chancery.trust import jurisdiction
from chancery.trust.models import TrustBankAccount
from conftest import Browse
from world import LATER, Marlow, acting

pytestmark = pytest.mark.django_db


def states(client: Client) -> list[str]:
    page = client.get("/").content.decode()
    steps = re.findall(r'<ol class="steps">(.*?)</ol>', page, re.DOTALL)[0]
    return re.findall(r'<li(?: class="(\w*)")?', steps)


def text(client: Client) -> str:
    return " ".join(strip_tags(client.get("/").content.decode()).split())


def name_the_bank(by: Person) -> None:
    with acting(by):
        bank = Contact.objects.get(stands_for_own_bank=True)
        contacts.change(
            contact=bank,
            details=ContactDetails(name="Harbourside Bank", roles=frozenset({"bank"})),
            version=bank.version,
            by=by,
            at=LATER,
        )


def connect(by: Person, state: str = "connected") -> None:
    firm_id = by.firm_id
    with acting(by):
        PackageChoice.objects.create(firm_id=firm_id, package="xero", chosen_by=by, chosen_at=LATER)
        Connection.objects.create(
            firm_id=firm_id,
            organisation_id=str(firm_id),
            name="Marlow & Finch",
            currency="AUD",
            country="AU",
            state=state,
            connected_by=by,
            connected_at=LATER,
            is_sandbox=True,
        )


def choose_standalone(by: Person) -> None:
    with acting(by):
        PackageChoice.objects.create(
            firm_id=by.firm_id, package="standalone", chosen_by=by, chosen_at=LATER
        )


def set_jurisdiction(by: Person) -> None:
    with acting(by):
        jurisdiction.choose(code="au_nsw", by=by, at=LATER)


def chart_account(by: Person, code: str, name: str) -> ChartAccount:
    return ChartAccount.objects.create(
        firm_id=by.firm_id,
        external_id=code,
        code=code,
        name=name,
        type="CURRLIAB",
        is_active=True,
        read_at=LATER,
    )


def set_system_accounts(by: Person, *uses: str) -> None:
    with acting(by):
        for number, use in enumerate(uses):
            AccountUse.objects.create(
                firm_id=by.firm_id,
                use=use,
                chart_account=chart_account(by, f"82{number}", use),
                decided_by=by,
                decided_at=LATER,
            )


def open_trust_account(by: Person) -> TrustBankAccount:
    with acting(by):
        return TrustBankAccount.objects.create(
            firm_id=by.firm_id,
            name="Law Practice Trust Account",
            kind="controlled",
            currency="AUD",
            opened_at=LATER,
        )


def take_office_account(by: Person) -> None:
    with acting(by):
        OfficeBankAccount.objects.create(
            firm_id=by.firm_id,
            name="Office",
            code="090",
            currency="AUD",
            taken_by=by,
            taken_at=LATER,
        )


def test_a_new_firm_is_asked_to_name_its_bank(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.alice)

    assert states(client) == ["done", "now", "", "", "", ""]
    page = text(client)
    assert "Set up Marlow &amp; Finch Lawyers" in page
    assert "1 of 6 done" in page
    assert "6 Jul 2026, 09:02" in page


def test_there_is_one_thing_to_do_and_it_leads_to_the_bank(marlow: Marlow, browse: Browse) -> None:
    page = browse(marlow.alice).get("/").content.decode()
    with acting(marlow.alice):
        bank = Contact.objects.get(stands_for_own_bank=True)

    assert re.findall(r'<a class="button primary" href="([^"]+)"', page) == [
        f"/contacts/{bank.id}/"
    ]


def test_naming_the_bank_is_seen_with_its_time(marlow: Marlow, browse: Browse) -> None:
    name_the_bank(marlow.alice)
    client = browse(marlow.alice)

    assert states(client)[:3] == ["done", "done", "now"]
    assert "Enter Your Bank Name became Harbourside Bank 6 Jul 2026, 10:02" in text(client)


def test_a_bank_named_along_with_other_facts_is_told_by_its_names(
    marlow: Marlow, browse: Browse
) -> None:
    with acting(marlow.alice):
        bank = Contact.objects.get(stands_for_own_bank=True)
        details = ContactDetails(
            kind="person",
            given_name="Harbourside",
            family_name="Bank",
            phone="02 5550 0100",
            roles=frozenset({"bank", "supplier"}),
        )
        contacts.change(
            contact=bank, details=details, version=bank.version, by=marlow.alice, at=LATER
        )

    assert "Enter Your Bank Name became Harbourside Bank" in text(browse(marlow.alice))


def test_a_bank_that_was_only_given_a_phone_is_not_named(marlow: Marlow, browse: Browse) -> None:
    with acting(marlow.alice):
        bank = Contact.objects.get(stands_for_own_bank=True)
        details = ContactDetails(name=bank.name, phone="1", roles=frozenset({"bank"}))
        contacts.change(
            contact=bank, details=details, version=bank.version, by=marlow.alice, at=LATER
        )

    assert states(browse(marlow.alice))[1] == "now"


def test_a_connected_package_is_done_and_a_lost_one_is_not(
    marlow: Marlow, charlie: Person, browse: Browse
) -> None:
    connect(marlow.alice)
    connect(charlie, state="lost")

    assert states(browse(marlow.alice))[2] == "done"
    assert states(browse(charlie))[2] == ""
    assert "connection lost" in text(browse(charlie))


def test_the_bar_says_that_it_is_the_sandbox_and_in_step(marlow: Marlow, browse: Browse) -> None:
    connect(marlow.alice)

    page = text(browse(marlow.bob))

    assert "Sandbox: no real books" in page
    assert "In step with Xero" in page


@pytest.mark.parametrize(
    ("uses", "is_done"),
    [
        ((), False),
        (("trust_liability",), False),
        (("trust_liability", "trust_transfers"), True),
    ],
)
def test_the_rules_are_set_with_both_system_accounts_only(
    *, uses: tuple[str, ...], is_done: bool, marlow: Marlow, browse: Browse
) -> None:
    connect(marlow.alice)
    set_jurisdiction(marlow.alice)
    set_system_accounts(marlow.alice, *uses)

    assert (states(browse(marlow.alice))[3] == "done") is is_done


def test_a_trust_account_in_xero_is_done_when_it_has_its_code(
    marlow: Marlow, browse: Browse
) -> None:
    connect(marlow.alice)
    account = open_trust_account(marlow.alice)
    client = browse(marlow.alice)
    assert "Law Practice Trust Account is being made in Xero" in text(client)
    assert states(client)[4] == ""

    with acting(marlow.alice):
        AccountUse.objects.create(
            firm=marlow.firm,
            use="trust_bank",
            trust_account=account,
            chart_account=chart_account(marlow.alice, "091", account.name),
            decided_by=marlow.alice,
            decided_at=LATER,
        )

    assert states(client)[4] == "done"
    assert "Law Practice Trust Account, 091 in Xero" in text(client)


def test_a_firm_without_a_package_needs_no_system_accounts(marlow: Marlow, browse: Browse) -> None:
    name_the_bank(marlow.alice)
    choose_standalone(marlow.alice)
    set_jurisdiction(marlow.alice)
    open_trust_account(marlow.alice)
    take_office_account(marlow.alice)
    client = browse(marlow.alice)

    assert states(client) == ["done"] * 6
    page = text(client)
    assert "Marlow &amp; Finch Lawyers is set up" in page
    assert "6 of 6 done" in page
    assert '<a class="button primary" href="/matters/">' in client.get("/").content.decode()


def test_who_may_not_do_the_next_step_reads_who_may(marlow: Marlow, browse: Browse) -> None:
    name_the_bank(marlow.alice)
    client = browse(marlow.bob)

    assert 'class="button primary"' not in client.get("/").content.decode()
    assert "for a person who is administrator" in text(client)


def test_who_may_only_refresh_is_not_led_to_take_an_office_account(
    marlow: Marlow, browse: Browse
) -> None:
    name_the_bank(marlow.alice)
    choose_standalone(marlow.alice)
    set_jurisdiction(marlow.alice)
    open_trust_account(marlow.alice)
    assert states(browse(marlow.alice))[-1] == "now"

    page = browse(marlow.bob).get("/").content.decode()

    assert 'class="button primary"' not in page
    assert "for a person who is administrator" in page


def test_an_examiner_sees_the_list_and_no_button(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.erin)

    assert states(client)[1] == "now"
    assert 'class="button primary"' not in client.get("/").content.decode()


def test_one_firms_set_up_is_not_anothers(marlow: Marlow, charlie: Person, browse: Browse) -> None:
    name_the_bank(marlow.alice)
    connect(marlow.alice)

    assert states(browse(charlie)) == ["done", "now", "", "", "", ""]
    assert "Harbourside" not in text(browse(charlie))


def test_the_screen_speaks_the_words_of_the_jurisdiction(marlow: Marlow, browse: Browse) -> None:
    world.matter(marlow.alice, "Whitcombe, estate")
    set_jurisdiction(marlow.alice)

    assert "General trust account at the bank" in text(browse(marlow.alice))

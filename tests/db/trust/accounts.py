"""Trust accounts for tests: one that nothing is wrong with, and the details to change from it."""

from dataclasses import replace
from typing import Any

from chancery.practice import firms, people
from chancery.practice.firms import Administrator, FirmDetails
from chancery.practice.models import Contact, ContactRole, Person
from chancery.trust import bank_accounts
from chancery.trust.account_details import AccountDetails
from chancery.trust.models import TrustBankAccount
from chancery.trust.rules.numbering import Series
from world import FOUNDED_AT, PASSWORD, Marlow, acting

NAME = "Marlow & Finch Law Practice Trust Account"


def details(world: Marlow, **other: Any) -> AccountDetails:
    """Return sound details for New South Wales; ``other`` replaces some of them."""
    bank_id = other.pop("bank_id", None) or meet(world.alice, "Harbourside Bank", "bank").id
    sound = AccountDetails(
        name=NAME,
        kind="current",
        bank_id=bank_id,
        number={"bsb": "062-555", "account": "1042 7731"},
        receipt=Series("R-", 1),
        withdrawal=Series("W-", 1),
        transfer=Series("T-", 1),
        statement_title="Trust account statement",
    )
    return replace(sound, **other)


def open_one(world: Marlow, **other: Any) -> TrustBankAccount:
    """Open an account; the firm has chosen its place already."""
    opened = bank_accounts.open_account(
        details=details(world, **other), by=world.alice, at=FOUNDED_AT
    )
    return opened.account


def meet(person: Person, name: str, *roles: str) -> Contact:
    """Enter a company as a contact of the person's firm, with these roles."""
    with acting(person):
        contact = Contact.objects.create(
            firm_id=person.firm_id, kind="company", name=name, created_at=FOUNDED_AT
        )
        for role in roles:
            ContactRole.objects.create(firm_id=person.firm_id, contact=contact, role=role)
    return contact


def alone(currency: str, country: str) -> Marlow:
    """Found a firm in another country; all its people are one."""
    person = firms.found(
        details=FirmDetails("Elsewhere", currency, country, "Europe/London"),
        administrator=Administrator("Ann Elsewhere", "ann@elsewhere.example", PASSWORD),
        at=FOUNDED_AT,
    )
    with acting(person):
        ann = people.with_firm(person.id)
    return Marlow(ann, ann, ann)

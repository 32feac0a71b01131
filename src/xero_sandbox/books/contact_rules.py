"""What Xero refuses in a contact; pure decisions over a contact and its neighbours."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

LENGTHS = {
    "Name": 255,
    "FirstName": 255,
    "LastName": 255,
    "EmailAddress": 255,
    "CompanyNumber": 50,
    "ContactNumber": 50,
    "AccountNumber": 50,
    "TaxNumber": 50,
}
STATUSES = {"ACTIVE", "ARCHIVED"}
ADDRESS_TYPES = {"POBOX", "STREET"}
PHONE_TYPES = {"DEFAULT", "DDI", "MOBILE", "FAX", "OFFICE"}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact: its id, when it was changed last, and its values under Xero's names."""

    contact_id: str
    updated_at: float
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return the name."""
        return str(self.values.get("Name", ""))

    @property
    def number(self) -> str:
        """Return the number that another program knows the contact by."""
        return str(self.values.get("ContactNumber", ""))

    @property
    def status(self) -> str:
        """Return the status."""
        return str(self.values.get("ContactStatus", "ACTIVE"))


def against(contact: Contact, same_name: list[Contact], same_number: list[Contact]) -> list[str]:
    """Return what speaks against this contact beside those of the same name and number."""
    return [
        *_against_name(contact, same_name),
        *_against_number(contact, same_number),
        *_against_lengths(contact),
        *_against_form(contact),
    ]


def _others(contact: Contact, found: list[Contact]) -> list[Contact]:
    return [one for one in found if one.contact_id != contact.contact_id and one.status == "ACTIVE"]


def _against_name(contact: Contact, same_name: list[Contact]) -> Iterator[str]:
    if not contact.name:
        yield "The contact name must be given."
    elif contact.status == "ACTIVE" and _others(contact, same_name):
        yield (
            f"The contact name {contact.name} is already assigned to another contact. "
            "The contact name must be unique across all active contacts."
        )


def _against_number(contact: Contact, same_number: list[Contact]) -> Iterator[str]:
    if contact.number and contact.status == "ACTIVE" and _others(contact, same_number):
        yield f"The contact number {contact.number} is already assigned to another contact."


def _against_lengths(contact: Contact) -> Iterator[str]:
    for name, longest in LENGTHS.items():
        if len(str(contact.values.get(name, ""))) > longest:
            yield f"{name} must not be longer than {longest} characters."


def _against_form(contact: Contact) -> Iterator[str]:
    email = contact.values.get("EmailAddress", "")
    if email and not EMAIL.fullmatch(email):
        yield "Email address must be valid."
    if contact.status not in STATUSES:
        yield f"ContactStatus cannot be set to '{contact.status}'."
    for plural, kind, known in (
        ("Addresses", "AddressType", ADDRESS_TYPES),
        ("Phones", "PhoneType", PHONE_TYPES),
    ):
        for one in contact.values.get(plural, []):
            if one.get(kind) not in known:
                yield f"'{one.get(kind)}' is not a {kind}."

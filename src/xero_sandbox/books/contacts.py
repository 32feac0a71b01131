"""Contacts: made, changed, archived and found."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from xero_sandbox.books import contact_rules
from xero_sandbox.books.account_rules import Refused
from xero_sandbox.books.contact_rules import Contact
from xero_sandbox.books.documents import Document, Drawer
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.store import Store


@dataclass(frozen=True, slots=True)
class AddressBook:
    """All contacts of one organisation."""

    store: Store
    organisation: Organisation

    @property
    def drawer(self) -> Drawer:
        """Return where the contacts are kept."""
        return Drawer(self.store, self.organisation.tenant_id, "contact")

    def all(self) -> list[Contact]:
        """Return every contact, archived ones too, by name."""
        return sorted((_contact(row) for row in self.drawer.all()), key=lambda c: c.name.casefold())

    def find(self, contact_id: str) -> Contact | None:
        """Return the contact with this id, or None."""
        row = self.drawer.find(contact_id)
        return _contact(row) if row else None

    def numbered(self, number: str) -> Contact | None:
        """Return the contact with this number, an active one first, or None."""
        found = [_contact(row) for row in self.drawer.numbered(number)] if number else []
        return min(found, key=lambda c: c.status != "ACTIVE", default=None)

    def keep(self, contact: Contact) -> Contact:
        """Write the contact down, if the rules allow it.

        Refuses: Refused.
        """
        messages = contact_rules.against(
            contact,
            [_contact(row) for row in self.drawer.named(contact.name)],
            [_contact(row) for row in self.drawer.numbered(contact.number)],
        )
        if messages:
            raise Refused(messages)
        row = Document(
            document_id=contact.contact_id,
            updated_at=contact.updated_at,
            body=dict(contact.values),
        )
        self.drawer.keep(row, name=contact.name, number=contact.number)
        return contact


def create(book: AddressBook, given: Mapping[str, Any], *, at: float) -> Contact:
    """Make a contact of what was given.

    Refuses: Refused.
    """
    return book.keep(Contact(contact_id=str(uuid.uuid4()), updated_at=at, values=given))


def change(book: AddressBook, contact: Contact, given: Mapping[str, Any], *, at: float) -> Contact:
    """Change what was given and leave the rest; a list replaces the entries of its own kinds.

    Refuses: Refused.
    """
    merged = {**contact.values, **given}
    for plural, kind in (("Addresses", "AddressType"), ("Phones", "PhoneType")):
        if plural in given:
            before = {one.get(kind): one for one in contact.values.get(plural, [])}
            after = {one.get(kind): one for one in given[plural]}
            merged[plural] = list({**before, **after}.values())
    return book.keep(replace(contact, values=merged, updated_at=at))


def _contact(row: Document) -> Contact:
    return Contact(contact_id=row.document_id, updated_at=row.updated_at, values=row.body)

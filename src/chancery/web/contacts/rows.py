"""Contacts as pages show them: frozen, with every word ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from chancery.practice import identifiers
from chancery.practice.contact_details import ContactDetails
from chancery.practice.contacts import PLACEHOLDER_BANK_NAME, Contact, ContactKind, RoleOfContact

_STREET_AND_POSTAL = {"street": "Street address", "postal": "Postal address"}


@dataclass(frozen=True)
class ContactRow:
    """One line of the list."""

    id: UUID
    name: str
    kind: str
    types: tuple[str, ...]
    email: str
    phone: str


@dataclass(frozen=True)
class Fact:
    """One fact of a contact; ``words`` is empty where it was not entered."""

    label: str
    words: str
    link: str = ""


@dataclass(frozen=True)
class ContactView:
    """A contact whole."""

    id: UUID
    name: str
    kind: str
    types: tuple[str, ...]
    facts: tuple[Fact, ...]
    is_bank: bool
    is_placeholder: bool


def type_words(words: Mapping[str, str]) -> dict[str, str]:
    """Return each contact type in the firm's words."""
    return {
        role.value: words["person"].capitalize()
        if role is RoleOfContact.CLIENT
        else str(role.label)
        for role in RoleOfContact
    }


def row_of(contact: Contact, words: Mapping[str, str]) -> ContactRow:
    """Return a contact as a line of the list."""
    return ContactRow(
        id=contact.id,
        name=contact.name,
        kind=contact.get_kind_display(),
        types=_types({held.role for held in contact.roles.all()}, words),
        email=contact.email,
        phone=contact.phone,
    )


def view_of(contact: Contact, words: Mapping[str, str], country: str) -> ContactView:
    """Return a contact with every fact that a firm in this country asks for."""
    details = ContactDetails.of(contact)
    types = _types(details.roles, words)
    is_placeholder = contact.stands_for_own_bank and contact.name == PLACEHOLDER_BANK_NAME
    return ContactView(
        id=contact.id,
        name=contact.name,
        kind=contact.get_kind_display(),
        types=types,
        facts=(
            *_names(details),
            Fact("Contact types", ", ".join(types)),
            *_numbers(details, country),
            Fact("Phone", details.phone, f"tel:{details.phone}"),
            Fact("E-mail", details.email, f"mailto:{details.email}"),
            *_places(details),
        ),
        is_bank=RoleOfContact.BANK in details.roles,
        is_placeholder=is_placeholder,
    )


def _types(roles: frozenset[str] | set[str], words: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(label for role, label in type_words(words).items() if role in roles)


def _names(details: ContactDetails) -> tuple[Fact, ...]:
    if details.kind == ContactKind.COMPANY:
        return (Fact("Company name", details.name),)
    return Fact("Given name", details.given_name), Fact("Family name", details.family_name)


def _numbers(details: ContactDetails, country: str) -> list[Fact]:
    usual = [
        kind.code
        for kind in identifiers.kinds_in(country)
        if details.kind == ContactKind.COMPANY or not kind.is_of_companies
    ]
    others = [code for code in details.identifiers if code not in usual]
    kinds = [identifiers.kind(code) for code in [*usual, *others]]
    return [Fact(kind.label, kind.shown(details.identifiers.get(kind.code, ""))) for kind in kinds]


def _places(details: ContactDetails) -> list[Fact]:
    if not details.addresses:
        return [Fact("Address", "")]
    return [
        Fact(_STREET_AND_POSTAL[kind], str(address))
        for kind, address in sorted(details.addresses.items(), reverse=True)
    ]

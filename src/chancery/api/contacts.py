"""Contacts: list, read, enter, change."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import Http404, HttpResponse
from ninja import Query, Router, Status
from pydantic import AfterValidator, BaseModel, Field, StrictBool, WithJsonSchema

from chancery.api import idempotency, problems
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.requests import ApiRequest
from chancery.api.shapes import Asked, FilterText, Version
from chancery.api.tokens import Bearer
from chancery.lib.problems import Problem, refuse_any
from chancery.practice import contact_list, contacts, identifiers
from chancery.practice.api_tokens import Scope
from chancery.practice.contact_details import Address, ContactDetails
from chancery.practice.contact_list import ContactFilter
from chancery.practice.contacts import Contact, ContactKind, RoleOfContact

router = Router(tags=["contacts"])
_CODES = [kind.code for kind in identifiers.every_kind()]
_PLACES = ("street", "postal")


def _known(numbers: dict[str, str]) -> dict[str, str]:
    unknown = [code for code in numbers if code not in _CODES]
    if unknown:
        raise ValueError(f"no kind of number is called {unknown[0][:20]}")
    return numbers


Kind = Literal["person", "company"]
Name = Annotated[str, Field(max_length=200)]
PartOfName = Annotated[str, Field(max_length=100)]
Email = Annotated[str, Field(max_length=254)]
Phone = Annotated[str, Field(max_length=40)]
Roles = Annotated[list[RoleOfContact], Field(max_length=len(RoleOfContact))]
Numbers = Annotated[
    dict[str, str],
    AfterValidator(_known),
    WithJsonSchema(
        {
            "type": "object",
            "properties": {code: {"type": "string"} for code in _CODES},
            "additionalProperties": False,
            "description": "Numbers by which others know the contact, under the code of their kind",
        }
    ),
]
EvenIfAlike = Annotated[
    StrictBool, Field(description="Go on though the firm may have this contact already")
]


class AddressShape(Asked):
    """Where a contact is found or written to."""

    lines: Annotated[str, Field(max_length=200)] = ""
    city: Annotated[str, Field(max_length=100)] = ""
    region: Annotated[str, Field(max_length=60)] = ""
    postcode: Annotated[str, Field(max_length=16)] = ""
    country: Annotated[str, Field(max_length=60)] = ""


class Addresses(Asked):
    """A contact has one address of each kind at most."""

    street: AddressShape | None = None
    postal: AddressShape | None = None


class ContactIn(Asked):
    """A contact to enter. A person's full name is made of the given and the family name."""

    kind: Kind
    name: Name = ""
    given_name: PartOfName = ""
    family_name: PartOfName = ""
    email: Email = ""
    phone: Phone = ""
    roles: Roles = []
    addresses: Addresses = Addresses()
    identifiers: Numbers = {}
    even_if_alike: EvenIfAlike = False


class ContactPatch(Asked):
    """What to change: a field that is left out stays; one that is sent replaces the whole of what it names."""

    version: Version
    kind: Kind = "company"
    name: Name = ""
    given_name: PartOfName = ""
    family_name: PartOfName = ""
    email: Email = ""
    phone: Phone = ""
    roles: Roles = []
    addresses: Addresses = Addresses()
    identifiers: Numbers = {}
    even_if_alike: EvenIfAlike = False


class ContactOut(BaseModel):
    """A contact as it stands."""

    id: UUID
    kind: Kind
    name: str
    given_name: str
    family_name: str
    email: str
    phone: str
    roles: list[RoleOfContact]
    addresses: Addresses
    identifiers: dict[str, str]
    version: int
    created_at: datetime


class ContactQuery(PageQuery):
    """What the list is narrowed to."""

    kind: Kind | None = None
    role: RoleOfContact | None = None
    text: Annotated[
        FilterText, Field(description="Begins a word of the name, or the e-mail address")
    ] = ""


@router.get(
    "/contacts",
    auth=Bearer(Scope.CONTACTS_READ),
    response=Page[ContactOut],
    summary="List the contacts",
)
def list_contacts(request: ApiRequest, asked: Query[ContactQuery]) -> Page[ContactOut]:
    """Answer with the contacts that fit, a page at a time, the earliest entered first."""
    narrowed = ContactFilter(kind=asked.kind or "", role=asked.role or "", text=asked.text)
    found = contact_list.found(request.person, narrowed)
    return page_of(request, found.prefetch_related("addresses", "identifiers"), asked, _shown)


@router.post(
    "/contacts",
    auth=Bearer(Scope.CONTACTS_WRITE),
    response={201: ContactOut},
    summary="Enter a contact",
)
@idempotency.optional
def add_contact(
    request: ApiRequest, payload: ContactIn, response: HttpResponse
) -> Status[ContactOut]:
    """Enter a contact; 409 practice.contact_looks_alike names those that it may be already."""
    details = _changed(ContactDetails(), payload)
    with problems.naming(_path_of):
        made = contacts.add(
            details=details,
            by=request.person,
            at=request.at,
            even_if_alike=payload.even_if_alike,
        )
    response["Location"] = f"{request.path}/{made.id}"
    return Status(201, _shown(made))


@router.get(
    "/contacts/{contact_id}",
    auth=Bearer(Scope.CONTACTS_READ),
    response=ContactOut,
    summary="Read a contact",
)
def read_contact(request: ApiRequest, contact_id: UUID) -> ContactOut:
    """Answer with one contact."""
    return _shown(_contact_of(request, contact_id))


@router.patch(
    "/contacts/{contact_id}",
    auth=Bearer(Scope.CONTACTS_WRITE),
    response=ContactOut,
    summary="Change a contact",
)
def change_contact(request: ApiRequest, contact_id: UUID, payload: ContactPatch) -> ContactOut:
    """Change what is sent; 409 practice.changed_meanwhile says what someone else changed since."""
    found = _contact_of(request, contact_id)
    details = _changed(ContactDetails.of(found), payload)
    with problems.naming(_path_of):
        kept = contacts.change(
            contact=found,
            details=details,
            version=payload.version,
            by=request.person,
            at=request.at,
            even_if_alike=payload.even_if_alike,
        )
    return _shown(contacts.visible_to(request.person, kept.id))


def _contact_of(request: ApiRequest, contact_id: UUID) -> Contact:
    try:
        return contacts.visible_to(request.person, contact_id)
    except Contact.DoesNotExist as missing:
        raise Http404("No such contact.") from missing


def _changed(before: ContactDetails, payload: ContactIn | ContactPatch) -> ContactDetails:
    """Return the details with what was sent in place of what stood there. Refuses: DetailsNotRight."""
    sent = payload.model_fields_set
    plain = ("kind", "name", "given_name", "family_name", "email", "phone")
    after = replace(before, **{field: getattr(payload, field) for field in plain if field in sent})
    _refuse_unused_names(after.kind, payload)
    if "roles" in sent:
        after = replace(after, roles=frozenset(payload.roles))
    if "identifiers" in sent:
        after = replace(after, identifiers=payload.identifiers)
    if "addresses" in sent:
        after = replace(after, addresses=_addresses(payload.addresses))
    return after


def _refuse_unused_names(kind: str, payload: ContactIn | ContactPatch) -> None:
    """Refuse a name that this kind of contact does not keep, which would be dropped in silence."""
    is_person = kind == ContactKind.PERSON
    unused = ("name",) if is_person else ("given_name", "family_name")
    words = (
        "Send given_name and family_name: a person's name is made of them."
        if is_person
        else "Send name: only a person has this."
    )
    refuse_any([Problem(field, words) for field in unused if getattr(payload, field)])


def _addresses(sent: Addresses) -> dict[str, Address]:
    parts = {place: getattr(sent, place) for place in _PLACES}
    return {place: Address(**part.model_dump()) for place, part in parts.items() if part}


def _path_of(field: str) -> str:
    """Return where a problem that a deed names ``street_lines`` or ``abn`` stands in the request."""
    place, _, part = field.partition("_")
    if place in _PLACES:
        return f"addresses.{place}.{part}"
    return f"identifiers.{field}" if field in _CODES else field


def _shown(contact: Contact) -> ContactOut:
    details = ContactDetails.of(contact)
    return ContactOut(
        id=contact.id,
        kind="person" if details.kind == ContactKind.PERSON else "company",
        name=details.name,
        given_name=details.given_name,
        family_name=details.family_name,
        email=details.email,
        phone=details.phone,
        roles=sorted(RoleOfContact(role) for role in details.roles),
        addresses=Addresses(
            **{place: AddressShape(**vars(kept)) for place, kept in details.addresses.items()}
        ),
        identifiers=dict(details.identifiers),
        version=contact.version,
        created_at=contact.created_at,
    )

"""Contacts: listed in pages, read by id or number, made and changed one or many at a time."""

import uuid
from collections.abc import Callable
from typing import Any

from xero_sandbox import dates
from xero_sandbox.api import answers, batches, filters
from xero_sandbox.api.answers import Answer, Stopped
from xero_sandbox.api.calls import Call, text_of
from xero_sandbox.books import contacts
from xero_sandbox.books.account_rules import Refused
from xero_sandbox.books.contact_rules import Contact
from xero_sandbox.books.contacts import AddressBook

TEXTS = (
    "ContactNumber",
    "AccountNumber",
    "ContactStatus",
    "Name",
    "FirstName",
    "LastName",
    "CompanyNumber",
    "EmailAddress",
    "BankAccountDetails",
    "TaxNumber",
    "AccountsReceivableTaxType",
    "AccountsPayableTaxType",
    "DefaultCurrency",
    "SalesDefaultAccountCode",
    "PurchasesDefaultAccountCode",
)
ADDRESS_PARTS = ("AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "City", "Region")
ADDRESS = ("AddressType", *ADDRESS_PARTS, "PostalCode", "Country", "AttentionTo")
PHONE = ("PhoneType", "PhoneNumber", "PhoneAreaCode", "PhoneCountryCode")
LISTS = {
    "Addresses": ADDRESS,
    "Phones": PHONE,
    "ContactPersons": ("FirstName", "LastName", "EmailAddress", "IncludeInEmails"),
}
FIELDS = frozenset({*TEXTS, *LISTS, "ContactID", "IsSupplier", "IsCustomer", "UpdatedDateUTC"})
SEARCHED = ("Name", "FirstName", "LastName", "ContactNumber", "EmailAddress")


def index(call: Call) -> Answer:
    """List contacts: filtered, searched, ordered and paged as asked."""
    since = filters.modified_since(call.headers)
    wanted = {
        part.strip().strip('"').lower() for part in call.asked("IDs").split(",") if part.strip()
    }
    archived_too = call.asked("includeArchived").lower() == "true"
    found = [
        contact
        for contact in _book(call).all()
        if contact.updated_at >= since
        and (archived_too or contact.status == "ACTIVE")
        and (not wanted or contact.contact_id in wanted)
        and _is_searched(contact, call.asked("searchTerm").casefold())
    ]
    elements = filters.chosen([shown(contact) for contact in found], call, known=FIELDS)
    page, place = filters.paged(elements, call)
    return answers.envelope("Contacts", page, provider=call.app.name, at=call.at, pagination=place)


def _is_searched(contact: Contact, term: str) -> bool:
    return any(term in str(contact.values.get(name, "")).casefold() for name in SEARCHED)


def read(call: Call) -> Answer:
    """Read one contact by its id or its number."""
    return call.envelope("Contacts", [shown(_named_in_path(call))])


def create(call: Call) -> Answer:
    """Make contacts."""
    book = _book(call)
    return _each(call, lambda given, _: contacts.create(book, given, at=call.at))


def create_or_update(call: Call) -> Answer:
    """Change the contacts that are known by id or number, and make the others."""
    book = _book(call)

    def done(given: dict[str, Any], element: dict[str, Any]) -> Contact:
        known = _known(book, element)
        if known is None:
            return contacts.create(book, given, at=call.at)
        return contacts.change(book, known, given, at=call.at)

    return _each(call, done)


def update(call: Call) -> Answer:
    """Change one contact."""
    known, book = _named_in_path(call), _book(call)
    return _each(call, lambda given, _: contacts.change(book, known, given, at=call.at))


def _each(call: Call, deed: Callable[[dict[str, Any], dict[str, Any]], Contact]) -> Answer:
    return batches.answered(
        call,
        "Contacts",
        lambda element: shown(deed(_given(element), element)),
        lambda element: {**element, "ContactID": element.get("ContactID") or answers.NO_ID},
    )


def _known(book: AddressBook, element: dict[str, Any]) -> Contact | None:
    if element.get("ContactID"):
        found = book.find(text_of(element, "ContactID"))
        if found is None:
            raise Refused([f"There is no contact with the id {element['ContactID']}."])
        return found
    return (
        book.numbered(text_of(element, "ContactNumber")) if element.get("ContactNumber") else None
    )


def _named_in_path(call: Call) -> Contact:
    named, book = call.ids["contact"], _book(call)
    found = book.find(named) or book.numbered(named)
    if found is None:
        raise Stopped(answers.not_found())
    return found


def _book(call: Call) -> AddressBook:
    return AddressBook(call.store, call.organisation)


def _given(element: dict[str, Any]) -> dict[str, Any]:
    sent = {name: value for name, value in element.items() if value is not None}
    texts = {name: text_of(sent, name) for name in sent if name in TEXTS}
    lists = {name: _entries(sent[name], name) for name in sent if name in LISTS}
    return texts | lists


def _entries(value: Any, plural: str) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise Stopped(answers.post_data_invalid(f"{plural} is not a list of objects."))
    known = LISTS[plural]
    return [{k: v for k, v in one.items() if k in known and v is not None} for one in value]


def shown(contact: Contact) -> dict[str, Any]:
    """Return the contact as Xero shows it, with empty entries for every address and phone."""
    values = dict(contact.values)
    addresses = {one["AddressType"]: one for one in values.pop("Addresses", [])}
    phones = {one["PhoneType"]: one for one in values.pop("Phones", [])}
    empty = {"City": "", "Region": "", "PostalCode": "", "Country": ""}
    return {
        "ContactID": str(uuid.UUID(contact.contact_id)),
        "ContactStatus": "ACTIVE",
        "EmailAddress": "",
        "BankAccountDetails": "",
        **{name: value for name, value in values.items() if value != ""},
        "Addresses": [
            {"AddressType": k, **empty, **addresses.get(k, {})} for k in ("STREET", "POBOX")
        ],
        "Phones": [
            {"PhoneType": k, **dict.fromkeys(PHONE[1:], ""), **phones.get(k, {})}
            for k in ("DEFAULT", "DDI", "FAX", "MOBILE", *(k for k in phones if k == "OFFICE"))
        ],
        "UpdatedDateUTC": dates.ms_date_utc(contact.updated_at),
        "ContactGroups": [],
        "IsSupplier": False,
        "IsCustomer": False,
        "ContactPersons": values.get("ContactPersons", []),
        "HasAttachments": False,
        "HasValidationErrors": False,
    }

"""Every operation of the API, one line each: how to call it on Alice's records, and the scope it needs.

A new operation is added here with its endpoint; tests/doors/api/test_api_strangers.py fails until it is.
"""

from dataclasses import dataclass, replace
from functools import cached_property

from chancery.practice.api_tokens import Scope
from chancery.practice.models import Contact, Matter
from doors.api.call import Call
from doors.api.money_operations import MONEY_OPERATIONS
from doors.api.money_things import MoneyThings
from doors.api.past_operations import PAST_OPERATIONS
from money import Trust
from world import Marlow


@dataclass
class Things:
    """Alice's records, whose addresses the table builds; ``trust`` where the firm has an account already."""

    marlow: Marlow
    contact: Contact
    matter: Matter
    trust: Trust | None = None

    @cached_property
    def money(self) -> MoneyThings:
        """Return the firm's client money, made when it is first asked for."""
        if self.trust is None:
            return MoneyThings.of(self.marlow)
        return MoneyThings(self.marlow.alice, replace(self.trust))


def _contact(things: Things) -> str:
    return f"contacts/{things.contact.id}"


def _matter(things: Things) -> str:
    return f"matters/{things.matter.number}"


def _new_matter(things: Things) -> object:
    return {
        "title": "Sale of Unit 5",
        "client_id": str(things.contact.id),
        "type_id": str(things.matter.type_id),
    }


OPERATIONS: dict[str, Call] = {
    **MONEY_OPERATIONS,
    **PAST_OPERATIONS,
    "add_contact": Call(
        "POST",
        lambda _: "contacts",
        Scope.CONTACTS_WRITE,
        lambda _: {"kind": "company", "name": "Zebra Quarries"},
        status=201,
    ),
    "change_contact": Call(
        "PATCH",
        _contact,
        Scope.CONTACTS_WRITE,
        lambda things: {"version": things.contact.version, "phone": "02 5550 0100"},
        of_record=True,
    ),
    "change_matter": Call(
        "PATCH",
        _matter,
        Scope.MATTERS_WRITE,
        lambda things: {"version": things.matter.version, "title": "Lease of Unit 6"},
        of_record=True,
    ),
    "list_contacts": Call("GET", lambda _: "contacts", Scope.CONTACTS_READ),
    "list_matter_types": Call("GET", lambda _: "matter-types", Scope.MATTERS_READ),
    "list_matters": Call("GET", lambda _: "matters", Scope.MATTERS_READ),
    "open_matter": Call("POST", lambda _: "matters", Scope.MATTERS_WRITE, _new_matter, status=201),
    "read_contact": Call("GET", _contact, Scope.CONTACTS_READ, of_record=True),
    "read_matter": Call("GET", _matter, Scope.MATTERS_READ, of_record=True),
    "read_me": Call("GET", lambda _: "me", None),
}

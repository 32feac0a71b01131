"""Every address of the pages, one line each: how to build it for Alice's records, who it is for, its methods.

A new address is added here with the page that it belongs to; tests/doors/test_strangers.py fails until
it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from chancery.practice.models import Contact, Matter
from world import Marlow


class For(Enum):
    """Who an address answers."""

    ALL = "answers without signing in"
    PEOPLE = "answers everyone who is signed in, about their own firm"
    RECORD = "shows one record of a firm: anyone else's people get 404"
    LIBRARY = "is the sign-in library's own"


@dataclass(frozen=True)
class Things:
    """Alice's records, whose addresses the table builds."""

    marlow: Marlow
    contact: Contact
    matter: Matter


def _nothing(things: Things) -> list[object]:
    return []


@dataclass(frozen=True)
class Route:
    """One address. ``arguments`` builds it; ``methods`` are those that it allows."""

    audience: For
    methods: str = "GET"
    arguments: Callable[[Things], list[object]] = field(default=_nothing)


ROUTES: dict[str, Route] = {
    "account_change_password": Route(For.LIBRARY, "GET POST"),
    "account_login": Route(For.LIBRARY, "GET POST"),
    "account_logout": Route(For.LIBRARY, "GET POST"),
    "contact": Route(For.RECORD, "GET", lambda things: [things.contact.id]),
    "contact_add": Route(For.PEOPLE, "GET POST"),
    "contact_deletion": Route(For.RECORD, "GET POST", lambda things: [things.contact.id]),
    "contact_edit": Route(For.RECORD, "GET POST", lambda things: [things.contact.id]),
    "contact_export": Route(For.PEOPLE),
    "contact_list": Route(For.PEOPLE),
    "contact_look_alikes": Route(For.PEOPLE),
    "healthz": Route(For.ALL),
    "help": Route(For.PEOPLE),
    "help_answer": Route(For.PEOPLE, "POST", lambda _: ["name-your-bank"]),
    "help_answers": Route(For.PEOPLE),
    "help_guide": Route(For.PEOPLE, "GET", lambda _: ["name-your-bank"]),
    "home": Route(For.PEOPLE),
    "matter": Route(For.RECORD, "GET", lambda things: [things.matter.number]),
    "matter_add": Route(For.PEOPLE, "GET POST"),
    "matter_clients": Route(For.PEOPLE),
    "matter_edit": Route(For.RECORD, "GET POST", lambda things: [things.matter.number]),
    "matter_export": Route(For.PEOPLE),
    "matter_list": Route(For.PEOPLE),
    "matter_status": Route(For.RECORD, "GET POST", lambda things: [things.matter.number]),
    "profile": Route(For.PEOPLE, "GET POST"),
    "search": Route(For.PEOPLE),
    "search_now": Route(For.PEOPLE),
}

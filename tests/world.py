"""The small cast of every test: Alice owns, Bob shares, Erin only reads, Charlie must see nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chancery.practice import firms, people
from chancery.practice.firms import Administrator, FirmDetails
from chancery.practice.models import Firm, Person
from chancery.practice.models.firm import Role
from chancery.tenancy.scope import firm_scope

FOUNDED_AT = datetime(2026, 7, 5, 23, 2, tzinfo=UTC)  # 6 Jul 2026, 09:02 in Sydney
LATER = FOUNDED_AT + timedelta(hours=1)
PASSWORD = "harbour-quill-lantern-9"


@dataclass(frozen=True)
class Marlow:
    """Marlow & Finch Lawyers of Sydney, and three of its people."""

    alice: Person
    bob: Person
    erin: Person

    @property
    def firm(self) -> Firm:
        """Return the firm that the three work in."""
        return self.alice.firm


def marlow() -> Marlow:
    """Found Marlow & Finch: Alice is its administrator, Bob its bookkeeper, Erin its examiner."""
    alice = _found("Marlow & Finch Lawyers", "Alice Marlow", "alice@marlow.example")
    with acting(alice):
        bob = _ask_in(alice, "Bob Finch", "bob@marlow.example", Role.BOOKKEEPER)
        erin = _ask_in(alice, "Erin Cole", "erin@examiners.example", Role.EXAMINER)
    return Marlow(alice, bob, erin)


def charlie() -> Person:
    """Found another firm; Charlie is its administrator."""
    return _found("Charlie & Sons", "Charlie Moss", "charlie@sons.example")


def another(name: str = "Harbour Legal") -> Person:
    """Found one more firm and return its administrator; every name may be used once a test."""
    address = name.lower().replace(" ", "-")
    return _found(name, "Ada Bell", f"ada@{address}.example")


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """Run the block as a page would for this person: in a transaction that sees their firm only."""
    with firm_scope(person.firm_id, user_id=person.user_id):
        yield


def _found(firm: str, name: str, email: str) -> Person:
    person = firms.found(
        details=FirmDetails(firm, "AUD", "AU", "Australia/Sydney"),
        administrator=Administrator(name, email, PASSWORD),
        at=FOUNDED_AT,
    )
    with acting(person):
        return people.with_firm(person.id)


def _ask_in(by: Person, name: str, email: str, role: Role) -> Person:
    asked = people.ask_in(
        name=name, email=email, roles=frozenset({role}), password=PASSWORD, by=by, at=FOUNDED_AT
    )
    return people.with_firm(asked.person.id)

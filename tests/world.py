"""The small cast of every test: Alice owns, Bob shares, Erin only reads, Charlie must see nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chancery.practice import api_tokens, contacts, firms, matters, people
from chancery.practice.api_tokens import ApiToken, Scope
from chancery.practice.contact_details import ContactDetails
from chancery.practice.firms import Administrator, FirmDetails
from chancery.practice.matters import MatterDetails
from chancery.practice.models import Contact, Firm, Matter, Person
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.models.firm import Role
from chancery.practice.models.matter import MatterStatus
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


def marlow(
    currency: str = "AUD", country: str = "AU", time_zone: str = "Australia/Sydney"
) -> Marlow:
    """Found Marlow & Finch: Alice is its administrator, Bob its bookkeeper, Erin its examiner."""
    details = FirmDetails("Marlow & Finch Lawyers", currency, country, time_zone)
    alice = _found(details, "Alice Marlow", "alice@marlow.example")
    bob = ask_in(alice, "Bob Finch", "bob@marlow.example", Role.BOOKKEEPER)
    erin = ask_in(alice, "Erin Cole", "erin@examiners.example", Role.EXAMINER)
    return Marlow(alice, bob, erin)


def charlie() -> Person:
    """Found another firm; Charlie is its administrator."""
    details = FirmDetails("Charlie & Sons", "AUD", "AU", "Australia/Sydney")
    return _found(details, "Charlie Moss", "charlie@sons.example")


def another(name: str = "Harbour Legal") -> Person:
    """Found one more firm and return its administrator; every name may be used once a test."""
    address = name.lower().replace(" ", "-")
    details = FirmDetails(name, "AUD", "AU", "Australia/Sydney")
    return _found(details, "Ada Bell", f"ada@{address}.example")


@contextmanager
def acting(person: Person) -> Iterator[None]:
    """Run the block as a page would for this person: in a transaction that sees their firm only."""
    with firm_scope(person.firm_id, user_id=person.user_id):
        yield


def _found(details: FirmDetails, name: str, email: str) -> Person:
    person = firms.found(
        details=details,
        administrator=Administrator(name, email, PASSWORD),
        at=FOUNDED_AT,
    )
    with acting(person):
        return people.with_firm(person.id)


def ask_in(by: Person, name: str, email: str, role: Role) -> Person:
    """Ask someone into the firm of ``by``, with one role."""
    with acting(by):
        asked = people.ask_in(
            name=name, email=email, roles=frozenset({role}), password=PASSWORD, by=by, at=FOUNDED_AT
        )
        return people.with_firm(asked.person.id)


def contact(by: Person, name: str, *roles: RoleOfContact) -> Contact:
    """Enter a company among the contacts of the firm of ``by``."""
    details = ContactDetails(name=name, roles=frozenset(roles))
    with acting(by):
        return contacts.add(details=details, by=by, at=FOUNDED_AT, even_if_alike=True)


def api_token(by: Person, *scopes: Scope) -> ApiToken:
    """Make a token that acts as a person; its secret is of no use to the test."""
    with acting(by):
        of = scopes or (Scope.CONTACTS_READ,)
        return api_tokens.make(name="Intake form", scopes=of, by=by, at=FOUNDED_AT).token


def matter(
    by: Person,
    title: str,
    *,
    client: Contact | None = None,
    number: str = "",
    reference: str = "",
    status: MatterStatus = MatterStatus.ACTIVE,
) -> Matter:
    """Open a matter in the firm of ``by``, who is responsible for it; bring it to its status."""
    client = client or contact(by, "Whitcombe Holdings")
    with acting(by):
        details = MatterDetails(
            title=title,
            client=client,
            type=matters.types_of(by)[0],
            responsible=by,
            opened_on=FOUNDED_AT.date(),
            number=number,
            reference=reference,
        )
        opened = matters.open(details=details, by=by, at=FOUNDED_AT)
        if status == MatterStatus.ACTIVE:
            return opened
        return matters.set_status(
            matter=opened, status=status, why="For a test.", version=opened.version, by=by, at=LATER
        )

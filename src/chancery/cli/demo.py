"""The demo firm, Marlow & Finch Lawyers: people, contacts and matters to try everything with.

It goes through the same deeds as a real firm. Django must be set up before this is imported.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from chancery.cli import keys
from chancery.cli.demo_cast import CONTACTS, MATTERS, PEOPLE, DemoContact, DemoMatter
from chancery.practice import contacts, firms, matters, people
from chancery.practice.contact_details import ContactDetails
from chancery.practice.contacts import Contact
from chancery.practice.firms import Administrator, FirmDetails
from chancery.practice.matters import MatterDetails, MatterStatus
from chancery.practice.people import Person, User
from chancery.tenancy.scope import firm_scope

FIRM = FirmDetails("Marlow & Finch Lawyers", "AUD", "AU", "Australia/Sydney")
PASSWORD_FILE = "demo-sign-in"  # noqa: S105 - a file's name


@dataclass(frozen=True)
class DemoSignIn:
    """How to sign in as the demo firm's administrator; the others have the same password.

    ``password`` is empty where the firm exists but the file with its password is gone.
    """

    email: str
    password: str


def seed(*, data: Path, at: datetime) -> DemoSignIn:
    """Found the demo firm if it is not there yet; a second call changes nothing.

    The password is made once and kept in ``data``, in a file that only its owner reads.
    """
    administrator, email, _ = PEOPLE[0]
    is_founded = User.objects.filter(email=email).exists()
    if is_founded and not keys.exists(data, PASSWORD_FILE):
        return DemoSignIn(email, "")
    password = keys.obtain(data, PASSWORD_FILE)
    if not is_founded:
        with transaction.atomic():
            first = firms.found(
                details=FIRM, administrator=Administrator(administrator, email, password), at=at
            )
            with firm_scope(first.firm_id, user_id=first.user_id):
                _fill(first, password, at)
    return DemoSignIn(email, password)


def _fill(first: Person, password: str, at: datetime) -> None:
    """Ask the others in, enter the contacts, open the matters."""
    for name, email, role in PEOPLE[1:]:
        people.ask_in(
            name=name, email=email, roles=frozenset({role}), password=password, by=first, at=at
        )
    by_name = {person.name: person for person in people.who_work(first)}
    entered = {contact.name: _enter(contact, first, at) for contact in CONTACTS}
    for matter in MATTERS:
        _open(matter, entered[matter.client], by_name[matter.responsible], first, at)


def _enter(contact: DemoContact, by: Person, at: datetime) -> Contact:
    details = ContactDetails(
        kind=contact.kind,
        name=contact.name,
        given_name=contact.given_name,
        family_name=contact.family_name,
        email=contact.email,
        phone=contact.phone,
        roles=contact.roles,
    )
    return contacts.add(details=details, by=by, at=at, even_if_alike=True)


def _open(
    matter: DemoMatter, client: Contact, responsible: Person, by: Person, at: datetime
) -> None:
    types = {type_.name: type_ for type_ in matters.types_of(by)}
    details = MatterDetails(
        title=matter.title,
        client=client,
        type=types[matter.type],
        responsible=responsible,
        opened_on=(at - timedelta(days=matter.days_ago)).date(),
        number=matter.number,
        reference=matter.reference,
    )
    opened = matters.open(details=details, by=by, at=at)
    if matter.status != MatterStatus.ACTIVE:
        matters.set_status(
            matter=opened,
            status=matter.status,
            why=matter.why,
            version=opened.version,
            by=by,
            at=at,
        )

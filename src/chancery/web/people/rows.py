"""People as pages show them, and what each role may do."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.practice.people import Person, Role
from chancery.practice.permissions import ALLOWED
from chancery.web.shell import times


@dataclass(frozen=True)
class PersonRow:
    """Someone of the firm."""

    id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    joined_on: date
    left_on: date | None
    is_reader: bool


@dataclass(frozen=True)
class ActRow:
    """One act, and for each role whether it may."""

    act: str
    allowed: tuple[bool, ...]


def row_of(person: Person, *, reader: Person) -> PersonRow:
    """Return someone of the reader's firm; days are the firm's."""
    zone = reader.firm.time_zone
    return PersonRow(
        id=person.id,
        name=person.name,
        email=person.user.email,
        roles=tuple(str(role.label) for role in Role if role in person.roles),
        joined_on=times.day_of(person.joined_at, zone),
        left_on=times.day_of(person.left_at, zone) if person.left_at else None,
        is_reader=person.id == reader.id,
    )


def roles() -> tuple[str, ...]:
    """Return the roles' names, as the heads of the table of acts."""
    return tuple(str(role.label).split(",", maxsplit=1)[0] for role in Role)


def acts() -> tuple[ActRow, ...]:
    """Return who may do what: the same table that every deed asks."""
    return tuple(
        ActRow(act.value[:1].upper() + act.value[1:], tuple(role in may for role in Role))
        for act, may in ALLOWED.items()
    )

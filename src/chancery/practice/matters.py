"""The jobs that the firm does for its clients: open, change, close."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import contacts, firms, history, versions
from chancery.practice.models import Contact, MatterType, Person
from chancery.practice.models import Matter as Matter
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.models.firm import Role
from chancery.practice.models.matter import MatterStatus as MatterStatus
from chancery.practice.permissions import Act, require

KIND = "matter"
_NUMBER = r"(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9.-]*"  # a figure, so that no page's name is a number
_DIGITS = 4


@dataclass(eq=False)
class MatterNumberTaken(Refusal):
    """Another matter of the firm has this number."""

    code = "practice.matter_number_taken"

    number: str

    def __str__(self) -> str:
        return f"{self.number} is already the number of a matter. Leave it empty for the next free one."


@dataclass(eq=False)
class ResponsibleDoesNotWorkHere(Refusal):
    """The person responsible has left, or may only read."""

    code = "practice.responsible_does_not_work_here"

    name: str

    def __str__(self) -> str:
        return f"{self.name} does no work here now. Choose a person who does."


@dataclass(eq=False)
class MatterHasThatStatus(Refusal):
    """The matter already stands there."""

    code = "practice.matter_has_that_status"

    number: str
    status: str

    def __str__(self) -> str:
        return f"Matter {self.number} is {self.status.lower()} already. Choose another status."


@dataclass(frozen=True)
class MatterDetails:
    """A matter as entered. Without a number it gets the next free one of its year."""

    title: str
    client: Contact
    type: MatterType
    responsible: Person
    opened_on: date
    number: str = ""
    reference: str = ""

    @classmethod
    def of(cls, matter: Matter) -> "MatterDetails":
        """Return a matter as it stands."""
        return cls(
            title=matter.title,
            client=matter.client,
            type=matter.type,
            responsible=matter.responsible,
            opened_on=matter.opened_on,
            number=matter.number,
            reference=matter.reference,
        )

    def tidied(self) -> "MatterDetails":
        """Return the details with single spaces."""
        return replace(
            self, title=tidy(self.title), number=tidy(self.number), reference=tidy(self.reference)
        )

    def facts(self) -> dict[str, object]:
        """Return each fact under its name on the screen, for the history."""
        return {
            "Number": self.number,
            "Title": self.title,
            "Client": self.client.name,
            "Type": self.type.name,
            "Responsible": self.responsible.name,
            "Reference": self.reference,
            "Opened": self.opened_on.isoformat(),
        }


def visible_to(person: Person, number: str) -> Matter:
    """Return a matter of the person's firm; raises ``Matter.DoesNotExist`` for any other."""
    matters = Matter.objects.select_related("client", "type", "responsible")
    return matters.get(firm_id=person.firm_id, number=number)


def by_numbers(numbers: Collection[str]) -> dict[str, Matter]:
    """Return the firm's matters that have these numbers, each with its client and type."""
    matters = Matter.objects.select_related("client", "type")
    return {matter.number: matter for matter in matters.filter(number__in=list(numbers))}


def open(  # noqa: A001 - it reads aloud: matters.open
    *, details: MatterDetails, by: Person, at: datetime
) -> Matter:
    """Open a matter; its client becomes a client among the contacts.

    Refuses: NotAllowed, DetailsNotRight, MatterNumberTaken, ResponsibleDoesNotWorkHere.
    """
    require(by, Act.EDIT_MATTERS)
    details = details.tidied()
    refuse_any(_problems(details))
    with transaction.atomic():
        firms.lock(by.firm_id)
        details = replace(details, number=details.number or _next_number(by, details.opened_on))
        _refuse_taken(by.firm_id, details.number)
        _refuse_absent(details.responsible.id)
        matter = Matter.objects.create(firm_id=by.firm_id, created_at=at, **vars(details))
        _record(matter, "Opened", by=by, at=at)
        _make_client(matter, by=by, at=at)
    return matter


def change(
    *, matter: Matter, details: MatterDetails, version: int, by: Person, at: datetime
) -> Matter:
    """Change a matter that was opened for editing at ``version``; the old words stay in its history.

    Refuses: NotAllowed, DetailsNotRight, ChangedMeanwhile, MatterNumberTaken, ResponsibleDoesNotWorkHere.
    """
    require(by, Act.EDIT_MATTERS)
    details = details.tidied()
    refuse_any([*_problems(details), *_missing_number(details)])
    with transaction.atomic():
        firms.lock(by.firm_id)
        kept = _lock(matter)
        versions.require(kept, KIND, seen=version)
        before = MatterDetails.of(kept)
        if before == details:
            return kept
        if details.number != before.number:
            _refuse_taken(by.firm_id, details.number)
        if details.responsible != before.responsible:
            _refuse_absent(details.responsible.id)
        _overwrite(kept, details)
        changes = history.differences(before.facts(), details.facts())
        _record(kept, "Changed", by=by, at=at, changes=changes)
        _make_client(kept, by=by, at=at)
    return kept


def set_status(
    *, matter: Matter, status: MatterStatus, why: str, version: int, by: Person, at: datetime
) -> Matter:
    """Make a matter active, inactive or closed, and say why.

    Refuses: NotAllowed, DetailsNotRight, ChangedMeanwhile, MatterHasThatStatus.
    """
    require(by, Act.EDIT_MATTERS)
    why = tidy(why)
    refuse_any([] if why else [Problem("why", "Say why; it stays in the history.")])
    with transaction.atomic():
        kept = _lock(matter)
        versions.require(kept, KIND, seen=version)
        if kept.status == status:
            raise MatterHasThatStatus(kept.number, kept.get_status_display())
        before = MatterStatus(kept.status)
        kept.status = status
        kept.version += 1
        kept.save(update_fields=["status", "version"])
        changes = {"Status": (before.label, status.label), "Reason": ("", why)}
        _record(kept, f"Made {status.label.lower()}", by=by, at=at, changes=changes)
    return kept


def next_number(person: Person, opened_on: date) -> str:
    """Return the number that a matter opened now would get; only opening it makes it sure."""
    return _next_number(person, opened_on)


def types_of(person: Person) -> list[MatterType]:
    """Return the firm's kinds of work, by name."""
    return list(MatterType.objects.filter(firm_id=person.firm_id).order_by("name", "id"))


def _lock(matter: Matter) -> Matter:
    matters = Matter.objects.select_for_update(no_key=True, of=("self",))
    return matters.select_related("client", "type", "responsible").get(pk=matter.pk)


def _next_number(person: Person, opened_on: date) -> str:
    year = f"{opened_on.year:04d}-"
    ours = Matter.objects.filter(firm_id=person.firm_id, number__regex=rf"^{year}[0-9]{{1,9}}$")
    last = ours.aggregate(last=Max(Cast(Substr("number", len(year) + 1), IntegerField())))["last"]
    return f"{year}{(last or 0) + 1:0{_DIGITS}d}"


def _problems(details: MatterDetails) -> list[Problem]:
    found = []
    if not details.title:
        found.append(Problem("title", "Enter the matter's title."))
    if details.number and not re.fullmatch(_NUMBER, details.number):
        found.append(Problem("number", "Use figures, letters, dots and dashes, such as 2026-0144."))
    limits = {"title": 200, "number": 30, "reference": 60}
    return found + [
        Problem(part, f"Use at most {limit} characters.")
        for part, limit in limits.items()
        if len(getattr(details, part)) > limit
    ]


def _missing_number(details: MatterDetails) -> list[Problem]:
    return [] if details.number else [Problem("number", "Enter the matter's number.")]


def _refuse_taken(firm_id: UUID, number: str) -> None:
    if Matter.objects.filter(firm_id=firm_id, number=number).exists():
        raise MatterNumberTaken(number)


def _refuse_absent(person_id: UUID) -> None:
    person = Person.objects.get(pk=person_id)
    if person.left_at or set(person.roles) == {Role.EXAMINER}:
        raise ResponsibleDoesNotWorkHere(person.name)


def _overwrite(matter: Matter, details: MatterDetails) -> None:
    for column, value in vars(details).items():
        setattr(matter, column, value)
    matter.version += 1
    matter.save(update_fields=[*vars(details), "version"])


def _make_client(matter: Matter, *, by: Person, at: datetime) -> None:
    contacts.give_role(
        contact=matter.client,
        role=RoleOfContact.CLIENT,
        why=f"Became the client of matter {matter.number}",
        by=by,
        at=at,
    )


def _record(
    matter: Matter, act: str, *, by: Person, at: datetime, changes: history.Changes | None = None
) -> None:
    history.record(
        of=(KIND, matter.id), firm_id=matter.firm_id, act=act, by=by, at=at, changes=changes
    )

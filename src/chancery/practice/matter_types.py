"""The kinds of work that a firm sorts its matters by: add one, give one another name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import firms, history, matters
from chancery.practice.models import MatterType as MatterType
from chancery.practice.models import Person
from chancery.practice.permissions import Act, require

KIND = "matter type"
NAME_AT_MOST = 60
TYPES_AT_MOST = 100


@dataclass(eq=False)
class RenamedMeanwhile(Refusal):
    """Someone else gave the type another name first."""

    code = "practice.matter_type_renamed_meanwhile"

    seen: str
    now: str

    def __str__(self) -> str:
        return f"{self.seen} is called {self.now} since you opened it. Look again, then rename it."


def visible_to(person: Person, type_id: UUID) -> MatterType:
    """Return a type of the person's firm; raises ``MatterType.DoesNotExist`` for any other."""
    return MatterType.objects.get(firm_id=person.firm_id, pk=type_id)


def add(*, name: str, by: Person, at: datetime) -> MatterType:
    """Add a type to choose for matters from now on.

    Refuses: NotAllowed, DetailsNotRight.
    """
    require(by, Act.MANAGE_FIRM)
    name = tidy(name)
    with transaction.atomic():
        firms.lock(by.firm_id)
        others = matters.types_of(by)
        refuse_any([*_problems(name, others), *_crowd(others)])
        added = MatterType.objects.create(firm_id=by.firm_id, name=name)
        _record(added, "Added", ("", name), by, at)
    return added


def rename(*, type_: MatterType, name: str, seen: str, by: Person, at: datetime) -> MatterType:
    """Give a type, which the person saw under the name ``seen``, another one: on all its matters.

    Refuses: NotAllowed, RenamedMeanwhile, DetailsNotRight.
    """
    require(by, Act.MANAGE_FIRM)
    name = tidy(name)
    with transaction.atomic():
        firms.lock(by.firm_id)
        kept = visible_to(by, type_.id)
        if kept.name != seen:
            raise RenamedMeanwhile(seen, kept.name)
        refuse_any(_problems(name, [other for other in matters.types_of(by) if other != kept]))
        if name == seen:
            return kept
        kept.name = name
        kept.save(update_fields=["name"])
        _record(kept, "Renamed", (seen, name), by, at)
    return kept


def _problems(name: str, others: list[MatterType]) -> list[Problem]:
    if not 0 < len(name) <= NAME_AT_MOST:
        return [Problem("name", f"Enter a name of at most {NAME_AT_MOST} characters.")]
    twin = next((other for other in others if other.name.casefold() == name.casefold()), None)
    return [Problem("name", f"{twin.name} is there already; enter another name.")] if twin else []


def _crowd(others: list[MatterType]) -> list[Problem]:
    if len(others) < TYPES_AT_MOST:
        return []
    return [Problem("name", f"There are {TYPES_AT_MOST} already; rename one of them instead.")]


def _record(type_: MatterType, act: str, change: tuple[str, str], by: Person, at: datetime) -> None:
    of = (KIND, type_.id)
    changes = {"Name": change}
    history.record(of=of, firm_id=type_.firm_id, act=act, by=by, at=at, changes=changes)

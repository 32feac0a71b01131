"""The people of a firm: who may sign in, as what, and who has left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import accounts, firms, history, versions
from chancery.practice.models import Person as Person
from chancery.practice.models import User as User
from chancery.practice.models.firm import Role as Role
from chancery.practice.permissions import Act, require

KIND = "person"
Theme = Literal["system", "light", "dark"]


@dataclass(eq=False)
class AlreadyInFirm(Refusal):
    """This address is a person of the firm."""

    code = "practice.already_in_firm"

    name: str
    has_left: bool

    def __str__(self) -> str:
        if self.has_left:
            return f"{self.name} was here with this e-mail address. Let them return instead."
        return f"{self.name} is here with this e-mail address. Set their roles instead."


@dataclass(eq=False)
class LastAdministrator(Refusal):
    """Nobody else could manage the firm."""

    code = "practice.last_administrator"

    name: str

    def __str__(self) -> str:
        return f"{self.name} is the only administrator. Make someone else administrator first."


@dataclass(eq=False)
class HasLeftAlready(Refusal):
    """The person does not work here now."""

    code = "practice.has_left_already"

    name: str

    def __str__(self) -> str:
        return f"{self.name} has left already. Let them return before anything else."


@dataclass(eq=False)
class IsHereAlready(Refusal):
    """The person works here now."""

    code = "practice.is_here_already"

    name: str

    def __str__(self) -> str:
        return f"{self.name} is here already. There is nothing to do."


@dataclass(frozen=True)
class AskedIn:
    """Someone new in the firm, and whether their account to sign in with was made for it."""

    person: Person
    is_new_account: bool


def places_of(user: User) -> list[Person]:
    """Return where this user works now, the earliest first; needs only the user to be set."""
    places = Person.objects.filter(user_id=user.id, left_at__isnull=True)
    return list(places.order_by("joined_at", "id"))


def at_work(user: User, firm_id: UUID) -> Person | None:
    """Return this user's place in the firm, with the firm at hand, while they work there."""
    places = Person.objects.select_related("firm", "user")
    return places.filter(user_id=user.id, firm_id=firm_id, left_at__isnull=True).first()


def with_firm(person_id: UUID) -> Person:
    """Return a person of this firm with the firm at hand."""
    return Person.objects.select_related("firm", "user").get(pk=person_id)


def visible_to(person: Person, person_id: UUID) -> Person:
    """Return a colleague; raises ``Person.DoesNotExist`` for someone of another firm."""
    return Person.objects.select_related("user").get(firm_id=person.firm_id, pk=person_id)


def of_firm(person: Person) -> list[Person]:
    """Return everyone who works or worked in the person's firm: those here first, then by name."""
    everyone = Person.objects.select_related("user").filter(firm_id=person.firm_id)
    return sorted(everyone, key=lambda one: (one.left_at is not None, one.name.lower(), one.id))


def who_work(person: Person) -> list[Person]:
    """Return those of the person's firm who may be given work: here now, and not only to read."""
    return [one for one in of_firm(person) if not one.left_at and set(one.roles) != {Role.EXAMINER}]


def ask_in(
    *,
    name: str,
    email: str,
    roles: frozenset[str],
    password: str,
    by: Person,
    at: datetime,
    must_choose_password: bool = False,
) -> AskedIn:
    """Ask someone into the firm. An account that another firm knows is joined with its own password.

    With ``must_choose_password`` a new account chooses its own as soon as it signs in.
    Refuses: NotAllowed, DetailsNotRight, AlreadyInFirm.
    """
    require(by, Act.MANAGE_PEOPLE)
    name = tidy(name)
    refuse_any([*accounts.problems(name, email), *_role_problems(roles)])
    with transaction.atomic():
        firms.lock(by.firm_id)
        user, is_new = accounts.find_or_make(
            email, password, must_choose_password=must_choose_password
        )
        here = Person.objects.filter(firm_id=by.firm_id, user=user).first()
        if here:
            raise AlreadyInFirm(here.name, here.left_at is not None)
        person = Person.objects.create(
            firm_id=by.firm_id, user=user, name=name, roles=sorted(roles), joined_at=at
        )
        changes = {"Roles": ("", _words(roles)), "Name": ("", name)}
        _record(person, "Asked in", by=by, at=at, changes=changes)
    return AskedIn(person, is_new)


def change(
    *, person: Person, name: str, roles: frozenset[str], version: int, by: Person, at: datetime
) -> Person:
    """Change a colleague's name here and their roles.

    Refuses: NotAllowed, DetailsNotRight, ChangedMeanwhile, LastAdministrator.
    """
    require(by, Act.MANAGE_PEOPLE)
    name = tidy(name)
    refuse_any([*accounts.problems(name, person.user.email), *_role_problems(roles)])
    with transaction.atomic():
        kept = _lock(person)
        versions.require(kept, KIND, seen=version)
        before: dict[str, object] = {"Name": kept.name, "Roles": _words(kept.roles)}
        after: dict[str, object] = {"Name": name, "Roles": _words(roles)}
        if before == after:
            return kept
        if Role.ADMINISTRATOR not in roles:
            _refuse_last_administrator(kept)
        kept.name, kept.roles = name, sorted(roles)
        _save(kept, "name", "roles")
        _record(kept, "Changed", by=by, at=at, changes=history.differences(before, after))
    return kept


def set_roles(*, person: Person, roles: frozenset[str], by: Person, at: datetime) -> Person:
    """Set what a colleague may do, as things stand now.

    Refuses: NotAllowed, DetailsNotRight, LastAdministrator.
    """
    now = Person.objects.select_related("user").get(pk=person.pk)
    return change(person=now, name=now.name, roles=roles, version=now.version, by=by, at=at)


def leave(*, person: Person, by: Person, at: datetime) -> Person:
    """Let someone leave: from now on they see nothing here; what they did stays theirs.

    Refuses: NotAllowed, HasLeftAlready, LastAdministrator.
    """
    require(by, Act.MANAGE_PEOPLE)
    with transaction.atomic():
        kept = _lock(person)
        if kept.left_at:
            raise HasLeftAlready(kept.name)
        _refuse_last_administrator(kept)
        kept.left_at = at
        _save(kept, "left_at")
        _record(kept, "Left", by=by, at=at)
    return kept


def come_back(*, person: Person, by: Person, at: datetime) -> Person:
    """Let someone who left return, with the roles they had.

    Refuses: NotAllowed, IsHereAlready.
    """
    require(by, Act.MANAGE_PEOPLE)
    with transaction.atomic():
        kept = _lock(person)
        if not kept.left_at:
            raise IsHereAlready(kept.name)
        kept.left_at = None
        _save(kept, "left_at")
        _record(kept, "Returned", by=by, at=at)
    return kept


def set_wishes(*, theme: Theme, uses_letter_keys: bool, by: Person, at: datetime) -> Person:
    """Set how the screen looks for this person and whether single letters are commands.

    Everyone may, the examiner too: it changes nothing of the firm's.
    """
    with transaction.atomic():
        kept = _lock(by)
        before: dict[str, object] = {
            "Theme": kept.theme,
            "Letter keys": "on" if kept.uses_letter_keys else "off",
        }
        after: dict[str, object] = {
            "Theme": theme,
            "Letter keys": "on" if uses_letter_keys else "off",
        }
        if before == after:
            return kept
        kept.theme, kept.uses_letter_keys = theme, uses_letter_keys
        _save(kept, "theme", "uses_letter_keys")
        changes = history.differences(before, after)
        _record(kept, "Chose how the screen looks", by=by, at=at, changes=changes)
    return kept


def _lock(person: Person) -> Person:
    firms.lock(person.firm_id)  # one administrator at a time: two may not make each other the last
    locked = Person.objects.select_for_update(no_key=True, of=("self",)).select_related("user")
    return locked.get(pk=person.pk)


def _save(person: Person, *columns: str) -> None:
    person.version += 1
    person.save(update_fields=[*columns, "version"])


def _role_problems(roles: frozenset[str]) -> list[Problem]:
    if not roles:
        return [Problem("roles", "Choose at least one role.")]
    if Role.EXAMINER in roles and len(roles) > 1:
        return [Problem("roles", "An examiner only reads: choose no other role with it.")]
    return []


def _refuse_last_administrator(person: Person) -> None:
    if person.left_at or not person.has_role(Role.ADMINISTRATOR):
        return
    others = Person.objects.filter(
        firm_id=person.firm_id, left_at__isnull=True, roles__contains=[Role.ADMINISTRATOR]
    )
    if not others.exclude(pk=person.pk).exists():
        raise LastAdministrator(person.name)


def _words(roles: list[str] | frozenset[str]) -> str:
    return ", ".join(sorted(Role(role).label for role in roles))


def _record(
    person: Person, act: str, *, by: Person, at: datetime, changes: history.Changes | None = None
) -> None:
    history.record(
        of=(KIND, person.id), firm_id=person.firm_id, act=act, by=by, at=at, changes=changes
    )

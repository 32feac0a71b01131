"""Tokens: a person's leave for a program to act as they may, within scopes, until it is revoked."""

import hashlib
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.lib.secret import Secret
from chancery.practice import firms, history, people
from chancery.practice.models import ApiToken as ApiToken
from chancery.practice.models import Person
from chancery.practice.models.firm import Role

NAME_AT_MOST = 60
LIVE_AT_MOST = 20
PASSWORD_LASTS = timedelta(minutes=10)
RELEASES_FOR = timedelta(days=90)
"""How long a token may let money leave: it stands for its person's password all that time."""
_USE_IS_NOTED_EVERY = timedelta(hours=1)
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_PREFIX, _SECRET_BYTES = 10, 32
_FORM = re.compile(r"chancery_(?P<prefix>[a-z2-9]{10})_[A-Za-z0-9_-]{43}", re.ASCII)


class Scope(StrEnum):
    """What a token may be used for; its person's roles still decide whether the person may."""

    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    MATTERS_READ = "matters:read"
    MATTERS_WRITE = "matters:write"
    LEDGERS_READ = "ledgers:read"
    LEDGERS_WRITE = "ledgers:write"
    RECEIPTS_WRITE = "receipts:write"
    RECEIPTS_CLEAR = "receipts:clear"
    PAYEES_READ = "payees:read"
    PAYEES_WRITE = "payees:write"
    PAYEES_CHECK = "payees:check"
    REQUESTS_READ = "requests:read"
    REQUESTS_WRITE = "requests:write"
    REQUESTS_APPROVE = "requests:approve"
    WITHDRAWALS_RELEASE = "withdrawals:release"
    TRANSFERS_RELEASE = "transfers:release"
    REVERSALS_WRITE = "reversals:write"
    PROTECTIONS_WRITE = "protections:write"
    MOVEMENTS_WRITE = "movements:write"
    REGISTERS_WRITE = "registers:write"
    OPENINGS_WRITE = "openings:write"

    @property
    def only_reads(self) -> bool:
        """Return whether nothing is changed under this scope."""
        return self.value.endswith(":read")

    @property
    def releases(self) -> bool:
        """Return whether approved money moves under this scope without its person at a page."""
        return self.value.endswith(":release")


@dataclass(eq=False)
class RevokedAlready(Refusal):
    """The token is dead."""

    code = "practice.api_token_revoked_already"

    name: str

    def __str__(self) -> str:
        return f"The token {self.name} is revoked already. There is nothing to do."


@dataclass(frozen=True)
class Made:
    """A new token and its secret, which nobody can look up again."""

    token: ApiToken
    secret: Secret


@dataclass(frozen=True)
class Found:
    """Which token a secret is of, and whose firm's."""

    token_id: UUID
    firm_id: UUID
    last_used_at: datetime | None


def make(
    *,
    name: str,
    scopes: Collection[str],
    expires_at: datetime | None = None,
    password_at: datetime | None = None,
    by: Person,
    at: datetime,
) -> Made:
    """Make a token that acts as the person who makes it; an examiner's only reads.

    ``password_at`` is when the person last entered their password. One that lets money leave is made
    only right after that, and ends within ``RELEASES_FOR``. Refuses: DetailsNotRight.
    """
    name, scopes = tidy(name), frozenset(scopes)
    found = [*_problems(name, scopes, by), *_end_problems(expires_at, at)]
    if any(Scope(scope).releases for scope in scopes & set(Scope)):
        found += _release_problems(expires_at, password_at, at)
    refuse_any(found)
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(_PREFIX))
    secret = Secret(f"chancery_{prefix}_{secrets.token_urlsafe(_SECRET_BYTES)}")
    with transaction.atomic():
        firms.lock(by.firm_id)
        refuse_any(_crowd(by, at))
        token = ApiToken.objects.create(
            firm_id=by.firm_id,
            person=by,
            name=name,
            prefix=prefix,
            digest=_digest(secret.reveal()),
            scopes=sorted(scopes),
            created_at=at,
            expires_at=expires_at,
        )
        changes = {"API token": ("", name), "Scopes": ("", ", ".join(token.scopes))}
        _record(by, "Made an API token", changes, at)
    return Made(token, secret)


def revoke(*, token: ApiToken, by: Person, at: datetime) -> ApiToken:
    """End one's own token: the next request that brings it is turned away.

    Refuses: RevokedAlready.
    """
    assert token.person_id == by.id, "visible_to finds one's own tokens only"
    with transaction.atomic():
        firms.lock(by.firm_id)
        kept = ApiToken.objects.select_for_update(no_key=True).get(pk=token.pk)
        if kept.revoked_at:
            raise RevokedAlready(kept.name)
        kept.revoked_at = at
        kept.save(update_fields=["revoked_at"])
        _record(by, "Revoked an API token", {"API token": (kept.name, "")}, at)
    return kept


def visible_to(person: Person, token_id: UUID) -> ApiToken:
    """Return one's own token; raises ``ApiToken.DoesNotExist`` for any other."""
    return ApiToken.objects.get(firm_id=person.firm_id, person=person, pk=token_id)


def of_person(person: Person) -> list[ApiToken]:
    """Return one's own tokens that are not revoked, the latest first."""
    mine = ApiToken.objects.filter(firm_id=person.firm_id, person=person, revoked_at__isnull=True)
    return list(mine.order_by("-created_at", "-id"))


def find(text: str) -> Found | None:
    """Return which token this is the secret of; needs no firm to be set, and tells of no other token."""
    form = _FORM.fullmatch(text)
    if form is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM practice_api_token(%s, %s)", [form["prefix"], _digest(text)])
        row = cursor.fetchone()
    return Found(*row) if row else None


def usable(found: Found, *, at: datetime) -> ApiToken | None:
    """Return the token with its person and firm at hand, while it may be used; its firm is set already.

    It may not once it is revoked or has expired, nor while its person has left, is no longer let in,
    or has yet to choose a password.
    """
    tokens = ApiToken.objects.select_related("person__firm", "person__user")
    token = tokens.filter(
        pk=found.token_id,
        revoked_at__isnull=True,
        person__left_at__isnull=True,
        person__user__is_active=True,
        person__user__must_choose_password=False,
    ).first()
    is_over = token is not None and token.expires_at is not None and token.expires_at <= at
    return None if is_over else token


def is_use_noted(found: Found, *, at: datetime) -> bool:
    """Return whether the last use that was written down is recent enough to leave it."""
    return found.last_used_at is not None and at - found.last_used_at < _USE_IS_NOTED_EVERY


def note_use(found: Found, *, at: datetime) -> None:
    """Write down that the token was used; its firm is set already."""
    ApiToken.objects.filter(pk=found.token_id, revoked_at__isnull=True).update(last_used_at=at)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _problems(name: str, scopes: frozenset[str], by: Person) -> list[Problem]:
    found = []
    if not 0 < len(name) <= NAME_AT_MOST:
        found.append(Problem("name", f"Enter a name of at most {NAME_AT_MOST} characters."))
    if not scopes:
        found.append(Problem("scopes", "Choose at least one scope."))
    if unknown := sorted(scopes - set(Scope)):
        found.append(Problem("scopes", f"There is no scope {unknown[0]}."))
    elif by.has_role(Role.EXAMINER) and not all(Scope(scope).only_reads for scope in scopes):
        found.append(Problem("scopes", "An examiner only reads: choose scopes that read."))
    return found


def _end_problems(expires_at: datetime | None, at: datetime) -> list[Problem]:
    if expires_at is None or expires_at > at:
        return []
    return [Problem("expires_at", "Choose an end that is still to come.")]


def _release_problems(
    expires_at: datetime | None, password_at: datetime | None, at: datetime
) -> list[Problem]:
    """Return what keeps a token from letting money leave: no password just now, or no near end."""
    found = []
    if password_at is None or not timedelta(0) <= at - password_at <= PASSWORD_LASTS:
        found.append(Problem("password", "Enter your password: this token lets money leave."))
    if expires_at is None or expires_at - at > RELEASES_FOR:
        words = f"A token that lets money leave ends within {RELEASES_FOR.days} days."
        found.append(Problem("expires_at", words))
    return found


def _crowd(by: Person, at: datetime) -> list[Problem]:
    live = [one for one in of_person(by) if one.expires_at is None or one.expires_at > at]
    if len(live) < LIVE_AT_MOST:
        return []
    return [Problem("name", f"You have {LIVE_AT_MOST} tokens already; revoke one of them first.")]


def _record(person: Person, act: str, changes: history.Changes, at: datetime) -> None:
    """Write the act into the person's history, each act of which is counted."""
    Person.objects.filter(pk=person.pk).update(version=F("version") + 1)
    of = (people.KIND, person.id)
    history.record(of=of, firm_id=person.firm_id, act=act, by=person, at=at, changes=changes)

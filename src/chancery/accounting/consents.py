"""Send a person to Xero's consent page and take them back: each state is used once, by who was sent.

Xero is asked outside every transaction; what it said is written in one.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from chancery.accounting import connections, deliveries, refreshing, vault
from chancery.accounting.models import Connection, Consent
from chancery.accounting.xero import first_look, oauth, registration, tokens
from chancery.lib import ids
from chancery.lib.refusals import Outage, Refusal
from chancery.lib.secret import Secret
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope

GOOD_FOR = timedelta(minutes=10)


@dataclass(eq=False)
class ConsentRefused(Refusal):
    """The person said no on Xero's page, or Xero did."""

    code = "accounting.consent_refused"

    said: str

    def __str__(self) -> str:
        if self.said == "access_denied":
            return "Access was not allowed on Xero's page. Connect again when you are ready to."
        return f"Xero ended the sign-in ({self.said}). Connect again; if it repeats, tell your help desk."


@dataclass(eq=False)
class ConsentIsForged(Refusal):
    """This way back was never opened for this person in this browser."""

    code = "accounting.consent_is_forged"

    def __str__(self) -> str:
        return (
            "This return from Xero does not belong to a connection that you began in this browser. "
            "Connect again from Admin > Accounting, and stay in this browser."
        )


@dataclass(eq=False)
class ConsentIsStale(Refusal):
    """The way back was used before or was open too long."""

    code = "accounting.consent_is_stale"

    def __str__(self) -> str:
        return (
            "This return from Xero was used already, came after more than ten minutes, or somebody of the "
            "firm began again since. "
            "Connect again from Admin > Accounting."
        )


@dataclass(eq=False)
class NoOrganisation(Refusal):
    """The person allowed access but to no organisation."""

    code = "accounting.no_organisation"

    def __str__(self) -> str:
        return (
            "No organisation was ticked on Xero's page, or the sign-in used there has none. Connect "
            "again and tick the firm's organisation; if it is not listed, sign in to Xero as somebody "
            "who may use it."
        )


@dataclass(frozen=True)
class Began:
    """Where to send the person, and which consent their session remembers."""

    consent_id: UUID
    address: str


@dataclass(frozen=True)
class Answer:
    """What a person came back with, as Xero's page wrote it into the address."""

    state: str
    code: str
    error: str


@dataclass(frozen=True)
class _Granted:
    """A consent that came back well: what Xero gave, when, and the clock to go on with."""

    consent_id: UUID
    app: registration.Registration
    grant: oauth.Grant
    given_at: datetime
    now: Callable[[], datetime]


def leads_to_sandbox() -> bool:
    """Return whether a consent begun now is the sandbox's, so that nobody takes it for Xero's."""
    try:
        return registration.current().is_sandbox
    except registration.XeroAppIsMissing:
        return False


def begin(*, by: Person, at: datetime) -> Began:
    """Open a way to Xero's consent page and back, for this person; every earlier one of the firm ends.

    Refuses: NotAllowed, XeroAppIsMissing, KeyFileIsMissing, KeyFileIsOpenToOthers.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    app = registration.current()
    Consent.objects.filter(ended_at__isnull=True).update(ended_at=at, sealed=b"")
    state, verifier, consent_id = secrets.token_urlsafe(32), oauth.new_verifier(), ids.new()
    Consent.objects.create(
        id=consent_id,
        firm_id=by.firm_id,
        person=by,
        state_hash=_hash(state),
        sealed=vault.seal({"verifier": verifier}, bound_to=_place(consent_id)),
        started_at=at,
    )
    return Began(consent_id, oauth.consent_address(app, state=state, verifier=verifier))


def finish(
    *, answer: Answer, consent_id: UUID | None, by: Person, now: Callable[[], datetime]
) -> Connection | None:
    """Take the person back and connect; None where one of several organisations is to be chosen.

    ``consent_id`` is the one that the person's session remembers. Refuses: ConsentIsForged,
    ConsentIsStale, ConsentRefused, NoOrganisation, GrantIsDead, XeroRefusesTheApp, and as
    connections.connect; raises XeroOutOfReach and the port's answers.
    """
    at = now()
    verifier = _claim(answer, consent_id, by, at)
    if answer.error or not answer.code:
        raise ConsentRefused(answer.error or "no code")
    app = registration.current()
    grant = oauth.exchange(app, code=answer.code, verifier=verifier)
    assert consent_id is not None, "a claimed consent is the one that the session remembers"
    granted = _Granted(consent_id, app, grant, at, now)
    allowed = oauth.connections(app, grant.access)
    if not allowed:
        _abandon(granted, by)
        raise NoOrganisation
    chosen = allowed[0] if len(allowed) == 1 else _ours_of(allowed, by)
    if chosen is None:
        look = first_look.Look(app, grant.access, by.firm_id, now)
        named = first_look.with_currencies(look, allowed, lane_of=connections.lane)
        _keep_for_choosing(granted, named, by)
        return None
    try:
        return _connect(granted, chosen, by)
    except Refusal:
        _abandon(granted, by)
        raise


def choose(
    *, consent_id: UUID, organisation_id: str, by: Person, now: Callable[[], datetime]
) -> Connection:
    """Connect the one of several organisations that the person names.

    A refusal leaves the others to choose from. Refuses: ConsentIsStale, and as connections.connect.
    """
    at = now()
    with _alone(by):
        consent = _open_for_choosing(consent_id, by, at)
        held = vault.unseal(consent.sealed, bound_to=_place(consent_id))
        allowed = {found.organisation_id: found for found in _listed(consent)}
    if organisation_id not in allowed:
        raise ConsentIsStale
    assert consent.returned_at is not None, "it is open for choosing since the person came back"
    grant = oauth.Grant(held["access"], held["refresh"], int(held["lasts"].reveal()))
    granted = _Granted(consent_id, registration.current(), grant, consent.returned_at, now)
    return _connect(granted, allowed[organisation_id], by)


def to_choose_from(
    *, consent_id: UUID, by: Person, at: datetime
) -> list[oauth.AllowedOrganisation]:
    """Return the organisations of which this person is to choose one, by name.

    Refuses: ConsentIsStale.
    """
    return _listed(_open_for_choosing(consent_id, by, at))


def _claim(answer: Answer, consent_id: UUID | None, by: Person, at: datetime) -> Secret:
    """Use up the consent of this state and return its verifier; whoever comes second is refused."""
    with _alone(by):
        consent = Consent.objects.select_for_update().filter(state_hash=_hash(answer.state)).first()
        if consent is None or consent.person_id != by.id or consent.id != consent_id:
            raise ConsentIsForged
        if consent.returned_at or consent.ended_at or consent.started_at + GOOD_FOR <= at:
            raise ConsentIsStale
        held = vault.unseal(consent.sealed, bound_to=_place(consent.id))
        consent.returned_at, consent.ended_at, consent.sealed = at, at, b""
        consent.save(update_fields=["returned_at", "ended_at", "sealed"])
    return held["verifier"]


def _ours_of(
    allowed: list[oauth.AllowedOrganisation], by: Person
) -> oauth.AllowedOrganisation | None:
    """Return the organisation that the firm is bound to already, if it is among the allowed."""
    with _alone(by):
        connection = connections.of_firm()
    if connection is None:
        return None
    same = (found for found in allowed if found.organisation_id == connection.organisation_id)
    return next(same, None)


def _keep_for_choosing(
    granted: _Granted, allowed: list[oauth.AllowedOrganisation], by: Person
) -> None:
    """Keep the grant, sealed, for the minutes in which the person chooses."""
    fields = {
        "access": granted.grant.access.reveal(),
        "refresh": granted.grant.refresh.reveal(),
        "lasts": str(granted.grant.lasts_seconds),
    }
    with _alone(by):
        consent = Consent.objects.select_for_update().get(pk=granted.consent_id)
        consent.sealed = vault.seal(fields, bound_to=_place(consent.id))
        consent.organisations = [vars(found) for found in allowed]
        consent.ended_at = None
        consent.save(update_fields=["sealed", "organisations", "ended_at"])


def _connect(granted: _Granted, chosen: oauth.AllowedOrganisation, by: Person) -> Connection:
    """Look at the organisation, then connect it and ask for its first refresh in one transaction."""
    look = first_look.Look(granted.app, granted.grant.access, by.firm_id, granted.now)
    lane = connections.lane(chosen.organisation_id)
    organisation = first_look.organisation(look, chosen, lane=lane)
    allowed = connections.Allowed(organisation, chosen.connection_id, granted.app.is_sandbox)
    at = granted.now()
    with _alone(by):
        connection = connections.connect(allowed=allowed, by=by, at=at)
        tokens.store(connection, granted.grant, at=granted.given_at)
        deliveries.go_on_after_reconnecting(by=by, at=at)
        refreshing.request(by=by, at=at)
        Consent.objects.filter(pk=granted.consent_id).update(ended_at=at, sealed=b"")
    return connection


def _abandon(granted: _Granted, by: Person) -> None:
    """Give back a grant that connects nothing, unless that would end a connection that lives.

    The same person of Xero may have connected other firms here, and giving back ends all of theirs.
    """
    with _alone(by):
        is_needed = vault.anything_is_sealed()
    if not is_needed:
        with suppress(Outage, Refusal):  # the refusal that led here is what the person must read
            oauth.revoke(granted.app, granted.grant.refresh)


def _open_for_choosing(consent_id: UUID, by: Person, at: datetime) -> Consent:
    waiting = Consent.objects.filter(
        pk=consent_id, person=by, ended_at__isnull=True, returned_at__gt=at - GOOD_FOR
    )
    if (consent := waiting.first()) is None:
        raise ConsentIsStale
    return consent


def _listed(consent: Consent) -> list[oauth.AllowedOrganisation]:
    return [oauth.AllowedOrganisation(**found) for found in consent.organisations]


@contextmanager
def _alone(by: Person) -> Iterator[None]:
    """Run the block in a transaction of its own, committed before Xero is asked anything more."""
    with transaction.atomic(durable=True), firm_scope(by.firm_id, user_id=by.user_id):
        yield


def _hash(state: str) -> str:
    return hashlib.sha256(state.encode()).hexdigest()


def _place(consent_id: UUID) -> str:
    return f"consent {consent_id}"

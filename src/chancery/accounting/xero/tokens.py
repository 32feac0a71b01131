"""Access tokens for a connection: refreshed once however many ask, and stored before they are used."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from chancery.accounting import connections, vault
from chancery.accounting.models import Connection, TokenPair
from chancery.accounting.models.connection import ConnectionState
from chancery.accounting.xero import oauth, registration
from chancery.lib import kill_points
from chancery.lib.refusals import Refusal
from chancery.lib.secret import Secret
from chancery.lib.vault import KeyDoesNotFit, KeyFileIsMissing, KeyFileIsOpenToOthers
from chancery.tenancy.scope import firm_scope

# Two minutes before the end, so that a call that begins now still holds a good pass when it arrives.
_SPARE = timedelta(minutes=2)


@dataclass(eq=False)
class ConnectionIsGone(Refusal):
    """Nobody is let in to Xero for this firm at the moment."""

    code = "xero.connection_is_gone"

    def __str__(self) -> str:
        return "The connection to Xero is not there. Press Reconnect on Admin > Accounting > Xero."


def store(connection: Connection, grant: oauth.Grant, *, at: datetime) -> None:
    """Keep a new connection's tokens, sealed, in place of any before."""
    TokenPair.objects.filter(connection=connection).delete()
    TokenPair.objects.create(
        firm_id=connection.firm_id,
        connection=connection,
        sealed=_sealed(connection, grant),
        expires_at=at + timedelta(seconds=grant.lasts_seconds),
        stored_at=at,
    )


def take_away() -> Secret | None:
    """Delete the firm's tokens and return the refresh token, to be revoked; None where none opens."""
    pair = TokenPair.objects.select_for_update(of=("self",)).select_related("connection").first()
    if pair is None:
        return None
    pair.delete()
    try:
        return _opened(pair.connection, pair)["refresh"]
    except (KeyDoesNotFit, KeyFileIsMissing, KeyFileIsOpenToOthers):
        return None  # without its key the pair is worth nothing, and the person wants it gone


def access_for(connection: Connection, at: datetime) -> Secret:
    """Return an access token that is good at this instant, refreshing it when it is not.

    Never inside another transaction: what Xero gave must be stored for good before it is used.
    Refuses: ConnectionIsGone, KeyFileIsMissing, KeyFileIsOpenToOthers, KeyDoesNotFit,
    XeroRefusesTheApp, XeroAppIsMissing.
    """
    with firm_scope(connection.firm_id):
        pair = _pair(connection)
    if _is_fresh(pair, at):
        return _opened(connection, pair)["access"]
    return _refreshed(connection, at, refused=None)


def renewed(connection: Connection, at: datetime, *, refused: Secret) -> Secret:
    """Return another access token than this one, which Xero refused before its time.

    Refuses: as access_for.
    """
    return _refreshed(connection, at, refused=refused)


def _refreshed(connection: Connection, at: datetime, *, refused: Secret | None) -> Secret:
    try:
        return _refresh_alone(connection, at, refused)
    except oauth.GrantIsDead:
        return _after_dead_grant(connection, at, refused)


def _refresh_alone(connection: Connection, at: datetime, refused: Secret | None) -> Secret:
    """Refresh under the row's lock; whoever waited for it finds the work done and uses that."""
    with transaction.atomic(durable=True), firm_scope(connection.firm_id):
        pair = _pair(connection, lock=True)
        held = _opened(connection, pair)
        if _is_fresh(pair, at) and held["access"] != refused:
            return held["access"]
        grant = oauth.refresh(registration.current(), held["refresh"])
        kill_points.reach("tokens.answered")
        pair.sealed = _sealed(connection, grant)
        pair.expires_at = at + timedelta(seconds=grant.lasts_seconds)
        pair.refreshes += 1
        pair.stored_at = at
        pair.save(update_fields=["sealed", "expires_at", "refreshes", "stored_at"])
    kill_points.reach("tokens.stored")
    return grant.access


def _after_dead_grant(connection: Connection, at: datetime, refused: Secret | None) -> Secret:
    """Look once whether somebody else has newer tokens; if not, the connection is lost."""
    with transaction.atomic(durable=True), firm_scope(connection.firm_id):
        connections.hold()
        pair = _pair(connection, lock=True)
        held = _opened(connection, pair)
        if _is_fresh(pair, at) and held["access"] != refused:
            return held["access"]
        connections.mark_lost(
            connection,
            because="Xero no longer honours the permission: it was taken back there or lapsed unused.",
            at=at,
        )
    raise ConnectionIsGone


def _pair(connection: Connection, *, lock: bool = False) -> TokenPair:
    pairs = TokenPair.objects.filter(
        connection_id=connection.id, connection__state=ConnectionState.CONNECTED
    )
    pair = (pairs.select_for_update(of=("self",)) if lock else pairs).first()
    if pair is None:
        raise ConnectionIsGone
    return pair


def _is_fresh(pair: TokenPair, at: datetime) -> bool:
    return pair.expires_at - _SPARE > at


def _sealed(connection: Connection, grant: oauth.Grant) -> bytes:
    fields = {"access": grant.access.reveal(), "refresh": grant.refresh.reveal()}
    return vault.seal(fields, bound_to=_place(connection))


def _opened(connection: Connection, pair: TokenPair) -> dict[str, Secret]:
    return vault.unseal(pair.sealed, bound_to=_place(connection))


def _place(connection: Connection) -> str:
    return f"tokens of connection {connection.id}"

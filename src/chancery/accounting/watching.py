"""See within a minute that Xero no longer lets us in, though nothing is on its way there.

The list of connections is asked for: no organisation's budget counts that call.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection as database
from django.db.models import Q

from chancery.accounting import connections
from chancery.accounting.models import Connection
from chancery.accounting.models.connection import ConnectionState
from chancery.accounting.xero import oauth, registration, tokens
from chancery.lib.refusals import Outage, Refusal
from chancery.lib.secret import Secret
from chancery.tenancy.scope import firm_scope

UNSEEN_MOST = timedelta(
    seconds=40
)  # with the worker's 15 seconds between two looks, under a minute
_GONE = "Somebody disconnected Chancery in Xero."


def due(*, at: datetime) -> list[UUID]:
    """Return the firms whose connection was not seen for a while, and not a word of what it is."""
    with database.cursor() as cursor:
        cursor.execute("SELECT accounting_connections_unseen(%s)", [at - UNSEEN_MOST])
        return [row[0] for row in cursor.fetchall()]


def look(firm_id: UUID, now: Callable[[], datetime]) -> str:
    """Ask whether the firm's connection still stands; mark it lost if not. Return how it was found.

    What Xero cannot or will not tell now is asked again at the next look; work that is on its way
    meets the same trouble and says so to a person.
    """
    connection = _take(firm_id, now())
    if connection is None:
        return "not due"
    try:
        allowed = _allowed(connection, now)
    except tokens.ConnectionIsGone:
        return "lost"
    except (Outage, Refusal) as untold:
        return untold.code
    if connection.organisation_id in {found.organisation_id for found in allowed}:
        return "stands"
    _lose(connection, now())
    return "lost"


def _take(firm_id: UUID, at: datetime) -> Connection | None:
    """Return the firm's connection for this look, unless there is none or another worker took it."""
    unseen = Q(seen_at__isnull=True) | Q(seen_at__lte=at - UNSEEN_MOST)
    with firm_scope(firm_id):
        standing = Connection.objects.select_for_update(skip_locked=True)
        connection = standing.filter(unseen, state=ConnectionState.CONNECTED).first()
        if connection is not None:
            connection.seen_at = at
            connection.save(update_fields=["seen_at"])
    return connection


def _allowed(
    connection: Connection, now: Callable[[], datetime]
) -> list[oauth.AllowedOrganisation]:
    app = registration.current()
    access: Secret = tokens.access_for(connection, now())
    try:
        return oauth.connections(app, access)
    except oauth.GrantIsDead:
        return oauth.connections(app, tokens.renewed(connection, now(), refused=access))


def _lose(looked_at: Connection, at: datetime) -> None:
    """Mark it lost, unless it was given again since it was looked at."""
    with firm_scope(looked_at.firm_id):
        connections.hold()
        same = Connection.objects.filter(pk=looked_at.pk, connected_at=looked_at.connected_at)
        if (connection := same.first()) is not None:
            connections.mark_lost(connection, because=_GONE, at=at)

"""Deliver a claimed message, and turn every way it may fail into what happens next.

The world failing means trying again, later each time; a rule or a person's part means stopping with
a sentence and a remedy. Nothing is tried for ever and nothing stops in silence.
"""

from datetime import datetime

from chancery.accounting import connections, port
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.edge import Edge
from chancery.accounting.models import Connection
from chancery.accounting.registry import HANDLERS
from chancery.lib.refusals import Outage, Refusal
from chancery.outbox import claims, messages
from chancery.outbox.claims import Claim, ClaimLost
from chancery.outbox.troubles import RETRY, Remedy, Trouble
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope

RECONNECT = Remedy("reconnect", "Reconnect")
LOST = (port.Disconnected, port.Unauthorized)
_ENDED_BY_RECONNECTING = frozenset(
    {port.Disconnected.code, port.Unauthorized.code, port.NotPermitted.code}
)
OUR_FAULT = Trouble(
    "worker.bug",
    "Chancery itself failed here. Its log says more; try again after the next update.",
    (RETRY,),
)


def deliver(claim: Claim, edge: Edge) -> str:
    """Have the message's handler do it, and return in one word how it ended, for the log.

    Anything but an outage or a refusal is a bug and is raised, after it is counted as a failure.
    """
    try:
        HANDLERS[claim.topic](claim, edge)
    except ClaimLost:
        return "overtaken"
    except (Outage, Refusal) as ending:
        return _settle(claim, edge, ending)
    except Exception:
        _settle_bug(claim, edge)
        raise
    return "handled"


def go_on_after_reconnecting(*, by: Person, at: datetime) -> int:
    """Queue again all that a lost connection had stopped; return how many."""
    return messages.retry_stopped(_ENDED_BY_RECONNECTING, firm_id=by.firm_id, by=by.id, at=at)


def _settle(claim: Claim, edge: Edge, ending: Outage | Refusal) -> str:
    try:
        with firm_scope(claim.firm_id):
            return _end(claim, edge, ending)
    except ClaimLost:
        return "overtaken"


def _end(claim: Claim, edge: Edge, ending: Outage | Refusal) -> str:
    now = edge.now()
    if isinstance(ending, port.Parked):
        claims.postpone(claim, until=ending.until, because=ending.because, at=now)
        return "postponed"
    if isinstance(ending, LOST):
        return _end_lost(claim, edge, ending)
    if isinstance(ending, port.NotPermitted):
        claims.needs_person(claim, _trouble(ending, RECONNECT, RETRY), at=now)
        return "not permitted"
    if isinstance(ending, Refusal):
        claims.needs_person(claim, _trouble(ending, RETRY), at=now)
        return "refused"
    claims.fail(claim, _trouble(ending, RETRY), spread=edge.chance(), at=now)
    return "failed"


def _settle_bug(claim: Claim, edge: Edge) -> None:
    try:
        with firm_scope(claim.firm_id):
            claims.fail(claim, OUR_FAULT, spread=edge.chance(), at=edge.now())
    except ClaimLost:
        return


def _trouble(ending: Outage | Refusal, *remedies: Remedy) -> Trouble:
    return Trouble(ending.code, str(ending), remedies)


def _end_lost(claim: Claim, edge: Edge, ending: Outage | Refusal) -> str:
    """Stop, and mark the connection lost; one given since the claim was taken is another, and is tried."""
    now = edge.now()
    connections.hold()
    connection = Connection.objects.filter(firm_id=claim.firm_id).first()
    is_given_since = connection is not None and connection.connected_at > claim.taken_at
    if is_given_since and connections.is_live():
        claims.fail(claim, _trouble(ending, RETRY), spread=edge.chance(), at=now)
        return "failed"
    claims.needs_person(claim, _trouble(ending, RECONNECT), at=now)
    if connection is not None:
        _mark_lost(connection, ending, now)
    return "connection lost"


def _mark_lost(connection: Connection, ending: Outage | Refusal, at: datetime) -> None:
    because = getattr(ending, "because", f"{PACKAGE} refuses our access.")
    connections.mark_lost(connection, because=because[:1].upper() + because[1:], at=at)

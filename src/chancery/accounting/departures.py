"""Leave Xero, for a while or for good: end it here, then give the grant back over there."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from chancery.accounting import choices, connections, vault
from chancery.accounting.xero import oauth, registration, tokens
from chancery.lib.refusals import Outage, Refusal
from chancery.lib.secret import Secret
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope


@dataclass(frozen=True)
class _Leave:
    """What Xero needs to know of a connection that has ended here."""

    connection_id: str
    refresh: Secret


def disconnect(*, by: Person, at: datetime) -> bool:
    """End the connection and return whether Xero was told; the choice of package stays.

    Refuses: NotAllowed, NotConnected.
    """
    with transaction.atomic(durable=True), firm_scope(by.firm_id, user_id=by.user_id):
        permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
        connections.hold()
        leave = _take_leave()
        connections.disconnect(by=by, at=at)
    return _give_back(leave)


def back_out(*, by: Person, at: datetime) -> bool:
    """Take the choice back, with any connection, and return whether Xero was told.

    Refuses: as choices.back_out.
    """
    with transaction.atomic(durable=True), firm_scope(by.firm_id, user_id=by.user_id):
        permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
        connections.hold()
        leave = _take_leave()
        choices.back_out(by=by, at=at)
    return _give_back(leave)


def _take_leave() -> _Leave | None:
    connection, refresh = connections.of_firm(), tokens.take_away()
    return _Leave(connection.connection_id, refresh) if connection and refresh else None


def _give_back(leave: _Leave | None) -> bool:
    """Tell Xero, after all is committed here: a stored token that Xero no longer honours helps nobody.

    Revoking ends every connection that the same person of Xero made here, other firms' too; while any
    firm holds tokens, only this firm's connection is ended.
    """
    if leave is None:
        return True
    try:
        app = registration.current()
        if vault.anything_is_sealed():
            access = oauth.refresh(app, leave.refresh).access
            oauth.end_connection(app, access, leave.connection_id)
        else:
            oauth.revoke(app, leave.refresh)
    except (Outage, Refusal):
        return False
    return True

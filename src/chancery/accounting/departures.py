"""Leave Xero, for a while or for good: end it here, then give the grant back over there."""

from datetime import datetime

from django.db import transaction

from chancery.accounting import choices, connections
from chancery.accounting.xero import oauth, registration, tokens
from chancery.lib.refusals import Outage, Refusal
from chancery.lib.secret import Secret
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope


def disconnect(*, by: Person, at: datetime) -> bool:
    """End the connection and return whether Xero was told; the choice of package stays.

    Refuses: NotAllowed, NotConnected.
    """
    with transaction.atomic(durable=True), firm_scope(by.firm_id, user_id=by.user_id):
        permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
        connections.hold()
        refresh = tokens.take_away()
        connections.disconnect(by=by, at=at)
    return _give_back(refresh)


def back_out(*, by: Person, at: datetime) -> bool:
    """Take the choice back, with any connection, and return whether Xero was told.

    Refuses: as choices.back_out.
    """
    with transaction.atomic(durable=True), firm_scope(by.firm_id, user_id=by.user_id):
        permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
        connections.hold()
        refresh = tokens.take_away()
        choices.back_out(by=by, at=at)
    return _give_back(refresh)


def _give_back(refresh: Secret | None) -> bool:
    """Revoke, after all is committed here: a stored token that Xero no longer honours helps nobody."""
    if refresh is None:
        return True
    try:
        oauth.revoke(registration.current(), refresh)
    except (Outage, Refusal):
        return False
    return True

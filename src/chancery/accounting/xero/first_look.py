"""Look at an organisation before it is connected: whose it is, and in which currency its books are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from chancery.accounting import port
from chancery.accounting.xero.adapter import XeroBooks
from chancery.accounting.xero.client import Ending, XeroClient, new_http
from chancery.accounting.xero.oauth import AllowedOrganisation
from chancery.accounting.xero.registration import Registration
from chancery.lib.refusals import Outage, Refusal
from chancery.lib.secret import Secret
from chancery.outbox import lanes
from chancery.outbox.lanes import Call

ASKED_MOST = 10


@dataclass(frozen=True)
class _OnePass:
    """The access token that has just been given; there is no other to renew it with."""

    access: Secret

    def current(self) -> str:
        return self.access.reveal()

    def renewed(self, refused: str) -> str:
        return refused


@dataclass(frozen=True)
class _Counted:
    """Counts this look against the budget that the organisation will have once it is connected."""

    road: lanes.Road
    now: Callable[[], datetime]

    def begin(self, purpose: str) -> Call:
        reserved = lanes.reserve(self.road, purpose=purpose, at=self.now())
        if isinstance(reserved, lanes.WaitUntil):
            raise port.Parked(until=reserved.at, because=reserved.because)
        return reserved

    def end(self, call: Call, ending: Ending) -> None:
        lanes.release(call, status=ending.status, left_today=ending.left_today, at=self.now())

    def park(self, until: datetime, because: str) -> None:
        lanes.park(self.road, until=until, because=because)


@dataclass(frozen=True)
class Look:
    """Who looks, with what pass, at what time."""

    app: Registration
    access: Secret
    firm_id: UUID
    now: Callable[[], datetime]


def organisation(look: Look, allowed: AllowedOrganisation, *, lane: str) -> port.Organisation:
    """Return what the organisation says of itself. Raises any of the port's answers."""
    meter = _Counted(lanes.Road(look.firm_id, lane), look.now)
    with new_http() as http:
        client = XeroClient(
            http=http,
            base_url=look.app.api_url,
            organisation_id=allowed.organisation_id,
            passes=_OnePass(look.access),
            meter=meter,
            now=look.now,
        )
        found = XeroBooks(client).organisation()
    return replace(found, id=allowed.organisation_id)


def with_currencies(
    look: Look, allowed: Sequence[AllowedOrganisation], *, lane_of: Callable[[str], str]
) -> list[AllowedOrganisation]:
    """Return them by name, with the currency of each that says it: one call each, ASKED_MOST at most.

    A currency helps to choose and no more: what cannot be learnt now stays empty.
    """
    named = sorted(allowed, key=lambda found: (found.name.casefold(), found.organisation_id))
    known: list[AllowedOrganisation] = []
    for found in named[:ASKED_MOST]:
        try:
            currency = organisation(look, found, lane=lane_of(found.organisation_id)).currency
        except Refusal:
            currency = ""
        except Outage:
            break
        known.append(replace(found, currency=currency))
    return known + named[len(known) :]

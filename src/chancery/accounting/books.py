"""Open the books of the firm's organisation: its connection, its tokens, its lane, and the adapter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import httpx2

from chancery.accounting import connections, port
from chancery.accounting.models import Connection
from chancery.accounting.models.connection import ConnectionState
from chancery.accounting.xero import registration, tokens
from chancery.accounting.xero.adapter import XeroBooks
from chancery.accounting.xero.client import Ending, XeroClient
from chancery.lib.secret import Secret
from chancery.outbox import lanes
from chancery.outbox.lanes import Call, Road
from chancery.tenancy.scope import firm_scope

Now = Callable[[], datetime]


@dataclass(frozen=True)
class Way:
    """How the worker calls out: with which connections, by which clock, and how long a call may last."""

    http: httpx2.Client
    now: Now
    call_lasts: timedelta


def of_firm(firm_id: UUID, way: Way) -> port.Books:
    """Return the books of the organisation that this firm is connected to.

    Refuses: port.Disconnected, XeroAppIsMissing.
    """
    with firm_scope(firm_id):
        connection = Connection.objects.first()
    if connection is None or connection.state != ConnectionState.CONNECTED:
        because = connection.lost_because if connection else ""
        raise port.Disconnected(because or "it was ended here.")
    road = Road(firm_id, connections.lane(connection.organisation_id), way.call_lasts)
    return XeroBooks(
        XeroClient(
            http=way.http,
            base_url=registration.current().api_url,
            organisation_id=connection.organisation_id,
            passes=_Passes(connection, way.now),
            meter=_Meter(road, way.now),
            now=way.now,
        )
    )


@dataclass(frozen=True)
class _Passes:
    """The connection's access tokens, refreshed under their row's lock."""

    connection: Connection
    now: Now

    def current(self) -> str:
        return self._revealed(lambda: tokens.access_for(self.connection, self.now()))

    def renewed(self, refused: str) -> str:
        spent = Secret(refused)
        return self._revealed(lambda: tokens.renewed(self.connection, self.now(), refused=spent))

    def _revealed(self, get: Callable[[], Secret]) -> str:
        try:
            return get().reveal()
        except tokens.ConnectionIsGone as gone:
            raise port.Disconnected("its permission has ended.") from gone


@dataclass(frozen=True)
class _Meter:
    """Every request is reserved on the organisation's lane before it leaves."""

    road: Road
    now: Now

    def begin(self, purpose: str) -> Call:
        reserved = lanes.reserve(self.road, purpose=purpose, at=self.now())
        if isinstance(reserved, lanes.WaitUntil):
            raise port.Parked(until=reserved.at, because=reserved.because)
        return reserved

    def end(self, call: Call, ending: Ending) -> None:
        lanes.release(call, status=ending.status, left_today=ending.left_today, at=self.now())

    def park(self, until: datetime, because: str) -> None:
        lanes.park(self.road, until=until, because=because)

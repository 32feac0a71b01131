"""Bound how fast one organisation is called, however many workers there are: the lane's row is the gate.

A call is reserved in a transaction of its own, committed before the request leaves, so that a worker
that dies in the middle has been counted. Windows slide: no minute and no day anywhere holds more.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from chancery.lib import ids
from chancery.outbox.models import Call as Call
from chancery.outbox.models import Lane
from chancery.tenancy.scope import firm_scope

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
_SOON = timedelta(milliseconds=200)
_CALL_LASTS = timedelta(seconds=40)


@dataclass(frozen=True)
class WaitUntil:
    """No call may leave before then."""

    at: datetime
    because: str


@dataclass(frozen=True)
class Road:
    """Which lane of which firm, and how long a call that is never ended counts as under way."""

    firm_id: UUID
    name: str
    call_lasts: timedelta = _CALL_LASTS


@dataclass(frozen=True)
class Use:
    """How much of a lane's budgets is spent, for the page that shows it."""

    per_day: int
    today: int
    left_there: int | None
    parked_until: datetime | None
    parked_because: str


def reserve(road: Road, *, purpose: str, at: datetime) -> Call | WaitUntil:
    """Reserve one call, committed at once; or say until when to wait.

    A full minute or a spent day parks the lane, so that nobody claims work for it in vain.
    """
    assert not connection.in_atomic_block, "a reservation is committed before its request leaves"
    with firm_scope(road.firm_id):
        lane = _locked(road)
        refused = _resting(lane, at) or _over_budget(lane, at)
        if refused is not None:
            return refused
        return Call.objects.create(
            id=ids.new(),
            firm_id=road.firm_id,
            lane=lane,
            started_at=at,
            given_up_at=at + road.call_lasts,
            purpose=purpose,
        )


def release(call: Call, *, status: int | None, left_today: int | None, at: datetime) -> None:
    """End a call, with what came of it and how many calls the other side still grants today."""
    with firm_scope(call.firm_id):
        Call.objects.filter(pk=call.pk).update(ended_at=at, status=status)
        if left_today is not None:
            Lane.objects.filter(pk=call.lane_id).update(day_remaining_there=left_today)


def park(road: Road, *, until: datetime, because: str) -> None:
    """Let nobody call along this lane before then; a longer rest is never shortened."""
    with firm_scope(road.firm_id):
        _park(_locked(road), until, because)


def use(road: Road, *, at: datetime) -> Use:
    """Return how much of the lane is used; runs in the caller's transaction."""
    lane = Lane.objects.filter(firm_id=road.firm_id, name=road.name).first()
    if lane is None:
        return Use(Lane(name=road.name).per_day, 0, None, None, "")
    is_parked = lane.parked_until is not None and lane.parked_until > at
    return Use(
        per_day=lane.per_day,
        today=Call.objects.filter(lane=lane, started_at__gt=at - DAY).count(),
        left_there=lane.day_remaining_there,
        parked_until=lane.parked_until if is_parked else None,
        parked_because=lane.parked_because if is_parked else "",
    )


def resting(firm_id: UUID, *, at: datetime) -> dict[str, WaitUntil]:
    """Return the firm's lanes that rest now, by name."""
    parked = Lane.objects.filter(firm_id=firm_id, parked_until__gt=at)
    return {
        lane.name: WaitUntil(lane.parked_until, lane.parked_because)
        for lane in parked
        if lane.parked_until is not None
    }


def _locked(road: Road) -> Lane:
    """Return the lane's row, locked; made first when it is new, for nothing can lock what is not there."""
    ours = Lane.objects.select_for_update().filter(firm_id=road.firm_id, name=road.name)
    if (lane := ours.first()) is not None:
        return lane
    fresh = Lane(id=ids.new(), firm_id=road.firm_id, name=road.name)
    Lane.objects.bulk_create([fresh], ignore_conflicts=True)
    return ours.get()


def _resting(lane: Lane, at: datetime) -> WaitUntil | None:
    if lane.parked_until is None or lane.parked_until <= at:
        return None
    return WaitUntil(lane.parked_until, lane.parked_because)


def _over_budget(lane: Lane, at: datetime) -> WaitUntil | None:
    full = _full_window(lane, at, DAY, lane.per_day) or _full_window(
        lane, at, MINUTE, lane.per_minute
    )
    if full is not None:
        _park(lane, full.at, full.because)
        return full
    under_way = Call.objects.filter(lane=lane, ended_at__isnull=True, given_up_at__gt=at)
    if under_way.count() >= lane.at_once:
        return WaitUntil(at + _SOON, f"Only {lane.at_once} requests may be under way at once.")
    return None


def _full_window(lane: Lane, at: datetime, window: timedelta, most: int) -> WaitUntil | None:
    """Return when the window next has room, if it is full: when enough of its calls have slid out."""
    within = Call.objects.filter(lane=lane, started_at__gt=at - window).order_by("-started_at")
    pushed_out = list(within.values_list("started_at", flat=True)[most - 1 : most])
    if not pushed_out:
        return None
    word = "day" if window == DAY else "minute"
    return WaitUntil(pushed_out[0] + window, f"The budget of {most} requests a {word} is used up.")


def _park(lane: Lane, until: datetime, because: str) -> None:
    if lane.parked_until is not None and lane.parked_until >= until:
        return
    lane.parked_until, lane.parked_because = until, because
    lane.save(update_fields=["parked_until", "parked_because"])

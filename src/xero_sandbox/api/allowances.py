"""How many calls are allowed: at once, in a minute, in a day; fixed windows on the movable clock."""

import math
from collections import Counter
from dataclasses import asdict, dataclass
from uuid import UUID

from xero_sandbox.store import Store

MINUTE, DAY = 60, 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a starter app is allowed; tests make it less."""

    concurrent: int = 5
    minute: int = 60
    day: int = 1_000
    app_minute: int = 10_000


class TooMany(Exception):
    """One of the limits is reached."""

    def __init__(self, problem: str, headers: dict[str, str], retry_after: int | None) -> None:
        super().__init__(problem)
        self.headers = {**headers, "X-Rate-Limit-Problem": problem}
        if retry_after is not None:
            self.headers["Retry-After"] = str(retry_after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A fixed span of time with the number of calls used in it."""

    name: str
    problem: str
    header: str
    length: int
    start: int
    used: int
    limit: int

    @property
    def left(self) -> int:
        """Return how many calls are left."""
        return max(self.limit - self.used, 0)

    def ends_in(self, at: float) -> int:
        """Return the whole seconds until the window ends."""
        return max(math.ceil(self.start + self.length - at), 1)


def limits(store: Store) -> Limits:
    """Return the limits in force."""
    return Limits(**store.setting("limits", {}))


def set_limits(store: Store, **changed: int) -> Limits:
    """Put these limits in force, the others stay."""
    now_in_force = Limits(**{**asdict(limits(store)), **changed})
    store.set_setting("limits", asdict(now_in_force))
    return now_in_force


def use_one(store: Store, client_id: str, tenant_id: str, at: float) -> dict[str, str]:
    """Count one call and return the headers that say what is left.

    Refuses: TooMany.
    """
    windows = _windows(store, client_id, tenant_id, at)
    for window in windows:
        if window.left == 0:
            raise TooMany(window.problem, _headers(windows, 0), window.ends_in(at))
    sql = """INSERT INTO allowance VALUES (?, ?, 1) ON CONFLICT (name) DO UPDATE SET
             used = CASE WHEN window_start = excluded.window_start THEN used + 1 ELSE 1 END,
             window_start = excluded.window_start"""
    for window in windows:
        store.run(sql, (window.name, window.start))
    return _headers(windows, 1)


def left(store: Store, client_id: str, tenant_id: str, at: float) -> dict[str, str]:
    """Return the headers that say what is left, without counting a call."""
    return _headers(_windows(store, client_id, tenant_id, at), 0)


def _headers(windows: list[Window], just_used: int) -> dict[str, str]:
    return {window.header: str(max(window.left - just_used, 0)) for window in windows}


def _windows(store: Store, client_id: str, tenant_id: str, at: float) -> list[Window]:
    allowed = limits(store)
    turn = UUID(tenant_id).int  # so that each tenant's windows start at another moment
    pair = f"{client_id} {tenant_id}"
    asked = (
        (f"app {client_id}", "appminute", "X-AppMinLimit-Remaining", MINUTE, allowed.app_minute, 0),
        (f"day {pair}", "day", "X-DayLimit-Remaining", DAY, allowed.day, turn % DAY),
        (f"minute {pair}", "minute", "X-MinLimit-Remaining", MINUTE, allowed.minute, turn % MINUTE),
    )
    return [
        Window(
            name=name,
            problem=problem,
            header=header,
            length=length,
            start=(start := math.floor((at - offset) / length) * length + offset),
            used=_used(store, name, start),
            limit=limit,
        )
        for name, problem, header, length, limit, offset in asked
    ]


def _used(store: Store, name: str, start: int) -> int:
    sql = "SELECT used FROM allowance WHERE name = ? AND window_start = ?"
    row = store.row(sql, (name, start))
    return int(row["used"]) if row else 0


class InFlight:
    """Counts the calls of each app to each tenant that are being answered at this moment."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def enter(self, name: str, limit: int) -> bool:
        """Take a place, if there is one."""
        if self._count[name] >= limit:
            return False
        self._count[name] += 1
        return True

    def leave(self, name: str) -> None:
        """Give the place back."""
        self._count[name] -= 1

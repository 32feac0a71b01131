"""The log of calls: what was asked, and what was answered."""

from dataclasses import dataclass

from xero_sandbox.store import Store

KEPT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedCall:
    """One call; without a status it got no answer."""

    call_id: int
    called_at: float
    method: str
    path: str
    query: str
    tenant_id: str
    idempotency_key: str
    status: int | None
    fault: str
    took_ms: float


def log(store: Store, *facts: object) -> None:
    """Write a call down: when, method, path, query, tenant, key, status, fault, milliseconds."""
    sql = """INSERT INTO call (called_at, method, path, query, tenant_id, idempotency_key, status,
             fault, took_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
    store.run(sql, facts)
    store.run("DELETE FROM call WHERE call_id <= (SELECT max(call_id) FROM call) - ?", (KEPT,))


def latest(store: Store, count: int) -> list[LoggedCall]:
    """Return the last calls, the newest first."""
    rows = store.rows("SELECT * FROM call ORDER BY call_id DESC LIMIT ?", (count,))
    return [LoggedCall(**dict(row)) for row in rows]


def clear(store: Store) -> None:
    """Forget all calls."""
    store.run("DELETE FROM call")

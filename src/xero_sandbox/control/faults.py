"""Faults that wait for a call: what shall go wrong, on which calls, how often."""

import json
import re
from dataclasses import dataclass
from typing import Any

from xero_sandbox.store import Store

KINDS = {"delay", "status", "drop", "drop_after_commit", "cut_json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that will go wrong."""

    fault_id: int
    method: str
    path: str
    times: int
    kind: str
    facts: dict[str, Any]


def add(
    store: Store, *, method: str, path: str, times: int, kind: str, facts: dict[str, Any]
) -> None:
    """Let this go wrong on the next calls that match."""
    sql = "INSERT INTO fault (method, path, times, kind, facts) VALUES (?, ?, ?, ?, ?)"
    store.run(sql, (method, path, times, kind, json.dumps(facts)))


def waiting(store: Store) -> list[Fault]:
    """Return the faults that have calls left to spoil, the oldest first."""
    rows = store.rows("SELECT * FROM fault ORDER BY fault_id")
    return [Fault(**{**dict(row), "facts": json.loads(row["facts"])}) for row in rows]


def take(store: Store, method: str, path: str) -> Fault | None:
    """Return the first fault that matches this call and count it, or None."""
    for fault in waiting(store):
        if not re.fullmatch(fault.method, method, re.IGNORECASE):
            continue
        if re.search(fault.path, path, re.IGNORECASE):
            sql = "UPDATE fault SET times = times - 1 WHERE fault_id = ?"
            store.run(sql, (fault.fault_id,))
            store.run("DELETE FROM fault WHERE times <= 0")
            return fault
    return None


def clear(store: Store) -> None:
    """Forget all faults."""
    store.run("DELETE FROM fault")

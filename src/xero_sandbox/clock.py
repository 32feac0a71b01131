"""The sandbox's own clock: the machine's, moved by as much as was asked for."""

import time

from xero_sandbox.store import Store


def now(store: Store) -> float:
    """Return the moment that the sandbox believes in, in seconds since 1970 (UTC)."""
    return time.time() + shift(store)


def shift(store: Store) -> float:
    """Return by how many seconds the clock stands ahead of the machine's."""
    return float(store.setting("clock_shift", 0.0))


def move(store: Store, seconds: float) -> float:
    """Set the clock this many seconds further and return the whole shift."""
    moved = shift(store) + seconds
    store.set_setting("clock_shift", moved)
    return moved

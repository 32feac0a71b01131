"""A throwaway server that keeps what it commits, as the program's own does, and Django that talks to it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]


def reach() -> None:
    """Let this process, and those that it starts, import the tests' cast and this checkout's program."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    os.environ["DJANGO_SETTINGS_MODULE"] = "chancery.config.settings_test"
    os.environ.setdefault("CHANCERY_DATABASE_URL", "postgresql://nobody@127.0.0.1/nothing")


@contextmanager
def durable() -> Iterator[str]:
    """Run a migrated server with fsync on; give its owner's address. Django is set up as the program's role."""
    reach()
    from chancery.cli import database  # noqa: PLC0415 - after the path above
    from chancery.cli.embedded import server  # noqa: PLC0415 - same reason
    from postgres import throwaway_cluster  # noqa: PLC0415 - same reason

    with throwaway_cluster() as made:
        started = server.start(made, say=lambda _: None, settings=server.SAFE)
        try:
            addresses = database.on_embedded(started)
            join(addresses.app)
            yield addresses.owner
        finally:
            from django.db import connections  # noqa: PLC0415 - after the set-up

            connections.close_all()
            started.stop()


def join(address: str) -> None:
    """Set Django up in this process against a running server."""
    reach()
    os.environ["CHANCERY_DATABASE_URL"] = address
    django.setup()


def show_ground() -> None:
    """Print what the figures were taken on: ratios count, absolutes depend on it."""
    print(f"{os.cpu_count()} processors; load of the last minute {os.getloadavg()[0]:.1f}")

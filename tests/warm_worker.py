"""A program that has loaded everything and forks a real worker for each line it is sent.

Tests kill workers by the hundred; each start from nothing would cost a second. ``blind`` takes the
look-up away, to show that the tests would notice.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from chancery.accounting.port import Account  # noqa: E402 - after the set-up
from chancery.accounting.xero.adapter import XeroBooks  # noqa: E402 - after the set-up
from chancery.worker import start  # noqa: E402 - after the set-up
from chancery.worker.pace import Pace  # noqa: E402 - after the set-up


def main() -> None:
    """Fork a worker for each line of JSON and answer with its process id."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    for line in sys.stdin:
        told = json.loads(line)
        child = os.fork()
        if child == 0:
            _be_a_worker(told)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


def _be_a_worker(told: dict[str, Any]) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.close(sys.stdin.fileno())
    if told.get("kill_at"):
        os.environ["CHANCERY_KILL_AT"] = told["kill_at"]
    if told.get("blind"):
        setattr(XeroBooks, "accounts", _see_nothing)  # noqa: B010 - the protection is taken away
    lease = timedelta(seconds=told["lease"])
    start.run(
        Pace(
            threads=told["threads"],
            look_every=timedelta(seconds=0.02),
            lease=lease,
            call_lasts=lease,
            beat_every=timedelta(seconds=1),
        )
    )
    os._exit(0)


def _see_nothing(_books: XeroBooks) -> tuple[Account, ...]:
    return ()


if __name__ == "__main__":
    main()

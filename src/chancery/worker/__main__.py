"""Run the worker: `python -m chancery.worker`."""

import argparse
import os
import sys
from datetime import timedelta

import django

from chancery.worker.pace import Pace


def main(arguments: list[str] | None = None) -> int:
    """Read the figures, start, and work until asked to end."""
    told = _parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chancery.config.settings")
    django.setup()
    from chancery.worker import start  # noqa: PLC0415 - models are imported after the set-up only

    start.run(_pace(told))
    return 0


def _parser() -> argparse.ArgumentParser:
    usual = Pace()
    parser = argparse.ArgumentParser("python -m chancery.worker", description=__doc__)
    parser.add_argument(
        "--threads", type=int, default=usual.threads, help="messages delivered at once"
    )
    parser.add_argument(
        "--look-every",
        type=float,
        default=usual.look_every.total_seconds(),
        help="seconds between two looks for work",
    )
    parser.add_argument(
        "--lease",
        type=float,
        default=usual.lease.total_seconds(),
        help="seconds after which another worker takes over what this one left undone",
    )
    return parser


def _pace(told: argparse.Namespace) -> Pace:
    lease = timedelta(seconds=told.lease)
    return Pace(
        threads=told.threads,
        look_every=timedelta(seconds=told.look_every),
        lease=lease,
        call_lasts=min(lease, Pace().call_lasts),
    )


if __name__ == "__main__":
    sys.exit(main())

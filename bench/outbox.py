"""How fast the outbox works: messages enqueued, and claimed and finished, by one process and by two.

Runs on a throwaway server of its own, as the program's own role; nothing is sent anywhere.
"""

import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
os.environ["DJANGO_SETTINGS_MODULE"] = "chancery.config.settings_test"

import django

MESSAGES = 2_000
BATCH = 20
LEASE = timedelta(seconds=60)


def found_firm() -> UUID:
    """Found a firm and return its id."""
    from world import another  # noqa: PLC0415 - after the set-up

    return another("Harbour Legal").firm_id


def enqueue(firm_id: UUID) -> float:
    """Enqueue all messages, a transaction each, and return how many a second that is."""
    from chancery.lib import clock, ids  # noqa: PLC0415 - after the set-up
    from chancery.outbox import messages  # noqa: PLC0415 - same reason
    from chancery.outbox.messages import Draft  # noqa: PLC0415 - same reason
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415 - same reason

    began = time.perf_counter()
    for number in range(MESSAGES):
        draft = Draft("bench.nothing", ids.new(), f"{began}:{number}", "books:1")
        with firm_scope(firm_id):
            messages.enqueue(draft, firm_id=firm_id, at=clock.now())
    return MESSAGES / (time.perf_counter() - began)


def work(address: str, firm_id: UUID) -> int:
    """Claim and finish until nothing is due; return how many were done."""
    os.environ["CHANCERY_DATABASE_URL"] = address
    django.setup()
    from chancery.lib import clock  # noqa: PLC0415 - after the set-up
    from chancery.outbox import claims  # noqa: PLC0415 - same reason
    from chancery.outbox.attempts import Step  # noqa: PLC0415 - same reason
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415 - same reason

    done = 0
    while True:
        with firm_scope(firm_id):
            taken = claims.take(firm_id=firm_id, limit=BATCH, lease=LEASE, at=clock.now())
        if not taken:
            return done
        for claim in taken:
            with firm_scope(firm_id):
                claims.finish(claim, Step("done"), at=clock.now())
        done += len(taken)


def main() -> None:
    """Measure with one process, then with two."""
    from django.db import connections  # noqa: PLC0415 - after the path and the settings above

    from postgres import throwaway_server  # noqa: PLC0415 - same reason

    with throwaway_server() as server:
        os.environ["CHANCERY_DATABASE_URL"] = server.addresses.app
        django.setup()
        firm_id = found_firm()
        for processes in (1, 2):
            rate = enqueue(firm_id)
            connections.close_all()
            began = time.perf_counter()
            with ProcessPoolExecutor(processes) as pool:
                parts = [pool.submit(work, server.addresses.app, firm_id) for _ in range(processes)]
                done = sum(part.result() for part in parts)
            assert done == MESSAGES
            seconds = time.perf_counter() - began
            print(f"enqueued {rate:,.0f} a second; {processes} claimed and finished", end=" ")
            print(f"{done / seconds:,.0f} a second, starting included")


if __name__ == "__main__":
    main()

"""How fast single postings are, each with every check and a durable commit, beside the bare database.

Eight processes post receipts as deeds do. Three ways take turns: the bare function, ours into twenty
trust accounts, and ours with all processes on one. The bars are ratios: the machine counts for both.
"""

import multiprocessing
import os
import random
import statistics
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

from ground import server

PROCESSES, SECONDS, ROUNDS = 8, 4.0, 5
POOLS, LEDGERS = 20, 250
BAR, BAR_ON_ONE = 0.50, 0.80


def work(address: str, way: str, pools: list[Any], start: Barrier, done: Any) -> None:
    """Post for some seconds; hand back how long each posting took."""
    server.join(address)
    from ground import bare, firms  # noqa: PLC0415 - after the set-up

    chance = random.Random(os.getpid())  # noqa: S311 - ledgers, not secrets
    took: list[float] = []

    def once() -> None:
        pool = chance.choice(pools)
        draft = pool.draft(chance.choice(pool.ledgers))
        began = time.perf_counter()
        if way == "bare":
            bare.post(pool, draft)
        else:
            firms.post(pool, [draft])
        took.append(time.perf_counter() - began)

    for _ in range(20):
        once()
    took.clear()
    start.wait()
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        once()
    done.put(took)


def measure(address: str, way: str, pools: list[Any]) -> list[float]:
    """Let all processes post at once; return how long each posting took."""
    context = multiprocessing.get_context("spawn")
    start, done = context.Barrier(PROCESSES), context.Queue()
    workers = [
        context.Process(target=work, args=(address, way, pools, start, done))
        for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    took = [one for _ in workers for one in done.get()]
    for worker in workers:
        worker.join()
    return took


def figures(took: list[float]) -> str:
    """Return the middle and the slowest hundredth, in milliseconds."""
    cuts = statistics.quantiles(took, n=100)
    return f"p50 {cuts[49] * 1000:5.1f} ms  p99 {cuts[98] * 1000:5.1f} ms"


def main() -> None:
    """Let the three ways take turns, and print the middle of each and the ratios."""
    with server.durable() as owner:
        from ground import bare, firms  # noqa: PLC0415 - after the set-up

        bare.make(owner)
        firm_id = firms.found("Harbour Legal")
        many = [firms.open_pool(firm_id, LEDGERS) for _ in range(POOLS)]
        one = firms.open_pool(firm_id, POOLS * LEDGERS)
        for pool in (*many, one):
            bare.open_pool(pool)
        address = os.environ["CHANCERY_DATABASE_URL"]
        ways: dict[str, Callable[[], list[float]]] = {
            "bare": lambda: measure(address, "bare", many),
            "ours": lambda: measure(address, "ours", many),
            "ours, one trust account": lambda: measure(address, "ours", [one]),
        }
        server.show_ground()
        rounds = [{name: way() for name, way in ways.items()} for _ in range(ROUNDS)]
    show(rounds)


def show(rounds: list[dict[str, list[float]]]) -> None:
    """Print each way's rate, and how ours compare within each round."""

    def ratio(way: str, other: str) -> float:
        return statistics.median(len(each[way]) / len(each[other]) for each in rounds)

    print(f"single postings, {PROCESSES} processes, durable")
    for name in rounds[0]:
        rate = statistics.median(len(each[name]) for each in rounds) / SECONDS
        print(
            f"  {name:24} {rate:7,.0f} a second  {figures([t for each in rounds for t in each[name]])}"
        )
    print(f"  ours / bare {ratio('ours', 'bare'):.2f} (the bar: {BAR})")
    print(
        f"  one account / many {ratio('ours, one trust account', 'ours'):.2f} (the bar: {BAR_ON_ONE})"
    )


if __name__ == "__main__":
    main()

"""How fast single postings are, each with every check and a durable commit, beside the bare database.

Eight processes post receipts as deeds do. Three ways take turns: the bare function, ours into twenty
trust accounts, and ours with all processes on one. The bars are ratios: the machine counts for both.
"""

import multiprocessing
import os
import random
import statistics
import time
from dataclasses import astuple
from multiprocessing.synchronize import Barrier
from typing import Any

from ground import server

PROCESSES, SECONDS, ROUNDS = 8, 3.0, 5
POOLS, LEDGERS = 20, 250
BAR, BAR_ON_ONE = 0.50, 0.80
BARE, OURS, ON_ONE = "bare", "ours", "ours, one trust account"
PATIENCE = 300
Round = dict[str, list[float]]


def work(address: str, pools: dict[str, list[Any]], start: Barrier, done: Any) -> None:
    """Post some seconds each way, turn by turn; hand back how long each posting took."""
    server.join(address)
    from ground import bare, firms  # noqa: PLC0415 - after the set-up

    chance = random.Random(os.getpid())  # noqa: S311 - ledgers, not secrets

    def once(way: str) -> float:
        pool = firms.Pool(*chance.choice(pools[way]))
        draft = pool.draft(chance.choice(pool.ledgers))
        began = time.perf_counter()
        if way == BARE:
            bare.post(pool, draft)
        else:
            firms.post(pool, [draft])
        return time.perf_counter() - began

    for number in range(ROUNDS):
        for way in pools:
            start.wait(PATIENCE)
            once(way)  # what a new connection plans for the first time is not counted
            end = time.perf_counter() + SECONDS
            took = []
            while time.perf_counter() < end:
                took.append(once(way))
            done.put((number, way, took))


def measure(address: str, pools: dict[str, list[Any]]) -> list[Round]:
    """Let all processes post at once, way by way; return how long each posting of a round took."""
    context = multiprocessing.get_context("spawn")
    start, done = context.Barrier(PROCESSES), context.Queue()
    # A process that starts knows no class of Django's yet, so the pools go to it as plain values.
    plain = {way: [astuple(pool) for pool in some] for way, some in pools.items()}
    workers = [
        context.Process(target=work, args=(address, plain, start, done)) for _ in range(PROCESSES)
    ]
    for worker in workers:
        worker.start()
    rounds: list[Round] = [{way: [] for way in pools} for _ in range(ROUNDS)]
    for _ in range(ROUNDS * PROCESSES * len(pools)):
        number, way, took = done.get(timeout=PATIENCE)
        rounds[number][way] += took
    for worker in workers:
        worker.join()
    return rounds


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
        server.show_ground()
        rounds = measure(
            os.environ["CHANCERY_DATABASE_URL"], {BARE: many, OURS: many, ON_ONE: [one]}
        )
    show(rounds)


def show(rounds: list[Round]) -> None:
    """Print each way's rate, and how ours compare within each round."""

    def ratio(way: str, other: str) -> float:
        return statistics.median(len(each[way]) / len(each[other]) for each in rounds)

    print(f"single postings, {PROCESSES} processes, durable")
    for name in rounds[0]:
        rate = statistics.median(len(each[name]) for each in rounds) / SECONDS
        print(
            f"  {name:24} {rate:7,.0f} a second  {figures([t for each in rounds for t in each[name]])}"
        )
    print(f"  ours / bare {ratio(OURS, BARE):.2f} (the bar: {BAR})")
    print(f"  one account / many {ratio(ON_ONE, OURS):.2f} (the bar: {BAR_ON_ONE})")


if __name__ == "__main__":
    main()

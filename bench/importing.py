"""How fast 100,000 balanced journals are imported in one call with every check, beside a bare insert."""

import resource
import statistics
import time
from collections.abc import Callable

from ground import server

JOURNALS, LEDGERS, ROUNDS = 100_000, 5_000, 3
BAR = 20_000


def rate(posts: Callable[[], object]) -> float:
    """Return how many journals a second that is."""
    began = time.perf_counter()
    posts()
    return JOURNALS / (time.perf_counter() - began)


def main() -> None:
    """Import into a fresh firm each round, by the bare insert and by ours in turn."""
    rates: dict[str, list[float]] = {"bare": [], "ours": []}
    with server.durable() as owner:
        from ground import bare, firms  # noqa: PLC0415 - after the set-up

        bare.make(owner)
        server.show_ground()
        for number in range(ROUNDS):
            pool = firms.open_pool(firms.found(f"Firm {number}"), LEDGERS)
            bare.open_pool(pool)
            drafts = firms.receipts(pool, JOURNALS)
            rates["bare"].append(rate(lambda p=pool, d=drafts: bare.post_all(p, d)))  # type: ignore[misc]
            rates["ours"].append(rate(lambda p=pool, d=drafts: firms.post(p, d)))  # type: ignore[misc]
    print(f"import of {JOURNALS:,} journals over {LEDGERS:,} ledgers in one call, durable")
    for name, some in rates.items():
        print(f"  {name:6} {statistics.median(some):8,.0f} a second  {[round(r) for r in some]}")
    ratio = statistics.median(o / b for o, b in zip(rates["ours"], rates["bare"], strict=True))
    print(f"  ours / bare {ratio:.2f}; the bar: {BAR:,} a second")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"  peak memory of this process {peak} MB")


if __name__ == "__main__":
    main()

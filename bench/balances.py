"""What questions cost among a million entries, and that a firm pays for its own data only.

One firm of 250 ledgers is asked: alone in the database, then among 20 like it (a million entries over
5,000 ledgers), then among 200. Beside each figure of ours stands the bare database's: the plainest
query over tables that hold the same money, without row security, through the same connection.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import psycopg
from ground import server

LEDGERS, ALIKE, ALL = 250, 20, 200
JOURNALS, FEW = 25_000, 500
ROUNDS = 60
Question = Callable[[], object]
Figures = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Row:
    """A question, the bar of its 95th percentile in milliseconds, and how ours and the bare one ask it."""

    name: str
    bar: float | None
    ours: Question
    bare: Question


def rows(pool: Any) -> list[Row]:
    """Return the questions about one firm's pool."""
    from ground import firms  # noqa: PLC0415 - same reason

    from chancery.ledger import balances, statements  # noqa: PLC0415 - after the set-up
    from chancery.ledger.statements import Stretch  # noqa: PLC0415 - same reason
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415 - same reason

    ledger, bank, past = pool.ledgers[7], pool.bank, firms.day(firms.DAYS // 2)
    with firm_scope(pool.firm_id):
        middle = statements.of_account(bank, Stretch(first_on=past))[0].place
        last = statements.of_account(bank, Stretch(first_on=firms.day(firms.DAYS - 2)))[0].place

    def page(after: Any) -> Question:
        return lambda: statements.of_account(bank, Stretch(after=after))

    bare_page = ask("SELECT * FROM bare_entry WHERE account = %s AND (on_day, id) > (%s, 0)"
                    " ORDER BY on_day, id LIMIT 100", bank, firms.FIRST_DAY)  # fmt: skip
    return [
        Row("one balance", 2, lambda: balances.of_accounts([ledger], on=firms.day(firms.DAYS)),
            ask("SELECT amount FROM bare_balance WHERE account = %s", ledger)),
        Row("all balances now", 20, lambda: balances.now(bank, on=firms.day(firms.DAYS)),
            ask("SELECT account, amount FROM bare_balance WHERE pool = %s", bank)),
        Row("all balances on a past day", 60, lambda: balances.on_day(bank, on=past),
            ask("SELECT b.account, d.amount FROM bare_balance b, LATERAL (SELECT amount FROM bare_day d"
                " WHERE d.account = b.account AND on_day <= %s ORDER BY on_day DESC LIMIT 1) d"
                " WHERE b.pool = %s", past, bank)),
        Row("the bank's statement, page 1", 20, page(statements.Place.START), bare_page),
        Row("its middle page", 20, page(middle), bare_page),
        Row("its last page", 20, page(last), bare_page),
        Row("one posting", None, lambda: firms.post_within(pool), lambda: None),
    ]  # fmt: skip


def ask(query: str, *parameters: object) -> Question:
    """Return a question to the bare tables."""
    from django.db import connection  # noqa: PLC0415 - after the set-up

    def question() -> object:
        with connection.cursor() as cursor:
            cursor.execute(query, parameters)
            return cursor.fetchall()

    return question


def measure(pool: Any) -> dict[str, tuple[Figures, float | None]]:
    """Ask each question many times, ours and the bare one in turn, in the firm's transaction."""
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415 - after the set-up

    found: dict[str, tuple[Figures, float | None]] = {}
    for row in rows(pool):
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for _ in range(ROUNDS):
            for name, question in (("ours", row.ours), ("bare", row.bare)):
                with firm_scope(pool.firm_id):
                    began = time.perf_counter()
                    question()
                    times[name].append((time.perf_counter() - began) * 1000)
        found[row.name] = ({name: middle_and_slow(some) for name, some in times.items()}, row.bar)
    return found


def middle_and_slow(times: list[float]) -> tuple[float, float]:
    """Return the middle and the 95th percentile."""
    return statistics.median(times), statistics.quantiles(times, n=100)[94]


def fill(firm_number: int, journals: int) -> Any:
    """Found a firm with its ledgers and so many journals."""
    from ground import firms  # noqa: PLC0415 - after the set-up

    pool = firms.open_pool(firms.found(f"Firm {firm_number}"), LEDGERS)
    firms.post(pool, firms.receipts(pool, journals))
    return pool


def analyze(owner: str) -> None:
    """Let the planner know the tables, as the server's own upkeep does in time."""
    with psycopg.connect(owner, autocommit=True) as connected:
        connected.execute("VACUUM ANALYZE")


def main() -> None:
    """Measure the same firm among 1, 20 and 200, and print the figures side by side."""
    taken: dict[int, dict[str, tuple[Figures, float | None]]] = {}
    with server.durable() as owner:
        from ground import bare  # noqa: PLC0415 - after the set-up

        bare.make(owner)
        asked = fill(0, JOURNALS)
        bare.copy_of(owner, asked)
        for among, journals in ((1, 0), (ALIKE, JOURNALS), (ALL, FEW)):
            for number in range(max(taken, default=1), among):
                bare.copy_of(owner, fill(number, journals))
            analyze(owner)
            taken[among] = measure(asked)
        server.show_ground()
    show(taken)


def show(taken: dict[int, dict[str, tuple[Figures, float | None]]]) -> None:
    """Print a line a question: p50 and p95 among 20 firms, the bare figure, and growth from 1 to 200."""
    print(
        f"{ALIKE * JOURNALS * 2:,} entries, {ALIKE * LEDGERS:,} ledgers, {ALIKE} firms; milliseconds"
    )
    print(
        f"  {'':28} {'ours p50':>8} {'p95':>7} {'bar':>5} {'bare p50':>9} {'ours/bare':>9}"
        f" {'1 firm':>7} {f'{ALL} firms':>9} {'growth':>6}"
    )
    for name, (figures, bar) in taken[ALIKE].items():
        (middle, slow), (bare, _) = figures["ours"], figures["bare"]
        alone, among = (taken[firms][name][0]["ours"][0] for firms in (1, ALL))
        beside = f"{bare:9.2f} {middle / bare:9.1f}" if bar else f"{'':9} {'':9}"
        print(
            f"  {name:28} {middle:8.2f} {slow:7.2f} {bar or '':>5} {beside}"
            f" {alone:7.2f} {among:9.2f} {among / alone:6.2f}"
        )
    print("  the bar of growth: 1.3")


if __name__ == "__main__":
    main()

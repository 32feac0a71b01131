"""Many write at once: no money comes into being, none is lost, no ledger falls below nothing."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Barrier, Event
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DatabaseError, connection, connections

from chancery.cli import roles
from chancery.cli.embedded import cluster
from chancery.cli.verification.examination import Examination
from chancery.cli.verification.snapshot import Snapshot
from chancery.ledger import accounts, faults, periods, posting, reversals
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.practice.models import Person
from db.ledger.books import Books, open_books
from postgres import TestServer
from world import LATER, acting, marlow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
FIRST = date(2026, 3, 1)
TOTAL, LEDGERS, DAYS = 100, 8, 20
TRANSFERS = 480  # by all clients together
HELD = """SELECT coalesce(sum(held), 0), coalesce(min(least(held, lowest)), 0) FROM (
  SELECT (array_agg(held_minor ORDER BY day DESC))[1] AS held, min(least(held_minor, available_minor)) AS lowest
    FROM ledger_day GROUP BY account_id) AS ledgers"""


@dataclass
class Bank:
    """Eight ledgers of one bank account, and what went wrong among their clients."""

    keeper: Person
    ledgers: list[UUID]
    seed: int
    wrongs: list[str] = field(default_factory=list)
    done: int = 0
    readings: int = 0

    def transfer(self, chance: random.Random) -> None:
        """Move a little from one ledger to another, on some day; a ledger may lack it."""
        giver, taker = chance.sample(self.ledgers, 2)
        amount, on = chance.randint(1, 5), FIRST + timedelta(days=chance.randrange(1, DAYS))
        lines = (Line(giver, "D", amount), Line(taker, "C", amount))
        draft = Draft("transfer", on, "", str(ids.new()), lines)
        try:
            with acting(self.keeper):
                posting.post([draft], by=self.keeper.id, at=LATER)
            self.done += 1
        except faults.LedgerBelowZero:
            pass
        except DatabaseError as error:
            self.wrongs.append(f"{type(error.__cause__).__name__}: {error}"[:200])

    def client(self, number: int, transfers: int) -> None:
        """Make so many transfers over a connection of one's own."""
        chance = random.Random(f"{self.seed} {number}")  # noqa: S311 - amounts, not secrets
        for _ in range(transfers):
            self.transfer(chance)

    def read(self, ended: Event) -> None:
        """Read all ledgers again and again, in one statement each time."""
        while not ended.is_set():
            with acting(self.keeper):
                total, lowest = rows(HELD)[0]
            self.readings += 1
            if total != TOTAL or lowest < 0:
                self.wrongs.append(f"all ledgers hold {total}, the lowest {lowest}")


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def together(*works: Callable[[], object]) -> list[object]:
    """Do all at the same moment, each over its own connection; return results, a refusal as itself."""
    barrier = Barrier(len(works))

    def one(work: Callable[[], object]) -> object:
        barrier.wait(timeout=30)
        try:
            return work()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


@pytest.fixture
def books(transactional_db: None) -> Books:
    return open_books(marlow().alice)


@pytest.fixture
def bank(books: Books) -> Bank:
    with acting(books.keeper):
        ledgers = [
            accounts.open_in(pool_id=books.bank, kind=accounts.AccountKind.CLIENT, at=LATER)
            for _ in range(LEDGERS)
        ]
    shares = [TOTAL // LEDGERS + (number < TOTAL % LEDGERS) for number in range(LEDGERS)]
    books.post(
        *(
            books.receipt(ledger, share, FIRST)
            for ledger, share in zip(ledgers, shares, strict=True)
        )
    )
    return Bank(books.keeper, ledgers, random.SystemRandom().randrange(2**32))


def work(bank: Bank, clients: int) -> None:
    """Let so many clients transfer at once while somebody reads."""
    ended = Event()
    each = TRANSFERS // clients
    with ThreadPoolExecutor(1) as watching:
        reader = watching.submit(lambda: (bank.read(ended), connections.close_all()))
        together(*((lambda n=n: bank.client(n, each)) for n in range(clients)))
        ended.set()
        reader.result()


def differences(server: TestServer) -> list[str]:
    with Snapshot(server.addresses.verifier) as snapshot:
        reports = Examination(snapshot, LATER).run()
    return [str(finding) for report in reports for finding in report.findings]


@pytest.mark.parametrize("clients", [2, 4, 16])
def test_transfers_among_ledgers_make_and_lose_nothing(
    bank: Bank, postgres: TestServer, clients: int
) -> None:
    work(bank, clients)

    assert bank.wrongs == [], f"seed {bank.seed}"
    assert differences(postgres) == [], f"seed {bank.seed}"
    assert bank.done > TRANSFERS // 4
    assert bank.readings > 5


@pytest.fixture
def unlocked(postgres: TestServer, transactional_db: None) -> None:
    """Take the locks of the balance rows out of the functions; the database is thrown away after the test."""
    password = postgres.server.cluster.password
    address = postgres.server.address(cluster.SUPERUSER, password, roles.DATABASE)
    with psycopg.connect(address, autocommit=True) as superuser:
        for name, locking, harmless in (
            ("ledger_post", "FOR UPDATE", ""),
            (
                "ledger_judge_entries",
                "WHERE b.account_id = s.account_id",
                "WHERE b.account_id IS NULL",
            ),
        ):
            found = superuser.execute(
                "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = %s", [name]
            ).fetchone()
            assert found is not None
            assert locking in found[0]
            superuser.execute(found[0].replace(locking, harmless).encode())


def test_without_the_lock_of_the_balances_the_same_transfers_would_go_wrong(
    bank: Bank, unlocked: None, postgres: TestServer
) -> None:
    work(bank, 16)

    wrong_days = [found for found in differences(postgres) if found.startswith("ledger_day")]
    assert bank.wrongs or wrong_days, f"seed {bank.seed}: the test would not notice"


def test_of_two_who_reverse_the_same_journal_one_does(books: Books) -> None:
    for _ in range(15):
        journal = books.post(books.receipt(books.ann, 1000, FIRST))[0].journal_id

        def undo(journal: UUID = journal) -> object:
            with acting(books.keeper):
                draft = reversals.mirror(
                    journal_id=journal, kind="back", on=FIRST, narrative="", key=str(ids.new())
                )
                return posting.post([draft], by=books.keeper.id, at=LATER)

        ended = together(undo, undo)

        assert sum(isinstance(end, faults.ReversedAlready) for end in ended) == 1, ended
    with acting(books.keeper):
        assert rows("SELECT held_minor FROM ledger_balance WHERE account_id = %s", books.ann) == [
            (0,)
        ]


def test_nothing_comes_into_a_period_once_its_lock_is_there(books: Books) -> None:
    keeper = books.keeper
    in_period = "SELECT count(*) FROM ledger_entry WHERE effective_on <= %s"

    def post_until_refused() -> object:
        for _ in range(2000):
            books.post(books.receipt(books.ann, 1, through))
        return "never refused"

    def lock() -> object:
        while not books.post(books.receipt(books.ben, 1, through)):
            pass
        with acting(keeper):
            periods.lock(pool_id=books.bank, through=through, reason="x", by=keeper.id, at=LATER)
            return rows(in_period, through)

    for number in range(10):
        through = FIRST + timedelta(days=number)
        *posters, seen = together(post_until_refused, post_until_refused, post_until_refused, lock)

        assert all(isinstance(end, faults.PeriodLocked) for end in posters), posters
        with acting(keeper):
            assert rows(in_period, through) == seen


def test_a_ledger_is_closed_or_takes_money_and_never_both(books: Books) -> None:
    keeper = books.keeper
    for _ in range(15):
        with acting(keeper):
            ledger = accounts.open_in(
                pool_id=books.bank, kind=accounts.AccountKind.CLIENT, at=LATER
            )

        def close(ledger: UUID = ledger) -> object:
            with acting(keeper):
                return accounts.close(account_id=ledger, reason="x", by=keeper.id, at=LATER)

        closed, posted = together(
            close, lambda ledger=ledger: books.post(books.receipt(ledger, 1, FIRST))
        )

        assert isinstance(closed, Refusal) != isinstance(posted, Refusal), (closed, posted)

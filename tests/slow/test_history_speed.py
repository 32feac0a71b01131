"""A history of 100,000 rows goes through the whole path: read, judged, kept, judged again, posted, undone."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection

import past
import world
from money import Trust, open_trust
from past import HEADING
from world import Marlow, acting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROWS = 100_000
MATTERS = 500


@contextmanager
def measured(name: str, *, at_most: float) -> Iterator[None]:
    began = time.perf_counter()
    yield
    took = time.perf_counter() - began
    sys.stderr.write(f"{name}: {took:.1f} s, {ROWS / took:,.0f} rows a second\n")
    assert took < at_most


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    client = world.contact(made.maker, "Bulk Client")
    for at in range(MATTERS):
        world.matter(made.maker, f"Matter {at}", number=f"B-{at}", client=client)
    return made


def file(rows: int) -> Iterator[bytes]:
    """Yield a file of receipts and withdrawals over five years, a piece at a time."""
    yield f"{HEADING}\n".encode()
    for start in range(0, rows, 1_000):
        lines = (line(at, rows) for at in range(start, start + 1_000))
        yield "".join(lines).encode()


def line(at: int, rows: int) -> str:
    on = date(2021, 1, 1) + timedelta(days=at * 1800 // rows)
    kind = ("receipt", "receipt", "withdrawal")[at // MATTERS % 3]
    return f"{on},B-{at % MATTERS},{kind},100.00,,Payer {at},REF-{at},cheque\n"


def test_a_hundred_thousand_rows_are_imported_while_one_waits(trust: Trust) -> None:
    with measured("read", at_most=90):
        batch = past.read_bytes(trust, file(ROWS))
    assert batch.faulty_count == 0
    with measured("post", at_most=180):
        past.post(trust, batch)
    with acting(trust.maker), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_journal")
        assert cursor.fetchone() == (ROWS,)
    with measured("undo", at_most=180):
        past.undo_import(trust, batch)

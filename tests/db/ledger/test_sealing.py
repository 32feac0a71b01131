"""Whatever is recorded is sealed once, in order, into a chain that anyone can compute again."""

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from chancery.ledger import accounts, balances, holds, periods, reversals, sealing
from chancery.lib import ids
from db.ledger.books import Books, open_books
from db.ledger.raw import day
from world import LATER, Marlow, acting, charlie

SEALED_AT = LATER + timedelta(minutes=1)


@pytest.fixture
def books(marlow: Marlow) -> Books:
    return open_books(marlow.alice)


def rows(statement: str, *values: object) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def seal(books: Books, at_most: int = sealing.AT_ONCE) -> int:
    with acting(books.keeper):
        return sealing.seal_next(at=SEALED_AT, at_most=at_most)


def chain(books: Books) -> list[tuple[Any, ...]]:
    with acting(books.keeper):
        return rows("SELECT number, kind, subject_id, digest FROM ledger_seal ORDER BY number")


def test_a_seal_is_the_digest_of_the_one_before_and_of_the_journals_written_form(
    books: Books,
) -> None:
    seal(books)
    journal = books.post(books.receipt(books.ann, 1000, day(1), clears_on=day(6)))[0].journal_id
    seal(books)

    with acting(books.keeper):
        actor, key, digest = rows(
            "SELECT actor_id, key, narrative_digest FROM ledger_journal WHERE id = %s", journal
        )[0]
    text = f"""chancery seal 1
number 4
sealed_at 2026-07-06T00:03:00.000000Z
firm {books.keeper.firm_id}
journal {journal}
effective_on 2026-03-01
recorded_at 2026-07-06T00:02:00.000000Z
kind receipt
actor {actor}
key {key}
reverses -
narrative_digest {bytes(digest).hex()}
line 1 {books.bank} D 1000 2026-03-01
line 2 {books.ann} C 1000 2026-03-06
"""
    sealed = chain(books)
    assert [kind for _, kind, _, _ in sealed] == ["account", "account", "account", "journal"]
    before, last = bytes(sealed[2][3]), bytes(sealed[3][3])
    assert hashlib.sha256(before + text.encode()).digest() == last
    with acting(books.keeper):
        assert sealing.head() == sealing.Head(4, last, SEALED_AT)


def test_the_first_seal_begins_with_nothing(books: Books) -> None:
    with acting(books.keeper):
        assert sealing.head() is None

    seal(books)

    text = f"""chancery seal 1
number 1
sealed_at 2026-07-06T00:03:00.000000Z
firm {books.keeper.firm_id}
account {books.bank}
kind trust_bank
side D
floored no
currency AUD
pool {books.bank}
opened_at 2026-07-06T00:02:00.000000Z
"""
    assert hashlib.sha256(bytes(32) + text.encode()).digest() == bytes(chain(books)[0][3])


def test_everything_that_happens_is_sealed_once_and_in_parts_as_asked(books: Books) -> None:
    keeper = books.keeper
    journal = books.post(books.receipt(books.ann, 1000, day(1), clears_on=day(6)))[0].journal_id
    with acting(keeper):
        holds.clear_early(journal_id=journal, line=2, on=day(2), by=keeper.id, at=LATER)
        kept = holds.protect(
            account_id=books.ann, amount_minor=1, on=day(2), by=keeper.id, at=LATER
        )
        holds.unprotect(protection_id=kept, on=day(2), by=keeper.id, at=LATER)
        accounts.close(account_id=books.ben, reason="Done", by=keeper.id, at=LATER)
        periods.lock(pool_id=books.bank, through=day(1), reason="March", by=keeper.id, at=LATER)

    parts = [seal(books, at_most=4) for _ in range(4)]

    assert parts == [4, 4, 1, 0]
    sealed = chain(books)
    assert [number for number, *_ in sealed] == list(range(1, 10))
    kinds = sorted(kind for _, kind, _, _ in sealed)
    assert kinds == [
        *["account"] * 3,
        *["availability"] * 3,
        "closing",
        "journal",
        "periodlock",
    ]
    with acting(keeper):
        assert rows("SELECT FROM ledger_unsealed UNION ALL SELECT FROM ledger_unsealedevent") == []


def test_the_worker_learns_which_firms_have_something_to_seal(books: Books) -> None:
    other = open_books(charlie())
    assert set(sealing.firms_with_unsealed()) == {books.keeper.firm_id, other.keeper.firm_id}

    seal(books)

    assert sealing.firms_with_unsealed() == [other.keeper.firm_id]
    assert chain(other) == []


def test_a_key_of_two_lines_is_sealed_as_one(books: Books) -> None:
    seal(books)
    draft = books.receipt(books.ann, 1000, day(1))
    trick = type(draft)(draft.kind, draft.on, "", "a\nreverses \\n", draft.lines)
    journal = books.post(trick)[0].journal_id
    seal(books)

    with acting(books.keeper):
        text = rows("SELECT ledger_plain(key) FROM ledger_journal WHERE id = %s", journal)
    assert text == [("a\\nreverses \\\\n",)]


def test_what_was_known_at_a_seal_is_told_from_what_came_later(books: Books) -> None:
    first = books.post(books.receipt(books.ann, 1000, day(1)))[0].journal_id
    seal(books)
    with acting(books.keeper):
        head = sealing.head()
        draft = reversals.mirror(
            journal_id=first, kind="reversal", on=day(1), narrative="No", key=str(ids.new())
        )
    books.post(draft)
    seal(books)

    assert head is not None
    with acting(books.keeper):
        known = [balances.known_at_seal(books.ann, on=day(2), seal=n) for n in (head.number, 99)]
    assert known == [1000, 0]

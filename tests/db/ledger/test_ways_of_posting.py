"""One journal and many take different ways through the database, and end at the same figures."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DataError

from chancery.ledger import accounts, balances, faults, posting
from chancery.ledger.models import Day, Journal
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from db.ledger.books import Books, open_books
from world import LATER, Marlow, acting

MARCH = date(2026, 3, 1)


@pytest.fixture
def books(marlow: Marlow) -> Books:
    return open_books(marlow.alice)


def movements(books: Books) -> list[Draft]:
    """Return receipts, back-dated and uncleared ones too, then withdrawals and a transfer."""
    transfer = (Line(books.ann, "D", 50), Line(books.ben, "C", 50))
    return [
        books.receipt(books.ann, 900, MARCH + timedelta(days=9)),
        books.receipt(books.ann, 500, MARCH),
        books.receipt(books.ann, 40, MARCH + timedelta(days=2), MARCH + timedelta(days=5)),
        books.receipt(books.ben, 70, MARCH + timedelta(days=9)),
        books.withdrawal(books.ann, 100, MARCH + timedelta(days=1)),
        Draft("transfer", MARCH + timedelta(days=3), "Between", str(ids.new()), transfer),
        books.withdrawal(books.ann, 200, MARCH + timedelta(days=9)),
    ]


def days(books: Books, ledger: UUID) -> list[tuple[date, int, int]]:
    with acting(books.keeper):
        kept = Day.objects.filter(account_id=ledger).order_by("day")
        return list(kept.values_list("day", "held_minor", "available_minor"))


def test_one_by_one_and_all_at_once_leave_the_same_days(marlow: Marlow) -> None:
    single, together = open_books(marlow.alice), open_books(marlow.alice)

    for draft in movements(single):
        single.post(draft)
    together.post(*movements(together))

    assert days(single, single.ann) == days(together, together.ann)
    assert days(single, single.ben) == days(together, together.ben)
    assert days(single, single.ann)[-1] == (MARCH + timedelta(days=9), 1090, 1090)


@pytest.mark.parametrize("first", range(1, 7))
def test_a_batch_over_days_that_are_there_leaves_the_same_days(marlow: Marlow, first: int) -> None:
    together, parted = open_books(marlow.alice), open_books(marlow.alice)

    together.post(*movements(together))
    moves = movements(parted)
    parted.post(*moves[:first])
    parted.post(*moves[first:])

    assert days(parted, parted.ann) == days(together, together.ann)
    assert days(parted, parted.ben) == days(together, together.ben)


@pytest.mark.parametrize(
    "words", ["", "NULL", '"Quoted", with {braces}', "back\\slash\\", "O'Brien & Söhne\n%s"]
)
def test_any_words_stand_as_they_were_given(books: Books, words: str) -> None:
    first, second = books.receipt(books.ann, 5, MARCH), books.receipt(books.ann, 5, MARCH)

    posted = books.post(replace(first, narrative=words, key=f"key {words}"), second)

    with acting(books.keeper):
        kept = Journal.objects.get(pk=posted[0].journal_id)
        assert (kept.narrative, kept.key) == (words, f"key {words}")
        assert Journal.objects.get(pk=posted[1].journal_id).narrative == second.narrative


def test_no_journals_post_nothing(books: Books) -> None:
    assert books.post() == []


def test_a_batch_that_holds_a_known_key_posts_only_the_rest(books: Books) -> None:
    known = books.receipt(books.ann, 1000, MARCH)
    before = books.post(known)[0]

    again, fresh = books.post(replace(known, id=ids.new()), books.receipt(books.ben, 70, MARCH))

    assert (again.journal_id, again.was_there) == (before.journal_id, True)
    assert not fresh.was_there
    assert days(books, books.ann) == [(MARCH, 1000, 1000)]
    assert days(books, books.ben) == [(MARCH, 70, 70)]


@pytest.mark.parametrize("count", [1, 2])
def test_a_closed_ledger_is_named_as_closed(books: Books, count: int) -> None:
    with acting(books.keeper):
        accounts.close(account_id=books.ann, reason="Done", by=books.keeper.id, at=LATER)

    with pytest.raises(faults.LedgerClosed):
        books.post(*(books.receipt(books.ann, 100, MARCH) for _ in range(count)))


@pytest.mark.parametrize("lines", [(99, 100), (100, 99)])
def test_a_journal_that_does_not_balance_is_refused(books: Books, lines: tuple[int, int]) -> None:
    bank, ledger = lines
    lopsided = (Line(books.bank, "D", bank), Line(books.ann, "C", ledger))

    with pytest.raises(Exception, match="does not balance"):
        books.post(replace(books.receipt(books.ann, 1, MARCH), lines=lopsided))


def test_the_transaction_stays_usable_after_a_refusal(books: Books) -> None:
    unheard = replace(books.receipt(books.ann, 1, MARCH), narrative="\0")
    with acting(books.keeper):
        for draft, fault in (
            (books.withdrawal(books.ann, 1, MARCH), faults.LedgerBelowZero),
            (unheard, DataError),
        ):
            with pytest.raises(fault):
                posting.post([draft], by=books.keeper.id, at=LATER)
        posting.post([books.receipt(books.ann, 5, MARCH)], by=books.keeper.id, at=LATER)
        assert balances.of_accounts([books.ann], on=MARCH)[books.ann].held_minor == 5

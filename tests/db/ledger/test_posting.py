"""Posting keeps every ledger at nothing or more on every day, and a key posts once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chancery.ledger import balances, faults, holds, periods, posting, reversals, statements
from chancery.lib import ids
from db.ledger.books import Books, open_books
from world import LATER, Marlow, acting

MARCH = date(2026, 3, 1)


def day(number: int) -> date:
    return MARCH + timedelta(days=number - 1)


@pytest.fixture
def books(marlow: Marlow) -> Books:
    return open_books(marlow.alice)


def held(books: Books, on: date) -> tuple[int, int]:
    with acting(books.keeper):
        standing = balances.of_accounts([books.ann], on=on)[books.ann]
    return standing.held_minor, standing.available_minor


def test_a_receipt_is_held_at_once_and_available_when_it_clears(books: Books) -> None:
    books.post(books.receipt(books.ann, 1000, day(1), clears_on=day(6)))

    assert [held(books, day(n)) for n in (0, 1, 5, 6)] == [
        (0, 0),
        (1000, 0),
        (1000, 0),
        (1000, 1000),
    ]


def test_uncleared_money_is_not_spent(books: Books) -> None:
    books.post(books.receipt(books.ann, 1000, day(1), clears_on=day(6)))

    with pytest.raises(faults.LedgerBelowZero):
        books.post(books.withdrawal(books.ann, 1, day(5)))

    books.post(books.withdrawal(books.ann, 1000, day(6)))
    assert held(books, day(6)) == (0, 0)


def test_a_back_dated_withdrawal_is_checked_against_every_later_day(books: Books) -> None:
    books.post(books.receipt(books.ann, 1000, day(1)))
    books.post(books.withdrawal(books.ann, 600, day(10)))

    with pytest.raises(faults.LedgerBelowZero):
        books.post(books.withdrawal(books.ann, 401, day(2)))

    books.post(books.withdrawal(books.ann, 400, day(2)))
    assert [held(books, day(n)) for n in (9, 10)] == [(600, 600), (0, 0)]


def test_the_same_key_returns_the_same_journal(books: Books) -> None:
    draft = books.receipt(books.ann, 1000, day(1))

    first = books.post(draft)[0]
    again = books.post(replace(draft, id=ids.new()))[0]

    assert posting.Posted(first.journal_id, was_there=True) == again
    assert held(books, day(1)) == (1000, 1000)


def test_the_same_key_with_other_content_is_refused(books: Books) -> None:
    draft = books.receipt(books.ann, 1000, day(1))
    books.post(draft)

    more = replace(draft, lines=books.receipt(books.ann, 1001, day(1)).lines)
    later = replace(draft, lines=books.receipt(books.ann, 1000, day(1), day(4)).lines)
    for other in (replace(draft, on=day(2)), replace(draft, narrative="From Ben"), more, later):
        with pytest.raises(faults.KeyNamesAnother):
            books.post(replace(other, id=ids.new()))


def test_a_reversal_mirrors_and_happens_once(books: Books) -> None:
    journal = books.post(books.receipt(books.ann, 1000, day(1), clears_on=day(6)))[0].journal_id

    def undo() -> None:
        with acting(books.keeper):
            draft = reversals.mirror(
                journal_id=journal, kind="dishonor", on=day(3), narrative="No", key=str(ids.new())
            )
            posting.post([draft], by=books.keeper.id, at=LATER)

    undo()
    assert [held(books, day(n)) for n in (3, 6)] == [(0, 0), (0, 0)]
    with pytest.raises(faults.ReversedAlready):
        undo()


def test_a_locked_period_takes_no_entry(books: Books) -> None:
    with acting(books.keeper):
        periods.lock(
            pool_id=books.bank, through=day(31), reason="March", by=books.keeper.id, at=LATER
        )

    with pytest.raises(faults.PeriodLocked):
        books.post(books.receipt(books.ann, 1000, day(31)))

    books.post(books.receipt(books.ann, 1000, day(32)))


def test_protected_money_does_not_leave(books: Books) -> None:
    books.post(books.receipt(books.ann, 1000, day(1)))
    with acting(books.keeper):
        kept = holds.protect(
            account_id=books.ann, amount_minor=600, on=day(2), by=books.keeper.id, at=LATER
        )

    with pytest.raises(faults.LedgerBelowZero):
        books.post(books.withdrawal(books.ann, 401, day(1)))
    with acting(books.keeper):
        holds.unprotect(protection_id=kept, on=day(3), by=books.keeper.id, at=LATER)
    books.post(books.withdrawal(books.ann, 1000, day(3)))


def test_the_bank_holds_what_its_ledgers_hold_and_tells_it_line_by_line(books: Books) -> None:
    books.post(books.receipt(books.ann, 1000, day(1)), books.receipt(books.ben, 500, day(2)))
    books.post(books.withdrawal(books.ann, 300, day(2)))

    with acting(books.keeper):
        assert [balances.of_bank(books.bank, on=day(n)) for n in (1, 2)] == [1000, 1200]
        first = statements.of_account(books.bank, statements.Stretch(limit=2))
        rest = statements.of_account(books.bank, statements.Stretch(after=first[-1].place))
    assert [line.balance_minor for line in [*first, *rest]] == [1000, 1500, 1200]

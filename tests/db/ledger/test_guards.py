"""What the database refuses about money, whoever asks: the program or the owner, by function or by hand."""

from collections.abc import Iterator

import psycopg
import pytest

from chancery.lib import ids
from db.ledger.raw import Raw, day
from postgres import TestServer

pytestmark = pytest.mark.django_db
WAYS = ["the program, by the function", "the owner, by the function", "the owner, by hand"]


@pytest.fixture(params=WAYS)
def raw(postgres: TestServer, request: pytest.FixtureRequest) -> Iterator[Raw]:
    who = request.param
    addresses = postgres.addresses
    address = addresses.app if who.startswith("the program") else addresses.owner
    with psycopg.connect(address) as connection:
        yield Raw.begin(connection, by_function=not who.endswith("by hand"))
        connection.rollback()


def test_what_is_right_is_taken(raw: Raw) -> None:
    journal = raw.receipt(1000, day(1), clears_on=day(6))
    raw.receipt(500, day(2))
    raw.withdrawal(500, day(3))

    days = raw.run(
        "SELECT day, held_minor, available_minor FROM ledger_day WHERE account_id = %s ORDER BY 1",
        raw.ann,
    )
    assert days == [
        (day(1), 1000, 0),
        (day(2), 1500, 500),
        (day(3), 1000, 0),
        (day(6), 1000, 1000),
    ]
    assert raw.run("SELECT entry_count FROM ledger_journal WHERE id = %s", journal) == [(2,)]


def test_an_unbalanced_journal_is_refused(raw: Raw) -> None:
    with raw.refused("CH002"):
        raw.post((raw.bank, "D", 1000), (raw.ann, "C", 999), on=day(1))
    with raw.refused("CH002"):
        raw.post((raw.bank, "D", 1000), (raw.ann, "D", 1000), on=day(1))


def test_a_journal_balances_within_each_pool_and_not_only_in_all(raw: Raw) -> None:
    other = raw.account(bank := ids.new(), kind="trust_bank", side="D", pool=bank)

    with raw.refused("CH002"):
        raw.post((other, "D", 1000), (raw.ann, "C", 1000), on=day(1))


def test_a_journal_that_lacks_lines_is_refused(raw: Raw) -> None:
    with raw.refused("CH003"):
        raw.post((raw.bank, "D", 1000), (raw.ann, "C", 1000), on=day(1), count=3)


def test_a_line_too_many_is_refused(raw: Raw) -> None:
    lines = ((raw.bank, "D", 1000), (raw.ann, "C", 600), (raw.ben, "C", 400))

    with raw.refused("CH003"):
        raw.post(*lines, on=day(1), count=2)


def test_an_amount_of_nothing_or_less_is_refused(raw: Raw) -> None:
    for amount in (0, -1, 10**15 + 1):
        with raw.refused("ledger_entry_amount_is_positive"):
            raw.post((raw.bank, "D", amount), (raw.ann, "C", amount), on=day(1))


def test_a_ledger_is_not_overdrawn_on_its_day(raw: Raw) -> None:
    raw.receipt(1000, day(1))

    with raw.refused("ledger_balance_is_never_below_zero"):
        raw.withdrawal(1001, day(1))
    raw.withdrawal(1000, day(1))


def test_an_entry_of_an_earlier_day_overdraws_no_later_day(raw: Raw) -> None:
    raw.receipt(1000, day(1))
    raw.withdrawal(600, day(10))
    raw.receipt(600, day(20))  # so that what is held now would bear it

    with raw.refused("client_ledger_is_never_below_zero"):
        raw.withdrawal(401, day(2))
    raw.withdrawal(400, day(2))


def test_uncleared_money_is_not_spent(raw: Raw) -> None:
    raw.receipt(1000, day(1), clears_on=day(6))

    with raw.refused("only_available_money_is_spent"):
        raw.withdrawal(1, day(5))
    raw.withdrawal(1000, day(6))


def test_a_debit_does_not_claim_to_clear_later(raw: Raw) -> None:
    raw.receipt(1000, day(1), clears_on=day(6))

    with raw.refused("CH003"):
        raw.post((raw.ann, "D", 1, day(6)), (raw.bank, "C", 1), on=day(5))


def test_nothing_clears_before_its_day(raw: Raw) -> None:
    with raw.refused("ledger_entry_clears_no_earlier"):
        raw.receipt(1000, day(2), clears_on=day(1))


def test_protected_money_is_not_spent_and_no_more_is_protected_than_there_is(raw: Raw) -> None:
    raw.receipt(1000, day(1))
    kept = raw.protect(600, day(1))

    with raw.refused("only_available_money_is_spent"):
        raw.withdrawal(401, day(1))
    with raw.refused("only_available_money_is_spent"):
        raw.protect(401, day(1))
    with raw.refused("CH005"):
        raw.unprotect(kept, 601, day(2))
    with raw.refused("CH005"):
        raw.unprotect(ids.new(), 600, day(2))
    raw.unprotect(kept, 600, day(2))
    with raw.refused("ledger_availability_ends_id_key"):
        raw.unprotect(kept, 600, day(2))


def test_a_closed_ledger_takes_nothing_until_it_is_opened_again(raw: Raw) -> None:
    raw.close()

    with raw.refused("CH010", "closed_ledger_holds_nothing"):
        raw.receipt(1000, day(1))
    raw.close(is_closed=False)
    raw.receipt(1000, day(1))


def test_a_ledger_that_holds_money_is_not_closed(raw: Raw) -> None:
    raw.receipt(1, day(1))

    with raw.refused("closed_ledger_holds_nothing"):
        raw.close()
    raw.withdrawal(1, day(1))
    raw.close()


def test_a_locked_period_takes_nothing_and_the_day_after_it_does(raw: Raw) -> None:
    raw.lock(day(31))

    with raw.refused("CH011"):
        raw.receipt(1000, day(31))
    raw.receipt(1000, day(32))
    raw.lock(day(30))
    raw.receipt(1000, day(31))


def test_one_key_names_one_journal(raw: Raw) -> None:
    first = raw.post((raw.bank, "D", 5), (raw.ann, "C", 5), on=day(1), key="deed 1")

    if raw.by_function:
        again = raw.post((raw.bank, "D", 5), (raw.ann, "C", 5), on=day(1), key="deed 1")
        assert first == again
        with raw.refused("CH012"):
            raw.post((raw.bank, "D", 6), (raw.ann, "C", 6), on=day(1), key="deed 1")
    else:
        with raw.refused("ledger_key_names_one_journal"):
            raw.post((raw.bank, "D", 5), (raw.ann, "C", 5), on=day(1), key="deed 1")
    assert raw.run("SELECT count(*) FROM ledger_journal") == [(1,)]


def test_a_journal_is_reversed_once(raw: Raw) -> None:
    journal = raw.receipt(1000, day(1))
    mirror = ((raw.bank, "C", 1000), (raw.ann, "D", 1000))
    raw.receipt(1000, day(1))
    raw.post(*mirror, on=day(2), reverses=journal)

    with raw.refused("ledger_journal_is_reversed_once"):
        raw.post(*mirror, on=day(2), reverses=journal)


def test_a_reversal_mirrors_line_by_line(raw: Raw) -> None:
    raw.receipt(5000, day(1))
    journal = raw.receipt(1000, day(1), clears_on=day(6))
    ann, ben, bank = raw.ann, raw.ben, raw.bank
    raw.post((bank, "D", 1000), (ben, "C", 1000, day(6)), on=day(1))
    wrong = [  # too late a day would make more available than is held
        ((bank, "C", 999), (ann, "D", 999, day(6))),
        ((ann, "D", 1000, day(6)), (bank, "C", 1000)),
        ((bank, "C", 1000), (ann, "D", 1000, day(3))),
        ((bank, "C", 1000), (ann, "D", 1000, day(7))),
        ((bank, "D", 1000), (ann, "C", 1000, day(6))),
        ((bank, "C", 1000), (ben, "D", 1000, day(6))),
        ((bank, "C", 1000), (ann, "D", 1000, day(6)), (ann, "D", 1), (ann, "C", 1)),
        ((bank, "C", 1000), (ann, "D", 600, day(6)), (ann, "D", 400, day(6))),
    ]

    for lines in wrong:
        with raw.refused("CH004", "available_money_is_held"):
            raw.post(*lines, on=day(3), reverses=journal)
    raw.post((bank, "C", 1000), (ann, "D", 1000, day(6)), on=day(3), reverses=journal)


def test_a_reversal_is_not_reversed_and_not_dated_before(raw: Raw) -> None:
    journal = raw.receipt(1000, day(2))
    mirror = ((raw.bank, "C", 1000), (raw.ann, "D", 1000))
    before = ((raw.bank, "C", 1000, day(2)), (raw.ann, "D", 1000, day(2)))
    raw.receipt(1000, day(1), clears_on=day(2))

    with raw.refused("CH004"):
        raw.post(*before, on=day(1), reverses=journal)
    reversal = raw.post(*mirror, on=day(2), reverses=journal)
    with raw.refused("CH004"):
        raw.post((raw.bank, "D", 1000), (raw.ann, "C", 1000), on=day(3), reverses=reversal)


def test_nothing_of_another_firm_is_posted_to_reversed_ended_or_banked_in(raw: Raw) -> None:
    other = Raw.begin(raw.connection)
    theirs = other.receipt(1000, day(1))
    kept = other.protect(600, day(1))
    raw.act()
    raw.receipt(2000, day(1))
    raw.protect(600, day(1))

    with raw.refused("CH003"):
        raw.post((other.bank, "D", 5), (other.ann, "C", 5), on=day(1))
    with raw.refused("CH004"):
        raw.post((raw.bank, "C", 1000), (raw.ann, "D", 1000), on=day(1), reverses=theirs)
    with raw.refused("CH005"):
        raw.unprotect(kept, 600, day(2))
    with raw.refused("ledger_pool_is_a_bank_account"):
        raw.account(ids.new(), pool=other.bank)


def test_another_currency_and_a_pool_that_is_no_bank_are_refused(raw: Raw) -> None:
    with raw.refused("ledger_account_has_its_pools_currency"):
        raw.account(ids.new(), currency="USD")
    with raw.refused("ledger_pool_is_a_bank_account"):
        raw.account(ids.new(), pool=raw.ann)


def test_a_side_or_a_floor_that_its_kind_has_not_is_refused(raw: Raw) -> None:
    with raw.refused("ledger_account_side_is_its_kinds"):
        raw.account(ids.new(), side="D")
    with raw.refused("ledger_account_is_floored_unless_a_bank"):
        raw.run(
            """INSERT INTO ledger_account (id, firm_id, kind, side, floored, currency, pool_id, opened_at)
               VALUES (%s, %s, 'client', 'C', false, 'AUD', %s, now())""",
            ids.new(),
            raw.firm,
            raw.bank,
        )


def test_money_moves_only_where_what_is_committed_is_seen(raw: Raw) -> None:
    connection = raw.connection
    connection.rollback()
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    stale = Raw.begin(connection, by_function=raw.by_function)

    with stale.refused("CH006"):
        stale.receipt(1000, day(1))
    connection.rollback()

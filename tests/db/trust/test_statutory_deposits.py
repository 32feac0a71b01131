"""What a quarter asks to be on deposit, found from the books."""

from datetime import date

import pytest

import registered
from chancery.trust import statutory_deposits
from money import Trust, open_trust
from world import Marlow, acting

QUARTER = date(2026, 9, 30)


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    trust = open_trust(marlow)
    trust.today = date(2026, 7, 10)
    return trust


def asked(trust: Trust, on: date) -> statutory_deposits.Asked:
    with acting(trust.maker):
        return statutory_deposits.asked(account=trust.account, quarter_end=QUARTER, today=on)


def test_the_days_before_money_was_ever_there_do_not_count(trust: Trust) -> None:
    trust.receive(trust.ledger(), "50,000.00")

    found = asked(trust, date(2026, 11, 1))

    assert found.quarter.on == date(2026, 7, 10)
    assert found.quarter.together == trust.money("50,000.00")
    assert found.amount == trust.money("50,000.00")
    assert found.is_final


def test_the_lowest_day_counts_bank_and_deposit_together(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "80,000.00")
    trust.today = date(2026, 7, 13)
    registered.deposit(trust, "10,000.00")
    trust.today = date(2026, 7, 20)
    trust.pay(ledger, "25,000.00")
    trust.today = date(2026, 7, 25)
    trust.receive(ledger, "45,000.00")
    trust.today = date(2026, 8, 3)
    registered.deposit(trust, "60,000.00")

    found = asked(trust, date(2026, 11, 1))

    assert found.quarter.on == date(2026, 7, 20)
    assert (found.quarter.bank, found.quarter.deposit) == (
        trust.money("45,000.00"),
        trust.money("10,000.00"),
    )
    assert found.on_deposit == trust.money("70,000.00")
    assert found.amount == trust.money("55,000.00")


def test_an_earlier_quarter_is_judged_by_what_lay_there_when_it_was_due(trust: Trust) -> None:
    trust.receive(trust.ledger(), "80,000.00")
    trust.today = date(2026, 11, 2)
    registered.deposit(trust, "80,000.00")

    soon, later = asked(trust, date(2026, 11, 3)), asked(trust, date(2027, 1, 5))

    assert (soon.stands_on, soon.on_deposit) == (date(2026, 11, 3), trust.money("80,000.00"))
    assert (later.stands_on, later.on_deposit) == (date(2026, 10, 29), trust.money("0.00"))


def test_a_deposit_that_is_reversed_lies_there_no_more(trust: Trust) -> None:
    trust.receive(trust.ledger(), "80,000.00")
    made = registered.deposit(trust, "30,000.00")

    trust.reverse(made)

    with acting(trust.maker):
        there = statutory_deposits.on_deposit(trust.account, on=trust.today)
    assert there == trust.money("0.00")


def test_a_lower_window_counts_by_its_percentage_and_only_up_to_today(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "50,000.00")
    trust.today = date(2026, 10, 5)
    trust.pay(ledger, "10,000.00")

    before = asked(trust, date(2026, 10, 4))
    after = asked(trust, date(2026, 10, 6))

    assert before.amount == trust.money("50,000.00")
    assert not before.is_final
    assert after.window.on == date(2026, 10, 5)
    assert after.amount == trust.money("32,000.00")


def test_what_came_and_went_on_one_day_is_no_lowest_balance(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "20,000.00")
    trust.today = date(2026, 7, 20)
    trust.receive(ledger, "5,000.00")
    trust.pay(ledger, "5,000.00")

    assert asked(trust, date(2026, 11, 1)).quarter.together == trust.money("20,000.00")


def test_an_account_that_never_held_money_asks_for_nothing(trust: Trust) -> None:
    found = asked(trust, date(2026, 11, 1))

    assert found.quarter.on is None
    assert found.worked.counts == "nothing"


def test_half_a_year_gives_a_base_and_a_day_and_no_amount(marlow: Marlow) -> None:
    trust = open_trust(marlow, "au_sa")
    trust.today = date(2026, 9, 10)
    trust.receive(trust.ledger(), "700.00")
    period = statutory_deposits.rules.Period(date(2026, 6, 1), date(2026, 11, 30))

    with acting(trust.maker):
        found = statutory_deposits.asked_half_year(
            account=trust.account, period=period, today=date(2026, 12, 1)
        )

    assert found.base.together == trust.money("700.00")
    assert found.due_by == date(2026, 12, 14)

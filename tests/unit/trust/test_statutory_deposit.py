from datetime import date

import pytest

from chancery.lib.money import Money
from chancery.trust.rules import packs, statutory_deposit
from chancery.trust.rules.policy import Policy


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


def money(amount: str) -> Money:
    return Money.parse(amount, "AUD")


@pytest.mark.parametrize(
    ("quarter", "window", "deposit"),
    [
        ("9999.99", "50000.00", "0.00"),
        ("10000.00", "50000.00", "10000.00"),
        ("10000.01", "50000.00", "10100.00"),
        ("50040.00", "60000.00", "50100.00"),
        ("50000.00", "50000.00", "50000.00"),
        ("50000.00", "40000.00", "32000.00"),
        ("50000.00", "40000.01", "32100.00"),
        ("50000.00", "10000.00", "8000.00"),
        ("50000.00", "9999.99", "0.00"),
        ("50000.00", "9000.00", "0.00"),
    ],
)
def test_the_deposit_of_new_south_wales(quarter: str, window: str, deposit: str) -> None:
    found = statutory_deposit.amount(policy("au_nsw"), money(quarter), money(window))

    assert found == money(deposit)


@pytest.mark.parametrize(
    ("quarter_end", "window_end", "calculate_on", "due_by"),
    [
        ("2025-06-30", "2025-07-21", "2025-07-22", "2025-07-29"),
        ("2025-09-30", "2025-10-22", "2025-10-23", "2025-10-30"),
        ("2025-12-31", "2026-01-22", "2026-01-23", "2026-01-31"),
        ("2026-03-31", "2026-04-23", "2026-04-24", "2026-04-30"),
        ("2026-06-30", "2026-07-21", "2026-07-22", "2026-07-28"),
        ("2026-09-30", "2026-10-22", "2026-10-23", "2026-10-29"),
        ("2026-12-31", "2027-01-22", "2027-01-25", "2027-02-01"),
    ],
)
def test_published_days_are_used_as_they_were_published(
    quarter_end: str, window_end: str, calculate_on: str, due_by: str
) -> None:
    due = statutory_deposit.due(policy("au_nsw"), date.fromisoformat(quarter_end))

    assert due.is_published
    assert due.window_end == date.fromisoformat(window_end)
    assert due.calculate_on == date.fromisoformat(calculate_on)
    assert due.due_by == date.fromisoformat(due_by)


def test_the_published_days_are_cited() -> None:
    published = policy("au_nsw").deposit.published

    assert published.confidence == "high"
    assert "statutory deposits" in published.rule


def test_days_that_are_not_published_yet_are_counted_and_say_so() -> None:
    due = statutory_deposit.due(policy("au_nsw"), date(2027, 3, 31))

    assert not due.is_published
    assert due.window_end == date(2027, 4, 21)
    assert due.calculate_on == date(2027, 4, 22)
    assert due.due_by == date(2027, 4, 29)


@pytest.mark.parametrize("code", ["au_vic", "au_sa", "au_wa", "au_qld"])
def test_an_amount_that_is_not_computed_comes_from_the_regulator(code: str) -> None:
    with pytest.raises(statutory_deposit.AmountComesFromRegulator) as refused:
        statutory_deposit.amount(policy(code), money("50000.00"), money("50000.00"))

    assert refused.value.rule == policy(code).deposit.kind.rule
    assert str(refused.value)


@pytest.mark.parametrize("code", ["nz", "gb_ew", "us_ca", "au_tas"])
def test_a_place_without_a_scheme_asks_for_no_deposit(code: str) -> None:
    with pytest.raises(statutory_deposit.NoStatutoryDeposit) as refused:
        statutory_deposit.amount(policy(code), money("50000.00"), money("50000.00"))

    assert str(refused.value).endswith("asks for no statutory deposit.")


def test_south_australia_deposits_within_fourteen_days_of_each_half_year() -> None:
    assert statutory_deposit.half_year_due(policy("au_sa"), 2026) == (
        (date(2026, 5, 31), date(2026, 6, 14)),
        (date(2026, 11, 30), date(2026, 12, 14)),
    )
    with pytest.raises(statutory_deposit.NoStatutoryDeposit):
        statutory_deposit.half_year_due(policy("au_nsw"), 2026)


def test_the_base_of_south_australia_is_the_lowest_total() -> None:
    balances = [money("300.00"), money("100.00"), money("200.00")]

    assert statutory_deposit.half_year_base(balances, "AUD") == money("100.00")
    assert statutory_deposit.half_year_base([], "AUD") == money("0.00")


def test_a_deposit_that_was_drawn_on_is_restored_in_twenty_banking_days() -> None:
    drawn = date(2026, 6, 30)

    assert statutory_deposit.restore_by(policy("au_nsw"), drawn) == date(2026, 7, 28)
    assert statutory_deposit.restore_by(policy("nz"), drawn) == date(2026, 7, 1)


def test_an_amount_says_which_minimum_it_comes_from() -> None:
    worked = statutory_deposit.worked(policy("au_nsw"), money("50000.00"), money("40000.00"))

    assert (worked.counts, worked.percent) == ("window", 80)
    assert (worked.threshold, worked.step) == (money("10000.00"), money("100.00"))


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [("au_nsw", "2026-07-01", "2026-09-30"), ("au_sa", "2025-12-01", "2026-05-31")],
)
def test_the_latest_period_is_one_that_has_ended(code: str, first: str, last: str) -> None:
    found = statutory_deposit.periods(policy(code), date(2026, 11, 30), 3)

    assert (found[0].first, found[0].last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert len(found) == 3


def test_no_period_is_computed_where_the_regulator_says_how_much() -> None:
    assert statutory_deposit.periods(policy("au_vic"), date(2026, 11, 30), 3) == []

"""Amounts are whole minor units, read strictly and shared without losing a cent."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from chancery.lib import money
from chancery.lib.money import Money, NotAnAmount


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [
        ("1,250.00", "AUD", 125000),
        ("1250", "AUD", 125000),
        ("$0.5", "AUD", 50),
        (" £12,345,678.90 ", "GBP", 1234567890),
        ("1250", "JPY", 1250),
        ("0", "AUD", 0),
    ],
)
def test_an_amount_is_read_as_people_type_it(typed: str, currency: str, minor: int) -> None:
    assert Money(minor, currency) == Money.parse(typed, currency)


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("-5.00", "AUD"),
        ("1.005", "AUD"),
        ("12,50.00", "AUD"),
        ("1.5", "JPY"),
        ("", "AUD"),
        ("1e9", "AUD"),
        ("٣", "AUD"),
        ("10,000,000,000,000.01", "AUD"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, currency: str) -> None:
    with pytest.raises(NotAnAmount, match="is no amount of"):
        Money.parse(typed, currency)


def test_the_largest_amount_is_still_read() -> None:
    assert Money(money.LARGEST_MINOR, "AUD") == Money.parse("10,000,000,000,000.00", "AUD")


@given(some.integers(-(10**15), 10**15), some.integers(1, 50))
def test_shares_add_up_and_differ_by_a_cent_at_most(minor: int, parts: int) -> None:
    shares = Money(minor, "AUD").share(parts)

    assert Money(minor, "AUD") == money.total(shares, "AUD")
    assert max(shares).minor - min(shares).minor <= 1
    assert list(shares) == sorted(shares, reverse=True)


def test_a_figure_is_printed_with_its_decimals() -> None:
    assert str(Money(-65000, "AUD")) == "−650.00"
    assert str(Money(1234567, "JPY")) == "1,234,567"
    assert Money(5, "AUD").decimal == Decimal("0.05")


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(AssertionError):
        Money(1, "AUD") + Money(1, "NZD")

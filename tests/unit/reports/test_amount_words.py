"""Amounts in words, on both sides of every place where English changes."""

import pytest
from babel.numbers import list_currencies
from hypothesis import given
from hypothesis import strategies as some

from chancery.lib.money import Money, digits
from chancery.reports.amount_words import in_words

NINES = "Nine hundred and ninety-nine thousand nine hundred and ninety-nine dollars and ninety-nine cents"


@pytest.mark.parametrize(
    ("minor", "said"),
    [
        (0, "Zero dollars"),
        (1, "Zero dollars and one cent"),
        (2, "Zero dollars and two cents"),
        (99, "Zero dollars and ninety-nine cents"),
        (100, "One dollar"),
        (101, "One dollar and one cent"),
        (200, "Two dollars"),
        (1900, "Nineteen dollars"),
        (2000, "Twenty dollars"),
        (2100, "Twenty-one dollars"),
        (9900, "Ninety-nine dollars"),
        (10000, "One hundred dollars"),
        (10100, "One hundred and one dollars"),
        (99900, "Nine hundred and ninety-nine dollars"),
        (100000, "One thousand dollars"),
        (100100, "One thousand and one dollars"),
        (109900, "One thousand and ninety-nine dollars"),
        (110000, "One thousand one hundred dollars"),
        (125050, "One thousand two hundred and fifty dollars and fifty cents"),
        (100000000, "One million dollars"),
        (100000100, "One million and one dollars"),
        (100100000, "One million one thousand dollars"),
        (99999999, NINES),
        (10**15, "Ten trillion dollars"),
    ],
)  # fmt: skip
def test_dollars_are_said_as_on_a_receipt(minor: int, said: str) -> None:
    assert said == in_words(Money(minor, "AUD"))


@pytest.mark.parametrize(
    ("minor", "currency", "said"),
    [
        (101, "GBP", "One pound and one penny"),
        (202, "GBP", "Two pounds and two pence"),
        (101, "EUR", "One euro and one cent"),
        (202, "EUR", "Two euros and two cents"),
        (202, "ZAR", "Two rand and two cents"),
        (202, "NZD", "Two dollars and two cents"),
        (202, "CAD", "Two dollars and two cents"),
        (202, "SGD", "Two dollars and two cents"),
        (202, "HKD", "Two dollars and two cents"),
        (202, "INR", "Two rupees and two paise"),
        (1250, "JPY", "One thousand two hundred and fifty yen"),
        (1005, "BHD", "One dinar and 005/1000"),
        (205, "PLN", "Two zlotys and 05/100"),
        (10105, "USD", "One hundred one dollars and five cents"),
        (125000, "USD", "One thousand two hundred fifty dollars"),
        (100100, "USD", "One thousand one dollars"),
    ],
)
def test_other_currencies_are_said_by_their_own_units(minor: int, currency: str, said: str) -> None:
    assert said == in_words(Money(minor, currency))


def test_every_currency_there_is_can_be_said() -> None:
    for currency in list_currencies():
        said = in_words(Money(2 * 10 ** digits(currency), currency))

        assert said.startswith("Two ")


@given(some.integers(0, 10**13), some.integers(0, 10**13))
def test_two_amounts_are_never_said_alike(one: int, other: int) -> None:
    said = in_words(Money(one, "AUD")), in_words(Money(other, "AUD"))

    assert (one == other) == (said[0] == said[1])


def test_a_receipt_for_less_than_nothing_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="came in"):
        in_words(Money(-1, "AUD"))

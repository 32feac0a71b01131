import string
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chancery.trust.rules import bank_numbers

NEW_ZEALAND_SHAPE = (
    "An account number has 2 digits of bank, 4 of branch, 7 of account and"
    " 2 or 3 of suffix; this has {} digits in all."
)
DIGITS = st.sampled_from("0123456789")


def digits(shortest: int, longest: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=shortest, max_size=longest)


def with_routing_check(first_eight: str) -> str:
    total = sum(
        int(digit) * weight for digit, weight in zip(first_eight, (3, 7, 1) * 3, strict=False)
    )
    return f"{first_eight}{-total % 10}"


def with_iban_check(country: str, rest: str) -> str:
    number = int("".join(str(int(mark, 36)) for mark in f"{rest}{country}00"))
    return f"{country}{98 - number % 97:02}{rest}"


@pytest.mark.parametrize(
    ("check", "typed", "normal", "shown"),
    [
        ("bsb", "062555", "062555", "062-555"),
        ("bsb", " 062-555 ", "062555", "062-555"),
        ("bsb", "062 555", "062555", "062-555"),
        ("au_account", "1042 7731", "10427731", "1042 7731"),
        ("au_account", "104277", "104277", "104 277"),
        ("au_account", "104277319", "104277319", "104 277 319"),
        ("au_account", "1042773", "1042773", "1042773"),
        ("sort_code", "12-34-56", "123456", "12-34-56"),
        ("gb_account", "12345678", "12345678", "12345678"),
        ("routing_number", "021000021", "021000021", "021000021"),
        ("us_account", "1234", "1234", "1234"),
        ("ca_institution", "003", "003", "003"),
        ("ca_transit", "00011", "00011", "00011"),
        ("ca_account", "1234567", "1234567", "1234567"),
        ("nz_account", "01-0902-0068389-00", "0109020068389000", "01-0902-0068389-00"),
        ("nz_account", "010902006838900", "0109020068389000", "01-0902-0068389-00"),
        ("nz_account", "0109020068389000", "0109020068389000", "01-0902-0068389-00"),
        ("nz_account", "01 0902 0068389 100", "0109020068389100", "01-0902-0068389-100"),
        ("nz_account", "1-902-68389-0", "0109020068389000", "01-0902-0068389-00"),
        ("iban", "ie29 aibk 9311 5212 3456 78", "IE29AIBK93115212345678", None),
        ("iban", "GB82WEST12345698765432", "GB82WEST12345698765432", "GB82 WEST 1234 5698 7654 32"),
        ("account_number", "123-456789-0", "1234567890", "1234567890"),
    ],
)
def test_a_sound_number_has_a_normal_and_a_display_form(
    check: bank_numbers.Check, typed: str, normal: str, shown: str | None
) -> None:
    reading = bank_numbers.read(check, typed)

    assert reading.findings == ()
    assert reading.normal == normal
    assert reading.display == (shown or "IE29 AIBK 9311 5212 3456 78")


@pytest.mark.parametrize(
    ("check", "typed", "sentence"),
    [
        ("bsb", "06255", "A BSB has 6 digits; this has 5."),
        ("bsb", "0625555", "A BSB has 6 digits; this has 7."),
        ("bsb", "06255O", "A BSB has digits only."),
        ("bsb", "٠٦٢٥٥٥", "A BSB has digits only."),
        ("bsb", " - ", "Enter a BSB."),
        ("au_account", "123", "An account number has 4 to 9 digits; this has 3."),
        (
            "au_account",
            "1234567890",
            "An account number has 4 to 9 digits; this has 10.",
        ),
        ("sort_code", "12345", "A sort code has 6 digits; this has 5."),
        ("gb_account", "1234567", "An account number has 8 digits; this has 7."),
        (
            "routing_number",
            "021000022",
            "This routing number fails its check digit; read it again from a check.",
        ),
        (
            "routing_number",
            "000000000",
            "This routing number fails its check digit; read it again from a check.",
        ),
        ("nz_account", "", "Enter an account number."),
        ("nz_account", "01-0902-006838X-00", "An account number has digits only."),
        (
            "nz_account",
            "01-0902-0068389-0000",
            NEW_ZEALAND_SHAPE.format(17),
        ),
        ("iban", "", "Enter an IBAN."),
        (
            "iban",
            "29AIBK",
            "An IBAN starts with two letters and two digits, then letters and digits.",
        ),
        ("iban", "GB82WEST123456", "An IBAN has 15 to 34 characters; this has 14."),
        ("iban", f"GB82{'1' * 31}", "An IBAN has 15 to 34 characters; this has 35."),
    ],
)
def test_an_unsound_number_says_what_is_wrong(
    check: bank_numbers.Check, typed: str, sentence: str
) -> None:
    reading = bank_numbers.read(check, typed)

    assert reading.findings == (sentence,)
    assert not reading.is_valid
    assert reading.normal == ""
    assert reading.display == typed.strip()


def test_a_wrong_irish_iban_has_both_its_findings() -> None:
    reading = bank_numbers.read("iban", "IE29 AIBK 9311 5212 3456 7")

    assert reading.findings == (
        "An Irish IBAN is IE, 2 digits, 4 letters of the bank and 14 digits.",
        "This IBAN fails its check digits; read it again from the bank.",
    )


def test_the_shortest_and_the_longest_iban_are_read() -> None:
    shortest = bank_numbers.read("iban", with_iban_check("NO", "86011117947"))
    longest = bank_numbers.read("iban", with_iban_check("XX", "0" * 30))

    assert len(shortest.normal) == 15
    assert len(longest.normal) == 34


@given(digits(6, 6), digits(4, 9), digits(8, 8))
def test_what_is_shown_reads_back_as_the_same_number(bsb: str, account: str, british: str) -> None:
    for check, number in (("bsb", bsb), ("au_account", account), ("gb_account", british)):
        first = bank_numbers.read(check, number)  # type: ignore[arg-type] # a literal in a tuple
        again = bank_numbers.read(check, first.display)  # type: ignore[arg-type] # same reason

        assert first.normal == number
        assert again == first


@given(digits(15, 16))
def test_a_new_zealand_number_reads_back_from_what_is_shown(number: str) -> None:
    first = bank_numbers.read("nz_account", number)

    assert first.is_valid
    assert bank_numbers.read("nz_account", first.display) == first
    assert bank_numbers.read("nz_account", first.normal) == first


@given(digits(8, 8).filter(lambda text: text != "00000000"), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_in_a_routing_number_is_found(first: str, at: int, by: int) -> None:
    number = with_routing_check(first)
    wrong = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"

    assert bank_numbers.read("routing_number", number).is_valid
    assert not bank_numbers.read("routing_number", wrong).is_valid


@given(
    st.text(st.sampled_from(string.ascii_uppercase), min_size=4, max_size=4),
    digits(14, 14),
    st.integers(0, 13),
    st.integers(1, 9),
)
def test_one_wrong_digit_in_an_iban_is_found(bank: str, account: str, at: int, by: int) -> None:
    number = with_iban_check("IE", bank + account)
    place = 8 + at
    wrong = f"{number[:place]}{(int(number[place]) + by) % 10}{number[place + 1 :]}"

    assert bank_numbers.read("iban", number).is_valid
    assert not bank_numbers.read("iban", wrong).is_valid


@given(st.sampled_from(sorted(get_args(bank_numbers.Check))), st.text(max_size=40))
def test_any_text_is_either_read_or_found_wrong(check: bank_numbers.Check, typed: str) -> None:
    reading = bank_numbers.read(check, typed)

    assert reading.is_valid == bool(reading.normal)
    assert all(sentence.endswith(".") for sentence in reading.findings)

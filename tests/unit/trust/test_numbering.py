"""Two series of documents never make the same number."""

import pytest

from chancery.trust.rules import numbering
from chancery.trust.rules.numbering import Series


@pytest.mark.parametrize("prefix", ["R-", "TR/", "2026-R", "ra.", "_", "R-2026-"])
def test_a_prefix_that_ends_in_no_digit_is_kept(prefix: str) -> None:
    assert numbering.prefix_finding(prefix) == ""


@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        ("", "Enter a prefix"),
        ("R1", "does not end in a digit"),
        ("R 1-", "letters, digits"),
        ("RECEIPTS-", "at most 8 characters; this has 9"),
        ("É-", "letters, digits"),
        ("R-\n", "letters, digits"),
    ],
)
def test_a_prefix_that_could_be_misread_is_refused(prefix: str, said: str) -> None:
    assert said in numbering.prefix_finding(prefix)


def test_a_prefix_of_eight_characters_is_the_longest() -> None:
    assert numbering.prefix_finding("RECEIPT-") == ""


@pytest.mark.parametrize(
    ("first", "fine"), [(0, False), (1, True), (9_999_999, True), (10_000_000, False), (-1, False)]
)
def test_a_first_number_lies_between_one_and_the_highest(first: int, fine: bool) -> None:  # noqa: FBT001 - the expectation
    assert (numbering.first_finding(first) == "") is fine


def test_case_does_not_tell_two_prefixes_apart() -> None:
    assert numbering.repeats("r-", ["R-"])
    assert not numbering.repeats("R/", ["R-"])


def test_the_next_account_is_offered_the_next_free_prefix() -> None:
    assert numbering.next_free("R", []) == "R-"
    assert numbering.next_free("R", ["R-", "W-"]) == "R2-"
    assert numbering.next_free("R", ["r-", "R2-"]) == "R3-"


def test_a_series_reads_as_its_first_number() -> None:
    assert str(Series("R-", 1042)) == "R-1042"

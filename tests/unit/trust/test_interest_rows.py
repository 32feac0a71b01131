"""What is wrong with a row of a file of interest, taken by itself and held against the books."""

from dataclasses import replace
from datetime import date

import pytest

from chancery.lib.comma_files import Row
from chancery.trust.rules import interest_rows
from chancery.trust.rules.interest_rows import InterestRow, Target
from chancery.trust.rules.past_rows import Finding, Locale

TODAY = date(2026, 6, 30)
NZD = Locale("NZD", TODAY)
ROW = InterestRow(2, date(2026, 6, 1), "", "2026-0001", 1000, 330, 10)
TARGET = Target("NZD", None)


def codes(findings: "list[Finding] | InterestRow") -> list[str]:
    assert isinstance(findings, list)
    return [one.code for one in findings]


def read(**cells: str) -> "list[Finding] | InterestRow":
    told = {"day": "2026-06-01", "matter": "2026-0001", "gross": "10.00", **cells}
    return interest_rows.read(Row(2, told, is_whole=True), NZD)


def test_a_row_is_read_with_what_the_bank_kept_back() -> None:
    row = read(tax="3.30", fees="0.10")

    assert row == ROW
    assert isinstance(row, InterestRow)
    assert row.net_minor == 660


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"day": "31/31/2026"}, "bad_date"),
        ({"day": "2026-07-01"}, "future_date"),
        ({"gross": "much"}, "bad_amount"),
        ({"gross": "0.00"}, "bad_amount"),
        ({"tax": "-1.00"}, "bad_amount"),
        ({"matter": ""}, "no_ledger"),
    ],
)
def test_what_cannot_be_read_is_said(cells: dict[str, str], code: str) -> None:
    assert codes(read(**cells)) == [code]


def test_everything_that_is_wrong_with_a_row_is_said_at_once() -> None:
    assert codes(read(day="x", gross="y", matter="")) == ["bad_date", "bad_amount", "no_ledger"]


@pytest.mark.parametrize(
    ("row", "target", "code"),
    [
        (ROW, replace(TARGET, currency="AUD"), "other_currency"),
        (ROW, replace(TARGET, is_closed=True), "closed"),
        (ROW, replace(TARGET, locked_through=ROW.on), "locked"),
        (replace(ROW, tax_minor=990), TARGET, "nothing_left"),
        (ROW, replace(TARGET, not_theirs="Act s 1"), "not_the_clients"),
        (
            replace(ROW, matter="", tax_minor=0, fees_minor=0),
            replace(TARGET, theirs="Act s 2"),
            "the_clients",
        ),
        (replace(ROW, matter=""), TARGET, "net_only"),
        (ROW, replace(TARGET, taken=frozenset({(ROW.on, 1000)})), "recorded_already"),
    ],
)
def test_a_row_that_the_books_do_not_take_says_why(
    row: InterestRow, target: Target, code: str
) -> None:
    assert interest_rows.judge(ROW, TARGET, "NZD") == []
    assert codes(interest_rows.judge(row, target, "NZD")) == [code]


def test_the_rule_stands_in_the_sentence() -> None:
    (finding,) = interest_rows.judge(ROW, replace(TARGET, not_theirs="Act s 1"), "NZD")

    assert finding.words.endswith("Act s 1")


def test_a_row_that_says_what_an_earlier_one_says_is_named() -> None:
    rows = [ROW, replace(ROW, number=3), replace(ROW, number=4, gross_minor=1001)]

    assert list(interest_rows.repeated(rows)) == [3]

from dataclasses import fields, replace
from datetime import date

import pytest

from chancery.lib.money import Money
from chancery.trust.rules import packs, receipts
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_receipts import ReceiptField
from chancery.trust.rules.receipts import ReceiptFacts

ON = date(2026, 4, 2)
WHOLE = ReceiptFacts(
    amount=Money(50000, "AUD"),
    number="R-1",
    made_out_on=ON,
    received_on=ON,
    form_of_money="cheque",
    received_from="A. Payer",
    client_name="A. Client",
    matter_description="Sale",
    matter_reference="M-1",
    reason="Deposit",
    practice_name="Firm & Co",
    made_out_by="Bob",
)
WORDS = [each.name for each in fields(ReceiptFacts) if each.name != "amount"]


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


@pytest.mark.parametrize("pack", packs.choosable(), ids=lambda pack: pack.code)
def test_a_whole_receipt_lacks_nothing_anywhere(pack: packs.Pack) -> None:
    assert receipts.missing(Policy.of(pack), WHOLE) == []


@pytest.mark.parametrize("name", WORDS)
@pytest.mark.parametrize("code", ["au_nsw", "au_qld", "gb_nir"])
def test_each_field_that_australia_asks_for_is_missed(code: str, name: str) -> None:
    empty = None if name.endswith("_on") else ""

    problems = receipts.missing(policy(code), replace(WHOLE, **{name: empty}))  # type: ignore[arg-type]  # one field each

    assert [problem.field for problem in problems] == [name]
    assert problems[0].words.endswith(".")


def test_every_missing_field_is_told_at_once() -> None:
    problems = receipts.missing(policy("au_nsw"), ReceiptFacts(amount=Money(0, "AUD")))

    assert [problem.field for problem in problems] == ["amount", *_in_form_order(WORDS)]


def test_new_zealand_asks_for_its_own_fields_only() -> None:
    problems = receipts.missing(
        policy("nz"), replace(WHOLE, matter_description="", matter_reference="", received_on=None)
    )

    assert problems == []
    assert ReceiptField.AMOUNT_IN_WORDS in receipts.shows(policy("nz"))
    assert ReceiptField.AMOUNT_IN_WORDS not in receipts.shows(policy("au_nsw"))


def test_a_receipt_bears_the_wording_of_its_place() -> None:
    assert receipts.literals(policy("au_nsw")) == (("trust account", "trust a/c"),)
    assert receipts.literals(policy("nz")) == (("official receipt form for trust moneys",),)
    assert receipts.literals(policy("gb_ew")) == ()


def test_a_receipt_of_controlled_money_bears_its_own_heading() -> None:
    assert receipts.literals(policy("au_nsw"), is_controlled=True) == (
        ("controlled money receipt",),
    )
    assert receipts.literals(policy("gb_ew"), is_controlled=True) == ()


@pytest.mark.parametrize(
    ("code", "is_cash", "is_asked_for", "expected"),
    [
        ("au_nsw", False, False, True),
        ("nz", False, False, False),
        ("nz", True, False, True),
        ("nz", False, True, True),
        ("gb_sct", False, False, True),
    ],
)
def test_a_receipt_is_made_out_when_the_place_asks_for_it(
    code: str,
    is_cash: bool,  # noqa: FBT001 - a column of the table
    is_asked_for: bool,  # noqa: FBT001 - a column of the table
    expected: bool,  # noqa: FBT001 - a column of the table
) -> None:
    found = receipts.is_made_out(policy(code), is_cash=is_cash, is_asked_for=is_asked_for)

    assert found is expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("au_nsw", None),
        ("gb_ew", None),
        ("ca_on", date(2026, 4, 6)),
        ("ca_sk", date(2026, 4, 8)),
        ("hk", date(2026, 4, 8)),
    ],
)
def test_money_is_banked_by_the_day_that_the_place_fixes(code: str, expected: date | None) -> None:
    assert receipts.bank_by(policy(code), ON) == expected


def test_cash_in_ontario_is_refused_from_the_limit_on() -> None:
    ours, already = policy("ca_on"), Money(700000, "CAD")

    receipts.allow_cash(ours, Money(49999, "CAD"), already)
    with pytest.raises(receipts.CashOverLimit) as refused:
        receipts.allow_cash(ours, Money(50000, "CAD"), already)
    assert refused.value.rule == ours.receipts.cash_limit.rule
    assert str(refused.value)
    receipts.allow_cash(policy("gb_ew"), Money(10**9, "GBP"), Money(0, "GBP"))


def test_cash_is_reported_from_the_threshold_on() -> None:
    assert receipts.is_cash_reported(policy("au_nsw"), Money(1000000, "AUD"))
    assert not receipts.is_cash_reported(policy("au_nsw"), Money(999999, "AUD"))


def _in_form_order(names: list[str]) -> list[str]:
    first = ["made_out_on", "received_on", "number"]
    return first + [name for name in names if name not in first]

from datetime import date

import pytest

from chancery.lib.money import Money
from chancery.trust.rules import packs, residual
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.residual import Balance, Gift

MOVED = date(2024, 2, 29)


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


def pounds(amount: str) -> Money:
    return Money.parse(amount, "GBP")


CONDITIONS = frozenset(policy("gb_ew").care.charity.value.conditions)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ca_bc", date(2026, 2, 28)),
        ("ie", date(2026, 2, 28)),
        ("za", date(2025, 2, 28)),
        ("au_nsw", date(2025, 2, 28)),
        ("gb_ew", date(2025, 2, 28)),
    ],
)
def test_a_balance_is_looked_into_after_the_months_of_its_place(code: str, expected: date) -> None:
    assert residual.dormant_on(policy(code), MOVED) == expected


def test_the_longest_still_comes_first_and_an_empty_ledger_never_does() -> None:
    balances = [
        Balance("B", pounds("1.00"), date(2024, 3, 1)),
        Balance("A", pounds("1.00"), MOVED),
        Balance("C", pounds("0.00"), MOVED),
        Balance("D", pounds("1.00"), date(2024, 3, 2)),
    ]

    found = residual.dormant(policy("gb_ew"), balances, date(2025, 3, 1))

    assert [each.ledger for each in found] == ["A", "B"]


def test_five_hundred_pounds_may_go_to_charity_and_a_penny_more_needs_authority() -> None:
    ours = policy("gb_ew")

    residual.may_give_to_charity(ours, Gift(pounds("500.00"), CONDITIONS))
    residual.may_give_to_charity(ours, Gift(pounds("500.01"), CONDITIONS, "SRA letter"))
    with pytest.raises(residual.NeedsRegulatorsAuthority) as refused:
        residual.may_give_to_charity(ours, Gift(pounds("500.01"), CONDITIONS, " "))
    assert refused.value.limit == pounds("500.00")
    assert refused.value.rule == "r 5.1(c)"
    assert str(refused.value)


def test_nothing_goes_to_charity_before_every_step_is_recorded() -> None:
    gift = Gift(pounds("1.00"), CONDITIONS - {"reasonable tracing steps"})

    with pytest.raises(residual.StepsMissing) as refused:
        residual.may_give_to_charity(policy("gb_ew"), gift)

    assert refused.value.missing == ("reasonable tracing steps",)
    assert str(refused.value) == "Record first that this was done: reasonable tracing steps."


@pytest.mark.parametrize("code", ["gb_sct", "au_nsw", "ie", "nz"])
def test_nothing_goes_to_charity_where_no_limit_is_known(code: str) -> None:
    gift = Gift(Money(1, packs.load(code).currency))

    with pytest.raises(residual.NeedsRegulatorsAuthority):
        residual.may_give_to_charity(policy(code), gift)


def test_the_steps_are_the_places_own_words() -> None:
    titles = [words.title for words in residual.steps(policy("gb_ew"))]

    assert titles == ["Return what is no longer needed", "To a charity", "Above the limit"]
    assert residual.steps(policy("gb_nir")) == ()

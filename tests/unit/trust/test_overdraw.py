import pytest

from chancery.lib.money import Money
from chancery.trust.rules import overdraw, packs
from chancery.trust.rules.policy import Policy

BLOCKING = ["au_nt", "nz", "gb_ew", "ca_ab", "ca_on", "us_tx", "za", "gb_nir"]
RECORDING = ["au_nsw", "au_vic", "au_wa", "au_qld", "au_act", "au_tas", "au_sa"]


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


def money(amount: str) -> Money:
    return Money.parse(amount, "AUD")


@pytest.mark.parametrize("code", [*BLOCKING, *RECORDING])
def test_a_ledger_pays_its_last_cent_and_none_of_another_clients(code: str) -> None:
    ours = policy(code)

    overdraw.allow_withdrawal(ours, money("100.00"), money("100.00"))
    with pytest.raises(overdraw.WouldOverdraw) as refused:
        overdraw.allow_withdrawal(ours, money("100.00"), money("150.00"))
    assert refused.value.shortage == money("50.00")
    assert refused.value.rule == ours.ledger.overdraw.rule
    assert "50.00 more" in str(refused.value)


def test_uncleared_money_is_not_there_however_much_others_hold() -> None:
    with pytest.raises(overdraw.WouldOverdraw):
        overdraw.allow_withdrawal(policy("ca_ab"), money("0.00"), money("1500.00"))


@pytest.mark.parametrize("code", RECORDING)
def test_a_dishonor_is_recorded_where_the_place_lets_it_be(code: str) -> None:
    found = overdraw.dishonor(policy(code), money("300.00"), money("1000.00"))

    assert (found.from_ledger, found.shortage) == (money("300.00"), money("700.00"))
    assert found.is_exception
    assert found.rule


@pytest.mark.parametrize("code", BLOCKING)
def test_a_dishonor_that_would_overdraw_is_refused_elsewhere(code: str) -> None:
    with pytest.raises(overdraw.DishonorWouldOverdraw) as refused:
        overdraw.dishonor(policy(code), money("999.99"), money("1000.00"))

    assert refused.value.shortage == money("0.01")
    assert refused.value.rule == policy(code).ledger.overdraw.rule
    assert "0.01 is missing" in str(refused.value)


@pytest.mark.parametrize("code", ["au_nt", "au_nsw"])
def test_a_dishonor_that_the_ledger_holds_is_no_exception(code: str) -> None:
    found = overdraw.dishonor(policy(code), money("1000.00"), money("1000.00"))

    assert found.from_ledger == money("1000.00")
    assert not found.is_exception


def test_a_firm_in_a_place_that_records_may_choose_to_block() -> None:
    ours = Policy.of(packs.load("au_nsw"), {"ledger.overdraw": "block"})

    with pytest.raises(overdraw.DishonorWouldOverdraw):
        overdraw.dishonor(ours, money("0.00"), money("0.01"))


def test_a_ledger_below_zero_is_a_shortage_that_no_total_hides() -> None:
    found = overdraw.standing([money("1500.00"), money("0.00") - money("500.00")], "AUD")

    assert found.positive_total == money("1500.00")
    assert found.shortage == money("500.00")
    assert found.is_short


def test_ledgers_that_hold_nothing_or_more_are_not_short() -> None:
    assert not overdraw.standing([money("0.00"), money("0.01")], "AUD").is_short
    assert not overdraw.standing([], "AUD").is_short

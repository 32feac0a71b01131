import pytest

from chancery.lib.money import Money
from chancery.trust.rules import own_funds, packs
from chancery.trust.rules.policy import Policy


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


def money(amount: str, code: str) -> Money:
    return Money.parse(amount, packs.load(code).currency)


@pytest.mark.parametrize(("code", "cap"), [("ca_ab", "500.00"), ("ca_sk", "300.00")])
def test_a_firm_keeps_up_to_the_cap_and_not_a_cent_more(code: str, cap: str) -> None:
    ours, full, cent = policy(code), money(cap, code), money("0.01", code)

    own_funds.may_keep(ours, money("0.00", code), full)
    with pytest.raises(own_funds.OwnFundsOverCap) as refused:
        own_funds.may_keep(ours, full, cent)
    assert (refused.value.cap, refused.value.would_hold) == (full, full + cent)
    assert refused.value.rule == ours.funds.own_funds.rule
    assert str(refused.value)


@pytest.mark.parametrize("code", ["ca_on", "au_nsw", "au_sa", "gb_ew", "nz", "hk", "gb_nir"])
def test_no_own_money_is_kept_where_none_is_allowed_or_nothing_is_known(code: str) -> None:
    with pytest.raises(own_funds.OwnFundsNotAllowed) as refused:
        own_funds.may_keep(policy(code), money("0.00", code), money("0.01", code))

    assert refused.value.rule == policy(code).funds.own_funds.rule
    assert str(refused.value)


@pytest.mark.parametrize("code", ["us_tx", "us_fl", "us_nj"])
def test_americans_keep_what_bank_charges_need(code: str) -> None:
    own_funds.may_keep(policy(code), money("0.00", code), money("250.00", code))

    assert own_funds.excess(policy(code), money("250.00", code)) == money("0.00", code)


def test_an_american_firm_may_set_itself_a_cap() -> None:
    ours = Policy.of(packs.load("us_tx"), {"own_funds.allowed": {"max": 100}})

    with pytest.raises(own_funds.OwnFundsOverCap):
        own_funds.may_keep(ours, money("0.00", "us_tx"), money("100.01", "us_tx"))


@pytest.mark.parametrize(
    ("code", "held", "over"),
    [
        ("ca_ab", "500.00", "0.00"),
        ("ca_ab", "500.01", "0.01"),
        ("ca_on", "0.00", "0.00"),
        ("ca_on", "0.01", "0.01"),
    ],
)
def test_own_money_over_the_cap_is_flagged(code: str, held: str, over: str) -> None:
    assert own_funds.excess(policy(code), money(held, code)) == money(over, code)


def test_a_bank_fee_in_ontario_is_a_shortage_that_the_office_makes_good() -> None:
    fee = money("25.00", "ca_on")

    found = own_funds.bank_charge(policy("ca_on"), fee, money("0.00", "ca_on"))

    assert (found.shortage, found.office_restores) == (fee, fee)
    assert not found.is_covered


def test_a_float_of_fifty_covers_a_bank_fee_in_alberta() -> None:
    fee = money("25.00", "ca_ab")

    found = own_funds.bank_charge(policy("ca_ab"), fee, money("50.00", "ca_ab"))

    assert found.is_covered
    assert (found.from_float, found.office_restores) == (fee, fee)


def test_a_float_that_is_too_small_leaves_a_shortage() -> None:
    found = own_funds.bank_charge(policy("us_nj"), money("25.00", "us_nj"), money("10.00", "us_nj"))

    assert found.from_float == money("10.00", "us_nj")
    assert found.shortage == found.office_restores == money("15.00", "us_nj")


def test_a_charge_in_south_australia_is_the_offices_even_if_a_float_lies_there() -> None:
    fee = money("25.00", "au_sa")

    found = own_funds.bank_charge(policy("au_sa"), fee, money("50.00", "au_sa"))

    assert found.from_float == money("0.00", "au_sa")
    assert found.office_restores == fee

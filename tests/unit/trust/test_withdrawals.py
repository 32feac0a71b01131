from dataclasses import replace
from datetime import date

import pytest

from chancery.lib.money import Money
from chancery.trust.rules import packs, withdrawals
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_payments import PaymentMethod
from chancery.trust.rules.withdrawals import Approval, Cheque, Prepared

ON = date(2026, 4, 1)
CHEQUE = Cheque("A. Payee", "000123", ON, ON, has_practice_name=True)


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


def dollars(amount: str, currency: str = "AUD") -> Money:
    return Money.parse(amount, currency)


@pytest.mark.parametrize(
    ("code", "amount", "maker_may_sign", "signers", "expected"),
    [
        ("au_nsw", "1.00", True, 3, 0),
        ("au_nsw", "1.00", False, 3, 1),
        ("sg", "5000.00", True, 3, 0),
        ("sg", "5000.01", True, 3, 1),
        ("sg", "5000.01", False, 3, 2),
        ("ca_nb", "1.00", True, 2, 1),
        ("ca_nb", "1.00", True, 1, 0),
        ("gb_ew", "1.00", True, 2, 1),
        ("gb_ew", "1.00", True, 1, 0),
        ("gb_ew", "1.00", False, 1, 1),
    ],
)
def test_as_many_others_approve_as_the_place_asks(
    code: str,
    amount: str,
    maker_may_sign: bool,  # noqa: FBT001 - a column of the table
    signers: int,
    expected: int,
) -> None:
    ours = policy(code)
    asked = Money.parse(amount, ours.pack.currency)

    needed = withdrawals.approvals_needed(
        ours, asked, maker_may_sign=maker_may_sign, people_who_may_sign=signers
    )

    assert needed == expected


def test_a_firm_may_ask_for_two_people_where_the_law_asks_for_one() -> None:
    ours = Policy.of(packs.load("au_nsw"), {"payments.two_signatories": {"people": 2}})

    needed = withdrawals.approvals_needed(
        ours, dollars("1.00"), maker_may_sign=True, people_who_may_sign=2
    )

    assert needed == 1


def test_nobody_approves_their_own_payment() -> None:
    with pytest.raises(withdrawals.OwnApproval) as refused:
        withdrawals.may_approve(Prepared("bob", dollars("1.00")), [], "bob", 1)

    assert refused.value.rule == withdrawals.NO_SELF_APPROVAL
    assert str(refused.value)


def test_nobody_approves_a_payment_twice() -> None:
    prepared = Prepared("bob", dollars("1.00"))

    withdrawals.may_approve(prepared, [], "alice", 1)
    with pytest.raises(withdrawals.AlreadyApproved) as refused:
        withdrawals.may_approve(prepared, [Approval("alice", 1)], "alice", 1)

    assert str(refused.value)


def test_a_change_makes_every_approval_void() -> None:
    changed = Prepared("bob", dollars("2.00"), version=2)
    approvals = [Approval("alice", 1)]

    assert withdrawals.standing(changed, approvals) == frozenset()
    withdrawals.may_approve(changed, approvals, "alice", 2)
    with pytest.raises(withdrawals.ApprovedAsItWas) as refused:
        withdrawals.may_approve(changed, approvals, "alice", 1)
    assert str(refused.value)


def test_a_payment_is_released_with_the_last_approval_and_not_before() -> None:
    ours, prepared = policy("gb_ew"), Prepared("bob", dollars("1.00", "GBP"), maker_may_sign=True)

    with pytest.raises(withdrawals.ApprovalsMissing) as refused:
        withdrawals.may_release(ours, prepared, [Approval("bob", 1)], 2)
    assert (refused.value.given, refused.value.needed) == (0, 1)
    assert refused.value.rule == ours.payments.release.rule
    assert str(refused.value) == "0 of 1 approvals are given; ask for the rest."
    withdrawals.may_release(ours, prepared, [Approval("alice", 1)], 2)


def test_a_person_releases_up_to_their_daily_total_and_not_a_cent_more() -> None:
    limit, released = dollars("1000.00"), [dollars("600.00"), dollars("300.00")]

    withdrawals.within_daily_total(limit, released, dollars("100.00"))
    withdrawals.within_daily_total(None, released, dollars("9999.00"))
    with pytest.raises(withdrawals.DailyTotalExceeded) as refused:
        withdrawals.within_daily_total(limit, released, dollars("100.01"))
    assert refused.value.left == dollars("100.00")
    assert str(refused.value)


@pytest.mark.parametrize("code", ["au_nsw", "nz", "gb_ew", "us_tx"])
def test_money_is_paid_by_cheque_or_electronically_and_never_in_cash(code: str) -> None:
    ours = policy(code)

    withdrawals.allow_method(ours, PaymentMethod.CHEQUE)
    withdrawals.allow_method(ours, PaymentMethod.ELECTRONIC)
    with pytest.raises(withdrawals.PaymentMethodNotAllowed) as refused:
        withdrawals.allow_method(ours, PaymentMethod.CASH, is_witnessed=True)
    assert str(refused.value) == (
        "Client money is not paid out by cash here; use one of: cheque; electronic."
    )


def test_cash_in_ireland_needs_a_witnessed_signature() -> None:
    withdrawals.allow_method(policy("ie"), PaymentMethod.CASH, is_witnessed=True)

    with pytest.raises(withdrawals.PaymentMethodNotAllowed):
        withdrawals.allow_method(policy("ie"), PaymentMethod.CASH)


def test_a_firm_may_give_up_a_way_of_payment() -> None:
    ours = Policy.of(packs.load("au_nsw"), {"payments.methods": ["eft"]})

    with pytest.raises(withdrawals.PaymentMethodNotAllowed) as refused:
        withdrawals.allow_method(ours, PaymentMethod.CHEQUE)
    assert refused.value.rule == "LPUGR r 43"


@pytest.mark.parametrize("pack", packs.choosable(), ids=lambda pack: pack.code)
def test_a_proper_cheque_has_no_problem_anywhere(pack: packs.Pack) -> None:
    assert withdrawals.cheque_problems(Policy.of(pack), CHEQUE) == []


@pytest.mark.parametrize(
    ("code", "change", "field"),
    [
        ("au_nsw", {"payee": " "}, "payee"),
        ("au_nsw", {"has_practice_name": False}, "practice_name"),
        ("au_nsw", {"is_to_cash": True, "client_authority": "Letter"}, "payee"),
        ("ca_mb", {"dated_on": date(2026, 4, 2)}, "dated_on"),
        ("ca_mb", {"number": ""}, "number"),
        ("ca_mb", {"payee": ""}, "payee"),
        ("ca_nb", {"is_signed_by_hand": False}, "signature"),
        ("ca_sk", {"is_signed_by_lawyer": False}, "signature"),
        ("us_ny", {"is_signed_by_lawyer": False}, "signature"),
        ("us_fl", {"number": ""}, "number"),
        ("sg", {"is_to_cash": True}, "client_authority"),
    ],
)
def test_a_cheque_that_breaks_a_rule_of_its_place_is_told_so(
    code: str, change: dict[str, object], field: str
) -> None:
    problems = withdrawals.cheque_problems(policy(code), replace(CHEQUE, **change))  # type: ignore[arg-type]  # one field each

    assert [problem.field for problem in problems] == [field]


def test_a_cheque_to_cash_is_drawn_in_singapore_with_the_clients_word() -> None:
    cash = replace(CHEQUE, is_to_cash=True, client_authority="Letter of 1 April")

    assert withdrawals.cheque_problems(policy("sg"), cash) == []


def test_a_cheque_bears_the_wording_of_its_place() -> None:
    assert withdrawals.cheque_marks(policy("au_nsw")) == (
        ("not negotiable",),
        ("law practice trust account", "law practice trust a/c"),
    )
    assert withdrawals.cheque_marks(policy("ca_sk")) == (("trust",),)

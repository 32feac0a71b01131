from dataclasses import replace
from datetime import date, timedelta

import pytest

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.trust.rules import costs, packs
from chancery.trust.rules import costs_refusals as refusals
from chancery.trust.rules.costs import ClientKind, CostsFacts
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_costs import Route

GIVEN = date(2026, 4, 1)  # the Wednesday before Easter
DAY = timedelta(days=1)
BILL = CostsFacts(
    amount=Money(110000, "AUD"),
    bill="B-17",
    owed=Money(110000, "AUD"),
    delivered_on=GIVEN,
    mentions_withdrawal=True,
)
AUTHORITY = CostsFacts(
    amount=Money(110000, "AUD"), route=Route.AUTHORITY, authority="Agreement", authority_on=GIVEN
)
STRICT = replace(BILL, authority="Letter", authority_on=GIVEN, earned_on=GIVEN)


def policy(code: str) -> Policy:
    return Policy.of(packs.load(code))


def refused(code: str, facts: CostsFacts, on: date) -> Refusal | None:
    try:
        costs.may_take_costs(policy(code), facts, on)
    except Refusal as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("au_nsw", date(2026, 4, 15)),
        ("au_vic", date(2026, 4, 15)),
        ("au_wa", date(2026, 4, 15)),
        ("au_qld", date(2026, 4, 9)),
        ("au_act", date(2026, 4, 9)),
        ("au_tas", date(2026, 4, 9)),
        ("au_nt", date(2026, 4, 9)),
        ("au_sa", date(2026, 4, 9)),
    ],
)
def test_an_australian_bill_is_paid_from_the_day_after_the_waiting_period(
    code: str, first: date
) -> None:
    early = refused(code, BILL, first - DAY)

    assert isinstance(early, refusals.WaitingPeriodRuns)
    assert early.first_allowed_on == first
    assert early.rule == policy(code).costs.waiting.rule
    assert refused(code, BILL, first) is None


@pytest.mark.parametrize("code", ["gb_ew", "ca_on", "ca_nb", "ie"])
def test_a_delivered_bill_is_paid_at_once_where_no_wait_is_asked(code: str) -> None:
    silent = replace(BILL, mentions_withdrawal=False)

    assert refused(code, silent, GIVEN) is None
    late = refused(code, replace(silent, delivered_on=GIVEN + DAY), GIVEN)
    assert isinstance(late, refusals.BillNotDelivered)
    assert late.rule == policy(code).costs.routes.rule


@pytest.mark.parametrize("code", ["ca_ab", "ca_bc"])
def test_alberta_and_british_columbia_ask_for_the_work_and_the_bill(code: str) -> None:
    assert isinstance(refused(code, BILL, GIVEN), refusals.NotEarned)
    assert refused(code, replace(BILL, earned_on=GIVEN), GIVEN) is None


@pytest.mark.parametrize("code", ["gb_sct", "gb_nir", "sg", "hk", "za", "ca_sk", "ca_mb", "ca_nl"])
def test_a_place_whose_rule_is_not_known_asks_for_everything(code: str) -> None:
    first = costs.first_allowed_on(policy(code), GIVEN)

    assert refused(code, STRICT, first) is None
    assert isinstance(refused(code, STRICT, first - DAY), refusals.WaitingPeriodRuns)
    for missing, expected in (
        ({"delivered_on": None}, refusals.BillNotDelivered),
        ({"mentions_withdrawal": False}, refusals.BillDoesNotMentionWithdrawal),
        ({"authority": ""}, refusals.AuthorityMissing),
        ({"earned_on": None}, refusals.NotEarned),
    ):
        refusal = refused(code, replace(STRICT, **missing), first)
        assert isinstance(refusal, expected)
        assert "strict default" in refusal.rule


@pytest.mark.parametrize(
    "code", ["us", "us_ca", "us_fl", "us_il", "us_nc", "us_nj", "us_ny", "us_pa", "us_tx", "us_wa"]
)
def test_american_fees_are_taken_as_earned_only(code: str) -> None:
    fee = CostsFacts(amount=Money(1, "USD"), route=Route.EARNED, earned_on=GIVEN)

    assert refused(code, fee, GIVEN) is None
    early = refused(code, fee, GIVEN - DAY)
    assert isinstance(early, refusals.NotEarned)
    assert early.code == "trust.not_earned"
    assert "MR 1.15(c)" in early.rule


def test_new_zealand_asks_for_authority_and_invoice() -> None:
    both = replace(AUTHORITY, invoice="INV-1", invoiced_on=GIVEN)

    assert refused("nz", both, GIVEN) is None
    assert isinstance(refused("nz", replace(both, authority=""), GIVEN), refusals.AuthorityMissing)
    late = refused("nz", replace(both, invoiced_on=GIVEN + DAY), GIVEN)
    assert isinstance(late, refusals.InvoiceMissing)
    assert late.rule == "regs 9, 10"
    assert isinstance(refused("nz", replace(both, invoice=""), GIVEN), refusals.InvoiceMissing)


def test_a_ground_that_a_place_does_not_know_is_refused() -> None:
    refusal = refused("nz", BILL, GIVEN)

    assert isinstance(refusal, refusals.GroundNotKnown)
    assert str(refusal) == ("Costs are not taken here on the ground “bill”; known here: authority.")


def test_an_australian_bill_must_say_that_money_will_be_withdrawn() -> None:
    refusal = refused("au_nsw", replace(BILL, mentions_withdrawal=False), date(2026, 5, 1))

    assert isinstance(refusal, refusals.BillDoesNotMentionWithdrawal)
    assert refusal.rule == "LPUGR r 42(3)"


def test_no_more_is_taken_than_the_bill_asks_for() -> None:
    over = replace(BILL, amount=Money(110001, "AUD"))

    assert isinstance(refused("gb_ew", over, GIVEN), refusals.CostsExceedBill)


def test_an_objection_in_time_stops_a_bill_and_one_too_late_does_not() -> None:
    in_time = replace(BILL, objected_on=date(2026, 4, 14))
    too_late = replace(BILL, objected_on=date(2026, 4, 15))

    refusal = refused("au_nsw", in_time, date(2027, 4, 15))
    assert isinstance(refusal, refusals.BillObjected)
    assert refusal.lapses_on is None
    assert refused("au_nsw", too_late, date(2026, 4, 15)) is None


def test_an_objection_in_queensland_lapses_after_sixty_days_unless_assessed() -> None:
    objected = replace(BILL, objected_on=GIVEN + DAY)
    last = GIVEN + 60 * DAY

    standing = refused("au_qld", objected, last)
    assert isinstance(standing, refusals.BillObjected)
    assert standing.lapses_on == last + DAY
    assert standing.rule == "LPR 2017 s 58(2)"
    assert refused("au_qld", objected, last + DAY) is None
    assessed = replace(objected, review_applied_for=True)
    assert isinstance(refused("au_qld", assessed, last + DAY), refusals.BillObjected)


def test_authority_in_new_south_wales_needs_no_wait() -> None:
    assert refused("au_nsw", AUTHORITY, GIVEN) is None
    assert isinstance(refused("au_nsw", AUTHORITY, GIVEN - DAY), refusals.AuthorityMissing)


def test_authority_and_reimbursement_in_queensland_need_notice_before() -> None:
    paid = CostsFacts(amount=Money(1, "AUD"), route=Route.REIMBURSEMENT, paid_for_client_on=GIVEN)

    for facts in (AUTHORITY, paid):
        assert isinstance(refused("au_qld", facts, GIVEN), refusals.NoticeMissing)
        assert refused("au_qld", replace(facts, noticed_on=GIVEN), GIVEN) is None
    assert refused("au_nsw", paid, GIVEN) is None
    unpaid = replace(paid, paid_for_client_on=None)
    assert isinstance(refused("au_nsw", unpaid, GIVEN), refusals.NotPaidForClient)


def test_spoken_instructions_are_confirmed_within_five_working_days() -> None:
    spoken = replace(AUTHORITY, is_spoken=True, noticed_on=GIVEN)
    by = date(2026, 4, 10)

    assert refused("au_act", spoken, by) is None
    late = refused("au_act", spoken, by + DAY)
    assert isinstance(late, refusals.AuthorityNotConfirmed)
    assert (late.confirm_by, late.rule) == (by, "ACT s 62(5)")
    assert refused("au_act", replace(spoken, confirmed_on=by), by + DAY) is None


def test_spoken_instructions_are_not_enough_where_no_time_to_confirm_is_known() -> None:
    spoken = replace(AUTHORITY, is_spoken=True)

    assert isinstance(refused("au_nsw", spoken, GIVEN), refusals.AuthorityNotConfirmed)


@pytest.mark.parametrize("kind", [ClientKind.COMMERCIAL, ClientKind.GOVERNMENT])
def test_the_ground_for_commercial_clients_is_for_them_only(kind: ClientKind) -> None:
    facts = CostsFacts(amount=Money(1, "AUD"), route=Route.COMMERCIAL_OR_GOVERNMENT)

    assert refused("au_nsw", replace(facts, client_kind=kind), GIVEN) is None
    assert isinstance(refused("au_nsw", facts, GIVEN), refusals.NotACommercialClient)


def test_costs_in_alberta_leave_client_money_within_a_month() -> None:
    assert costs.take_by(policy("ca_ab"), date(2026, 1, 31)) == date(2026, 2, 28)


def test_a_refusal_says_what_to_do_next() -> None:
    refusal = refused("au_qld", BILL, GIVEN)

    assert str(refusal) == (
        "The client may still object to bill B-17; costs may be taken from 2026-04-09."
    )


ALL_REFUSALS = [
    refusals.GroundNotKnown("bill", "authority", "r"),
    refusals.BillNotDelivered("B-1", "r"),
    refusals.BillDoesNotMentionWithdrawal("B-1", "r"),
    refusals.WaitingPeriodRuns("B-1", GIVEN, "r"),
    refusals.BillObjected("B-1", GIVEN, GIVEN, "r"),
    refusals.BillObjected("B-1", GIVEN, None, "r"),
    refusals.CostsExceedBill("B-1", Money(1, "AUD"), Money(2, "AUD"), "r"),
    refusals.AuthorityMissing("r"),
    refusals.AuthorityNotConfirmed(GIVEN, "r"),
    refusals.NoticeMissing("r"),
    refusals.InvoiceMissing("r"),
    refusals.NotPaidForClient("r"),
    refusals.NotACommercialClient("r"),
    refusals.NotEarned("r"),
]


@pytest.mark.parametrize("refusal", ALL_REFUSALS, ids=lambda refusal: refusal.code)
def test_every_refusal_is_a_sentence_with_its_rule(refusal: Refusal) -> None:
    assert str(refusal).endswith(".")
    assert refusal.rule == "r"
    assert refusal.code.startswith("trust.")

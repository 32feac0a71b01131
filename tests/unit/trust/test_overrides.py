import pytest
from pydantic import JsonValue

from chancery.trust.rules import overrides, packs
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_clearing import Method
from chancery.trust.rules.policy_coverage import every_setting
from chancery.trust.rules.spans import Span


def days(n: int, unit: str = "calendar_days") -> JsonValue:
    return {"n": n, "unit": unit}


@pytest.mark.parametrize(
    ("code", "path", "same", "stricter", "less"),
    [
        ("au_nsw", "ledger.overdraw", "record", "block", None),
        ("nz", "ledger.overdraw", "block", "block", "record"),
        ("au_nsw", "ledger.posting", days(5, "working_days"), days(4), days(6, "working_days")),
        (
            *("ca_nl", "receipts.hold"),
            {"cheque": days(5, "business_days")},
            {"cheque": days(10, "business_days")},
            {"cheque": days(4, "business_days")},
        ),
        ("nz", "receipts.issue_when", "cash_or_on_request", "every_receipt", None),
        ("au_nsw", "receipts.issue_when", "every_receipt", "every_receipt", "cash_or_on_request"),
        ("ca_sk", "receipts.banking_deadline", days(3, "business_days"), days(1), days(5)),
        ("ca_on", "receipts.cash_limit", *({"amount": n} for n in (7500, 7499, 7501))),
        (
            "au_nsw",
            "receipts.cash_threshold_reporting",
            *({"amount": n} for n in (10000, 1, 10001)),
        ),
        ("au_nsw", "payments.methods", ["cheque", "eft"], ["eft"], ["cash"]),
        (
            *("sg", "payments.two_signatories"),
            {"people": 2, "over": 5000},
            {"people": 2, "over": 1000},
            {"people": 2, "over": 5001},
        ),
        ("au_nsw", "payments.two_signatories", *({"people": n} for n in (1, 2)), None),
        ("au_qld", "costs_withdrawal.waiting_period", days(7), days(8), days(6)),
        (
            *("au_nsw", "costs_withdrawal.waiting_period"),
            days(7, "business_days"),
            days(14),
            days(7),
        ),
        ("gb_ew", "costs_withdrawal.bill_must_mention_withdrawal", False, True, None),
        ("au_nsw", "costs_withdrawal.bill_must_mention_withdrawal", True, True, False),
        ("ca_ab", "own_funds.allowed", {"max": 500}, {"max": 499}, {"max": 501}),
        ("ca_on", "own_funds.allowed", False, False, {"max": 1}),
        ("us_tx", "own_funds.allowed", {"kind": "bank_charges"}, {"max": 100}, None),
        ("us_tx", "account.bank_charges", {"paid_by": "float"}, {"paid_by": "office"}, None),
        ("ie", "residual.aged", *({"dormant_months": n} for n in (24, 23, 25))),
        (
            *("ca_sk", "irregularity.shortage"),
            {"correct": days(3, "business_days"), "report": days(3, "business_days")},
            {"correct": days(0), "report": days(1)},
            {"correct": days(3, "business_days"), "report": days(5)},
        ),
        ("nz", "retention.years", {"n": 6}, {"n": 7}, {"n": 5}),
    ],
)
def test_a_firm_may_set_the_same_or_stricter_and_never_less(
    code: str, path: str, same: JsonValue, stricter: JsonValue, less: JsonValue
) -> None:
    pack = packs.load(code)

    overrides.check(pack, path, same)
    overrides.check(pack, path, stricter)
    if less is not None:
        with pytest.raises(overrides.NotStricter) as refused:
            overrides.check(pack, path, less)
        assert refused.value.code == "trust.not_stricter"


def test_every_setting_of_the_list_can_be_set() -> None:
    paths = {setting.path for setting in every_setting()}

    assert overrides.OVERRIDABLE.keys() <= paths
    assert all(each.title and each.hint for each in overrides.OVERRIDABLE.values())


FORMS: dict[overrides.Kind, JsonValue] = {
    "span": days(1),
    "deficiency": {"correct": days(0), "report": days(1)},
    "holds": {"cheque": days(30)},
    "amount": {"amount": 1},
    "cap": False,
    "months": {"dormant_months": 1},
    "years": {"n": 99},
    "people": {"people": 2, "over": 0, "alone": 1},
    "choices": ["cheque"],
    "bearer": {"paid_by": "office"},
    "yes_no": True,
}


@pytest.mark.parametrize(
    "each",
    [each for each in overrides.OVERRIDABLE.values() if each.kind in FORMS],
    ids=lambda each: each.path,
)
def test_a_value_is_given_in_the_form_of_its_kind(each: overrides.Overridable) -> None:
    value = FORMS[each.kind]
    setting = next(known for known in every_setting() if known.path == each.path)

    assert setting.read(value) is not None


def test_the_refusal_names_the_rule_and_both_values() -> None:
    with pytest.raises(overrides.NotStricter) as refused:
        overrides.check(packs.load("au_qld"), "costs_withdrawal.waiting_period", days(6))

    assert refused.value.rule == "LPR 2017 s 58(2)"
    assert str(refused.value) == (
        "“6 calendar days, stopped by an objection” asks less than the place's “7 calendar days,"
        " stopped by an objection” (Wait after the bill is given). Set the same or something stricter."
    )


@pytest.mark.parametrize("path", ["ledger.unit", "reconciliation.deadline", "nonsense", ""])
def test_what_a_firm_cannot_set_is_refused(path: str) -> None:
    with pytest.raises(overrides.UnknownSetting) as refused:
        overrides.check(packs.load("nz"), path, value=True)

    assert str(refused.value) == f"A firm cannot set “{path}”; choose a setting from the list."


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("costs_withdrawal.waiting_period", "a week"),
        ("costs_withdrawal.waiting_period", {"n": -1}),
        ("receipts.hold", {"barter": {"n": 1}}),
        ("receipts.hold", {"cheque": "long"}),
        ("receipts.hold", {}),
        ("payments.methods", ["barter"]),
        ("payments.two_signatories", {"people": 0}),
        ("retention.years", 7),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_a_hint(path: str, value: JsonValue) -> None:
    with pytest.raises(overrides.UnknownSetting) as refused:
        overrides.check(packs.load("nz"), path, value)

    assert str(refused.value).startswith("Give ")


def test_a_firms_stricter_value_is_decided_by_and_says_whose_it_is() -> None:
    policy = Policy.of(packs.load("au_qld"), {"costs_withdrawal.waiting_period": days(10)})

    waiting = policy.costs.waiting
    assert waiting.value.span == Span(10)
    assert waiting.is_firms
    assert waiting.rule == "LPR 2017 s 58(2)"
    assert waiting.note == (
        "The firm's own setting, stricter than the place's"
        " (7 calendar days, stopped by an objection)."
    )


def test_a_firms_hold_for_one_method_leaves_the_others_as_they_were() -> None:
    policy = Policy.of(packs.load("ca_nl"), {"receipts.hold": {"card": days(10)}})

    holds = policy.clearing.hold.value.by_method
    assert holds[Method.CARD] == Span(10)
    assert holds[Method.CHEQUE] == Span(5, "business_days")


def test_a_policy_is_not_made_of_what_is_less() -> None:
    with pytest.raises(overrides.NotStricter):
        Policy.of(packs.load("nz"), {"retention.years": {"n": 1}})

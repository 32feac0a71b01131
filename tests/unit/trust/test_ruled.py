from dataclasses import replace

import pytest
from pydantic import JsonValue

from chancery.trust.rules import (
    packs,
    policy_accounts,
    policy_care,
    policy_coverage,
    policy_deposit,
    policy_ledger,
    policy_receipts,
    ruled,
)
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_costs import Lapse, Waiting
from chancery.trust.rules.policy_receipts import ControlledSeries
from chancery.trust.rules.ruled import Reading, Setting
from chancery.trust.rules.spans import Due, Span, sooner

BC = Reading(packs.load("ca_bc"))  # its deadline of 30 days is of low confidence
DEADLINE = Setting(
    paths=("reconciliation.deadline",),
    title="Reconcile",
    read=Due.read,
    is_as_strict=sooner,
    strictest=Due(Span(10, "working_days")),
)


def test_a_value_of_low_confidence_gives_way_to_a_stricter_one() -> None:
    found = BC.of(DEADLINE)

    assert found.value == DEADLINE.strictest
    assert found.note == ruled.NOT_SURE
    assert (found.confidence, found.is_known) == ("low", False)
    assert found.rule == "Rule 3-73, not checked"


def test_a_value_of_low_confidence_that_is_stricter_stays() -> None:
    found = BC.of(replace(DEADLINE, strictest=Due(Span(31))))

    assert found.value == Due(Span(30))
    assert found.note == ruled.NOT_SURE


def test_a_value_without_a_rule_cites_what_was_read() -> None:
    parameter = packs.load("ca_on").parameter("own_funds.allowed")
    remembered = packs.load("ca_on").parameter("costs_withdrawal.waiting_period")

    assert parameter is not None
    assert remembered is not None
    assert Reading(packs.load("ca_on")).cite(parameter) == "LSO - trust account operation"
    assert BC.cite(remembered) == "Remembered, not checked"


def test_the_typed_reading_goes_before_the_words() -> None:
    banking = Policy.of(packs.load("ca_on")).receipts.banking

    assert banking.value == Due(Span(1, "banking_days"))
    assert banking.rule == "By-Law 9 s 7(2)"


@pytest.mark.parametrize("setting", policy_coverage.every_setting(), ids=lambda each: each.title)
@pytest.mark.parametrize("value", [None, "free words", 1.5, {"other": "thing"}, [["nested"]]])
def test_what_settles_nothing_is_never_read_as_a_value(
    setting: Setting[object], value: JsonValue
) -> None:
    listed = (tuple, frozenset)

    found = setting.read(value)

    assert found is None or (isinstance(value, list) and isinstance(found, listed))


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (policy_receipts.CONTENT, ["amount", "something else"]),
        (policy_ledger.CORRECTIONS, {"by_reversal": True}),
        (policy_ledger.DELETION, {"balance_zero": True}),
        (policy_care.DEFICIENCY, {"to": "somebody"}),
        (policy_deposit.FORMULA, {"threshold": 1, "percent": 80, "round_up_to": 100}),
    ],
)
def test_half_a_value_is_not_read(setting: Setting[object], value: JsonValue) -> None:
    assert setting.read(value) is None


def test_what_is_nothing_is_said_so() -> None:
    assert str(Lapse()) == "never"
    assert str(Waiting(Span(0))) == "none"
    assert str(ControlledSeries(is_separate=False)) == "no"
    assert str(ControlledSeries(is_separate=True)) == "yes"
    assert ruled.say(frozenset()) == "none"
    assert ruled.say(()) == "none"


def test_an_objection_that_never_lapses_is_stricter_than_one_that_does() -> None:
    setting = next(
        each for each in policy_coverage.every_setting() if each.title == "An objection lapses"
    )

    assert setting.is_as_strict(Lapse(), Lapse(Span(60)))
    assert not setting.is_as_strict(Lapse(Span(60)), Lapse())
    assert setting.is_as_strict(Lapse(Span(60)), Lapse(Span(60)))


def test_registers_are_kept_for_the_kinds_of_money_that_a_place_knows() -> None:
    australia, england = (Policy.of(packs.load(code)).accounts for code in ("au_nsw", "gb_ew"))

    assert australia.keeps_transit_register
    assert australia.keeps_power_register
    assert australia.knows_controlled_money
    assert not england.keeps_transit_register
    assert not england.keeps_power_register
    assert not england.knows_controlled_money
    assert policy_accounts.WRITTEN_DIRECTION in australia.types.value

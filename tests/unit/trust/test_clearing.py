from datetime import date

import pytest

from chancery.trust.rules import clearing, packs
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_clearing import Method

THURSDAY = date(2026, 4, 2)  # before Good Friday and Easter Monday


def policy(code: str, **stricter: object) -> Policy:
    return Policy.of(packs.load(code), {"receipts.hold": stricter} if stricter else {})  # type: ignore[dict-item]  # written as a firm writes it


@pytest.mark.parametrize(
    ("code", "method", "expected"),
    [
        ("ca_nl", Method.CHEQUE, date(2026, 4, 10)),
        ("ca_nl", Method.BANK_CHEQUE, date(2026, 4, 10)),
        ("ca_mb", Method.CHEQUE, date(2026, 4, 9)),
        ("au_nsw", Method.CHEQUE, date(2026, 4, 13)),
        ("au_nsw", Method.CARD, date(2026, 4, 13)),
        ("au_nsw", Method.CASH, THURSDAY),
        ("au_nsw", Method.ELECTRONIC, THURSDAY),
        ("gb_ew", Method.DIRECT_DEPOSIT, THURSDAY),
    ],
)
def test_money_clears_after_the_hold_of_its_method(
    code: str, method: Method, expected: date
) -> None:
    assert clearing.clears_on(policy(code), method, THURSDAY) == expected


@pytest.mark.parametrize("pack", packs.choosable(), ids=lambda pack: pack.code)
@pytest.mark.parametrize("method", Method)
def test_every_method_has_a_hold_everywhere(pack: packs.Pack, method: Method) -> None:
    assert clearing.clears_on(Policy.of(pack), method, THURSDAY) >= THURSDAY


def test_a_firm_may_hold_money_longer() -> None:
    ours = policy("au_nsw", cheque={"n": 10, "unit": "calendar_days"})

    assert clearing.clears_on(ours, Method.CHEQUE, THURSDAY) == date(2026, 4, 12)
    assert clearing.clears_on(ours, Method.BANK_CHEQUE, THURSDAY) == date(2026, 4, 13)

"""Dormant money, the firm's stricter rules and the dashboard's tiles, as people see them."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from chancery.ledger import proofs
from chancery.ledger.proofs import Outcome
from chancery.trust import dormant, settings
from chancery.trust.models import TrustLedger
from chancery.trust.rules.overrides import OVERRIDABLE
from conftest import Browse
from money import Trust, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


@pytest.fixture
def idle(trust: Trust) -> TrustLedger:
    """Give a ledger that last moved long ago."""
    trust.today = trust.today.replace(year=2020)
    ledger = trust.ledger("Old Purchase")
    trust.receive(ledger, "12.00")
    return ledger


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    apart = re.sub(r"</?(t[dhr]|span|p|d[dt]|a)\b", r" \g<0>", answer.content.decode())
    return " ".join(strip_tags(apart).split())


def test_idle_money_is_listed_and_leads_to_its_steps(
    trust: Trust, idle: TrustLedger, browse: Browse
) -> None:
    client = browse(trust.maker)

    found = text(client, "/dormant-money/")
    assert "Old Purchase" in found
    assert "Nothing done yet" in found
    assert "not established" in found
    step = {"kind": "contacted", "on": "2 Sep 2026", "words": "Wrote to the last address"}
    assert client.post(f"/dormant-money/{idle.id}/", step).status_code == 302
    assert "Wrote to the last address" in text(client, f"/dormant-money/{idle.id}/")
    assert "No balance fits" in text(client, "/dormant-money/?steps=none")


def test_a_gift_without_authority_is_refused_by_the_rule_and_keeps_what_was_typed(
    trust: Trust, idle: TrustLedger, browse: Browse
) -> None:
    step = {"kind": "charity", "on": "2 Sep 2026", "words": "To the food bank"}
    answer = browse(trust.maker).post(f"/dormant-money/{idle.id}/", step)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "trust.needs_regulators_authority" in page
    assert "To the food bank" in page
    with acting(trust.maker):
        assert dormant.steps_of([idle.id]) == {}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_the_register_goes_out_as_a_file(
    kind: str, trust: Trust, idle: TrustLedger, browse: Browse
) -> None:
    answer = browse(trust.maker).get(f"/dormant-money/file/?format={kind}")

    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]


def test_a_firm_without_a_jurisdiction_is_led_to_it(marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.alice)

    assert "No jurisdiction is chosen yet" in text(client, "/dormant-money/")
    assert "No jurisdiction is chosen yet" in text(client, "/admin/trust/settings/")


def test_unknown_values_are_said_to_be_unknown(
    trust: Trust, marlow: Marlow, browse: Browse
) -> None:
    found = text(browse(marlow.alice), "/admin/trust/settings/")

    assert "values are not established for this place" in found
    assert "the strictest that any known place asks applies" in found


@pytest.mark.parametrize("path", sorted(OVERRIDABLE))
def test_every_setting_has_a_page(path: str, trust: Trust, marlow: Marlow, browse: Browse) -> None:
    assert "What the place asks" in text(browse(marlow.alice), f"/admin/trust/settings/{path}/")


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("retention.years", {"n": "30"}),
        ("ledger.overdraw", {"value": "block"}),
        ("ledger.posting", {"n": "2", "unit": "working_days"}),
        ("receipts.hold", {"cheque_n": "9", "cheque_unit": "business_days"}),
        ("receipts.cash_threshold_reporting", {"amount": "500"}),
        ("payments.methods", {"value": ["electronic"]}),
        ("payments.two_signatories", {"people": "2"}),
        ("own_funds.allowed", {"max": "0"}),
        ("account.bank_charges", {"value": "office"}),
        ("residual.aged", {"dormant_months": "6"}),
        ("costs_withdrawal.bill_must_mention_withdrawal", {"value": "yes"}),
        (
            "irregularity.shortage",
            {"correct_n": "0", "report_n": "0"},
        ),
    ],
)
def test_each_kind_of_value_is_set_more_strictly(
    path: str, typed: dict[str, object], trust: Trust, marlow: Marlow, browse: Browse
) -> None:
    answer = browse(marlow.alice).post(f"/admin/trust/settings/{path}/", typed | {"act": "save"})

    assert answer.status_code == 302, strip_tags(answer.content.decode())
    with acting(marlow.alice):
        assert path in settings.policy_values()


def test_a_laxer_value_is_refused(trust: Trust, marlow: Marlow, browse: Browse) -> None:
    answer = browse(marlow.alice).post("/admin/trust/settings/retention.years/", {"n": "1"})

    assert answer.status_code == 409
    assert "trust.not_stricter" in answer.content.decode()


def test_habits_and_types_are_saved(trust: Trust, marlow: Marlow, browse: Browse) -> None:
    client = browse(marlow.alice)

    habits = {"uses_deposit_slips": "on", "daily_limit": "1,000"}
    assert client.post("/admin/trust/settings/habits/", habits).status_code == 302
    assert "AUD 1,000.00" in text(client, "/admin/trust/settings/")
    refused = client.post("/admin/trust/settings/habits/", {"daily_limit": "much"})
    assert refused.status_code == 422
    assert client.post("/admin/trust/settings/types/", {"types": ["no id"]}).status_code == 422


def test_the_dashboard_says_what_is_held_and_what_lies_still(
    trust: Trust, idle: TrustLedger, browse: Browse
) -> None:
    found = text(browse(trust.maker), "/")

    assert "Trust money held, AUD 12.00" in found
    assert "Ledgers below zero none Ledgers add up to the bank, by our books" in found
    assert "Dormant 1 Balances idle for 12 months" in found
    assert "Waiting for you none" in found


def test_the_dashboard_is_not_green_while_money_is_short(trust: Trust, browse: Browse) -> None:
    ledger = trust.ledger()
    receipt = trust.receive(ledger, "50.00")
    trust.pay(ledger, "30.00")
    trust.reverse(receipt, "dishonor")
    client = browse(trust.maker)

    assert "Short by 30.00" in text(client, "/")
    assert "text-ok" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("findings", "told"), [(0, "6 entries recomputed, nothing wrong"), (2, "2 findings: stop")]
)
def test_the_last_proof_is_green_only_when_it_found_nothing(
    findings: int, told: str, trust: Trust, browse: Browse
) -> None:
    client = browse(trust.maker)
    assert "Last proof" not in text(client, "/")
    with acting(trust.maker):
        proofs.note(Outcome(3, b"x" * 32, 3, 6, findings), at=trust.at)

    assert told in text(client, "/")
    green = f'<span class="text-ok">{told}' in client.get("/").content.decode()
    assert green == (findings == 0)


def test_a_firm_without_a_trust_account_has_no_tiles(marlow: Marlow, browse: Browse) -> None:
    assert 'class="tile' not in browse(marlow.alice).get("/").content.decode()


def test_the_first_money_follows_the_set_up(trust: Trust, browse: Browse) -> None:
    client = browse(trust.maker)

    assert "The first receipt" in text(client, "/")
    trust.receive(trust.ledger(), "1.00")
    assert "The first money" not in text(client, "/")

"""Protected money, as people set it apart, read it and release it; and the page of all registers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.html import strip_tags

import registered
from chancery.trust.models import Protection, ProtectionEnd, TrustLedger
from chancery.web.shell import times
from conftest import Browse
from doors.money import moving
from doors.money.conftest import Pages, count
from money import Trust, firm_in, open_trust
from world import Marlow

pytestmark = pytest.mark.django_db
BASE = "/money/registers/protections"
KEY = "01900000-0000-7000-8000-00000000000a"


def words(page: str) -> str:
    apart = re.sub(r"</?(t[dhr]|span|p|d[dt]|a|li|h\d)\b", r" \g<0>", page)
    return " ".join(strip_tags(apart).split())


@pytest.fixture
def typed(trust: Trust, ledger: TrustLedger) -> dict[str, Any]:
    return {
        "key": KEY,
        "account": str(trust.account.id),
        "ledger_1": str(ledger.id),
        "amount_1": "400.00",
        "reason": "Stamp duty",
    }


def test_money_is_protected_once_and_may_not_leave(
    trust: Trust, ledger: TrustLedger, bob: Pages, typed: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/add/", **typed)

    assert bob.send(f"{BASE}/add/", **typed) == where
    assert count(trust, Protection) == 1
    assert trust.available(ledger) == "600.00"
    shown = words(bob.text(where))
    assert "Why Stamp duty" in shown
    assert "Protected in all 400.00 Available 600.00" in shown
    assert "Amount: empty → 400.00" in shown


def test_looking_says_what_is_left_and_protects_nothing(
    trust: Trust, bob: Pages, typed: dict[str, Any]
) -> None:
    looked = words(bob.send(f"{BASE}/add/", 200, **typed, act="look"))
    too_much = words(bob.send(f"{BASE}/add/", 200, **typed | {"amount_1": "1,000.01"}, act="look"))

    assert "Available now 1,000.00 Protected by this 400.00 Available after, AUD 600.00" in looked
    assert "it will be refused" in too_much
    assert "it will be refused" not in looked
    assert count(trust, Protection) == 0


def test_more_than_may_leave_is_refused_with_the_sum_and_what_was_typed_stays(
    trust: Trust, bob: Pages, typed: dict[str, Any]
) -> None:
    page = bob.send(f"{BASE}/add/", 409, **typed | {"amount_1": "1,000.01"})

    assert "trust.would_overdraw" in page
    assert 'value="Stamp duty"' in page
    assert count(trust, Protection) == 0


def test_protected_money_is_released_once_with_its_reason(
    trust: Trust, ledger: TrustLedger, bob: Pages, typed: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/add/", **typed)

    without = bob.send(f"{where}release/", 422, key=KEY, reason="")
    assert bob.send(f"{where}release/", key=KEY, reason="The duty was waived") == where
    again = bob.send(f"{where}release/", 409, key=KEY, reason="Again")

    assert "reason" in without
    assert "trust.protection_ended" in again
    assert count(trust, ProtectionEnd) == 1
    assert trust.available(ledger) == "1,000.00"
    shown = words(bob.text(where))
    assert "Why released The duty was waived" in shown
    assert "Released protected money" in shown
    assert "Release…" not in shown


def test_the_register_is_narrowed_by_state_words_days_matter_and_account(
    trust: Trust, ledger: TrustLedger, bob: Pages, typed: dict[str, Any]
) -> None:
    bob.send(f"{BASE}/add/", **typed)
    released = bob.send(f"{BASE}/add/", **typed | {"key": KEY[:-1] + "b", "reason": "Undertaking"})
    bob.send(f"{released}release/", key=KEY, reason="Given back")
    assert ledger.matter

    def listed(**asked: str) -> str:
        asked_for = "&".join(f"{name}={value}" for name, value in asked.items())
        return words(bob.text(f"{BASE}/?{asked_for}"))

    assert "Stamp duty" in listed(state="open")
    assert "Undertaking" not in listed(state="open")
    assert "Undertaking" in listed(state="ended")
    assert "Undertaking" not in listed(text="stamp")
    assert "Stamp duty" in listed(text=ledger.matter.number)
    assert "Stamp duty" in listed(account=str(trust.account.id))
    assert "None fits" in listed(since="1+Jan+2099")


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_the_register_goes_out_as_a_file(kind: str, bob: Pages, typed: dict[str, Any]) -> None:
    where = bob.send(f"{BASE}/add/", **typed)
    bob.send(f"{where}release/", key=KEY, reason="The duty was waived")

    answer = bob.client.get(f"{BASE}/file/?format={kind}")

    assert answer.status_code == 200
    if kind == "csv":
        told = answer.content.decode()
        assert "Stamp duty" in told
        assert "The duty was waived" in told
        assert "400.00" in told


def test_a_ledger_leads_to_its_protected_money_and_to_the_form(
    ledger: TrustLedger, bob: Pages, typed: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/add/", **typed)
    assert ledger.matter

    page = bob.text(f"/matters/{ledger.matter.number}/money/")

    assert f'href="{where}"' in page
    assert f"{BASE}/add/?ledger={ledger.id}" in page
    assert f"{BASE}/?text={ledger.matter.number}" in page
    assert f'value="{ledger.id}" checked' in bob.text(f"{BASE}/add/?ledger={ledger.id}")


def test_who_may_only_read_is_told_who_protects(
    marlow: Marlow, bob: Pages, as_person: Callable[..., Pages], typed: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/add/", **typed)
    erin = as_person(marlow.erin)

    assert "Ask an administrator" in erin.text(f"{BASE}/")
    assert "Your roles let you read this only" in erin.text(where)
    erin.text(f"{BASE}/add/", 403)
    erin.send(f"{where}release/", 403, key=KEY, reason="No")


def test_the_page_of_registers_has_a_card_for_each_that_the_place_knows(
    trust: Trust, ledger: TrustLedger, bob: Pages
) -> None:
    registered.protection(trust, ledger)
    moving.charge(trust, "3.00")
    registered.power(trust)

    page = bob.text("/money/registers/")

    shown = words(page)
    assert (
        f"until they are released. 1 protected, 1 in all; the latest: {times.day(trust.today)}"
        in shown
    )
    assert "1 entry; the latest: Bank charge of" in shown
    assert "1 in force, 1 in all; the latest: Ann Whitcombe" in shown
    assert "No money has passed through yet" in shown
    assert "Controlled money accounts" in shown
    assert f'href="{BASE}/"' in page
    assert "Advances" not in shown


def test_another_place_has_other_cards_in_its_own_words(browse: Browse) -> None:
    england = words(
        Pages(browse(open_trust(firm_in("gb_ew"), "gb_ew").maker)).text("/money/registers/")
    )

    assert "Separate designated" in england
    assert "Power money" not in england
    assert "Statutory deposit" not in england


def test_a_firm_without_a_jurisdiction_is_led_to_it(marlow: Marlow, browse: Browse) -> None:
    page = Pages(browse(marlow.alice)).text("/money/registers/")

    assert "No jurisdiction is chosen yet" in page

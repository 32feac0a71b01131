"""What is due on statutory deposit, step by step, and the deposit as people record it."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils.html import strip_tags

from chancery.trust.models import Movement
from conftest import Browse
from doors.money.conftest import Pages, count
from money import Trust, firm_in, open_trust
from world import Marlow

pytestmark = pytest.mark.django_db
BASE = "/money/registers"
DUE = f"{BASE}/statutory-deposit/due/"
KEY = "01900000-0000-7000-8000-00000000000a"


def words(page: str) -> str:
    apart = re.sub(r"</?(t[dhr]|span|p|d[dt]|a)\b", r" \g<0>", page)
    return " ".join(strip_tags(apart).split())


@pytest.fixture
def quarter(trust: Trust) -> str:
    """Hold 50,000.00 since before the quarter that ended last; return its last day."""
    last = [date(trust.today.year - 1, 12, 31)]
    last += [date(trust.today.year, *end) for end in ((3, 31), (6, 30), (9, 30))]
    end = max(day for day in last if day < trust.today)
    now, trust.today = trust.today, date(end.year, end.month - 2, 1)
    trust.receive(trust.ledger(), "50,000.00")
    trust.today = now
    return end.isoformat()


def typed(trust: Trust, amount: str, **more: Any) -> dict[str, Any]:
    said = {"on": trust.today.isoformat(), "reason": "For the quarter", "key": KEY}
    return {"account": str(trust.account.id), "amount": amount, **said, **more}


def test_the_computation_is_shown_step_by_step_with_its_rule_and_days(
    trust: Trust, quarter: str, bob: Pages
) -> None:
    page = bob.text(f"{DUE}?end={quarter}")

    shown = words(page)
    assert "1. Lowest of the quarter" in shown
    assert "the bank held 50,000.00 and the deposit 0.00" in shown
    assert "To be on deposit" in shown
    assert "Still to be deposited the difference 50,000.00" in shown
    assert "Law Society NSW - statutory deposit calculator" in shown
    assert "Due by" in shown
    assert "amount=50%2C000.00" in page


def test_a_deposit_is_recorded_once_and_then_nothing_is_due(
    trust: Trust, quarter: str, bob: Pages
) -> None:
    form = f"{BASE}/record/deposit-made/"
    looked = words(bob.send(form, 200, **typed(trust, "50,000.00"), act="look"))
    where = bob.send(form, **typed(trust, "50,000.00"))

    assert bob.send(form, **typed(trust, "50,000.00")) == where
    assert count(trust, Movement) == 1
    assert "On deposit Held now 0.00 This 50,000.00" in looked
    assert "Still to be deposited nothing 0.00" in words(bob.text(f"{DUE}?end={quarter}"))
    listed = words(bob.text(f"{BASE}/statutory-deposit/"))
    assert "On deposit, AUD 50,000.00" in listed
    too_much = bob.send(form, 409, **typed(trust, "0.01", key=KEY[:-1] + "b"))
    assert "trust.would_overdraw" in too_much


def test_what_is_drawn_says_by_when_it_is_restored(trust: Trust, quarter: str, bob: Pages) -> None:
    bob.send(f"{BASE}/record/deposit-made/", **typed(trust, "9,000.00"))
    drawn = typed(trust, "4,000.00", key=KEY[:-1] + "b")

    looked = bob.send(f"{BASE}/record/deposit-drawn/", 200, **drawn, act="look")
    bob.send(f"{BASE}/record/deposit-drawn/", **drawn)

    assert "is restored by" in looked
    assert "On deposit, AUD 5,000.00" in words(bob.text(f"{BASE}/statutory-deposit/"))


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_the_computation_goes_out_as_a_file(
    kind: str, trust: Trust, quarter: str, bob: Pages
) -> None:
    answer = bob.client.get(f"{DUE}file/?end={quarter}&format={kind}")

    assert answer.status_code == 200
    assert f"statutory-deposit-{quarter}.{kind}" in answer["Content-Disposition"]


def test_where_the_regulator_says_how_much_nothing_is_computed(browse: Browse) -> None:
    pages = Pages(browse(open_trust(firm_in("au_vic"), "au_vic").maker))

    page = pages.text(DUE)

    assert "The regulator says how much" in page
    assert "VLSB+C - statutory deposit accounts" in page
    pages.text(f"{DUE}file/", 404)


def test_where_nothing_is_established_the_page_says_so(browse: Browse) -> None:
    pages = Pages(browse(open_trust(firm_in("au_wa"), "au_wa").maker))

    assert "Whether a deposit is asked is not established" in pages.text(DUE)


def test_half_a_year_shows_its_base_and_its_day(browse: Browse) -> None:
    trust = open_trust(firm_in("au_sa"), "au_sa")
    trust.receive(trust.ledger(), "700.00")

    shown = words(Pages(browse(trust.maker)).text(DUE))

    assert "1. Lowest of the half-year" in shown
    assert "Not computed here" in shown
    assert "LPA 1981 s 53(2)" in shown


def test_a_place_without_a_scheme_shows_none_of_it(browse: Browse) -> None:
    trust = open_trust(firm_in("nz"), "nz")
    pages = Pages(browse(trust.maker))

    for address in (DUE, f"{DUE}file/", f"{BASE}/statutory-deposit/"):
        pages.text(address, 404)
    pages.text(f"{BASE}/record/deposit-made/", 404)
    assert "statutory-deposit" not in pages.text(f"/trust-accounts/{trust.account.id}/")


def test_who_may_only_read_sees_what_is_due_and_records_nothing(
    trust: Trust, quarter: str, marlow: Marlow, as_person: Any
) -> None:
    erin: Pages = as_person(marlow.erin)

    assert "Ask an administrator or a bookkeeper" in erin.text(DUE)
    erin.send(f"{BASE}/record/deposit-made/", 403, **typed(trust, "5.00"))
    assert count(trust, Movement) == 0

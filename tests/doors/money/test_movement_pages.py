"""Interest, bank charges, the firm's own money and advances, as people record and read them."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from chancery.trust.models import Deficiency, Movement, TrustLedger
from conftest import Browse
from doors.money.conftest import Pages, count
from money import Trust, firm_in, open_trust
from world import Marlow, acting

pytestmark = pytest.mark.django_db
BASE = "/money/registers"
KEY = "01900000-0000-7000-8000-00000000000a"


def words(page: str) -> str:
    apart = re.sub(r"</?(t[dhr]|span|p|d[dt]|a)\b", r" \g<0>", page)
    return " ".join(strip_tags(apart).split())


def typed(trust: Trust, amount: str = "5.00", **more: Any) -> dict[str, Any]:
    said = {"on": trust.today.isoformat(), "reason": "By the statement", "key": KEY}
    return {"account": str(trust.account.id), "amount": amount, **said, **more}


def at(browse: Browse, trust: Trust) -> Pages:
    return Pages(browse(trust.maker))


@pytest.fixture
def kauri() -> Trust:
    return open_trust(firm_in("nz"), "nz")


@pytest.fixture
def ontario() -> Trust:
    return open_trust(firm_in("ca_on"), "ca_on")


@pytest.fixture
def alberta() -> Trust:
    return open_trust(firm_in("ca_ab"), "ca_ab")


def test_a_charge_that_nothing_covers_becomes_a_shortage_and_is_listed(
    trust: Trust, ledger: TrustLedger, bob: Pages
) -> None:
    form = f"{BASE}/record/bank-charge/"
    looked = words(bob.send(form, 200, **typed(trust), act="look"))
    assert "5.00 is not covered" in looked
    assert count(trust, Movement) == 0

    where = bob.send(form, **typed(trust))
    again = bob.send(form, **typed(trust))

    assert where == again
    assert "Short, for the office 5.00" in words(bob.text(where))
    assert "By the statement" not in bob.text(f"{BASE}/own-money/")
    assert "By the statement" in bob.text(f"{BASE}/bank-charges/")
    assert count(trust, Movement) == count(trust, Deficiency) == 1


def test_own_money_is_refused_where_the_place_lets_none_and_the_rule_is_told(
    trust: Trust, bob: Pages
) -> None:
    page = bob.send(f"{BASE}/record/own-money-in/", 409, **typed(trust, reason="To keep"))

    assert "trust.own_funds_not_allowed" in page
    assert "The rule" in page
    assert 'value="To keep"' in page
    assert "/record/own-money-in/" not in bob.text(f"{BASE}/own-money/")


def test_own_money_shows_the_cap_and_what_is_left(alberta: Trust, browse: Browse) -> None:
    pages = at(browse, alberta)
    pages.send(f"{BASE}/record/own-money-in/", **typed(alberta, "200.00"))

    shown = words(pages.text(f"{BASE}/own-money/"))
    over = pages.send(
        f"{BASE}/record/own-money-in/", 409, **typed(alberta, "300.01") | {"key": KEY[:-1] + "b"}
    )

    assert "Held, CAD 200.00 Allowed at most 500.00 Left 300.00" in shown
    assert "trust.own_funds_over_cap" in over


def test_a_charge_is_borne_by_the_firms_own_money_first(alberta: Trust, browse: Browse) -> None:
    pages = at(browse, alberta)
    pages.send(f"{BASE}/record/own-money-in/", **typed(alberta, "10.00"))

    looked = pages.send(f"{BASE}/record/bank-charge/", 200, **typed(alberta, "9.00"), act="look")
    where = pages.send(f"{BASE}/record/bank-charge/", **typed(alberta, "12.00"))

    assert "The office bears charges here: it pays 9.00 back in" in looked

    told = words(pages.text(where))
    assert "Bank charges borne" in words(pages.text(f"{BASE}/own-money/?kind=bank_charge"))
    assert "From our own money 10.00 Short, for the office 2.00" in told
    assert "Bank charge of" not in words(pages.text(f"{BASE}/interest/"))


def test_interest_of_a_pooled_account_that_is_not_the_clients_is_refused_by_the_rule(
    trust: Trust, ledger: TrustLedger, bob: Pages
) -> None:
    sent = typed(trust, amount_1="1.00", ledger_1=str(ledger.id), count="1")

    page = bob.send(f"{BASE}/record/interest/", 409, **sent)

    assert "/record/interest/" not in bob.text(f"{BASE}/interest/")
    assert "/record/interest-for-others/" in bob.text(f"{BASE}/interest/")
    assert "trust.interest_is_not_the_clients" in page
    assert count(trust, Movement) == 0


def test_interest_of_a_foundation_waits_and_is_paid_on_as_far_as_it_goes(
    ontario: Trust, browse: Browse
) -> None:
    pages = at(browse, ontario)
    pages.send(f"{BASE}/record/interest-for-others/", **typed(ontario, "40.00"))

    assert "Waits to be paid on" in pages.text(f"{BASE}/interest/")
    too_much = pages.send(f"{BASE}/record/interest-paid-on/", 409, **typed(ontario, "40.01"))
    paid = pages.send(f"{BASE}/record/interest-paid-on/", **typed(ontario, "40.00"))

    assert "Did money move?" in too_much
    assert "Paid on 40.00" in words(pages.text(paid))


def test_interest_of_several_ledgers_is_credited_at_once_less_what_was_kept(
    kauri: Trust, browse: Browse
) -> None:
    one, other = kauri.ledger("Sale"), kauri.ledger("Lease")
    pages = at(browse, kauri)
    sent = typed(
        kauri,
        count="2",
        ledger_1=str(one.id),
        amount_1="10.00",
        tax_1="3.30",
        fees_1="0.00",
        ledger_2=str(other.id),
        amount_2="4.00",
    )
    looked = words(pages.send(f"{BASE}/record/interest/", 200, **sent, act="look"))

    where = pages.send(f"{BASE}/record/interest/", **sent)

    assert "This 6.70" in looked
    assert where == f"{BASE}/interest/"
    assert (kauri.held(one), kauri.held(other)) == ("6.70", "4.00")


def test_tax_that_eats_the_interest_is_said_beside_its_line(kauri: Trust, browse: Browse) -> None:
    sent = typed(kauri, count="1", ledger_1=str(kauri.ledger().id), amount_1="1.00", tax_1="1.00")

    page = at(browse, kauri).send(f"{BASE}/record/interest/", 422, **sent)

    assert 'href="#id_amount_1"' in page
    assert "Tax and fees are less than the interest" in page


def test_what_was_lent_is_shown_until_it_is_taken_back(kauri: Trust, browse: Browse) -> None:
    ledger = kauri.ledger("Filing")
    pages = at(browse, kauri)
    sent = typed(kauri, count="1", ledger_1=str(ledger.id), amount_1="50.00")

    pages.send(f"{BASE}/record/advance/", **sent)
    assert "Lent, NZD 50.00" in words(pages.text(f"{BASE}/advances/"))
    too_much = pages.send(f"{BASE}/record/advance-back/", 409, **sent | {"amount_1": "50.01"})
    pages.send(f"{BASE}/record/advance-back/", **sent)

    again = pages.send(
        f"{BASE}/record/advance-back/",
        409,
        **sent | {"amount_1": "0.01", "key": KEY[:-1] + "c"},
    )

    assert "trust.more_than_advanced" in too_much
    assert "trust.more_than_advanced" in again
    assert "Lent, NZD" not in words(pages.text(f"{BASE}/advances/"))


def test_advances_are_nowhere_where_the_place_knows_none(trust: Trust, bob: Pages) -> None:
    for address in (f"{BASE}/advances/", f"{BASE}/advances/file/", f"{BASE}/record/advance/"):
        bob.text(address, 404)
    assert "Advances" not in bob.text("/search/?q=advances")
    assert "/advances/" not in bob.text(f"/trust-accounts/{trust.account.id}/")


@pytest.mark.parametrize("register", ["interest", "bank-charges", "own-money"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_each_register_goes_out_as_a_file(
    register: str, kind: str, trust: Trust, ledger: TrustLedger, bob: Pages
) -> None:
    bob.send(f"{BASE}/record/bank-charge/", **typed(trust))

    answer = bob.client.get(f"{BASE}/{register}/file/?format={kind}")

    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]


def test_the_file_totals_what_stands(trust: Trust, ledger: TrustLedger, bob: Pages) -> None:
    for at_, amount in enumerate(("5.00", "7.00")):
        bob.send(f"{BASE}/record/bank-charge/", **typed(trust, amount, key=f"{KEY[:-1]}{at_}"))
    with acting(trust.maker):
        wrong = Movement.objects.get(amount_minor=700)
    trust.reverse(wrong)

    told = bob.client.get(f"{BASE}/bank-charges/file/?format=csv").content.decode()

    assert '"Total","","",5.00,0.00,5.00' in told
    assert "Taken back" in bob.text(f"{BASE}/bank-charges/")


def test_a_movement_is_printed_and_leads_to_its_reversal(
    trust: Trust, ledger: TrustLedger, bob: Pages
) -> None:
    where = bob.send(f"{BASE}/record/bank-charge/", **typed(trust))

    assert f"/money/movement/{where.split('/')[-2]}/reversal/" in bob.text(where)
    printed = bob.client.get(f"{where}voucher/")
    assert printed.content.startswith(b"%PDF")


def test_who_may_only_read_is_told_who_records(
    trust: Trust, marlow: Marlow, as_person: Any
) -> None:
    erin: Pages = as_person(marlow.erin)

    assert "Ask an administrator or a bookkeeper" in erin.text(f"{BASE}/bank-charges/")
    erin.text(f"{BASE}/record/bank-charge/", 403)
    erin.send(f"{BASE}/record/bank-charge/", 403, **typed(trust))
    assert count(trust, Movement) == 0


def test_filters_narrow_a_register(trust: Trust, ledger: TrustLedger, bob: Pages) -> None:
    bob.send(f"{BASE}/record/bank-charge/", **typed(trust))

    assert "By the statement" in bob.text(f"{BASE}/bank-charges/?text=state")
    assert "None fits" in bob.text(f"{BASE}/bank-charges/?text=zebra")
    assert "None fits" in bob.text(f"{BASE}/bank-charges/?since=1+Jan+2099")


def test_a_firm_without_a_jurisdiction_is_led_to_it(marlow: Marlow, browse: Browse) -> None:
    assert "No jurisdiction is chosen yet" in Pages(browse(marlow.alice)).text(f"{BASE}/interest/")


def test_a_longer_register_asks_the_database_no_more_questions(
    kauri: Trust, browse: Browse
) -> None:
    pages, ledger = at(browse, kauri), kauri.ledger()
    told: list[int] = []
    for number in range(4):
        line = {"count": "1", "ledger_1": str(ledger.id), "amount_1": "1.00"}
        sent = typed(kauri, **line) | {"key": f"{KEY[:-1]}{number}"}
        pages.send(f"{BASE}/record/interest/", **sent)
        with CaptureQueriesContext(connection) as asked:
            pages.text(f"{BASE}/interest/")
            pages.client.get(f"{BASE}/interest/file/?format=csv")
        told.append(len(asked))

    assert told[1] == told[-1]

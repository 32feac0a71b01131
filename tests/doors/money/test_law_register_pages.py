"""Money in transit, powers and matters' own bank accounts, as people record and read them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

import registered
import world
from chancery.practice.models import Matter
from chancery.practice.models.contact import RoleOfContact
from chancery.trust.models import ControlledAccount, PowerEntry, TransitEntry, TrustLedger
from chancery.trust.rules.packs import load
from chancery.web.shell.paging import PER_PAGE
from conftest import Browse
from doors.money.conftest import Pages, count
from money import NUMBERS, Trust, firm_in, open_trust, umbrella
from world import Marlow, acting

pytestmark = pytest.mark.django_db
BASE = "/money/registers"
KEY = "01900000-0000-7000-8000-00000000000a"


def words(page: str) -> str:
    apart = re.sub(r"</?(t[dhr]|span|p|d[dt]|a)\b", r" \g<0>", page)
    return " ".join(strip_tags(apart).split())


@pytest.fixture
def matter(trust: Trust) -> Matter:
    return world.matter(trust.maker, "Purchase of Mill House")


@pytest.fixture
def transit(trust: Trust, matter: Matter) -> dict[str, Any]:
    day = trust.today.isoformat()
    return {
        "key": KEY,
        "matter": str(matter.id),
        "received_on": day,
        "amount": "900.00",
        "received_from": "Harbour Bank",
        "form": "bank cheque",
        "passed_on": day,
        "passed_to": "The vendor",
        "direction": "Settlement statement",
    }


@pytest.fixture
def power(trust: Trust, matter: Matter) -> dict[str, Any]:
    return {
        "key": KEY,
        "matter": str(matter.id),
        "on": trust.today.isoformat(),
        "donor": "Ann Whitcombe",
        "account": "Harbour Bank 062-001 1",
        "words": "Sole signatory",
    }


@pytest.fixture
def own(trust: Trust, matter: Matter) -> dict[str, Any]:
    bank = world.contact(trust.owner, "Second Bank", RoleOfContact.BANK)
    return {
        "key": KEY,
        "matter": str(matter.id),
        "account": str(umbrella(trust.owner).id),
        "bank": str(bank.id),
        "name": "Marlow & Finch Lawyers, Mill House CMA/c",
        "number_bsb": "062-001",
        "number_account": "11112222",
        "direction": "Letter of the client",
        "direction_on": trust.today.isoformat(),
        "reason": "Held until completion",
    }


def test_transit_money_is_recorded_once_and_listed(
    trust: Trust, bob: Pages, transit: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/transit/add/", **transit)

    assert bob.send(f"{BASE}/transit/add/", **transit) == where
    assert count(trust, TransitEntry) == 1
    assert "By which direction Settlement statement" in words(bob.text(where))
    listed = words(bob.text(f"{BASE}/transit/"))
    assert "Harbour Bank bank cheque The vendor" in listed
    assert "900.00" in listed


def test_cash_in_transit_is_refused_with_its_rule_and_what_was_typed_stays(
    trust: Trust, bob: Pages, transit: dict[str, Any]
) -> None:
    page = bob.send(f"{BASE}/transit/add/", 409, **transit, is_cash="on")

    assert "trust.cash_is_banked" in page
    assert "The rule" in page
    assert 'value="The vendor"' in page
    assert count(trust, TransitEntry) == 0


def test_a_matter_that_is_not_chosen_is_asked_for_and_looking_records_nothing(
    trust: Trust, bob: Pages, transit: dict[str, Any]
) -> None:
    asked = bob.send(f"{BASE}/transit/add/", 422, **transit | {"matter": ""})
    looked = bob.send(
        f"{BASE}/transit/add/", 200, **transit | {"matter": "", "matter_text": "mill"}, act="look"
    )

    assert "Choose the matter among those found" in asked
    assert "Purchase of Mill House" in looked
    assert "Purchase of Mill House" in bob.text(f"{BASE}/matters/?matter_text=mill")
    assert count(trust, TransitEntry) == 0


def test_a_power_is_used_and_ends(trust: Trust, bob: Pages, power: dict[str, Any]) -> None:
    where = bob.send(f"{BASE}/powers/add/", **power)
    day = trust.today.isoformat()
    used = {"key": KEY[:-1] + "b", "on": day, "words": "Paid the nursing home", "amount": "5.00"}

    bob.send(f"{where}use/", **used)
    bob.send(f"{where}use/", **used)
    assert "1 time last on" in words(bob.text(f"{BASE}/powers/"))
    bob.send(f"{where}end/", key=KEY[:-1] + "c", on=day, words="Revoked")
    late = bob.send(f"{where}use/", 409, **used | {"key": KEY[:-1] + "d"})

    shown = words(bob.text(where))
    assert "Paid the nursing home" in shown
    assert "Moved in all 5.00" in shown
    assert "trust.power_ended" in late
    assert count(trust, PowerEntry) == 3
    assert "Ann Whitcombe" in bob.text(f"{BASE}/powers/?state=ended")
    assert "None fits" in bob.text(f"{BASE}/powers/?state=open")


def test_an_account_of_its_own_is_opened_by_direction_and_its_details_change(
    trust: Trust, bob: Pages, own: dict[str, Any]
) -> None:
    without = bob.send(f"{BASE}/own-accounts/add/", 409, **own | {"direction": ""})
    where = bob.send(f"{BASE}/own-accounts/add/", **own)

    assert "trust.controlled_direction_missing" in without
    assert bob.send(f"{BASE}/own-accounts/add/", **own) == where
    assert "062-001" in bob.text(f"{where}change/")
    changed = own | {"key": KEY[:-1] + "b", "number_account": "33334444", "reason": "New branch"}
    bob.send(f"{where}change/", **changed)

    shown = words(bob.text(where))
    assert "062-001 3333 4444" in shown
    assert "062-001 1111 2222" in shown
    assert count(trust, ControlledAccount) == 2
    listed = words(bob.text(f"{BASE}/own-accounts/"))
    assert "062-001 3333 4444" in listed
    assert "1111 2222" not in listed


def test_a_receipt_into_an_own_account_is_held_there(
    trust: Trust, bob: Pages, own: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/own-accounts/add/", **own)
    ledger = where.split("/")[-2]

    page = bob.text(f"/money/receipts/add/?ledger={ledger}")

    assert "Marlow &amp; Finch controlled money" in page


def test_the_register_of_one_account_holds_its_person_its_versions_and_all_that_moved(
    trust: Trust, bob: Pages, own: dict[str, Any]
) -> None:
    where = bob.send(f"{BASE}/own-accounts/add/", **own)
    with acting(trust.maker):
        kept = ControlledAccount.objects.select_related("ledger").get()
    trust.receive(kept.ledger, "250.00", account_id=kept.ledger.account_id)

    shown = words(bob.text(where))
    told = bob.client.get(f"{where}file/?format=csv").content.decode()
    printed = bob.client.get(f"{where}file/?format=pdf")

    assert "CR-1" in shown
    assert "250.00" in told
    assert printed.content.startswith(b"%PDF")


def test_long_registers_are_paged_and_ask_the_database_no_more(trust: Trust, bob: Pages) -> None:
    told: list[int] = []
    for _ in range(2):
        for _ in range(PER_PAGE // 2 + 1):
            registered.power(trust)
        with CaptureQueriesContext(connection) as queries:
            first = bob.text(f"{BASE}/powers/")
        told.append(len(queries))

    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = bob.text(f"{BASE}/powers/{following[1].replace('&amp;', '&')}")
    assert f"{PER_PAGE + 1} to {PER_PAGE + 2} of {PER_PAGE + 2}" in words(second)
    assert told[1] - told[0] <= 1


def test_a_matter_leads_to_its_registers_and_to_an_account_of_its_own(
    trust: Trust, bob: Pages, own: dict[str, Any], matter: Matter
) -> None:
    opening = bob.text(f"/matters/{matter.number}/money/open/")
    bob.send(f"{BASE}/own-accounts/add/", **own)
    money = bob.text(f"/matters/{matter.number}/money/")

    assert f"{BASE}/own-accounts/add/?matter={matter.number}" in opening
    assert "Marlow &amp; Finch controlled money</option>" not in opening
    for register in ("own-accounts", "transit", "powers"):
        assert f"{BASE}/{register}/?text={matter.number}" in money
    brought = bob.text(f"{BASE}/transit/add/?matter={matter.number}")
    assert f'value="{matter.id}" checked' in brought


@pytest.mark.parametrize("place", ["au_qld", "gb_ew", "gb_sct", "ie", "za"])
def test_each_place_that_knows_own_accounts_opens_one(place: str, browse: Browse) -> None:
    trust = open_trust(firm_in(place), place)
    day = trust.today.isoformat()
    sent = {
        "key": KEY,
        "matter": str(world.matter(trust.maker, "Estate of Whitcombe").id),
        "account": str(umbrella(trust.owner).id),
        "bank": str(world.contact(trust.owner, "Second Bank", RoleOfContact.BANK).id),
        "name": "Marlow & Finch Lawyers, client account, Whitcombe",
        "direction": "Letter",
        "direction_on": day,
        "reason": "Held until probate",
    }
    number = NUMBERS[load(place).country]
    sent |= {f"number_{part}": figures for part, figures in number.items()}

    pages = Pages(browse(trust.maker))
    where = pages.send(f"{BASE}/own-accounts/add/", **sent)

    assert "Letter" in pages.text(where)
    for part in number:
        assert f'id="id_number_{part}"' in pages.text(f"{where}change/")


def test_a_wrong_number_is_said_beside_its_field(bob: Pages, own: dict[str, Any]) -> None:
    page = bob.send(f"{BASE}/own-accounts/add/", 422, **own | {"number_bsb": "1"})

    assert 'href="#id_number_bsb"' in page


def test_without_an_account_to_keep_them_under_the_form_says_what_comes_first(
    trust: Trust, bob: Pages
) -> None:
    assert "leave its number empty" in bob.text(f"{BASE}/own-accounts/add/")


@pytest.mark.parametrize("register", ["transit", "powers", "own-accounts"])
@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_each_register_goes_out_as_a_file(
    register: str, kind: str, bob: Pages, request: pytest.FixtureRequest
) -> None:
    name = {"transit": "transit", "powers": "power", "own-accounts": "own"}[register]
    bob.send(f"{BASE}/{register}/add/", **request.getfixturevalue(name))

    answer = bob.client.get(f"{BASE}/{register}/file/?format={kind}")

    assert answer.status_code == 200
    assert f".{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        assert "2026-" in answer.content.decode()


@pytest.mark.parametrize("register", ["transit", "powers", "own-accounts"])
def test_a_place_that_knows_no_such_register_shows_none(register: str, browse: Browse) -> None:
    pages = Pages(browse(open_trust(firm_in("nz"), "nz").maker))

    for address in (f"{register}/", f"{register}/file/", f"{register}/add/"):
        pages.text(f"{BASE}/{address}", 404)
    assert f"{BASE}/{register}/" not in pages.text("/search/?q=money")


def test_the_words_of_the_place_name_the_account(browse: Browse) -> None:
    pages = Pages(browse(open_trust(firm_in("gb_ew"), "gb_ew").maker))

    assert "separate designated deposit client account" in pages.text(f"{BASE}/own-accounts/")


@pytest.mark.parametrize("register", ["transit", "powers", "own-accounts"])
def test_who_may_only_read_is_told_who_records(
    register: str, trust: Trust, marlow: Marlow, as_person: Callable[..., Pages]
) -> None:
    erin = as_person(marlow.erin)

    assert "Ask an administrator or a bookkeeper" in erin.text(f"{BASE}/{register}/")
    erin.text(f"{BASE}/{register}/add/", 403)
    erin.send(f"{BASE}/{register}/add/", 403)


def test_filters_narrow_a_register(
    trust: Trust, ledger: TrustLedger, bob: Pages, transit: dict[str, Any]
) -> None:
    bob.send(f"{BASE}/transit/add/", **transit)

    assert "The vendor" in bob.text(f"{BASE}/transit/?text=harbour")
    assert "None fits" in bob.text(f"{BASE}/transit/?text=zebra")
    assert "None fits" in bob.text(f"{BASE}/transit/?since=1+Jan+2099")


def test_a_firm_without_a_jurisdiction_is_led_to_it(marlow: Marlow, browse: Browse) -> None:
    pages = Pages(browse(marlow.alice))

    assert "No jurisdiction is chosen yet" in pages.text(f"{BASE}/transit/")
    pages.text(f"{BASE}/transit/add/", 404)

"""Own accounts, transit money and powers in a real browser: both widths, both themes, and by keys."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import registered
import world
from browser.chromium import open_page
from browser.looks import PICTURES, Viewer
from chancery.lib import clock
from chancery.trust import proof_cases
from money import open_trust, umbrella
from world import PASSWORD, acting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TROUBLES = ("answer", "audit", "sideways", "console", "heads", "firsts", "small", "focus")
BASE = "/money/registers"


@dataclass
class Office:
    """A firm of New South Wales with one entry of each register, and Bob's session."""

    url: str
    session: str
    pages: dict[str, str]


@pytest.fixture
def office(live_server: LiveServer, transactional_db: None) -> Office:
    trust = open_trust(world.marlow())
    trust.today = clock.today("Australia/Sydney")
    entry, power = registered.transit_entry(trust), registered.power(trust)
    own = registered.own_account(trust, umbrella(trust.owner))
    now, trust.today = trust.today, trust.today.replace(month=7, day=3)
    sale = trust.ledger("Bennett, sale of 14 Ferry Road")
    trust.receive(sale, "84,000.00")
    trust.today = now
    made = registered.deposit(trust, "30,000.00")
    kept = registered.protection(trust, sale, "12,000.00")
    short = registered.shortage(trust, "310.00")
    with acting(trust.maker):
        firm, row = trust.maker.firm_id, "ledger_seal 7: it has another digest than its journal"
        (proof,) = proof_cases.look(firm_id=firm, at=trust.at, findings=[row])
    assert sale.matter
    trust.receive(own.ledger, "250.00", account_id=own.ledger.account_id)
    assert own.ledger.matter
    client = Client()
    client.post("/sign-in/", {"login": "bob@marlow.example", "password": PASSWORD})
    day = trust.today.isoformat()
    sent = {"on": day, "words": "Paid the nursing home", "amount": "640.00"}
    sent["key"] = "01900000-0000-7000-8000-00000000000a"
    assert client.post(f"{BASE}/powers/{power.id}/use/", sent).status_code == 302
    pages = {
        **{name: f"{BASE}/{name}/" for name in ("transit", "powers", "own-accounts")},
        **{f"{name}-add": f"{BASE}/{name}/add/" for name in ("transit", "powers", "own-accounts")},
        "hub": f"{BASE}/",
        "protections": f"{BASE}/protections/",
        "protection": f"{BASE}/protections/{kept.id}/",
        "protection-add": f"{BASE}/protections/add/?ledger={sale.id}",
        "protection-release": f"{BASE}/protections/{kept.id}/release/",
        "shortages": f"{BASE}/shortages/",
        "shortage": f"{BASE}/shortages/{short.id}/",
        "shortage-of-proof": f"{BASE}/shortages/{proof.id}/",
        "shortage-add": f"{BASE}/shortages/add/",
        "shortage-restore": f"{BASE}/shortages/{short.id}/restoration/",
        "shortage-told": f"{BASE}/shortages/{short.id}/notification/",
        "shortage-closing": f"{BASE}/shortages/{short.id}/closing/",
        "home": "/",
        "sale": f"/matters/{sale.matter.number}/money/",
        "transit-none": f"{BASE}/transit/?text=zebra",
        "transit-entry": f"{BASE}/transit/{entry.id}/",
        "power": f"{BASE}/powers/{power.id}/",
        "power-use": f"{BASE}/powers/{power.id}/use/",
        "power-end": f"{BASE}/powers/{power.id}/end/",
        "own-account": f"{BASE}/own-accounts/{own.ledger_id}/",
        "own-account-change": f"{BASE}/own-accounts/{own.ledger_id}/change/",
        "deposit-due": f"{BASE}/statutory-deposit/due/",
        "deposits": f"{BASE}/statutory-deposit/",
        "deposit": f"{BASE}/movements/{made.id}/",
        "deposit-made": f"{BASE}/record/deposit-made/?amount=54,000.00",
        "matter": f"/matters/{own.ledger.matter.number}/money/",
    }
    sent |= {"key": "01900000-0000-7000-8000-00000000000b", "words": "The bank found the thief"}
    assert client.post(f"{BASE}/shortages/{short.id}/cause/", sent).status_code == 302
    session = str(client.cookies["chancery-session"].value)
    return Office(str(live_server.url), session, pages)


@pytest.fixture
def page(office: Office) -> Iterator[Page]:
    with open_page() as opened:
        cookie = {"name": "chancery-session", "value": office.session, "url": office.url}
        opened.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as it takes them
        yield opened


def test_every_page_of_these_registers_is_sound(office: Office, page: Page) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    viewer = Viewer(page)

    for name, address in office.pages.items():
        viewer.visit(f"law-{name}", office.url + address)

    assert {trouble: viewer.found[trouble] for trouble in TROUBLES if viewer.found[trouble]} == {}


def test_transit_money_is_recorded_by_keyboard_and_enter_records_nothing(
    office: Office, page: Page
) -> None:
    page.goto(f"{office.url}{BASE}/transit/add/")
    form = page.get_by_role("main")
    form.get_by_label("Matter", exact=True).fill("mill")
    form.get_by_label("Purchase of Mill House").check()
    form.get_by_label("Amount").fill("75.00")
    form.get_by_label("From whom").fill("Harbour Bank")
    form.get_by_label("In which form").fill("bank cheque")
    form.get_by_label("To whom").fill("Revenue NSW")
    form.get_by_label("By which direction").fill("Settlement statement")
    with page.expect_navigation():
        form.get_by_label("Amount").press("Enter")
    expect(page.get_by_role("heading", name="Record transit money")).to_be_visible()
    expect(form.get_by_label("To whom")).to_have_value("Revenue NSW")

    page.get_by_role("button", name="Record it").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Transit money of")).to_be_visible()
    expect(form).to_contain_text("Revenue NSW")


def test_money_is_protected_and_released_by_keyboard(office: Office, page: Page) -> None:
    page.goto(f"{office.url}{BASE}/protections/")
    page.get_by_role("link", name="Protect money").focus()
    page.keyboard.press("Enter")
    form = page.get_by_role("main")
    form.get_by_label("Matter", exact=True).fill("bennett")
    form.get_by_label("Bennett, sale of 14 Ferry Road").check()
    form.get_by_label("Amount").fill("1,000.00")
    expect(form.get_by_text("Available after")).to_be_visible()
    form.get_by_label("Why").fill("Undertaking to the bank")
    page.get_by_role("button", name="Protect it").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Protected: Undertaking to the bank")).to_be_visible()

    page.get_by_role("link", name="Release…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Why").fill("Discharged")
    page.get_by_role("button", name="Release it").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("Why released")


def test_a_shortage_is_restored_and_closed_by_keyboard(office: Office, page: Page) -> None:
    page.goto(office.url + office.pages["shortage"])
    page.get_by_role("link", name="Restore…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What it is").fill("Transfer from the office account")
    page.get_by_role("button", name="Record the restoration").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Restored, to be closed")).to_be_visible()

    page.get_by_role("link", name="Close the case…").focus()
    page.keyboard.press("Enter")
    page.get_by_label("In words").fill("Restored; the Law Society was told by telephone")
    page.get_by_role("button", name="Close the case").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("main")).to_contain_text("Closed")
    expect(page.get_by_role("link", name="Close the case…")).to_have_count(0)

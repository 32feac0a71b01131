"""The registers of interest, charges, own money and advances, looked at with money in them."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from browser.chromium import open_page
from browser.looks import PICTURES, Viewer
from chancery.lib import clock
from doors.money import moving
from money import Trust, firm_in, open_trust
from world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TROUBLES = ("answer", "audit", "sideways", "console", "heads", "firsts", "small", "focus")
BASE = "/money/registers"


@dataclass
class Office:
    """A New Zealand firm with movements, and the session of who is at them, made before the browser."""

    url: str
    session: str
    pages: dict[str, str]
    matter: str


@pytest.fixture
def office(live_server: LiveServer, transactional_db: None) -> Office:
    trust = open_trust(firm_in("nz"), "nz")
    trust.today = clock.today("Pacific/Auckland")
    client = Client()
    client.post("/sign-in/", {"login": "bob@marlow.example", "password": PASSWORD})
    pages = addresses(trust, client)
    session = str(client.cookies["chancery-session"].value)
    other = trust.ledger("Lease of Unit 4")
    assert other.matter
    return Office(str(live_server.url), session, pages, other.matter.number)


@pytest.fixture
def page(office: Office) -> Iterator[Page]:
    with open_page() as opened:
        cookie = {"name": "chancery-session", "value": office.session, "url": office.url}
        opened.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as it takes them
        yield opened


def addresses(trust: Trust, client: Client) -> dict[str, str]:
    """Record one of each; return each page by its name."""
    ledger = trust.ledger("Sale of 14 Ferry Road, Ponsonby")
    said = {"account": str(trust.account.id), "on": trust.today.isoformat(), "count": "1"}
    said |= {"reason": "By the statement of the month", "ledger_1": str(ledger.id)}
    for number, (act, figure) in enumerate((("interest", "31.20"), ("advance", "150.00"))):
        key = f"01900000-0000-7000-8000-00000000000{number}"
        sent = said | {"amount_1": figure, "key": key}
        assert client.post(f"{BASE}/record/{act}/", sent).status_code == 302
    charge = moving.charge(trust, "12.00")
    acts = ("interest", "bank-charge", "own-money-in", "own-money-out", "advance", "advance-back")
    return {
        **{f"record-{act}": f"{BASE}/record/{act}/" for act in acts},
        **{name: f"{BASE}/{name}/" for name in ("interest", "bank-charges", "own-money")},
        "advances": f"{BASE}/advances/",
        "movement": f"{BASE}/movements/{charge.id}/",
        "account": f"/trust-accounts/{trust.account.id}/",
        "upload": f"{BASE}/interest/upload/",
    }


def test_every_page_of_movements_is_sound(office: Office, page: Page) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    viewer = Viewer(page)

    for name, address in office.pages.items():
        viewer.visit(f"movements-{name}", office.url + address)

    assert {trouble: viewer.found[trouble] for trouble in TROUBLES if viewer.found[trouble]} == {}


def test_a_charge_is_recorded_by_keyboard_and_enter_posts_nothing(
    office: Office, page: Page
) -> None:
    page.goto(f"{office.url}{BASE}/record/bank-charge/")
    page.get_by_label("Amount").fill("5.00")
    page.get_by_label("What it is").fill("Monthly fee")
    expect(page.locator("#effect")).to_contain_text("5.00 is not covered")
    page.get_by_label("What it is").press("Enter")
    expect(page.get_by_role("heading", name="Record a bank charge")).to_be_visible()

    page.get_by_role("button", name="Record the charge").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Bank charge of")).to_be_visible()


def test_a_file_is_looked_at_before_its_rows_are_posted(office: Office, page: Page) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    viewer, heading = Viewer(page), "day,account,matter,gross,tax,fees\n"
    bad = f"1 Nov 2026,,{office.matter},12.00,,\n31/31/2026,,9999-0001,1.00,2.00,\n"

    for name, rows in (("bad", bad), ("good", f"1 Nov 2026,,{office.matter},12.00,3.96,\n")):
        page.goto(f"{office.url}{BASE}/interest/upload/")
        file = {"name": "june.csv", "mimeType": "text/csv", "buffer": (heading + rows).encode()}
        page.get_by_label("CSV file").set_input_files(file)  # type: ignore[arg-type]  # as it takes them
        page.get_by_role("button", name="Read the file").click()
        expect(page.get_by_role("heading", name="Rows ")).to_be_visible()
        viewer.look(f"movements-upload-{name}")
    page.get_by_role("button", name="Post all rows").click()

    expect(page.get_by_role("heading", name="Interest", exact=True)).to_be_visible()
    expect(page.get_by_text("8.04").first).to_be_visible()
    assert {trouble: viewer.found[trouble] for trouble in TROUBLES if viewer.found[trouble]} == {}

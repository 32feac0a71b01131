"""The pages on which money is asked for and leaves, looked at with money on its way."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import world
from browser.chromium import open_page
from browser.looks import PICTURES, Viewer
from chancery.lib import clock
from chancery.trust.models import TrustLedger
from chancery.trust.requests import RequestKind
from doors.money import moving
from money import Trust, open_trust
from world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TROUBLES = ("answer", "audit", "sideways", "console", "heads", "firsts", "small", "focus")


@dataclass
class Office:
    """A firm with money on its way: where each page is, and the session of who is at them.

    All is made before the browser starts, for no query runs beside it.
    """

    url: str
    session: str
    pages: dict[str, str]
    approved: str


@pytest.fixture
def office(live_server: LiveServer, transactional_db: None) -> Office:
    trust = open_trust(world.marlow())
    trust.today = clock.today("Australia/Sydney")
    ledger = trust.ledger("Sale of 14 Ferry Road, Balmain")
    trust.receive(ledger, "6,410.00")
    pages = addresses(trust, ledger)
    approved = trust.approve(trust.ask(ledger, "250.00"))
    client = Client()
    client.post("/sign-in/", {"login": "bob@marlow.example", "password": PASSWORD})
    session = str(client.cookies["chancery-session"].value)
    return Office(str(live_server.url), session, pages, f"/requests/{approved.id}/release/")


@pytest.fixture
def page(office: Office) -> Iterator[Page]:
    with open_page() as opened:
        cookie = {"name": "chancery-session", "value": office.session, "url": office.url}
        opened.context.add_cookies([cookie])  # type: ignore[list-item]  # a cookie as it takes them
        yield opened


def addresses(trust: Trust, ledger: TrustLedger) -> dict[str, str]:
    """Return each page with a record, by its name."""
    other = trust.ledger("Lease of Unit 4")
    details = moving.checked(trust, moving.details(trust))
    changed = moving.details(trust, "Meridian Surveyors Pty Ltd", "55512207")
    moving.details(trust, "Mallory Pty Ltd", "55512207")
    waiting = trust.ask(ledger, "250.00", method="electronic", payee_details=changed)
    approved = trust.approve(
        trust.ask(ledger, "1,400.00", method="electronic", payee_details=details)
    )
    cheque = trust.approve(trust.ask(ledger, "99,000.00"))
    move = trust.approve(
        trust.ask(ledger, "300.00", kind=RequestKind.TRANSFER, target=other, authority="Letter")
    )
    paid, made = trust.pay(ledger, "12.00"), moving.transfer(trust, ledger, other, "30.00")
    return {
        "list": "/requests/?show=all",
        "waiting": "/requests/",
        "request": f"/requests/{waiting.id}/",
        "approved": f"/requests/{approved.id}/",
        "edit": f"/requests/{approved.id}/edit/",
        "release": f"/requests/{approved.id}/release/",
        "release-cheque": f"/requests/{cheque.id}/release/",
        "make": f"/requests/{move.id}/transfer/",
        "ask": f"/requests/ask/withdrawal/?ledger={ledger.id}",
        "ask-ledger": "/requests/ask/withdrawal/",
        "ask-bill": f"/requests/ask/bill/?ledger={ledger.id}",
        "ask-transfer": f"/requests/ask/transfer/?ledger={ledger.id}",
        "withdrawals": "/withdrawals/",
        "withdrawal": f"/withdrawals/{paid.id}/",
        "cheque": f"/withdrawals/{paid.id}/cheque/stop/",
        "cheques": "/withdrawals/cheques/",
        "transfers": "/transfers/",
        "transfer": f"/transfers/{made.id}/",
        "payee": f"/contacts/{changed.contact_id}/",
        "payee-checked": f"/contacts/{details.contact_id}/",
        "payee-enter": f"/contacts/{changed.contact_id}/bank-details/",
        "payee-check": f"/bank-details/{changed.id}/call/",
        "again": "/sign-in/again/",
    }


def test_every_page_with_money_on_its_way_is_sound(office: Office, page: Page) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    viewer = Viewer(page)

    for name, address in office.pages.items():
        viewer.visit(f"money-{name}", office.url + address)

    assert {trouble: viewer.found[trouble] for trouble in TROUBLES if viewer.found[trouble]} == {}


def test_money_leaves_after_the_password_was_entered_again(office: Office, page: Page) -> None:
    page.goto(f"{office.url}/sign-in/again/?next={office.approved}")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("It bears the name of the firm").check()

    page.get_by_role("button", name="Release this payment").click()

    expect(page.get_by_role("heading", name="Withdrawal W-")).to_be_visible()


def test_n_and_w_begin_a_withdrawal(office: Office, page: Page) -> None:
    page.goto(f"{office.url}/contacts/")

    page.keyboard.press("n")
    page.keyboard.press("w")

    expect(page.get_by_role("heading", name="Which matter?")).to_be_visible()

"""Client money in a real browser: its pages at both widths and in both themes, and the receipt by keys."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import money
import world
from browser.chromium import open_page
from browser.looks import PICTURES, Viewer
from chancery.lib import clock
from chancery.trust import protections
from chancery.trust.receipts import Part
from chancery.trust.rules.policy_clearing import Method
from money import Trust
from world import acting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trust(transactional_db: None) -> Trust:
    """Give a trust account of Marlow & Finch on which money moves today."""
    trust = money.open_trust(world.marlow())
    trust.today = clock.today("Australia/Sydney")
    return trust


@pytest.fixture
def addresses(trust: Trust) -> dict[str, str]:
    """Move money in every way, and give the address of each page that shows some of it."""
    sale = trust.ledger("Bennett, sale of 14 Ferry Road")
    lease = trust.ledger("Lease of Unit 4")
    trust.receive(sale, "84,000.00", reason="Deposit held as stakeholder")
    trust.reverse(trust.receive(sale, "12.50"))
    parts = (Part(sale.id, trust.money("1,000.00")), Part(lease.id, trust.money("200.00")))
    cheque = trust.receive(
        sale, "1,200.00", Method.CHEQUE, parts=parts, drawer={"bank": "NAB", "number": "004411"}
    )
    paid = trust.pay(sale, "312.40", payee="City Title Searches", reason="Searches")
    trust.receive(lease, "40.00", Method.CASH)
    with acting(trust.maker):
        protections.protect(
            ledger=sale,
            amount=trust.money("83,000.00"),
            reason="Stakeholder until completion",
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key="p",
        )
        slip = money.deposit_slips.put_on(
            account=trust.account, receipt_ids=[cheque.id], by=trust.maker, at=clock.now()
        )
    assert sale.matter
    assert lease.matter
    empty = world.matter(trust.maker, "Will of H. Whitcombe")
    return {
        "money-ledger": f"/matters/{sale.matter.number}/money/",
        "money-ledger-none": f"/matters/{empty.number}/money/",
        "money-ledger-open": f"/matters/{empty.number}/money/open/",
        "money-ledger-closing": f"/matters/{lease.matter.number}/money/{lease.id}/closing/",
        "money-dormant-ledger": reverse("dormant_ledger", args=[lease.id]),
        "money-receipts": "/money/receipts/",
        "money-receipts-none": "/money/receipts/?text=zzz",
        "money-receipt-add": f"/money/receipts/add/?ledger={sale.id}",
        "money-receipt": f"/money/receipts/{cheque.id}/",
        "money-clearance": f"/money/receipts/{cheque.id}/clearance/",
        "money-reversal": f"/money/receipt/{cheque.id}/reversal/",
        "money-reversal-withdrawal": f"/money/withdrawal/{paid.id}/reversal/",
        "money-slips": "/money/slips/",
        "money-slip": f"/money/slips/{slip.id}/",
        "money-slip-filling": f"/money/slips/of/{trust.account.id}/",
    }


@pytest.fixture
def page(live_server: LiveServer, addresses: dict[str, str]) -> Iterator[Page]:
    """Give Bob's browser, signed in."""
    client = Client()
    client.post("/sign-in/", {"login": "bob@marlow.example", "password": world.PASSWORD})
    kept = client.cookies["chancery-session"].value
    with open_page() as opened:
        opened.context.add_cookies(
            [{"name": "chancery-session", "value": kept, "url": str(live_server.url)}]
        )
        yield opened


def test_every_page_of_client_money_is_sound(
    page: Page, addresses: dict[str, str], live_server: LiveServer
) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    viewer = Viewer(page)
    for name, address in addresses.items():
        viewer.visit(name, f"{live_server.url}{address}")

    assert {kind: lines for kind, lines in viewer.found.items() if lines} == {}


def test_a_receipt_is_taken_by_keys_and_enter_in_the_amount_posts_nothing(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/")
    page.keyboard.press("n")
    page.keyboard.press("r")
    expect(page.get_by_role("heading", name="Take a receipt")).to_be_visible()

    form = page.get_by_role("main")
    form.get_by_label("Matter", exact=True).fill("bennett")
    form.get_by_label("sale of 14 Ferry Road").check()
    form.get_by_label("Form of money").select_option(label="Cheque")
    form.get_by_label("Amount").fill("1,200.00")
    expect(page.locator("#effect")).to_contain_text("1,200.00")
    expect(page.locator("#effect")).to_contain_text("Clears")
    form.get_by_label("Received from").fill("Claire Bennett")
    form.get_by_label("Purpose").fill("On account of costs")
    with page.expect_navigation():
        form.get_by_label("Amount").press("Enter")
    expect(page.locator("#effect")).to_contain_text("Held after")
    expect(page.get_by_role("heading", name="Take a receipt")).to_be_visible()

    page.get_by_label("Received from").press("Control+Enter")
    expect(page.get_by_role("heading", name="Receipt R-5")).to_be_visible()

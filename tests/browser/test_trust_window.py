"""The window of a trust bank account by keyboard alone, and the code that arrives while one looks."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

import world
from at_work import Hand, connect, work
from browser.chromium import NARROW, WIDE, open_page
from chancery.lib import clock
from chancery.outbox import workers
from chancery.practice.models import Person
from db.trust.accounts import NAME, meet
from doors.trust_setup.setups import ADD, TRUST, choose_place
from xero_side import SandboxServer, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alice(live_server: LiveServer, xero: SandboxServer, settings: Settings) -> Person:
    """Alice, whose firm is connected, has chosen its place and named its bank."""
    settings.XERO_CLIENT_ID = xero.client_id
    settings.XERO_CLIENT_SECRET = xero.client_secret
    person = world.marlow().alice
    connect(xero, person)
    choose_place(person)
    meet(person, "Harbourside Bank", "bank")
    soon = clock.now() + timedelta(minutes=1)
    workers.beat(workers.born(host="here", process=1, at=soon), at=soon)
    return person


@contextmanager
def at(
    address: str, person: Person, live_server: LiveServer, *, width: int = WIDE, dark: bool = False
) -> Iterator[Page]:
    """Give a page that this person has opened, signed in."""
    client = Client()
    client.force_login(person.user)
    cookies = [
        {"name": name, "value": held.value, "url": live_server.url}
        for name, held in client.cookies.items()
    ]
    with open_page(width=width, dark=dark) as page:
        page.context.add_cookies(cookies)  # type: ignore[arg-type]  # plain dicts of that shape
        page.goto(live_server.url + address)
        yield page


def test_an_account_is_added_by_keyboard_and_its_code_arrives_without_a_reload(
    alice: Person, live_server: LiveServer
) -> None:
    with at(TRUST, alice, live_server) as page:
        page.get_by_role("link", name="Add a trust bank account").press("Enter")
        window = page.get_by_role("dialog")
        expect(window.get_by_label("GL account")).to_be_focused()
        window.get_by_label("BSB").focus()
        page.keyboard.type("062-555")
        page.keyboard.press("Tab")
        page.keyboard.type("1042 7731")
        page.keyboard.press("Tab")
        page.keyboard.type("Client money")
        expect(window.locator("#name-wording")).to_contain_text("This name lacks")
        page.keyboard.press("Control+a")
        page.keyboard.type(NAME)
        expect(window.locator("#name-wording")).to_contain_text("This name has both")
        page.keyboard.press("Control+Enter")

        row = page.get_by_role("row", name=re.compile(re.escape(NAME)))
        expect(row).to_contain_text("Creating in Xero…")
        page.evaluate("window.isTheSamePage = true")
        _let_the_worker_work(alice)
        expect(row).to_contain_text(re.compile(r"\b09\d\b"), timeout=10_000)
        assert page.evaluate("window.isTheSamePage") is True


def test_a_controlled_account_may_have_a_bank_and_a_number_and_is_told_that_it_need_not(
    alice: Person, live_server: LiveServer
) -> None:
    with at(ADD, alice, live_server) as page:
        hint = page.get_by_text("these may be left empty")
        page.get_by_label("BSB").fill("062-555")
        expect(hint).to_be_hidden()
        page.get_by_label("Account type").select_option(label="Controlled")

        expect(page.get_by_label("BSB")).to_be_editable()
        expect(page.get_by_label("Bank contact record")).to_be_enabled()
        expect(hint).to_be_visible()
        expect(page.locator("#name-wording")).to_contain_text("controlled money account")
        page.get_by_label("Account type").select_option(label="Current")
        expect(hint).to_be_hidden()
        expect(page.get_by_label("BSB")).to_have_value("062-555")


def test_what_is_wrong_has_the_focus_and_what_was_typed_is_there(
    alice: Person, live_server: LiveServer
) -> None:
    with at(ADD, alice, live_server) as page:
        window = page.get_by_role("dialog")
        window.get_by_label("BSB").fill("06")
        window.get_by_role("button", name="Save").click()

        expect(window.locator(".error-summary")).to_be_focused()
        expect(window.get_by_label("BSB")).to_have_value("06")
        window.get_by_role("link", name="A BSB has 6 digits").press("Enter")
        expect(window.get_by_label("BSB")).to_be_focused()


def test_escape_closes_the_window_and_leaves_the_page(
    alice: Person, live_server: LiveServer
) -> None:
    with at(ADD, alice, live_server) as page:
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")

        expect(page).to_have_url(live_server.url + TRUST)


@pytest.mark.parametrize("address", [TRUST, ADD, TRUST + "jurisdiction/"])
@pytest.mark.parametrize("look", [(WIDE, False), (WIDE, True), (NARROW, False)])
def test_an_audit_finds_nothing(
    address: str, look: tuple[int, bool], alice: Person, live_server: LiveServer
) -> None:
    width, dark = look
    with at(address, alice, live_server, width=width, dark=dark) as page:
        found = Axe().run(page).response["violations"]
        sideways = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert sideways is False


def _let_the_worker_work(person: Person) -> None:
    """Deliver what is due from a thread of its own, as the worker's process would."""

    def deliver() -> None:
        try:
            work(person, Hand())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(deliver).result(timeout=30)

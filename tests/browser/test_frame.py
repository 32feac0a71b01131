"""The frame in a real browser: the search box and its keys, menus, dialogs, and an audit of every page."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

import books
import world
from browser.chromium import NARROW, WIDE, open_page
from chancery.accounting.models import Connection
from chancery.practice.models import Person
from world import acting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BETWEEN = 840  # just wide enough for the navigation to stand beside the page
PAGES = ("/", "/search/?q=bank", "/search/?q=zzz", "/profile/", "/nowhere/", "/sign-in/password/")


@pytest.fixture
def alice(transactional_db: None) -> Person:
    """Give Alice of Marlow & Finch."""
    return world.marlow().alice


@pytest.fixture
def at(live_server: LiveServer, alice: Person) -> str:
    """Give the address of a server with Marlow & Finch in it and a few things to find."""
    client = world.contact(alice, "Bankstown Timber Pty Ltd")
    world.matter(alice, "Bankstown Timber, lease", client=client, number="2026-0088")
    return str(live_server.url)


@pytest.fixture
def session(at: str) -> str:
    """Give Alice's session, signed in as the sign-in page does."""
    client = Client()
    client.post("/sign-in/", {"login": "alice@marlow.example", "password": world.PASSWORD})
    return str(client.cookies["chancery-session"].value)


@pytest.fixture
def page(at: str, session: str) -> Iterator[Page]:
    with open_page() as opened:
        sign_in(opened, at, session)
        yield opened


def sign_in(page: Page, at: str, session: str) -> None:
    page.context.add_cookies([{"name": "chancery-session", "value": session, "url": at}])
    page.goto(at)


def never(route: Route) -> None:
    """Leave a request without its answer."""


def test_the_box_answers_and_the_arrow_keys_walk_the_links(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("bank")
    first = page.get_by_role("link", name="Enter Your Bank Name")
    expect(first).to_be_visible()
    expect(page.locator("#found-said")).to_contain_text("3 records")

    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Bankstown Timber Pty Ltd")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(page.locator("#search")).to_be_focused()


def test_enter_opens_the_first_result(page: Page, at: str) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("2026-0088")
    expect(page.get_by_role("link", name="2026-0088")).to_be_visible()

    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{at}/matters/2026-0088/")


def test_enter_before_an_answer_leads_to_all_results(page: Page) -> None:
    page.route("**/search/now/**", never)
    page.keyboard.press("/")
    page.keyboard.type("bank")

    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_label("Name, number or reference")).to_have_value("bank")


def test_a_stale_answer_never_shows(page: Page) -> None:
    page.route("**/search/now/?q=ban", never)
    page.keyboard.press("/")
    with page.expect_request("**/search/now/?q=ban"):
        page.keyboard.type("ban")
    page.keyboard.type("kstown t")
    expect(page.get_by_role("link", name="Bankstown Timber Pty Ltd")).to_be_visible()

    expect(page.get_by_role("link", name="Enter Your Bank Name")).to_have_count(0)


def test_letters_act_only_outside_fields_and_can_be_switched_off(page: Page, at: str) -> None:
    page.keyboard.press("g")
    page.keyboard.press("c")
    expect(page).to_have_url(f"{at}/contacts/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#search").click()
    page.keyboard.type("gh?")
    expect(page).to_have_url(f"{at}/contacts/")

    page.goto(f"{at}/profile/")
    page.get_by_label("Single characters are commands").uncheck()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Saved")).to_be_visible()
    page.locator("h1").click()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("h")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(f"{at}/profile/")


def test_the_menu_signs_out(page: Page) -> None:
    page.get_by_role("button", name="Alice Marlow, your menu").click()
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_errors_take_the_focus(page: Page) -> None:
    page.context.clear_cookies()
    page.reload()
    page.get_by_role("button", name="Sign in").click()

    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Enter your password").click()
    expect(page.get_by_label("Password")).to_be_focused()


def test_a_narrow_screen_finds_by_its_own_button(at: str, session: str) -> None:
    with open_page(width=NARROW) as page:
        sign_in(page, at, session)
        page.get_by_role("link", name="Search", exact=True).click()
        page.get_by_label("Name, number or reference").press_sequentially("bankst")
        expect(page.get_by_role("link", name="Bankstown Timber Pty Ltd")).to_be_visible()

        page.get_by_role("button", name="Menu", exact=True).click()
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Home").click()
        expect(page).to_have_url(f"{at}/")


@pytest.mark.parametrize("width", [NARROW, BETWEEN])
def test_a_smaller_screen_says_how_the_package_stands(
    *, width: int, alice: Person, at: str, session: str
) -> None:
    books.connect(alice)
    with acting(alice):
        Connection.objects.update(state="lost")
    with open_page(width=width) as page:
        sign_in(page, at, session)
        expect(page.get_by_role("link", name="Xero: connection lost")).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "dark"), [(WIDE, False), (WIDE, True), (NARROW, False)])
def test_an_audit_finds_nothing(*, width: int, dark: bool, at: str, session: str) -> None:
    with open_page(width=width, dark=dark) as page:
        page.goto(f"{at}/sign-in/")
        assert Axe().run(page).response["violations"] == []
        sign_in(page, at, session)
        for address in PAGES:
            page.goto(f"{at}{address}")
            assert Axe().run(page).response["violations"] == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address

"""The pages in a real browser: step 5 by hand, consent, both widths, both themes, and an audit."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from browser.chromium import QUIET, executable
from sandbox_server import KAURI, REDIRECT, SandboxServer

OFFICE = "Marlow & Finch Office Account"
pytestmark = pytest.mark.browser
CONSENT = (
    "/identity/connect/authorize?response_type=code&client_id=demo&state=x"
    f"&redirect_uri={REDIRECT}&scope=openid%20offline_access%20accounting.settings"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable(), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, sandbox: SandboxServer) -> Iterator[Page]:
    with browser.new_context(
        base_url=sandbox.base_url, viewport={"width": 1280, "height": 900}
    ) as context:
        one = context.new_page()
        complaints: list[str] = []
        one.on("console", lambda message: complaints.append(message.text))
        one.on("pageerror", lambda error: complaints.append(str(error)))
        yield one
        assert complaints == []


def test_bank_account_is_added_and_given_its_code_by_keyboard(page: Page) -> None:
    page.goto("/accounting/chart-of-accounts")
    page.get_by_role("link", name="Add Bank Account").press("Enter")
    for typed in ("Harbourside Bank", OFFICE, "", "062-555 1042 7700"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")

    row = page.get_by_role("row", name=re.compile(re.escape(OFFICE)))
    expect(row).to_contain_text("no code yet")
    row.get_by_label(f"Code of {OFFICE}", exact=True).fill("090")
    page.keyboard.press("Enter")

    expect(row).not_to_contain_text("no code yet")
    expect(row).to_contain_text("090")
    row.get_by_text("090", exact=True).press("Enter")
    expect(row.get_by_label(f"Code of {OFFICE}", exact=True)).to_have_value("090")


def test_consent_says_how_many_are_chosen_and_leads_back_to_the_app(page: Page) -> None:
    arrived: list[str] = []

    def app(route: Route) -> None:
        arrived.append(route.request.url)
        route.fulfill(body="back", content_type="text/plain")

    page.route("http://localhost:8000/**", app)
    page.goto(CONSENT)
    expect(page.get_by_role("button", name="Continue with none")).to_be_visible()
    page.get_by_label("Marlow & Finch Lawyers").check()
    page.get_by_label("Kauri Legal Limited").check()
    expect(page.get_by_role("button", name="Continue with 2 organisations")).to_be_visible()
    page.get_by_label("Marlow & Finch Lawyers").uncheck()
    page.get_by_role("button", name="Continue with 1 organisation").click()

    page.wait_for_url(f"{REDIRECT}?**")
    assert "code=" in arrived[0]
    assert "state=x" in arrived[0]


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_pages_fit_and_pass_an_audit(
    browser: Browser, sandbox: SandboxServer, width: int, theme: str
) -> None:
    sandbox.tokens(KAURI)
    with browser.new_context(
        base_url=sandbox.base_url,
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
    ) as context:
        page = context.new_page()
        for address in ("/accounting/chart-of-accounts", "/apps", "/calls", CONSENT):
            page.goto(address)

            assert page.evaluate("document.documentElement.scrollWidth") == width, address
            found = Axe().run(page)
            assert found.violations_count == 0, (address, found.generate_report())

"""The main job, whole, in a real browser: from a fresh system to an office account known by its code.

`make walkthrough` runs this file; the browser test runs the same steps.
"""

import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from browser.chromium import open_page
from browser.running_system import RunningSystem, start_system

BANK = "Harbourside Bank"
TRUST_ACCOUNT = "Marlow & Finch Law Practice Trust Account"
OFFICE_ACCOUNT = "Marlow & Finch Office Account"
OFFICE_CODE = "090"
PICTURES = Path("var/walkthrough")


@dataclass
class Walk:
    """One newcomer at one browser page, with the system in front of them."""

    page: Page
    system: RunningSystem

    def go(self, address: str) -> None:
        """Open a page of Chancery by its address."""
        self.page.goto(self.system.base_url + address)


def sign_in(walk: Walk) -> None:
    """Sign in as the demo firm's administrator."""
    walk.go("/")
    walk.page.get_by_label("E-mail").fill(walk.system.email)
    walk.page.get_by_label("Password").fill(walk.system.password)
    walk.page.get_by_role("button", name="Sign in").click()
    expect(walk.page.get_by_role("heading", level=1)).to_contain_text("Marlow & Finch")


def name_the_bank(walk: Walk) -> None:
    """Search for bank, open the contact that stands for it, and rename it."""
    walk.page.keyboard.press("/")
    walk.page.keyboard.type("bank")
    walk.page.get_by_role("link", name=re.compile("Enter Your Bank Name")).click()
    walk.page.get_by_role("link", name="Edit", exact=True).click()
    walk.page.get_by_label("Company name").fill(BANK)
    walk.page.get_by_role("button", name="Save").click()
    expect(walk.page.get_by_role("heading", level=1)).to_have_text(BANK)
    expect(walk.page.get_by_text("Enter Your Bank Name").first).to_be_visible()


def be_sent_to_the_choice(walk: Walk) -> None:
    """See that trust accounting asks for an accounting system first."""
    walk.go("/admin/trust/")
    walk.page.get_by_role("link", name="Choose accounting system").click()
    expect(walk.page).to_have_url(re.compile("/admin/accounting/$"))


def connect_xero(walk: Walk) -> None:
    """Choose Xero among three, understand, consent, and come back connected with the data pulled."""
    for option in ("Xero", "QuickBooks Online", "Billing and trust accounting only"):
        expect(walk.page.get_by_role("heading", name=option, exact=True)).to_be_visible()
    walk.page.get_by_role("link", name="Choose Xero").click()
    expect(walk.page.get_by_text("This choice cannot be changed later")).to_be_visible()
    walk.page.get_by_role("button", name="I understand").click()
    expect(walk.page).to_have_url(re.compile(re.escape(walk.system.sandbox_url)))
    walk.page.get_by_label("Marlow & Finch Lawyers").check()
    walk.page.get_by_role("button", name=re.compile("Continue")).click()
    expect(walk.page).to_have_url(re.compile("/admin/accounting/xero/$"))
    expect(walk.page.get_by_text("Connected", exact=True)).to_be_visible()
    expect(walk.page.get_by_role("rowheader", name="Trust Liability").first).to_be_visible(
        timeout=20_000
    )


def set_the_jurisdiction(walk: Walk) -> None:
    """Choose New South Wales, then let the missing system account be made."""
    walk.go("/admin/trust/")
    choice = walk.page.get_by_role("combobox", name="Jurisdiction", exact=True)
    choice.select_option(label=_option(walk.page, "New South Wales"))
    # The place is read before it is saved: its facts arrive, and move the button down, a moment later.
    expect(walk.page.get_by_text("Research, not legal advice").first).to_be_visible()
    walk.page.get_by_role("region", name="Jurisdiction").get_by_role("button", name="Save").click()
    system_accounts = walk.page.get_by_role("region", name="System accounts")
    expect(system_accounts.get_by_label("Trust Liability")).to_contain_text(
        "(suggested)", timeout=20_000
    )
    system_accounts.get_by_role("button", name="Save").click()
    expect(system_accounts).to_contain_text("826", timeout=30_000)


def add_the_trust_account(walk: Walk) -> None:
    """Press the green plus, fill the window, save, and see the code without reloading."""
    walk.go("/admin/trust/")
    walk.page.get_by_role("link", name="Add a trust bank account").click()
    window = walk.page.get_by_role("dialog")
    expect(window.get_by_label("GL account")).to_contain_text("(Auto create new in Xero)")
    window.get_by_label("Account type").select_option(label="Current")
    window.get_by_label("Bank contact record").select_option(label=BANK)
    window.get_by_label("BSB").fill("062-555")
    window.get_by_label("Account number").fill("1042 7731")
    window.get_by_label("Account name").fill(TRUST_ACCOUNT)
    window.get_by_role("button", name="Save").click()
    row = walk.page.get_by_role("row", name=re.compile(re.escape(TRUST_ACCOUNT)))
    expect(row).to_contain_text(re.compile(r"\b09\d\b"), timeout=30_000)
    walk.page.screenshot(path=PICTURES / "4-code.png", full_page=True)
    walk.page.goto(walk.system.chart_url)
    expect(walk.page.get_by_role("row", name=re.compile(re.escape(TRUST_ACCOUNT)))).to_contain_text(
        re.compile(r"09\d")
    )


def bring_in_the_office_account(walk: Walk) -> None:
    """Add the office account in Xero, give it a code there, and find it here after Refresh."""
    walk.page.goto(walk.system.chart_url)
    box = walk.page.locator("form", has_text="Add Bank Account")
    box.get_by_label("Bank", exact=True).fill(BANK)
    box.get_by_label("Account name").fill(OFFICE_ACCOUNT)
    box.get_by_label("BSB and number").fill("062-555 1042 7700")
    with walk.page.expect_navigation():
        box.get_by_role("button", name="Save").click()
    row = walk.page.get_by_role("row", name=re.compile(re.escape(OFFICE_ACCOUNT)))
    row.get_by_label(re.compile("Code of")).fill(OFFICE_CODE)
    with walk.page.expect_navigation():
        row.get_by_role("button", name="Set").click()
    walk.go("/admin/accounting/xero/")
    walk.page.get_by_role("button", name="Refresh…").click()
    offered = walk.page.get_by_role("row", name=re.compile(re.escape(OFFICE_ACCOUNT))).first
    expect(offered).to_contain_text(OFFICE_CODE, timeout=30_000)
    walk.go("/admin/accounting/office-accounts/")
    walk.page.get_by_role("row", name=re.compile(re.escape(OFFICE_ACCOUNT))).get_by_role(
        "button", name="Use as office account"
    ).click()
    taken = walk.page.get_by_role("row", name=re.compile(re.escape(OFFICE_ACCOUNT)))
    expect(taken).to_contain_text("Office account")


STEPS: list[tuple[str, tuple[Callable[[Walk], None], ...]]] = [
    ("Rename the bank contact, found by search", (sign_in, name_the_bank)),
    ("Choose and connect Xero", (be_sent_to_the_choice, connect_xero)),
    ("Set the jurisdiction and the system accounts", (set_the_jurisdiction,)),
    ("Add the trust account, created in Xero", (add_the_trust_account,)),
    (
        "Make the office account in Xero, Refresh, find it by its code",
        (bring_in_the_office_account,),
    ),
]


def walk_through(walk: Walk, *, say: Callable[[str], None]) -> None:
    """Do the five steps, saying a line for each; leaves a screenshot of each in ``PICTURES``.

    Raises what the step raised, after a picture of the page as it then was.
    """
    PICTURES.mkdir(parents=True, exist_ok=True)
    for number, (title, acts) in enumerate(STEPS, start=1):
        began = time.monotonic()
        try:
            for act in acts:
                act(walk)
        except AssertionError as wrong:
            walk.page.screenshot(path=PICTURES / f"{number}-failed.png", full_page=True)
            say(f"✗ {number}. {title}: {wrong}")
            raise
        walk.page.screenshot(path=PICTURES / f"{number}.png", full_page=True)
        say(f"✓ {number}. {title}  {time.monotonic() - began:5.1f} s")


def _option(page: Page, words: str) -> str:
    option = page.locator("option", has_text=words).first
    return option.inner_text()


def main() -> int:
    """Start a fresh system, walk through it, and answer 0 when every step is what it should be."""
    with tempfile.TemporaryDirectory(prefix="chancery-walk-") as folder:
        return _walk_in(Path(folder))


def _walk_in(folder: Path) -> int:
    with start_system(folder) as system, open_page() as page:
        try:
            walk_through(Walk(page, system), say=print)
        except AssertionError:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

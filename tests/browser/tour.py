"""A way through every page: before anything is set up, set up, in trouble, and with the connection lost."""

import re
from dataclasses import dataclass

from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from playwright.sync_api import expect

from browser.looks import Viewer
from browser.walkthrough import BANK, STEPS, Walk, sign_in
from doors.routes import ROUTES
from xero_sandbox.web.routes import routes as sandbox_routes

PARTS = frozenset(
    {
        "contact_export",  # a spreadsheet
        "contact_look_alikes",
        "dormant_money_file",  # a document
        "deposit_due_file",  # a document
        "deposit_slip_export",  # a spreadsheet
        "healthz",  # for machines
        "history_import_export",  # a spreadsheet
        "history_template",  # a file to fill in
        "interest_template",  # a file to fill in
        "law_register_file",  # a document
        "ledger_export",  # a spreadsheet
        "ledger_pdf",
        "matter_clients",
        "matter_export",  # a spreadsheet
        "movement_file",  # a document
        "movement_pdf",
        "opening_difference",
        "opening_template",  # a file to fill in
        "admin_trust_facts",
        "admin_trust_system",
        "register_matters",
        "own_account_file",  # a document
        "request_export",  # a spreadsheet
        "request_payees",
        "transfer_export",  # a spreadsheet
        "transfer_journal",  # a PDF
        "withdrawal_export",  # a spreadsheet
        "withdrawal_requisition",  # a PDF
        "receipt_export",  # a spreadsheet
        "receipt_ledgers",
        "receipt_pdf",
        "search_now",
        "shortage_file",  # a document
        "trust_account_cash_book_file",  # a document
        "trust_account_ledgers_export",  # a spreadsheet
        "trust_account_standing",
        "trust_account_statement_export",  # a spreadsheet
        "trust_account_trial_balance_file",  # a document
        "trust_accounts_export",  # a spreadsheet
        "trust_account_wording",
    }
)
"""Addresses that answer with a part of a page, or with none."""
ONCE = frozenset(
    {
        "account_login",
        "api_token_secret",
        "accounting_choose",
        "admin_accounting",
        "admin_standalone",
        "admin_trust_rename",
        "contact_deletion",
        "office_account_use",
        "person_sign_in",
        "xero_organisations",
        "xero_return",
    }
)
"""Pages that only some moment of the tour shows."""
ELSEWHERE = frozenset(
    {
        "deposit_due",
        "dormant_ledger",
        "history_import",
        "law_register",
        "movement",
        "movement_add",
        "movement_list",
        "opening_items",
        "opening_ledgers",
        "opening_proof",
        "own_account",
        "own_account_add",
        "own_account_change",
        "payee_check",
        "power",
        "power_act",
        "power_add",
        "protection",
        "protection_release",
        "shortage",
        "shortage_restore",
        "shortage_step",
        "request",
        "request_edit",
        "request_release",
        "request_transfer",
        "transfer",
        "transit_add",
        "transit_entry",
        "withdrawal",
        "withdrawal_cheque",
    }
)
"""Pages of money on its way, which files of their own look at: the tour's firm has moved none."""
GIVEN = "Marlow & Finch Law Practice Trust Account No. 2"
UNUSED = "Probate Registry"
"""A contact of the demo firm that no record names, so that it may be deleted."""
PAGES = frozenset(name for name, route in ROUTES.items() if "GET" in route.methods)
PAGES -= PARTS | ELSEWHERE


@dataclass
class Tour:
    """One viewer on the way through one system."""

    viewer: Viewer
    walk: Walk

    def take(self) -> None:
        """See every page of a fresh system and of the one that it becomes."""
        self._see("sign-in", "/sign-in/")
        sign_in(self.walk)
        self._before()
        self._without_a_package()
        self._on_the_way_to_xero()
        for act in (act for _, acts in STEPS for act in acts if act is not sign_in):
            act(self.walk)
        self._money()
        self._set_up()
        self._the_sandbox()
        self._in_trouble()
        self._offered()
        self._lost()

    def _see(self, name: str, address: str, *, status: int = 200) -> None:
        self.viewer.visit(name, self.walk.system.base_url + address, status=status)

    def _press(self, name: str) -> None:
        with self.walk.page.expect_navigation():
            self.walk.page.get_by_role("button", name=name).click()

    def _before(self) -> None:
        for name in ("home", "admin_trust", "admin_accounting", "office_accounts", "admin_firm"):
            self._see(f"before-{name}", reverse(name))
        for package in ("xero", "standalone"):
            self._see(f"before-choose-{package}", reverse("accounting_choose", args=[package]))

    def _without_a_package(self) -> None:
        self._press("I understand")
        self.viewer.look("standalone")
        for name in ("home", "admin_trust", "accounting_back_out"):
            self._see(f"standalone-{name}", reverse(name))
        self._press("Back out")

    def _on_the_way_to_xero(self) -> None:
        page = self.walk.page
        self.walk.go(reverse("accounting_choose", args=["xero"]))
        self._press("I understand")
        self.viewer.look("sandbox-consent")
        self._press("Cancel")
        self.viewer.look("connect-refused")
        self._press("Connect to Xero")
        for organisation in ("Marlow & Finch Lawyers", "Kauri Legal Limited"):
            page.get_by_label(organisation).check()
        self._press("Continue")
        self.viewer.look("connect-organisations")
        self._see("connect-chosen", reverse("admin_accounting"))
        self._see("connect-back-out", reverse("accounting_back_out"))
        self._press("Back out")
        page.goto(f"{self.walk.system.sandbox_url}/apps")
        for organisation in ("Kauri Legal Limited", "Marlow & Finch Lawyers"):
            self._press(f"from {organisation}")
        self.walk.go("/")

    def _money(self) -> None:
        """Open a ledger, receive a check for it and put that on a deposit slip; see each on the way."""
        page, form = self.walk.page, self.walk.page.get_by_role("main")
        self.walk.go(reverse("admin_trust"))
        account = resolve(self._linked()["trust_account"]).kwargs["account_id"]
        self._see("deposit_slips-unused", reverse("deposit_slip_list"))
        self._see("receipts-none", reverse("receipt_list"))
        self.walk.go(f"{reverse('matter_list')}?status=active")
        self.walk.go(self._linked()["matter"])
        self._see("ledger-none", self._linked()["matter_money"])
        self._see("ledger_open", self._linked()["ledger_open"])
        self._press("Open this ledger")
        closing = self._linked()["ledger_closing"]
        with page.expect_navigation():
            page.get_by_role("link", name="Take a receipt").click()
        form.get_by_label("Amount").fill("1,200.00")
        form.get_by_label("Form of money").select_option(value="cheque")
        form.get_by_label("Received from").fill("Claire Bennett")
        form.get_by_label("Purpose").fill("On account of costs")
        self._press("Post receipt")
        self._see("ledger_closing", closing)
        self.walk.go(reverse("deposit_slip_filling", args=[account]))
        self.viewer.look("deposit_slip_filling")
        self._press("Put on a new slip")

    def _set_up(self) -> None:
        """See every page that has no moment of its own; the links on them lead to the records.

        A page that no link leads to stays unseen, and the test says so.
        """
        waiting = set(PAGES - ONCE)
        known = {name: address for name in waiting if (address := _address_without_record(name))}
        while ready := sorted(waiting & known.keys()):
            for name in ready:
                self._see(name, known[name])
                known = self._linked() | known
            waiting -= set(ready)
        self._see("search-bank", "/search/?q=bank")
        self._see("search-none", "/search/?q=zzz")
        self._see("contact-bank", self._address_of(BANK))
        self.walk.go(f"{self._address_of(UNUSED)}edit/")
        self._see("contact_deletion", self._linked()["contact_deletion"])
        self._someone_new()
        self._a_token()
        self._see("nowhere", "/nowhere/", status=404)

    def _someone_new(self) -> None:
        self.walk.go(reverse("person_add"))
        form = self.walk.page.get_by_role("main")
        form.get_by_label("Name", exact=True).fill("Noor Haddad")
        form.get_by_label("E-mail").fill("noor@marlowfinch.example")
        form.get_by_label("Bookkeeper").check()
        self._press("Ask in")
        self.viewer.look("person_sign_in")

    def _a_token(self) -> None:
        self.walk.go(reverse("api_tokens"))
        form = self.walk.page.get_by_role("main")
        form.get_by_label("Name", exact=True).fill("Intake form")
        form.get_by_label("Read contacts").check()
        self._press("Make the token")
        self.viewer.look("api_token_secret")
        self._see("api_tokens-made", reverse("api_tokens"))

    def _linked(self) -> dict[str, str]:
        """Return the pages that this one links to, each by the name of its route."""
        hrefs = self.walk.page.locator("main a[href^='/']").evaluate_all(
            "links => links.map(link => link.pathname)"
        )
        found: dict[str, str] = {}
        for href in hrefs:
            try:
                found.setdefault(resolve(href).view_name, href)
            except Resolver404:
                continue
        return found

    def _address_of(self, name: str) -> str:
        self.walk.go(f"/search/?q={name}")
        link = self.walk.page.get_by_role("main").get_by_role("link", name=name).first
        return link.get_attribute("href") or ""

    def _the_sandbox(self) -> None:
        for route in sandbox_routes():
            if "GET" in (route.methods or ()):
                name = "sandbox" + route.path.rstrip("/").replace("/", "-")
                self.viewer.visit(name, self.walk.system.sandbox_url + route.path)

    def _in_trouble(self) -> None:
        """Ask for an account under a name that somebody has given to another one in Xero."""
        page = self.walk.page
        self._give_in_xero(GIVEN, number="062-555 1042 9908", code="095")
        self.walk.go(reverse("trust_account_add"))
        window = page.get_by_role("dialog")
        window.get_by_label("Bank contact record").select_option(label=BANK)
        window.get_by_label("BSB").fill("062-555")
        window.get_by_label("Account number").fill("1042 9908")
        window.get_by_label("Account name").fill(GIVEN)
        window.get_by_role("button", name="Save").click()
        expect(page.get_by_text("is not in Xero yet")).to_be_visible(timeout=30_000)
        self.viewer.look("trouble-admin_trust")
        for name in ("home", "admin_xero"):
            self._see(f"trouble-{name}", reverse(name))
        self.walk.go(reverse("admin_trust"))
        remedy = page.locator("form[action*='/in-package/']").first.get_attribute("action")
        page.get_by_role("link", name=f"Edit {GIVEN}").click()
        self.viewer.look("trouble-trust_account")
        self._see("trouble-rename", f"{remedy}name/")

    def _give_in_xero(self, name: str, *, number: str, code: str) -> None:
        page = self.walk.page
        page.goto(self.walk.system.chart_url)
        box = page.locator("form", has_text="Add Bank Account")
        box.get_by_label("Account name").fill(name)
        box.get_by_label("BSB and number").fill(number)
        with page.expect_navigation():
            box.get_by_role("button", name="Save").click()
        row = page.locator("tr", has=page.get_by_label(f"Code of {name}", exact=True))
        row.get_by_role("textbox").fill(code)
        with page.expect_navigation():
            row.get_by_role("button", name="Set").click()

    def _offered(self) -> None:
        """See the page that asks before an account named as trust money serves as an office account."""
        page = self.walk.page
        self._give_in_xero(f"{GIVEN} as well", number="062-555 1042 9907", code="096")
        self.walk.go(reverse("admin_xero"))
        page.get_by_role("button", name="Refresh…").click()
        expect(page.get_by_role("row", name=re.compile("^096 "))).to_be_visible(timeout=30_000)
        self._see("offered-office_accounts", reverse("office_accounts"))
        self._see("office_account_use", self._linked()["office_account_use"])

    def _lost(self) -> None:
        """End the connection inside the sandbox, of which Chancery hears at its next call."""
        page = self.walk.page
        page.goto(f"{self.walk.system.sandbox_url}/apps")
        page.get_by_role("button", name=re.compile("Disconnect")).click()
        expect(page.get_by_text("No app is connected")).to_be_visible()
        self.viewer.look("sandbox-apps-none")
        self.walk.go(reverse("admin_xero"))
        page.get_by_role("button", name="Refresh…").click()
        expect(page.get_by_role("heading", name="is lost")).to_be_visible(timeout=30_000)
        self.viewer.look("lost-admin_xero")
        for name in ("home", "admin_trust", "office_accounts"):
            self._see(f"lost-{name}", reverse(name))


def _address_without_record(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""

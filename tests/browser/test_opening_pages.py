"""Opening balances and imports in a real browser: how each page looks, and the proof as figures are typed."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

import money
import past
import world
from browser.chromium import open_page
from browser.looks import PICTURES, Viewer
from chancery.lib import clock
from money import Trust
from past import HEADING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@dataclass(frozen=True)
class Walk:
    """Bob's browser, and where the account's pages begin."""

    page: Page
    base: str
    folder: Path

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()

    def send(self, *lines: str) -> None:
        """Choose a file of these lines and have it read."""
        file = self.folder / "history.csv"
        file.write_text("\n".join(lines), encoding="utf-8")
        self.page.get_by_label("CSV file").set_input_files(file)
        self.press("Read the file")


@pytest.fixture
def trust(transactional_db: None) -> Trust:
    trust = money.open_trust(world.marlow())
    trust.today = clock.today("Australia/Sydney")
    for number, title in (("2026-0012", "Bennett, sale of 14 Ferry Road"), ("2026-0040", "Lease")):
        world.matter(trust.maker, title, number=number)
    return trust


@pytest.fixture
def walk(live_server: LiveServer, trust: Trust, tmp_path: Path) -> Iterator[Walk]:
    client = Client()
    client.post("/sign-in/", {"login": "bob@marlow.example", "password": world.PASSWORD})
    kept = client.cookies["chancery-session"].value
    url = str(live_server.url)
    with open_page() as opened:
        opened.context.add_cookies([{"name": "chancery-session", "value": kept, "url": url}])
        yield Walk(opened, f"{url}/admin/trust/bank-accounts/{trust.account.id}", tmp_path)


def meanwhile(deed: Callable[..., object], *said: object) -> None:
    """Do a deed in a thread of its own: the one that drives the browser may not ask the database."""

    def do() -> None:
        deed(*said)
        connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()


def test_every_page_of_openings_and_imports_is_sound(walk: Walk, trust: Trust) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    viewer = Viewer(walk.page)
    viewer.visit("opening-none", f"{walk.base}/opening/")
    viewer.visit("opening-proof-none", f"{walk.base}/opening/proof/")
    viewer.visit("imports-none", f"{walk.base}/imports/")
    meanwhile(past.begin, trust, "1,000.00")
    viewer.visit("opening-ledgers-none", f"{walk.base}/opening/ledgers/")
    meanwhile(past.put_ledger, trust, "2026-0012", "600.00", "2026-06-12")
    meanwhile(past.put_ledger, trust, "2026-0040", "250.00")
    viewer.visit("opening-items-none", f"{walk.base}/opening/items/")
    meanwhile(past.put_item, trust, "deposit", "50.00", "D1")
    viewer.visit("opening-apart", f"{walk.base}/opening/proof/")
    meanwhile(past.put_item, trust, "cheque", "200.00", "004411")
    for name in ("", "ledgers/", "items/", "proof/"):
        viewer.visit(f"opening-{name.strip('/') or 'figures'}", f"{walk.base}/opening/{name}")
    walk.page.goto(f"{walk.base}/opening/ledgers/")
    walk.send("matter,amount", "99-9,=1+1", "2026-0012,1")
    viewer.look("opening-findings")
    meanwhile(past.finish, trust)
    viewer.visit("opening-finished", f"{walk.base}/opening/proof/")
    meanwhile(past.undo, trust)
    viewer.visit("opening-undone", f"{walk.base}/opening/proof/")
    _imports(walk, viewer, trust)

    assert {kind: lines for kind, lines in viewer.found.items() if lines} == {}


def _imports(walk: Walk, viewer: Viewer, trust: Trust) -> None:
    sound = "2026-01-05,2026-0012,receipt,84000.00,,Claire Bennett,REC-1042,cheque"
    faulty = "2026-01-06,99-9,withdrawal,ten,,=HYPERLINK(),CHQ 12,pigeon"
    walk.page.goto(f"{walk.base}/imports/")
    walk.send("nonsense")
    viewer.look("imports-refused")
    walk.send(HEADING, sound, faulty)
    viewer.look("import-findings")
    walk.page.goto(f"{walk.base}/imports/")
    walk.send(HEADING, sound)
    viewer.look("import-ready")
    walk.press("Post all rows")
    viewer.look("import-posted")
    viewer.visit("imports", f"{walk.base}/imports/")


def test_the_proof_follows_what_is_typed(walk: Walk, trust: Trust) -> None:
    meanwhile(past.begin, trust, "600.00")
    walk.page.goto(f"{walk.base}/opening/ledgers/")
    proof = walk.page.locator("#proof")
    expect(proof).to_contain_text("the ledgers lack 600.00")

    walk.page.get_by_label("Matter number").fill("2026-0012")
    walk.page.get_by_label("Balance").fill("600.00")
    expect(proof).to_contain_text("Both sides agree")
    expect(proof).to_contain_text("not saved yet")
    walk.press("Enter")
    expect(proof).to_have_class("proof agrees")

"""Saving makes an account in Xero while the page is looked at; whatever goes wrong has a button that mends it.

Each test goes through the pages, a real worker's step, and the running sandbox, and ends by counting
the accounts over there.
"""

import html
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

import world
from at_work import Hand, connect, work
from chancery.accounting.models import AccountUse
from chancery.lib import clock
from chancery.outbox import workers
from chancery.practice.models import Contact
from chancery.trust.models import TrustBankAccount
from db.trust.accounts import NAME, meet
from doors.trust_setup.setups import ADD, TRUST, choose_place, page_of, text, typed
from world import Marlow, acting
from xero_side import MARLOW, SandboxServer, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Scene:
    """Alice at her browser, the sandbox, and a worker whose clock is moved by hand."""

    marlow: Marlow
    client: Client
    xero: SandboxServer
    hand: Hand
    bank: Contact

    def save(self, **other: str) -> None:
        """Save a new account from the window."""
        answer = self.client.post(ADD, typed(self.bank.id, **other))
        assert answer.status_code == 302, answer.content.decode()

    def work(self) -> None:
        """Let the worker do what is due."""
        work(self.marlow.alice, self.hand)

    def row(self) -> str:
        """Return the only account's row, as the page asks for it again by itself."""
        with acting(self.marlow.alice):
            account = TrustBankAccount.objects.get()
        return html.unescape(page_of(self.client, f"{TRUST}bank-accounts/{account.id}/standing/"))

    def press(self, label: str) -> None:
        """Press a button of the row, as its own form says."""
        forms = re.findall(r"<form.*?</form>", self.row(), re.DOTALL)
        form = next(one for one in forms if label in one)
        address = re.search(r'action="([^"]+)"', form)
        remedy = re.search(r'name="remedy" value="([^"]+)"', form)
        assert address
        assert remedy
        assert self.client.post(address[1], {"remedy": remedy[1]}).status_code == 302

    def theirs(self, name: str = NAME) -> list[dict[str, Any]]:
        """Return Xero's accounts of this name."""
        with self.xero.api() as api:
            found = api.get("/Accounts").json()["Accounts"]
        return [one for one in found if one["Name"].casefold() == name.casefold()]

    def put(self, **account: str) -> dict[str, Any]:
        """Make an account in Xero as another person there would."""
        with self.xero.api() as api:
            answer = api.put("/Accounts", json=account)
            assert answer.status_code == 200, answer.text
            made: dict[str, Any] = answer.json()["Accounts"][0]
        return made

    def account_page(self) -> str:
        """Return the address of the only account's page."""
        with acting(self.marlow.alice):
            return f"{TRUST}bank-accounts/{TrustBankAccount.objects.get().id}/"


@pytest.fixture
def scene(transactional_db: None, xero: SandboxServer, settings: Settings) -> Scene:
    settings.XERO_CLIENT_ID = xero.client_id
    settings.XERO_CLIENT_SECRET = xero.client_secret
    cast = world.marlow()
    connect(xero, cast.alice)
    choose_place(cast.alice)
    soon = clock.now() + timedelta(minutes=1)
    workers.beat(workers.born(host="here", process=1, at=soon), at=soon)
    client = Client()
    client.force_login(cast.alice.user)
    return Scene(cast, client, xero, Hand(), meet(cast.alice, "Harbourside Bank", "bank"))


def test_the_row_says_creating_and_then_the_code(scene: Scene) -> None:
    scene.save()

    assert "Creating in Xero…" in scene.row()
    assert "hx-get" in scene.row()
    scene.work()

    (made,) = scene.theirs()
    assert re.search(rf'role="status">\s*{made["Code"]}\s*<', scene.row())
    assert "hx-get" not in scene.row()
    assert made["BankAccountNumber"].replace(" ", "") == "062-55510427731"


def test_a_controlled_account_without_a_number_is_made_and_so_is_a_second(scene: Scene) -> None:
    for mark in ("A", "B"):
        scene.save(
            kind="controlled",
            bank="",
            number_bsb="",
            number_account="",
            name=f"Marlow & Finch CMA {mark}",
            receipt_prefix=f"{mark}R-",
            withdrawal_prefix=f"{mark}W-",
            transfer_prefix=f"{mark}T-",
        )

    scene.work()

    assert len(scene.theirs("Marlow & Finch CMA A")) == 1
    assert len(scene.theirs("Marlow & Finch CMA B")) == 1


def test_a_name_that_xero_has_can_be_used_from_the_row(scene: Scene) -> None:
    scene.put(Code="095", Name=NAME, Type="BANK", BankAccountNumber="062-555 1042 7731")
    scene.save()
    scene.work()

    assert "Xero already has an account of this name: 095" in scene.row()
    assert re.search(r'id="in-step"[^>]+hx-swap-oob="true">Xero: 1 thing stopped<', scene.row())
    scene.press("Use the existing account 095")

    assert re.search(r'role="status">\s*095\s*<', scene.row())
    assert len(scene.theirs()) == 1


def test_a_name_that_xero_has_is_changed_on_the_accounts_page(scene: Scene) -> None:
    scene.put(Code="095", Name=NAME, Type="BANK", BankAccountNumber="999999 1")
    scene.save()
    scene.work()
    other = f"{NAME} No 2"

    assert f'href="{scene.account_page()}">Change the name' in scene.row()
    scene.client.post(scene.account_page(), typed(scene.bank.id, name=other, version="1"))
    assert "Creating in Xero…" in scene.row()
    scene.work()

    assert len(scene.theirs(other)) == 1
    assert len(scene.theirs()) == 1
    assert scene.theirs(other)[0]["Code"] in scene.row()


def test_an_archived_twin_is_restored_from_the_row(scene: Scene) -> None:
    twin = scene.put(Code="095", Name=NAME, Type="BANK", BankAccountNumber="062-555 1042 7731")
    with scene.xero.api() as api:
        api.post(
            f"/Accounts/{twin['AccountID']}",
            json={"AccountID": twin["AccountID"], "Status": "ARCHIVED"},
        )
    scene.save()
    scene.work()

    assert "Xero has an archived account of this name" in scene.row()
    scene.press("Restore it in Xero")
    assert "Creating in Xero…" in scene.row()
    scene.work()

    (only,) = scene.theirs()
    assert (only["AccountID"], only["Status"]) == (twin["AccountID"], "ACTIVE")
    assert re.search(r'role="status">\s*095\s*<', scene.row())


def test_a_remedy_that_is_not_offered_is_refused(scene: Scene) -> None:
    scene.save()
    with acting(scene.marlow.alice):
        use = AccountUse.objects.get()

    for remedy in ("use_existing", "restore", "delete everything"):
        answer = scene.client.post(f"{TRUST}in-package/{use.id}/", {"remedy": remedy})
        assert "Reload the page" in text(answer, 409)

    scene.work()
    assert len(scene.theirs()) == 1


def test_a_lost_connection_leads_to_connecting_again(scene: Scene) -> None:
    scene.xero.control("disconnections", tenant_id=scene.xero.tenant(MARLOW))
    scene.save()
    scene.work()

    row = scene.row()
    assert "Stopped" in row
    assert re.search(r'<a class="button small" href="/admin/accounting/">Reconnect', row)
    assert scene.theirs() == []


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "drop_after_commit", "method": "PUT"},
        {"kind": "drop", "method": "PUT"},
        {"kind": "status", "method": "PUT", "status": 500},
    ],
)
def test_an_answer_that_never_came_ends_in_one_account(
    scene: Scene, fault: dict[str, object]
) -> None:
    scene.save()
    scene.xero.control("faults", **fault)
    scene.work()
    assert "Stopped" not in scene.row()

    scene.hand.forward(seconds=30)
    scene.work()

    (only,) = scene.theirs()
    assert re.search(rf'role="status">\s*{only["Code"]}\s*<', scene.row())


def test_xero_failing_for_ever_ends_in_a_button_that_tries_again(scene: Scene) -> None:
    scene.save()
    scene.xero.control("faults", kind="status", method="GET", status=503, times=1000)
    for _ in range(40):
        scene.work()
        scene.hand.forward(minutes=15)
    scene.xero.control("faults", "DELETE")

    assert "Stopped" in scene.row()
    scene.press("Try again")
    scene.work()

    assert len(scene.theirs()) == 1


def test_too_many_calls_are_waited_for_and_the_row_says_until_when(scene: Scene) -> None:
    scene.save()
    headers = {"X-Rate-Limit-Problem": "minute", "Retry-After": "57"}
    scene.xero.control("faults", kind="status", method="PUT", status=429, headers=headers)
    scene.work()

    row = scene.row()
    assert "Waiting" in row
    assert "It goes on" in row
    assert "hx-get" in row
    scene.hand.forward(seconds=57)
    scene.work()

    assert len(scene.theirs()) == 1
    assert scene.theirs()[0]["Code"] in scene.row()


def test_both_system_accounts_are_made_by_one_press(scene: Scene) -> None:
    wishes = {"trust_liability": "create", "trust_transfers": "create"}
    assert "Missing accounts are made in Xero" in page_of(scene.client)

    assert scene.client.post(f"{TRUST}system-accounts/", wishes).status_code == 302
    card = html.unescape(page_of(scene.client, f"{TRUST}system-accounts/"))
    assert card.count("Creating in Xero…") == 2
    assert re.search(r'id="in-step"[^>]+hx-swap-oob="true">Xero: 2 things on the way<', card)
    scene.work()

    for name in ("Trust Liability", "Trust Transfers"):
        made = scene.theirs(name)
        assert len(made) == 1
        assert f"{made[0]['Code']} {name}" in page_of(scene.client)
    assert "Missing accounts are made in Xero" not in page_of(scene.client)

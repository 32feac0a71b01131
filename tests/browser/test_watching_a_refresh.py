"""While a refresh is watched, the bar and the acts of the page follow what the watched part says."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

import books
import world
from browser.chromium import open_page
from chancery.accounting import refreshing
from chancery.accounting.models import Connection
from chancery.outbox.models import Message
from chancery.practice.models import Person
from world import LATER, acting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def find_it_lost(person: Person) -> None:
    """Write what a worker writes when the package no longer answers; in a thread without a browser."""
    with acting(person):
        Connection.objects.update(state="lost", lost_because="Somebody disconnected it.")
        Message.objects.update(state="needs_person", trouble="The connection is lost.")
    connections.close_all()


def test_a_connection_that_is_lost_meanwhile_shows_in_bar_and_acts_without_a_reload(
    live_server: LiveServer,
) -> None:
    alice = world.marlow().alice
    books.connect(alice)
    with acting(alice):
        refreshing.request(by=alice, at=LATER)
    client = Client()
    client.force_login(alice.user)
    session = str(client.cookies["chancery-session"].value)
    with open_page() as page:
        page.context.add_cookies(
            [{"name": "chancery-session", "value": session, "url": live_server.url}]
        )
        page.goto(f"{live_server.url}/admin/accounting/xero/")
        expect(page.get_by_role("button", name="Refresh…")).to_be_visible()
        expect(page.locator("#in-step")).to_have_text("In step with Xero")

        with ThreadPoolExecutor(max_workers=1) as thread:
            thread.submit(find_it_lost, alice).result()

        expect(page.get_by_role("button", name="Reconnect")).to_be_visible()
        expect(page.locator("#in-step")).to_have_text("Xero: connection lost")
        expect(page.get_by_role("button", name="Refresh…")).to_have_count(0)
        expect(page.locator(".banner.bad")).to_have_count(1)

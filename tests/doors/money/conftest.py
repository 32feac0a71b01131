"""What the pages of money are tried on: an account in New South Wales, and people who have just signed in."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from chancery.lib import clock
from chancery.practice.models import Person
from chancery.trust.models import TrustLedger
from conftest import Browse
from money import Trust, open_trust
from world import PASSWORD, Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    trust = open_trust(marlow)
    trust.today = clock.today("Australia/Sydney")
    return trust


@pytest.fixture
def ledger(trust: Trust) -> TrustLedger:
    ledger = trust.ledger("Sale of 14 Ferry Road")
    trust.receive(ledger, "1,000.00")
    return ledger


def count(trust: Trust, model: type[Model]) -> int:
    """Return how many records of a kind the firm has."""
    with acting(trust.maker):
        return model._default_manager.count()


class Pages:
    """A person at the pages, who reads and presses."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def text(self, address: str, status: int = 200) -> str:
        """Return what a page says."""
        answer = self.client.get(address)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return str(answer.content.decode())

    def send(self, address: str, status: int = 302, /, **typed: Any) -> str:
        """Send a form; return where it leads, or what it says when it does not."""
        answer = self.client.post(address, typed)
        said = answer.content.decode()
        assert answer.status_code == status, said[said.find("<main") :][:3000]
        return answer["Location"] if status == 302 else said

    def sign_in_again(self) -> None:
        """Enter the password anew."""
        self.send("/sign-in/again/", password=PASSWORD)


@pytest.fixture
def bob(trust: Trust, browse: Browse) -> Pages:
    return Pages(browse(trust.maker))


@pytest.fixture
def lena(trust: Trust, browse: Browse) -> Pages:
    return Pages(browse(trust.checker))


@pytest.fixture
def as_person(browse: Browse) -> Any:
    def at_pages(person: Person) -> Pages:
        return Pages(browse(person))

    return at_pages

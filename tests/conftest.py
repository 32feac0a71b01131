"""What every test may ask for."""

from collections.abc import Callable

import pytest
from django.test import Client

import world
from chancery.practice.models import Person
from world import Marlow

pytest_plugins = ["postgres"]

Browse = Callable[[Person], Client]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the long proofs to whoever asks for them by their mark."""
    if "proof" not in config.option.markexpr:
        items[:] = [item for item in items if "proof" not in item.keywords]


@pytest.fixture
def marlow(db: None) -> Marlow:
    """Give Marlow & Finch: Alice owns, Bob shares, Erin only reads."""
    return world.marlow()


@pytest.fixture
def charlie(db: None) -> Person:
    """Give Charlie of another firm, who must see nothing of Marlow & Finch."""
    return world.charlie()


@pytest.fixture
def browse() -> Browse:
    """Give a way to browse as a person: a client of their own, signed in."""

    def signed_in(person: Person) -> Client:
        client = Client()
        client.force_login(person.user)
        return client

    return signed_in

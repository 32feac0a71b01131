"""What every test may ask for."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

import world
from chancery.practice.models import Person
from world import Marlow

pytest_plugins = ["postgres"]

Browse = Callable[[Person], Client]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes many minutes, unless the proofs were asked for by their mark."""
    if "proof" in config.getoption("markexpr"):
        return
    left_out = [item for item in items if item.get_closest_marker("proof")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="module")
def shared_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give a module rows of its own: what is made on it once, each of its tests sees, and none can spoil."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


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

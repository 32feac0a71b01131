"""What generated requests run on; what is left to the proofs is not even read without them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from postgres import TestServer
from slow.generated_requests import Target, new_target

AT_LENGTH = "test_api_description_at_length.py"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the long run out where no proof is asked for: reading it already makes its requests."""
    is_left_out = collection_path.name == AT_LENGTH and "proof" not in config.getoption("markexpr")
    return True if is_left_out else None


@pytest.fixture(scope="module")
def target(
    django_db_setup: None, postgres: TestServer, django_db_blocker: DjangoDbBlocker
) -> Iterator[Target]:
    with django_db_blocker.unblock():
        yield new_target()
        connections.close_all()
        postgres.renew()

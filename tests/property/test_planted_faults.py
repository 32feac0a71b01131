"""The proofs are worth something: what is broken on purpose, they find."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from postgres import TestServer
from property import nets
from property.faults import BESIDE, FAULTS, SEEN_BY_NOBODY, Fault, planted

pytestmark = pytest.mark.proof
log = logging.getLogger("planted")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_is_broken_on_purpose_the_machine_finds(
    fault: Fault, postgres: TestServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), broken(fault, postgres):
        caught = nets.by_machine()

    log.info("%-58s %s", fault.name, caught or "NOT FOUND")
    assert caught, f"the machine does not find: {fault.name}"


def test_the_machine_is_held_to_twenty_faults_at_least() -> None:
    assert len({fault.name for fault in FAULTS}) >= 20


@pytest.mark.parametrize("fault", BESIDE, ids=lambda fault: fault.name)
def test_what_no_sequence_meets_is_found_beside_it(
    fault: Fault, postgres: TestServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), broken(fault, postgres):
        in_a_race = fault.in_a_race and nets.by_a_race(postgres.addresses.app)
        caught = in_a_race or nets.by_scenarios(fault.told_in)

    assert caught, f"nothing else finds: {fault.name}"


def test_what_is_sound_is_not_found(
    postgres: TestServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), broken(SEEN_BY_NOBODY, postgres):
        caught = [nets.by_machine(), nets.by_a_race(postgres.addresses.app)]
        caught += [nets.by_scenarios(fault.told_in) for fault in BESIDE if fault.told_in]

    assert not any(caught), caught


@contextmanager
def broken(fault: Fault, postgres: TestServer) -> Iterator[None]:
    """Plant a fault in a database that is thrown away after it."""
    connections.close_all()
    with planted(fault, postgres.addresses.owner):
        yield
    connections.close_all()
    postgres.renew()

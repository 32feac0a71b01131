"""The proofs are worth something: what is broken on purpose, they find."""

import logging
from dataclasses import dataclass

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from postgres import TestServer
from property import nets
from property.faults import FAULTS, SEEN_BY_NOBODY, Fault, planted

pytestmark = pytest.mark.proof
log = logging.getLogger("planted")


@dataclass(frozen=True)
class Caught:
    """Which net caught a fault, and by what; nothing if none did."""

    fault: Fault
    net: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"{self.fault.name:58} {self.net or 'NOT FOUND':10} {self.words}"


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_what_is_broken_on_purpose_is_found(
    fault: Fault, postgres: TestServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        caught = _cast(fault, postgres)

    log.info("%s", caught)
    assert caught.net, f"nothing finds: {fault.name}"


def test_what_is_sound_is_not_found(
    postgres: TestServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        caught = _cast(SEEN_BY_NOBODY, postgres)

    assert not caught.net, caught


def _cast(fault: Fault, postgres: TestServer) -> Caught:
    """Plant a fault in a database of its own and cast one net after the other."""
    connections.close_all()
    with planted(fault, postgres.addresses.owner):
        caught = _first(fault, postgres)
    connections.close_all()
    postgres.renew()
    return caught


def _first(fault: Fault, postgres: TestServer) -> Caught:
    """Cast the cheap nets first; the machine's is for what neither a question nor a scenario names."""
    if fault.told_in and (words := nets.by_scenarios(fault.told_in)):
        return Caught(fault, "scenarios", words)
    if words := nets.by_asking(postgres.addresses.app):
        return Caught(fault, "asking", words)
    if words := nets.by_machine():
        return Caught(fault, "machine", words)
    return Caught(fault)

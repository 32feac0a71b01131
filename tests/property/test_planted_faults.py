"""The proofs are worth something: what is broken on purpose, they find."""

from dataclasses import dataclass

import pytest
from django.db import connections
from pytest_django.plugin import DjangoDbBlocker

from postgres import TestServer
from property import nets
from property.faults import FAULTS, SEEN_BY_NOBODY, Fault, planted

pytestmark = pytest.mark.proof
MAY_ESCAPE = 1


@dataclass(frozen=True)
class Caught:
    """Which net caught a fault, and by what; nothing if none did."""

    fault: Fault
    net: str = ""
    words: str = ""

    def __str__(self) -> str:
        return f"{self.fault.name:58} {self.net or 'NOT FOUND':10} {self.words}"


def test_what_is_broken_on_purpose_is_found(
    postgres: TestServer, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock():
        healthy = _cast(SEEN_BY_NOBODY, postgres)
        found = [_cast(fault, postgres) for fault in FAULTS]

    told = "\n".join(map(str, found))
    print(f"\n{told}\n{sum(bool(each.net) for each in found)} of {len(found)} found")  # noqa: T201 - the table
    assert not healthy.net, healthy
    assert len([each for each in found if not each.net]) <= MAY_ESCAPE, told


def _cast(fault: Fault, postgres: TestServer) -> Caught:
    """Plant a fault in a database of its own and cast one net after the other."""
    connections.close_all()
    with planted(fault, postgres.addresses.owner):
        caught = _first(fault, postgres)
    connections.close_all()
    postgres.renew()
    return caught


def _first(fault: Fault, postgres: TestServer) -> Caught:
    casts = {
        "asking": lambda: nets.by_asking(postgres.addresses.app),
        "machine": nets.by_machine,
        "scenarios": nets.by_scenarios,
    }
    for net in ("machine", "scenarios", "asking"):
        if words := casts[net]():
            return Caught(fault, net, words)
    return Caught(fault)

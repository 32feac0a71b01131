"""One person of Xero may connect several firms of this server: what one gives back, the others keep."""

import pytest

from at_work import Hand, want_liability, work
from chancery.accounting import connections, consents, departures
from chancery.accounting.models import Connection
from chancery.lib import clock
from chancery.practice.models import Person
from world import acting, charlie, marlow
from xero_side import MARLOW, SandboxServer, answer_of, begin, connected, finish, sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)
SONS = "Charlie & Sons"


@pytest.fixture
def alice(transactional_db: None, xero: SandboxServer) -> Person:
    """Alice, whose firm is connected, at a Xero that has books for Charlie's firm too."""
    xero.control("organisations", name=SONS, country="AU")
    alice = marlow().alice
    connected(xero, alice)
    return alice


@pytest.fixture
def stranger(alice: Person, xero: SandboxServer) -> Person:
    """Charlie, whose firm the same person of Xero connected afterwards."""
    found = charlie()
    began = begin(found)
    finish(answer_of(xero, began.address, SONS), began.consent_id, found)
    consents.choose(
        consent_id=began.consent_id, organisation_id=xero.tenant(SONS), by=found, now=clock.now
    )
    return found


def still_works(person: Person) -> bool:
    want_liability(person)
    return set(work(person, Hand())) == {"handled"}


def test_a_firm_that_disconnects_leaves_the_other_connected(
    alice: Person, stranger: Person, xero: SandboxServer
) -> None:
    assert departures.disconnect(by=alice, at=clock.now())

    assert still_works(stranger)
    ended = [one for one in xero.control("calls", "GET")["calls"] if one["method"] == "DELETE"]
    assert [one["status"] for one in ended] == [204]


def test_a_firm_that_backs_out_leaves_the_other_connected(alice: Person, stranger: Person) -> None:
    assert departures.back_out(by=alice, at=clock.now())

    assert still_works(stranger)


def test_a_consent_that_connects_nothing_leaves_the_other_connected(
    alice: Person, xero: SandboxServer
) -> None:
    stranger = charlie()
    began = begin(stranger)

    with pytest.raises(connections.OrganisationServesAnotherFirm):
        finish(answer_of(xero, began.address, MARLOW), began.consent_id, stranger)

    assert still_works(alice)
    with acting(alice):
        assert Connection.objects.get().state == "connected"

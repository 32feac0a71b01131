"""The worker's log tells a bug from an outage, and never repeats what stood in a row."""

import logging
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError

from at_work import Hand, edge_of, want_liability
from books import connect
from chancery.accounting.edge import Edge
from chancery.outbox.claims import Claim
from chancery.practice.models import Person
from chancery.worker.logs import OneJsonObject
from chancery.worker.pace import Pace
from chancery.worker.worker import Worker
from world import marlow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def alice(transactional_db: None) -> Person:
    """Alice, whose firm waits for an account."""
    alice = marlow().alice
    connect(alice)
    want_liability(alice)
    return alice


@pytest.mark.parametrize(
    ("raised", "level", "said"),
    [
        (DataError("Failing row contains (Whitcombe)"), "ERROR", "which is a bug"),
        (OperationalError("the server closed (Whitcombe)"), "WARNING", "went away"),
    ],
)
def test_what_the_database_refuses_is_a_bug_and_is_not_quoted(
    alice: Person, caplog: pytest.LogCaptureFixture, raised: Exception, level: str, said: str
) -> None:
    with edge_of(Hand()) as edge:
        worker = Worker(edge, Pace(threads=1, look_every=timedelta(milliseconds=10)))

        def fail(_claim: Claim, _edge: Edge) -> str:
            worker.stop()
            raise raised

        worker.deliver = fail
        with caplog.at_level(logging.INFO, "chancery.worker"):
            worker.run()

    told = [record for record in caplog.records if said in record.getMessage()]
    assert [record.levelname for record in told] == [level]
    assert "Whitcombe" not in "".join(OneJsonObject().format(one) for one in caplog.records)

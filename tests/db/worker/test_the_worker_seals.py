"""The worker seals for every firm what was posted, while it does its other work."""

import threading
from datetime import timedelta

import pytest

from at_work import Hand, edge_of
from chancery.ledger import sealing
from chancery.worker.pace import Pace
from chancery.worker.worker import Worker
from db.ledger.books import open_books
from db.ledger.raw import day
from worker_process import wait_until
from world import acting, charlie, marlow

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worker_seals_for_every_firm_until_nothing_waits(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)  # so that one turn is not enough
    books = [open_books(marlow().alice), open_books(charlie())]
    for each in books:
        each.post(each.receipt(each.ann, 1000, day(1)))
    assert len(sealing.firms_with_unsealed()) == 2

    with edge_of(Hand()) as edge:
        worker = Worker(edge, Pace(threads=2, look_every=timedelta(milliseconds=10)))
        running = threading.Thread(target=worker.run)
        running.start()
        try:
            wait_until(lambda: not sealing.firms_with_unsealed())
        finally:
            worker.stop()
            running.join()

    for each in books:
        with acting(each.keeper):
            head = sealing.head()
        assert head is not None
        assert head.number == 4

"""A long history is posted by the worker: once, for who asked, or stopped with a reason."""

from datetime import timedelta
from uuid import UUID

import pytest

import world
from chancery.accounting import deliveries
from chancery.accounting.edge import Edge
from chancery.accounting.port import Books
from chancery.ledger.models import Journal
from chancery.lib import clock
from chancery.outbox import claims
from chancery.outbox.models import Message, MessageState
from chancery.practice.permissions import NotAllowed
from chancery.trust import history_imports, history_jobs
from chancery.trust.history_imports import ImportHasFindings, ImportStandsSo
from chancery.trust.models import HistoryImport
from money import Trust, open_trust
from past import post, read
from world import Marlow, acting

LINE = "2026-01-05,26-1,receipt,10.00,,Ann,R1,"


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    world.matter(made.maker, "Sale", number="26-1")
    return made


def ask(trust: Trust, batch: HistoryImport, key: str = "ask") -> Message:
    with acting(trust.maker):
        return history_jobs.request(batch=batch, by=trust.maker, at=clock.now(), key=key)


def _nobody(firm_id: UUID) -> Books:
    raise AssertionError("importing asks no package")


def work(trust: Trust) -> str:
    """Let a worker do what is due; return in a word how it ended."""
    at = clock.now() + timedelta(minutes=1)
    with acting(trust.maker):
        lease = timedelta(seconds=90)
        claim = claims.take(firm_id=trust.maker.firm_id, limit=1, lease=lease, at=at)[0]
    edge = Edge(now=lambda: at, chance=lambda: 0.5, books_of=_nobody)
    return deliveries.deliver(claim, edge)


def stands(trust: Trust, batch: HistoryImport) -> tuple[str, history_jobs.Progress]:
    with acting(trust.maker):
        fresh = history_imports.visible(batch.id)
        return fresh.state, history_jobs.progress(fresh)


def test_the_worker_posts_what_was_asked_for_once(trust: Trust) -> None:
    batch = read(trust, LINE)

    assert ask(trust, batch).id == ask(trust, batch, "again").id
    assert stands(trust, batch)[1].is_running
    assert work(trust) == "handled"

    state, progress = stands(trust, batch)
    assert (state, progress.is_running) == ("posted", False)
    with acting(trust.maker):
        assert Journal.objects.get().actor_id == trust.maker.id
        assert Message.objects.get(topic=history_jobs.TOPIC).state == MessageState.DONE


def test_what_is_refused_stops_with_its_sentence_and_may_be_asked_again(trust: Trust) -> None:
    batch = read(trust, LINE)
    ask(trust, batch)
    post(trust, read(trust, "2026-01-05,26-1,receipt,10.00,,Ann,R1,"), "other")

    assert work(trust) == "refused"

    state, progress = stands(trust, batch)
    assert state == "read"
    assert "One row cannot be posted as written" in progress.stopped_because
    ask(trust, batch, "again")
    assert stands(trust, batch)[1].is_running


def test_what_cannot_be_posted_is_not_asked_for(trust: Trust, marlow: Marlow) -> None:
    faulty, posted, sound = (
        read(trust, LINE.replace("10.00", "x")),
        read(trust, LINE),
        read(trust, LINE),
    )
    post(trust, posted)

    with pytest.raises(ImportHasFindings):
        ask(trust, faulty)
    with acting(trust.maker):
        posted = history_imports.visible(posted.id)
    with pytest.raises(ImportStandsSo):
        ask(trust, posted)
    with acting(marlow.erin), pytest.raises(NotAllowed):
        history_jobs.request(batch=sound, by=marlow.erin, at=clock.now(), key="k")


@pytest.mark.parametrize(("rows", "is_long"), [(5_000, False), (5_001, True)])
def test_a_file_is_long_above_five_thousand_rows(rows: int, *, is_long: bool) -> None:
    assert history_jobs.is_long(HistoryImport(row_count=rows)) == is_long

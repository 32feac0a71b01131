"""A worker may die at any line: every account is there afterwards, once, in its own organisation."""

import logging
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from pytest_django.fixtures import Settings

from at_work import connect, want_bank
from chancery.accounting.models import AccountUse, SentDocument
from chancery.accounting.port import AccountType
from chancery.outbox.models import Lane, Message
from chancery.practice.models import Person
from sandbox_server import SandboxServer
from worker_process import WarmWorkers, kill, wait_until, wait_until_gone
from world import acting, another
from xero_side import sandbox, xero

__all__ = ["sandbox", "xero"]
pytestmark = pytest.mark.django_db(transaction=True)
POINTS = ["after_claim", "after_lookup", "after_intent", "after_answer", "before_done"]
CLAIMED = "SELECT count(*) FROM outbox_attempt WHERE step = 'claimed'"
ENDED = """SELECT count(*) FROM outbox_attempt
           WHERE step IN ('done', 'failed', 'postponed', 'needs_person')"""
UNFINISHED = "SELECT count(*) FROM outbox_message WHERE state IN ('queued', 'in_flight')"
PLENTY = 1_000_000
log = logging.getLogger("killed")


@dataclass
class Practice:
    """One firm, its organisation, and the accounts it has asked for."""

    person: Person
    organisation: str
    before: int
    wanted: dict[str, AccountUse] = field(default_factory=dict)

    def want(self, count: int) -> None:
        """Ask for so many accounts more."""
        for _ in range(count):
            number = len(self.wanted) + 1
            name = f"{self.organisation} trust {number}"
            self.wanted[name] = want_bank(self.person, name, f"062000 {number:08}")

    def unfinished(self) -> int:
        """Return how many messages are still to do."""
        with acting(self.person):
            return Message.objects.filter(state__in=["queued", "in_flight"]).count()


@pytest.fixture
def practices(transactional_db: None, xero: SandboxServer, settings: Settings) -> list[Practice]:
    """Four firms, each connected to an organisation of its own; the limits are proved elsewhere."""
    settings.XERO_CLIENT_ID = xero.client_id
    settings.XERO_CLIENT_SECRET = xero.client_secret
    xero.control("limits", minute=PLENTY, day=PLENTY, app_minute=PLENTY)
    return [_practice(xero, f"Firm {letter}") for letter in "ABCD"]


@pytest.fixture
def crew(xero: SandboxServer, practices: list[Practice], tmp_path: Path) -> Iterator[WarmWorkers]:
    with WarmWorkers(xero, tmp_path) as workers:
        yield workers


def _practice(xero: SandboxServer, name: str) -> Practice:
    xero.control("organisations", name=name, country="AU")
    person = another(name)
    connection = connect(xero, person, name)
    with acting(person):
        Lane.objects.create(
            firm_id=person.firm_id,
            name=f"xero:{connection.organisation_id}",
            per_minute=PLENTY,
            per_day=PLENTY,
        )
    return Practice(person, name, len(chart(xero, name)))


def chart(xero: SandboxServer, organisation: str) -> list[dict[str, Any]]:
    with xero.api(organisation) as api:
        found: list[dict[str, Any]] = api.get("/Accounts").json()["Accounts"]
    return found


def wrongs(xero: SandboxServer, practice: Practice) -> list[str]:
    """Return everything that is missing, there twice, strange, or not written down here."""
    there = chart(xero, practice.organisation)
    found: list[str] = []
    if len(there) != practice.before + len(practice.wanted):
        found.append(f"{len(there) - practice.before} made, {len(practice.wanted)} wanted")
    with acting(practice.person):
        for name, asked in practice.wanted.items():
            use = AccountUse.objects.select_related("chart_account").get(pk=asked.pk)
            named = [one for one in there if one["Name"] == name]
            if len(named) != 1:
                found.append(f"{name} is there {len(named)} times")
            elif use.chart_account is None:
                found.append(f"{name} is there and not known here")
            elif _facts(named[0]) != (
                use.chart_account.external_id,
                use.chart_account.code,
                AccountType.BANK,
                use.wanted["bank_number"],
            ):
                found.append(f"{name} is not what was wanted")
        if SentDocument.objects.count() != len(practice.wanted):
            found.append("what was sent is not written down once each")
        if Message.objects.exclude(state="done").exists():
            found.append("a message is not done")
    return found


def _facts(account: dict[str, Any]) -> tuple[str, str, str, str]:
    return (
        account["AccountID"],
        account["Code"],
        account["Type"].lower(),
        account["BankAccountNumber"],
    )


def settle(crew: WarmWorkers, practices: list[Practice], **told: object) -> None:
    """Let a worker live until nothing is left to do."""
    worker = crew.start(**told)
    wait_until(lambda: not any(practice.unfinished() for practice in practices))
    kill(worker)


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_named_point_again_and_again_it_still_ends_in_one_account_each(
    xero: SandboxServer, practices: list[Practice], crew: WarmWorkers, point: str
) -> None:
    for practice in practices:
        practice.want(2)

    for _ in range(4):
        worker = crew.start(kill_at=point)
        wait_until_gone(worker)
    settle(crew, practices)

    assert [wrongs(xero, practice) for practice in practices] == [[], [], [], []]


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_killed_at_random_moments_no_account_is_missing_and_none_is_there_twice(
    kills: int,
    xero: SandboxServer,
    practices: list[Practice],
    crew: WarmWorkers,
    as_verifier: psycopg.Connection[tuple[int]],
) -> None:
    seed = random.SystemRandom().randrange(2**32)
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    began = time.monotonic()

    for number in range(kills):
        if count(as_verifier, UNFINISHED) < 30:
            for practice in practices:
                practice.want(5)
        if number % 10 == 0:
            xero.control("faults", kind="drop_after_commit", method="PUT", path="Accounts")
        before, worker = count(as_verifier, CLAIMED), crew.start()
        wait_until(partial(has_grown, as_verifier, before))
        time.sleep(chance.uniform(0, 0.4))
        kill(worker)
    settle(crew, practices)

    broken_off = count(as_verifier, CLAIMED) - count(as_verifier, ENDED)
    log.info(
        "%s kills with seed %s: %s accounts, %s tries broken off, %s calls, %.0f seconds.",
        kills,
        seed,
        sum(len(practice.wanted) for practice in practices),
        broken_off,
        len(xero.control("calls", "GET", count=10_000)["calls"]),
        time.monotonic() - began,
    )
    assert [wrongs(xero, practice) for practice in practices] == [[], [], [], []], f"seed {seed}"
    assert broken_off >= kills // 2, "the kills hardly hit any work"


def test_without_the_look_up_a_kill_after_the_answer_would_be_noticed(
    xero: SandboxServer, practices: list[Practice], crew: WarmWorkers
) -> None:
    practice = practices[0]
    practice.want(1)
    settle(crew, practices, blind=True)
    assert wrongs(xero, practice) == []
    practice.want(1)

    worker = crew.start(blind=True, kill_at="after_answer")
    wait_until_gone(worker)
    settle(crew, practices, blind=True)

    assert "Firm A trust 2 is there and not known here" in wrongs(xero, practice)


def has_grown(connection: psycopg.Connection[tuple[int]], before: int) -> bool:
    """Return whether more has been claimed than before."""
    return count(connection, CLAIMED) > before


def count(connection: psycopg.Connection[tuple[int]], question: LiteralString) -> int:
    """Return how many there are in all firms."""
    row = connection.execute(question).fetchone()
    connection.rollback()
    assert row is not None
    return row[0]

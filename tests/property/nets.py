"""What should catch a planted fault: sequences of the machine, scenarios, and questions asked directly."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from functools import partial

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

import recount
from chancery.ledger import balances, posting, reversals
from chancery.ledger.posting import Draft, Line
from chancery.lib.refusals import Refusal
from money import firm_in, open_trust
from property.ground import Ground
from property.machine import MoneyMachine
from property.model import NEW_SOUTH_WALES, Model
from scenarios.runner import every, play
from scenarios.stage import Stage
from world import LATER, acting, charlie

SEED = 20260504
CAUGHT = (Exception, pytest.fail.Exception)


def by_machine() -> str:
    """Return where the machine's sequences disagree with the model; nothing if they do not."""
    law = NEW_SOUTH_WALES
    with _nothing_remains():
        ground = Ground.at(law.place, Model(law).today)
        machine = type("Machine", (MoneyMachine,), {"ground": ground, "law": law})
        return _caught(partial(_run, machine))


def by_scenarios(told_in: str) -> str:
    """Return the first scenario of a name that goes otherwise than it is told, each in its first place."""
    stages: dict[str, Stage] = {}
    with _nothing_remains():
        for played in every():
            if not played.is_first or f"/{told_in}.txt" not in played.scenario.where:
                continue
            if played.place not in stages:
                stages[played.place] = Stage.at(played.place)
            stage = stages[played.place].untouched()
            if found := _caught(partial(_play, played.scenario, stage)):
                return found
    return ""


def by_asking(app: str) -> str:
    """Return which question about the ledger's own guards is answered wrongly."""
    firm = firm_in("au_nsw")
    trust = open_trust(firm, "au_nsw")
    ledger = trust.ledger()
    receipt = trust.receive(ledger, "100.00")
    stranger = charlie()
    with acting(stranger), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ledger_entry")
        if cursor.fetchone() != (0,):
            return "a stranger sees entries"
    lopsided = (Line(trust.account.id, "D", 3), Line(ledger.id, "C", 2), Line(ledger.id, "C", 2))
    with acting(trust.maker):
        if _is_posted(
            Draft("receipt", trust.today, "Lopsided", "lopsided", lopsided), trust.maker.id
        ):
            return "a journal out of balance is posted"
    posted = []
    for key in ("first", "second"):
        trust.receive(ledger, "100.00")
        with acting(trust.maker):
            mirror = reversals.mirror(
                journal_id=receipt.journal_id,
                kind="reversal",
                on=trust.today,
                narrative="",
                key=key,
            )
            posted.append(_is_posted(mirror, trust.maker.id))
    if posted != [True, False]:
        return f"of two reversals of a journal these are posted: {posted}"
    with acting(trust.maker):
        balances.lock([ledger.id], on=trust.today)
        return (
            "" if _waits(app, ledger.id, trust.maker.firm_id) else "a held ledger is not waited for"
        )


def _waits(app: str, ledger: object, firm: object) -> bool:
    with psycopg.connect(app) as other:
        other.execute("SET lock_timeout = '300ms'")
        other.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(firm)])
        try:
            other.execute("SELECT * FROM ledger_lock(%s::uuid[], %s)", [[ledger], date(2026, 9, 1)])
        except psycopg.errors.LockNotAvailable:
            return True
    return False


def _is_posted(draft: Draft, by: object) -> bool:
    """Tell whether a draft is posted that should be refused, by a refusal or by the database."""
    try:
        posting.post([draft], by=by, at=LATER)  # type: ignore[arg-type]  # an id
    except (Refusal, DatabaseError):
        return False
    return True


def _play(scenario: object, stage: Stage) -> None:
    with transaction.atomic():
        ended = play(scenario, stage)  # type: ignore[arg-type]  # a scenario
        transaction.set_rollback(True)
    assert ended.faults == [], recount.in_words(ended.faults)


def _run(machine: type[MoneyMachine]) -> None:
    run_state_machine_as_test(
        seed(SEED)(machine),
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            verbosity=Verbosity.quiet,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _caught(act: Callable[[], None]) -> str:
    """Return what an act fails with, in one line; nothing if it goes well."""
    try:
        with redirect_stdout(io.StringIO()):
            act()
    except CAUGHT as failure:
        words = str(failure).splitlines()
        return f"{type(failure).__name__}: {words[0][:70] if words else ''}"
    return ""


@contextmanager
def _nothing_remains() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

"""What should catch a planted fault: sequences of the machine, scenarios, and two who act at once."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import date
from functools import partial

import psycopg
import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis.stateful import run_state_machine_as_test

import recount
from chancery.ledger import balances
from money import firm_in, open_trust
from property.ground import Ground
from property.machine import MoneyMachine
from property.model import Model
from property.things import NEW_SOUTH_WALES
from scenarios.runner import every, play
from scenarios.stage import Stage
from world import acting

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


def by_a_race(app: str) -> str:
    """Return that a ledger which one holds is not waited for by another; nothing if it is."""
    trust = open_trust(firm_in("au_nsw"), "au_nsw")
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    with acting(trust.maker):
        balances.lock([ledger.id], on=trust.today)
        is_held = _waits(app, ledger.id, trust.maker.firm_id)
    return "" if is_held else "a held ledger is not waited for"


def _waits(app: str, ledger: object, firm: object) -> bool:
    with psycopg.connect(app) as other:
        other.execute("SET lock_timeout = '300ms'")
        other.execute("SELECT set_config('chancery.firm_id', %s, true)", [str(firm)])
        try:
            other.execute("SELECT * FROM ledger_lock(%s::uuid[], %s)", [[ledger], date(2026, 9, 1)])
        except psycopg.errors.LockNotAvailable:
            return True
    return False


def _play(scenario: object, stage: Stage) -> None:
    with transaction.atomic():
        ended = play(scenario, stage)  # type: ignore[arg-type]  # a scenario
        transaction.set_rollback(True)
    assert ended.faults == [], recount.in_words(ended.faults)


def _run(machine: type[MoneyMachine]) -> None:
    run_state_machine_as_test(
        seed(SEED)(machine),
        settings=settings(
            max_examples=250,
            stateful_step_count=30,
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

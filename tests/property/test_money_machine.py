"""Whatever is done to client money in whatever order, every ledger is right on every day."""

import logging
import os
import secrets
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from pytest_django.plugin import DjangoDbBlocker

from property.ground import Ground
from property.machine import MoneyMachine
from property.model import Model
from property.things import NEW_SOUTH_WALES, NEW_ZEALAND, Law

SEQUENCES_OF_PROOF = 500  # in each of two places
STEPS = 50
log = logging.getLogger("machine")
LAWS = pytest.mark.parametrize("law", [NEW_SOUTH_WALES, NEW_ZEALAND], ids=lambda law: law.place)


@pytest.fixture(scope="module")
def founded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[Law], Ground]]:
    """Give the firm of a place: founded once, inside a transaction that nothing remains of."""
    known: dict[str, Ground] = {}

    def of(law: Law) -> Ground:
        if law.place not in known:
            known[law.place] = Ground.at(law.place, Model(law).today)
        return known[law.place]

    with django_db_blocker.unblock(), transaction.atomic():
        yield of
        transaction.set_rollback(True)


@LAWS
def test_a_few_sequences_go_as_the_model_says(founded: Callable[[Law], Ground], law: Law) -> None:
    run(founded(law), law, sequences=8, steps=20)


@pytest.mark.proof
@LAWS
def test_a_thousand_sequences_go_as_the_model_says(
    founded: Callable[[Law], Ground], law: Law
) -> None:
    run(founded(law), law, sequences=SEQUENCES_OF_PROOF, steps=STEPS)


def run(ground: Ground, law: Law, *, sequences: int, steps: int) -> None:
    """Run sequences from a seed that is told; CHANCERY_PROOF_SEED repeats one."""
    start = int(os.environ.get("CHANCERY_PROOF_SEED") or secrets.randbelow(2**32))
    log.info("%s: %s sequences of up to %s steps, seed %s", law.place, sequences, steps, start)
    machine = type("Machine", (MoneyMachine,), {"ground": ground, "law": law})
    run_state_machine_as_test(
        seed(start)(machine),
        settings=settings(
            max_examples=sequences,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        ),
    )

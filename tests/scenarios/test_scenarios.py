"""Every scenario, each in its places, with the ledger's proofs at its end."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

import recount
from scenarios.grammar import ScenarioError, read
from scenarios.runner import Played, every, name_of, play
from scenarios.stage import Stage

PLAYED = [
    pytest.param(played, id=name_of(played), marks=[] if played.is_first else pytest.mark.proof)
    for played in every()
]


@pytest.fixture(scope="module")
def stage_in(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[str], Stage]]:
    """Give the firm of a place: founded once, inside a transaction that nothing remains of."""
    founded: dict[str, Stage] = {}

    def at(place: str) -> Stage:
        if place not in founded:
            founded[place] = Stage.at(place)
        return founded[place].untouched()

    with django_db_blocker.unblock(), transaction.atomic():
        yield at
        transaction.set_rollback(True)


@pytest.mark.parametrize("played", PLAYED)
def test_it_goes_as_it_is_told(stage_in: Callable[[str], Stage], played: Played) -> None:
    stage = stage_in(played.place)

    with transaction.atomic():
        ended = play(played.scenario, stage)
        transaction.set_rollback(True)

    assert ended.faults == [], recount.in_words(ended.faults)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2026-03-02  recieve  M-1  1.00", "is no verb"),
        ("2026-02-30  receipt  M-1  1.00", "is no day"),
        ("2026-03-02  receipt  M-1  1", "is no amount"),
        ("2026-03-02  receipt  M-1  1.00  checque", "is no option"),
        ("2026-03-02  receipt  M-1  1.00  clears", "comes a day"),
        ("2026-03-02  receipt  M-1  1.00  cash now", "comes nothing"),
        ("2026-03-02  receipt  M-1  1.00  cash  clears 2026-03-02", "use commas"),
        ("2026-03-02  receipt  M-1  1.00  refused because", "names no code"),
        ("2026-03-02  receipt  M-1  1.00\n2026-03-01  holds  M-1  1.00", "does not run back"),
        ("2026-03-02  receipt", "is missing"),
    ],
)
def test_what_nobody_can_read_is_never_passed_over(
    tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(f"== Wrong\nplace au_nsw\n{text}\n", encoding="utf-8")

    with pytest.raises(ScenarioError, match=complaint):
        read(path)


@pytest.mark.parametrize(
    "text", ["== No place\n2026-03-02  limit  1.00\n", "== No line\nplace nz\n", ""]
)
def test_a_scenario_has_a_title_a_place_and_lines(tmp_path: Path, text: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(ScenarioError, match="has a title"):
        read(path)

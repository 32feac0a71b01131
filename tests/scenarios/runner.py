"""Act a scenario on real PostgreSQL, line by line, and prove the ledger at its end."""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import DatabaseError

import recount
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from scenarios import bank_deeds, deeds, looks
from scenarios.grammar import VERBS, Line, Refused, Scenario, read
from scenarios.stage import Stage
from world import acting

FOLDER = Path(__file__).parent
TAUGHT = (deeds, bank_deeds, looks)  # reading these teaches the grammar its verbs


class Played(NamedTuple):
    """A scenario in one of its places."""

    scenario: Scenario
    place: str

    @property
    def is_first(self) -> bool:
        """Tell whether it is the first of its places; the others are left to the long proofs."""
        return self.place == self.scenario.places[0]


@dataclass(frozen=True)
class Ended:
    """How a scenario ended: what does not agree, which is nothing where all is proved."""

    faults: list[str]


def every() -> list[Played]:
    """Return every scenario of the folder in each of its places."""
    return [
        Played(scenario, place)
        for path in sorted(FOLDER.glob("*/*.txt"))
        for scenario in read(path)
        for place in scenario.places
    ]


def name_of(played: Played) -> str:
    """Return how a test run names a scenario."""
    return f"{played.scenario.where}:{played.place}"


def play(scenario: Scenario, stage: Stage) -> Ended:
    """Act every line; a refusal that is not foretold fails, and so does one that does not come."""
    for line in scenario.lines:
        stage.trust.today = line.on
        if line.refused:
            _be_refused(stage, line, line.refused)
        else:
            _be_done(stage, line)
    with acting(stage.trust.owner):
        return Ended(recount.faults(stage.trust.account.id))


def _be_done(stage: Stage, line: Line) -> None:
    try:
        VERBS[line.verb].act(stage, line)
    except Refusal as refusal:
        pytest.fail(
            f"{line.where}: refused {refusal.code} by {refusal.rule or 'no rule'}: {refusal}"
        )


def _be_refused(stage: Stage, line: Line, refused: Refused) -> None:
    """Act a line that is refused, and see that it left no trace in the ledger or in any document."""
    before = _picture(stage)
    try:
        VERBS[line.verb].act(stage, line)
    except DatabaseError as error:
        if refused.code:
            pytest.fail(f"{line.where}: the database itself refused: {error}")
    except Refusal as refusal:
        _is_as_told(line, refused, refusal)
    else:
        pytest.fail(f"{line.where}: this was not refused")
    assert before == _picture(stage), f"{line.where}: refused, and yet something was written"


def _is_as_told(line: Line, refused: Refused, refusal: Refusal) -> None:
    assert refused.code == refusal.code, f"{line.where}: refused {refusal.code}: {refusal}"
    assert refused.rule in refusal.rule, f"{line.where}: refused by {refusal.rule}"
    if refused.field:
        assert isinstance(refusal, DetailsNotRight), f"{line.where}: this names no field"
        fields = {problem.field for problem in refusal.problems}
        assert refused.field in fields, f"{line.where}: refused in {fields}"


def _picture(stage: Stage) -> object:
    """Return all that money is made of, to see that a refusal changes none of it."""
    with acting(stage.trust.owner):
        counted = recount.of_pool(stage.trust.account.id)
    moved = {account: days for account, days in counted.days.items() if days}
    return sorted(counted.entries), sorted(map(str, counted.events)), moved

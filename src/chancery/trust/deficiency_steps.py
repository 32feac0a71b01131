"""What is done about a shortage besides money: its cause is found, the regulator is told, it is closed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import deficiencies, proof_cases, shortfalls
from chancery.trust.deficiencies import LONGEST, OF_PROOF
from chancery.trust.models import Deficiency
from chancery.trust.models import DeficiencyStep as DeficiencyStep

_REFERENCE_LONGEST = 80


@dataclass(eq=False)
class StillMissing(Refusal):
    """A shortage is closed only when it is restored to the cent."""

    code: ClassVar[str] = "trust.shortage_still_missing"

    missing: Money

    def __str__(self) -> str:
        return f"{self.missing} is still missing. Restore it, then close the case."


@dataclass(eq=False)
class ProofStillFails(Refusal):
    """What a proof found is closed only when the books are proved right again."""

    code: ClassVar[str] = "trust.proof_still_fails"

    def __str__(self) -> str:
        return (
            "The books are not proved right since. Put them right, run chancery verify,"
            " then close the case."
        )


@dataclass(eq=False)
class DeficiencyClosed(Refusal):
    """A case is closed once, and nothing is added to it after."""

    code: ClassVar[str] = "trust.deficiency_closed"

    def __str__(self) -> str:
        return "This case is closed. What comes to light later is a case of its own."


@dataclass(frozen=True)
class Noted:
    """What a person says of a step: the legal day, in words, and the regulator's reference."""

    on: date
    words: str
    reference: str = ""


def closing_of(case: Deficiency) -> DeficiencyStep | None:
    """Return the step that closed a case, if one did."""
    return DeficiencyStep.objects.filter(deficiency=case, act="closed").first()


def explain(
    *, case: Deficiency, noted: Noted, by: Person, at: datetime, today: date, key: str
) -> DeficiencyStep:
    """Record what caused a shortage; the same key returns the same step.

    Refuses: NotAllowed, DetailsNotRight, DeficiencyClosed.
    """
    return _step(case, "cause", noted, by=by, at=at, today=today, key=key)


def notify(
    *, case: Deficiency, noted: Noted, by: Person, at: datetime, today: date, key: str
) -> DeficiencyStep:
    """Record that the regulator was told: when, in which words, under which reference.

    Refuses: NotAllowed, DetailsNotRight, DeficiencyClosed.
    """
    return _step(case, "notified", noted, by=by, at=at, today=today, key=key)


def close(
    *, case: Deficiency, noted: Noted, by: Person, at: datetime, today: date, key: str
) -> DeficiencyStep:
    """Close a case of which nothing is missing any more; the same key returns the same step.

    Refuses: NotAllowed, DetailsNotRight, DeficiencyClosed, StillMissing, ProofStillFails.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    if case.source == OF_PROOF:
        if not proof_cases.is_mended(case, at=at, today=today):
            raise ProofStillFails
    elif (missing := shortfalls.missing(case)).minor > 0:
        raise StillMissing(missing)
    return _step(case, "closed", noted, by=by, at=at, today=today, key=key)


def _step(
    case: Deficiency,
    act: str,
    noted: Noted,
    *,
    by: Person,
    at: datetime,
    today: date,
    key: str,
) -> DeficiencyStep:
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    refuse_any(_problems(noted, today))
    if done := DeficiencyStep.objects.filter(key=key).first():
        return done
    if closing_of(case):
        raise DeficiencyClosed
    step, is_new = DeficiencyStep.objects.get_or_create(
        firm_id=by.firm_id,
        **({"key": key} if act != "closed" else {"deficiency": case, "act": act}),
        defaults={
            "key": key,
            "deficiency": case,
            "act": act,
            "words": tidy(noted.words),
            "reference": tidy(noted.reference),
            "on": noted.on,
            "by": by,
            "at": at,
        },
    )
    if is_new:
        deficiencies.record_act(case, step.get_act_display(), by, at, _changes(noted))
    return step


def _problems(noted: Noted, today: date) -> list[Problem]:
    found = []
    if not 0 < len(tidy(noted.words)) <= LONGEST:
        found.append(Problem("words", "Say it in a few words, at most 300 characters."))
    if len(tidy(noted.reference)) > _REFERENCE_LONGEST:
        found.append(Problem("reference", "Use at most 80 characters."))
    if noted.on > today:
        found.append(Problem("on", "Choose today or an earlier day."))
    return found


def _changes(noted: Noted) -> history.Changes:
    told = {"Words": ("", tidy(noted.words))}
    reference = tidy(noted.reference)
    return told | ({"Reference": ("", reference)} if reference else {})

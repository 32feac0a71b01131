"""What an examination found: a fact, how bad it is, and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    ATTENTION = "attention"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One line of the doctor's report."""

    subject: str
    state: State
    fact: str
    remedy: str = ""


def ok(subject: str, fact: str) -> Finding:
    """Return a finding that asks for nothing."""
    return Finding(subject, State.OK, fact)


def attention(subject: str, fact: str, remedy: str) -> Finding:
    """Return a finding that somebody should know about."""
    return Finding(subject, State.ATTENTION, fact, remedy)


def wrong(subject: str, fact: str, remedy: str) -> Finding:
    """Return a finding that keeps the installation from being sound."""
    return Finding(subject, State.WRONG, fact, remedy)

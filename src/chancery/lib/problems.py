"""Everything that is wrong with what someone entered, found at once and said field by field."""

from dataclasses import dataclass

from chancery.lib.refusals import Refusal


@dataclass(frozen=True)
class Problem:
    """One field and the sentence that stands beside it."""

    field: str
    words: str


@dataclass(eq=False)
class DetailsNotRight(Refusal):
    """What was entered cannot be kept as it stands; each problem names its field."""

    code = "details.not_right"

    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        return " ".join(problem.words for problem in self.problems)


def refuse_any(problems: list[Problem]) -> None:
    """Let the deed go on only when nothing is wrong.

    Refuses: DetailsNotRight.
    """
    if problems:
        raise DetailsNotRight(tuple(problems))


def tidy(words: str) -> str:
    """Return words with single spaces inside, none around, and no control characters."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())

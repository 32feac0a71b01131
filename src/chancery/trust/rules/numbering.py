"""Decide whether an account's documents can be numbered as asked, so that no two ever share a number.

A prefix and a running number are written together, as in R-1042. Two series may therefore never have
the same prefix, whatever their case, and no prefix may end in a digit: R-1 and 12 would read as R-11
and 2 do.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

LONGEST_PREFIX = 8
HIGHEST_FIRST = 9_999_999
_PREFIX = re.compile(r"[A-Za-z0-9/._-]*[A-Za-z/._-]")


@dataclass(frozen=True)
class Series:
    """How one kind of document is numbered: a prefix and the first number."""

    prefix: str
    first: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.first}"


def prefix_finding(prefix: str) -> str:
    """Return what is wrong with a prefix, or nothing."""
    if not prefix:
        return "Enter a prefix, such as R-."
    if len(prefix) > LONGEST_PREFIX:
        return f"A prefix has at most {LONGEST_PREFIX} characters; this has {len(prefix)}."
    if not _PREFIX.fullmatch(prefix):
        return "A prefix has letters, digits and - / . _ and does not end in a digit."
    return ""


def first_finding(first: int) -> str:
    """Return what is wrong with a first number, or nothing."""
    if 1 <= first <= HIGHEST_FIRST:
        return ""
    return f"The first number is between 1 and {HIGHEST_FIRST:,}."


def repeats(prefix: str, taken: Collection[str]) -> bool:
    """Tell whether a prefix is among those taken; case does not tell two apart."""
    return prefix.casefold() in {other.casefold() for other in taken}


def next_free(letter: str, taken: Collection[str]) -> str:
    """Return the first of R-, R2-, R3- that no series has yet."""
    attempt, prefix = 1, f"{letter}-"
    while repeats(prefix, taken):
        attempt += 1
        prefix = f"{letter}{attempt}-"
    return prefix

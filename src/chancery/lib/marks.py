"""Which part of a name answers a question: the part that a list of results underlines.

The database finds (``practice_fold`` in practice/sql/search.sql); this only marks what it found.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DROPPED = re.compile("[\u0300-\u036f'\u2019]")
_PARTED = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Part:
    """A stretch of a name; ``is_match`` where it answers the question."""

    text: str
    is_match: bool


def fold(words: str) -> str:
    """Return words as they are compared: no case, accents or apostrophes, one space between words."""
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", words).lower())
    return _PARTED.sub(" ", bare).strip()


def marked(words: str, question: str) -> tuple[Part, ...]:
    """Return the words in parts, the first beginning of a word that answers the question marked."""
    start, end = _first(words, fold(question))
    before, match, after = words[:start], words[start:end], words[end:]
    return tuple(Part(text, is_match=text is match) for text in (before, match, after) if text)


def answers(words: str, question: str) -> bool:
    """Return whether a word of these begins with the question."""
    start, end = _first(words, fold(question))
    return start < end


def _first(words: str, asked: str) -> tuple[int, int]:
    """Return from where to where the words answer; nowhere is an empty stretch at the end."""
    if asked:
        for start in _beginnings(words):
            if fold(words[start:]).startswith(asked):
                return start, _end(words, start, asked)
    return len(words), len(words)


def _beginnings(words: str) -> Iterator[int]:
    for at, letter in enumerate(words):
        if _WORD.match(letter) and (at == 0 or not _is_within(words, at)):
            yield at


def _is_within(words: str, at: int) -> bool:
    """Return whether this place stands inside a word: an apostrophe or an accent does not part words."""
    before = words[at - 1]
    return bool(_WORD.match(before) or _DROPPED.match(before))


def _end(words: str, start: int, asked: str) -> int:
    return next(
        end for end in range(start + 1, len(words) + 1) if fold(words[start:end]).startswith(asked)
    )

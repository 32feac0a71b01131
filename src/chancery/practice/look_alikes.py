"""Contacts that may already be the one being entered: pointed out, never merged."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from chancery.practice import folding, identifiers
from chancery.practice.models import Contact

FEWEST_LETTERS = 2
SHOWN_AT_MOST = 5
_CANDIDATES_AT_MOST = 40
_WORDS_AT_MOST = 8
_ALIKE_FROM = 0.66
_AFTER_A_SPACE = "!"  # a word ends here or at a space, and "!" follows the space
# Legal forms say what a company is, not which: "Harbourside Bank" and "Harbourside Bank Ltd" are one.
_LEGAL_FORMS = frozenset(
    ("pty", "ltd", "limited", "proprietary", "inc", "incorporated", "llc", "llp", "plc", "corp")
).union(("corporation", "co", "company", "the", "and"))

# One range of the search index per word; a candidate shares at least half of the words. The range's end is
# computed here: under row security an index is not let near an operator, such as ||, that might leak.
_CANDIDATES = """
SELECT entry.record_id
FROM unnest(%(words)s::text[], %(ends)s::text[]) AS asked (word, beyond)
JOIN practice_searchentry AS entry
  ON entry.firm_id = (SELECT chancery_current_firm()) AND entry.kind = 'contact' AND entry.ladder = 0
 AND entry.folded >= asked.word AND entry.folded < asked.beyond
GROUP BY entry.record_id
HAVING count(DISTINCT asked.word) >= %(fewest)s
ORDER BY count(DISTINCT asked.word) DESC, entry.record_id
LIMIT %(most)s
"""


@dataclass(frozen=True)
class LookAlike:
    """A contact of the firm and what makes it look like the one being entered."""

    contact: Contact
    reason: str


def find(
    *,
    name: str = "",
    email: str = "",
    numbers: Mapping[str, str] | None = None,
    besides: UUID | None = None,
) -> list[LookAlike]:
    """Return the contacts of this firm that share the number, the e-mail address or nearly the name.

    The surest reason comes first; ``besides`` is the contact being edited.
    """
    found: dict[UUID, LookAlike] = {}
    for alike in [*_of_numbers(numbers or {}), *_of_email(email), *_of_name(name)]:
        if alike.contact.id != besides:
            found.setdefault(alike.contact.id, alike)
    return list(found.values())[:SHOWN_AT_MOST]


def _of_numbers(numbers: Mapping[str, str]) -> list[LookAlike]:
    asked = Q(pk__in=[])
    for kind, number in numbers.items():
        if number:
            asked |= Q(identifiers__kind=kind, identifiers__value=identifiers.normal(number))
    same = Contact.objects.filter(asked).order_by("name", "id").distinct()[:SHOWN_AT_MOST]
    return [LookAlike(contact, "has the same number") for contact in same]


def _of_email(email: str) -> list[LookAlike]:
    if not email.strip():
        return []
    same = Contact.objects.filter(email=email.strip().lower()).order_by("name", "id")
    return [LookAlike(contact, "has the same e-mail address") for contact in same[:SHOWN_AT_MOST]]


def _of_name(name: str) -> list[LookAlike]:
    folded = folding.fold(name)
    words = _telling(folded)
    if len(folded) < FEWEST_LETTERS or not words:
        return []
    candidates = Contact.objects.filter(pk__in=_candidates(words))
    scored = [(_likeness(words, _telling(contact.folded)), contact) for contact in candidates]
    alike = [(score, contact) for score, contact in scored if score >= _ALIKE_FROM]
    alike.sort(key=lambda pair: (-pair[0], pair[1].name, pair[1].id))
    return [
        LookAlike(contact, "has the same name" if score == 1 else "has a similar name")
        for score, contact in alike
    ]


def _candidates(words: frozenset[str]) -> list[UUID]:
    asked = sorted(words, key=lambda word: (-len(word), word))[:_WORDS_AT_MOST]
    figures: dict[str, list[str] | int] = {
        "words": asked,
        "ends": [f"{word}{_AFTER_A_SPACE}" for word in asked],
        "fewest": (len(asked) + 1) // 2,
        "most": _CANDIDATES_AT_MOST,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, figures)
        return [row[0] for row in cursor.fetchall()]


def _telling(folded: str) -> frozenset[str]:
    words = frozenset(folded.split())
    return words - _LEGAL_FORMS or words


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)

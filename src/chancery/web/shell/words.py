"""The words that differ from place to place: a screen asks here and never types them itself."""

from collections.abc import Mapping

from django.http import HttpRequest

from chancery.practice.people import Person
from chancery.reports.gathered import place_words
from chancery.tenancy.scope import firm_scope
from chancery.trust import jurisdiction


def words_of(request: HttpRequest) -> Mapping[str, str]:
    """Return the words of the reader's firm: neutral ones while it has chosen no jurisdiction.

    They are read once in a request.
    """
    known: Mapping[str, str] | None = getattr(request, "words", None)
    if known is None:
        known = _read(request)
        request.words = known  # type: ignore[attr-defined]  # kept with the request it belongs to
    return known


def _read(request: HttpRequest) -> Mapping[str, str]:
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return place_words.NEUTRAL
    if getattr(request, "is_in_firm_scope", False):
        return place_words.of(jurisdiction.of_firm())
    with firm_scope(person.firm_id, user_id=person.user_id):
        return place_words.of(jurisdiction.of_firm())


def plural(word: str) -> str:
    """Return a word for more than one, such as "matters", "companies" or "bills of costs"."""
    first, of_, rest = word.partition(" of ")
    if first.endswith("y") and first[-2:-1] not in "aeiou":
        first = first[:-1] + "ie"
    elif first.endswith(("s", "x", "ch", "sh")):
        first += "e"
    return f"{first}s{of_}{rest}"

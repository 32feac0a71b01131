"""What the frame around a page needs to know."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from chancery.practice.people import Person
from chancery.reports.gathered import place_words
from chancery.web.shell import frame, words


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the signed-in person, their firm, its words, and the frame, which is made when it is used."""
    person: Person | None = getattr(request, "person", None)
    if person is None:
        return {"person": None, "firm": None, "words": place_words.NEUTRAL, "language": "en"}
    return {
        "person": person,
        "firm": person.firm,
        "words": SimpleLazyObject(lambda: words.words_of(request)),
        "language": f"en-{person.firm.country}",
        "frame": SimpleLazyObject(lambda: frame.of(request, person)),
    }

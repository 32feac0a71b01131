"""What the search box and the results page show: found records and places, the match marked."""

from collections.abc import Mapping
from dataclasses import dataclass

from chancery.lib import marks
from chancery.lib.marks import Part
from chancery.practice import search
from chancery.practice.matters import MatterStatus
from chancery.practice.search import ContactHit, MatterHit
from chancery.web.shell import place_facts, places
from chancery.web.shell.words import plural

_PLACES_MAX = 4


@dataclass(frozen=True)
class Line:
    """One result: a link whose ``parts`` make its name, and a line under it."""

    url: str
    icon: str
    parts: tuple[Part, ...]
    under: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lines:
    """Some results of one kind."""

    lines: tuple[Line, ...]
    has_more: bool


@dataclass(frozen=True)
class Found:
    """All that one question found."""

    question: str
    contacts: Lines
    matters: Lines
    places: tuple[Line, ...]

    @property
    def record_count(self) -> int:
        """Return how many records are shown."""
        return len(self.contacts.lines) + len(self.matters.lines)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all was found."""
        return not self.record_count and not self.places

    @property
    def sentence(self) -> str:
        """Return what was found in a few words; a screen reader hears them."""
        if self.is_empty:
            return f"Nothing begins with “{self.question}”"
        more = " shown, there are more" if self.contacts.has_more or self.matters.has_more else ""
        there = f", {_counted(len(self.places), 'place')}" if self.places else ""
        return f"{_counted(self.record_count, 'record')}{more}{there}"


NONE = Lines((), has_more=False)


@dataclass(frozen=True)
class Question:
    """What was asked: as typed, folded by the database, and the words of the firm that asks."""

    typed: str
    folded: str
    words: Mapping[str, str]

    @classmethod
    def of(cls, typed: str, words: Mapping[str, str]) -> "Question":
        """Return a question ready to be answered."""
        return cls(typed, search.fold(typed), words)

    def first_few(self, *, limit: int) -> Found:
        """Return the first few records and the places that it finds."""
        return Found(
            question=self.typed,
            contacts=self.contacts(limit=limit),
            matters=self.matters(limit=limit),
            places=self.places(),
        )

    def contacts(self, *, limit: int, offset: int = 0) -> Lines:
        """Return some contacts as lines."""
        some = search.contacts(self.folded, limit=limit, offset=offset)
        return Lines(tuple(self._contact(hit) for hit in some.hits), some.has_more)

    def matters(self, *, limit: int, offset: int = 0, status: MatterStatus | None = None) -> Lines:
        """Return some matters as lines."""
        some = search.matters(self.folded, limit=limit, offset=offset, status=status)
        return Lines(tuple(self._matter(hit) for hit in some.hits), some.has_more)

    def places(self) -> tuple[Line, ...]:
        """Return the places of the program whose name answers."""
        known = place_facts.known()
        named = ((place, place.called(self.words)) for place in places.everywhere(known))
        lines = (
            Line(place.url, place.icon, marks.marked(name, self.typed), place.where, keys)
            for place, name in named
            for keys in [tuple(place.keys.split())]
            if marks.answers(name, self.typed)
        )
        return tuple(lines)[:_PLACES_MAX]

    def _contact(self, hit: ContactHit) -> Line:
        shown = (role for role in hit.roles if role != "Client" or not hit.matter_count)
        facts = [hit.kind, *shown]
        if hit.matter_count:
            facts.append(f"client of {_counted(hit.matter_count, self.words['work_unit'])}")
        return Line(
            url=places.address("contact", hit.id),
            icon="contact",
            parts=marks.marked(hit.name, self.typed),
            under=", ".join(facts),
        )

    def _matter(self, hit: MatterHit) -> Line:
        number, title = hit.number, hit.title
        if marks.fold(number).startswith(marks.fold(self.typed)):
            parts = (*marks.marked(number, self.typed), Part(f" {title}", is_match=False))
        else:
            parts = (Part(f"{number} ", is_match=False), *marks.marked(title, self.typed))
        reference = f", ref. {hit.reference}" if hit.reference else ""
        return Line(
            url=places.address("matter", number),
            icon="matter",
            parts=parts,
            under=f"{hit.status.label}, {hit.responsible}{reference}",
        )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing if count == 1 else plural(thing)}"

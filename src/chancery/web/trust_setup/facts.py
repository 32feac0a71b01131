"""What a jurisdiction's pack says, as the page tells it: a few facts first, every value behind them.

Each fact carries its citation and how far it may be trusted; a value without a source says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from chancery.trust.rules import pack_facts
from chancery.trust.rules.pack_schema import Cited, Confidence, Source
from chancery.trust.rules.packs import Pack


@dataclass(frozen=True)
class Citation:
    """The rule or page that a fact rests on; ``url`` is empty where nothing was read."""

    text: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True)
class Fact:
    """One line of the card: what, in words, by which authority, and how sure."""

    label: str
    text: str
    citations: tuple[Citation, ...] = ()
    confidence: Confidence | None = None


def cited(authority: str, sources: tuple[Source, ...]) -> tuple[Citation, ...]:
    """Return a rule linked to its first source, then each further source by its title."""
    if not sources:
        return (Citation(authority),) if authority else ()
    first, *others = sources
    lead = Citation(authority or first.title, first.url, first.title)
    return (lead, *(Citation(other.title, other.url, other.title) for other in others))


def of_place(place: Pack) -> tuple[Fact, ...]:
    """Return the few lines that the card shows of a place, with the currency that it keeps its books in."""
    words, *others = (_told(fact) for fact in pack_facts.facts(place))
    return (words, Fact("Currency", place.currency), *others)


def accounts(place: Pack) -> Iterator[Fact]:
    """Yield each kind of account that the place allows, by its local word, and what its name must hold."""
    for kind in place.account_kinds:
        yield _fact(f"{kind.name} account", kind.word, place, kind.cited)
        asked = place.check_account_name(kind.kind, "", "")
        if asked.request:
            citations = cited(asked.authority, asked.sources)[:1]
            yield Fact("Its name", asked.request, citations, asked.confidence)


def _told(fact: pack_facts.Fact) -> Fact:
    return Fact(fact.label, fact.sentence, cited(fact.authority, fact.sources)[:1], fact.confidence)


def _fact(label: str, text: str, place: Pack, statement: Cited) -> Fact:
    citations = cited(statement.authority, place.sources_of(statement))[:1]
    return Fact(label, text, citations, statement.confidence)

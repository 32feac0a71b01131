"""Write the reference on jurisdictions out of the packs, so that the document cannot drift from them.

``python -m chancery.cli.jurisdiction_reference > docs/reference/jurisdictions.md``
"""

from collections.abc import Iterable, Iterator

from chancery.cli import say
from chancery.trust.rules import packs
from chancery.trust.rules.account_names import asked
from chancery.trust.rules.pack_facts import facts
from chancery.trust.rules.pack_schema import Cited
from chancery.trust.rules.pack_values import say as in_words
from chancery.trust.rules.packs import Pack
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_deposit import DepositKind
from chancery.trust.rules.ruled import (
    NOT_ASKED,
    NOT_READABLE,
    NOT_STATED,
    NOT_SURE,
    STRICT_DEFAULT,
    Ruled,
)

_INTRODUCTION = """\
# Jurisdictions

What each place asks now, as Chancery knows it. **Research, not legal advice**: every value was read
in a public copy whose age varies, and needs a local practitioner's eye.

This page is written by `python -m chancery.cli.jurisdiction_reference` from the packs under
`src/chancery/trust/jurisdictions`; change a pack, never this page.

How to read it:

- **Confidence**: *high* is safe to build on and still needs local review; *medium* is probable, its
  rule number or currency needs a check; *low* is not to be relied on without the text.
- **Basis**: *rule text*, *regulator guidance* or *secondary* say what was read; *recall* was not read
  at all; *derived* is our own reading of a neighbouring value.
- A rule marked *not checked* is remembered, and was not found in a copy of the rule.
- A place takes what it does not state itself from the pack it extends, value by value. Where that
  pack has a cap, nothing inherited is trusted above it.
- A word in *italics* was given by no source of the place: it is a fallback.
- A pack is *thin* where its text was not read well or few values are known; the screen says so.
- "Not established" means looked for and not found. Where no date is given, it is unknown since when
  a value holds.
- *Read as* is what a machine decides by where the value itself is free text: our reading, under the
  same citation and confidence.
- *What Chancery decides by* stands under each place that can be chosen. Where the place's own value
  is missing, cannot be read, or is of low confidence, *strictest* means that the strictest value of
  all known places applies in its stead; *not asked* means a duty of other places that is not applied
  here. A firm may set itself something stricter, never less."""

_STANDS_IN = {
    NOT_STATED: "strictest: not established",
    NOT_READABLE: "strictest: what is known settles no value",
    NOT_SURE: "low confidence: the stricter of it and the strictest",
    NOT_ASKED: "not asked",
}


def text() -> str:
    """Return the whole document."""
    everything = sorted(
        packs.load_all().values(), key=lambda pack: (pack.country_name, _lineage(pack), pack.name)
    )
    parts = [_INTRODUCTION, "## At a glance", _glance(packs.choosable())]
    for pack in everything:
        parts += _section(pack)
    parts += ["## Sources", *_sources(everything)]
    return "\n\n".join(parts) + "\n"


def _lineage(pack: Pack) -> int:
    """Return how far from a place to choose a pack stands: parents come first, eldest first."""
    if not pack.is_abstract:
        return 2
    return 1 if pack.extends else 0


def _glance(places: Iterable[Pack]) -> str:
    rows = [
        (
            pack.label,
            f"`{pack.code}`",
            *(fact.sentence for fact in facts(pack)[:-1]),
            " / ".join(str(count) for count in pack.confidence_counts().values()),
            "thin" if pack.is_thin else "",
        )
        for pack in places
    ]
    labels = ("Words", "Reconcile", "Costs from trust", "Records kept", "Accounts")
    return _table(("Place", "Code", *labels, "High / medium / low", ""), rows)


def _section(pack: Pack) -> Iterator[str]:
    yield f"## {pack.label}"
    yield "\n".join(f"- {line}" for line in _headlines(pack))
    kinds = [
        (kind.name, kind.word, "one client" if kind.one_client else "", *_cells(kind.cited))
        for kind in pack.account_kinds
        if kind.cited.stated_by == pack.code
    ]
    names = [
        (kind.capitalize(), " and ".join(asked(rule.value)).removeprefix("for "), *_cells(rule))
        for kind, rule in pack.account_name_rules.items()
        if rule.stated_by == pack.code
    ]
    values = [
        (
            f"`{each.path}`",
            in_words(each.parameter.value),
            "" if each.parameter.typed is None else in_words(each.parameter.typed),
            *_cells(each.parameter),
        )
        for each in pack.own_parameters()
    ]
    cited = ("Rule", "Sources", "Confidence", "Basis", "Since", "Note")
    if kinds:
        yield "Kinds of account:\n\n" + _table(("Kind", "Called", "Holds money of", *cited), kinds)
    if names:
        yield "The account's name must have:\n\n" + _table(("Kind", "Wording", *cited), names)
    if values:
        yield "Values:\n\n" + _table(("Value", "What it says", "Read as", *cited), values)
    if not pack.is_abstract:
        yield "What Chancery decides by:\n\n" + _decided(pack)


def _decided(pack: Pack) -> str:
    """Return the policy as a table, without the details of a deposit that is not asked for."""
    policy = Policy.of(pack)
    deposit, left_out = policy.deposit, list[Ruled[object]]()
    if deposit.kind.value is DepositKind.NONE:
        left_out += [deposit.due, deposit.restored]
    if deposit.kind.value is not DepositKind.QUARTERLY:
        left_out += [deposit.formula, deposit.published]
    rows = [_decision(each) for each in policy.settings() if each not in left_out]
    return _table(("Asked", "Here", "Rule", "Confidence", "Standing in"), rows)


def _decision(ruled: Ruled[object]) -> tuple[str, ...]:
    return (
        ruled.title,
        ruled.in_words,
        "strict default" if ruled.rule == STRICT_DEFAULT else ruled.rule,
        ruled.confidence or "",
        _STANDS_IN.get(ruled.note, ""),
    )


def _headlines(pack: Pack) -> Iterator[str]:
    yield f"Code `{pack.code}`, pack {pack.version}, {in_words(pack.status)}" + (
        "; a base for others, not to be chosen" if pack.is_abstract else ""
    )
    if pack.extends:
        cap = f", trusted to {pack.confidence_cap} at most" if pack.confidence_cap else ""
        yield f"Takes what it does not state from {packs.load(pack.extends).label}{cap}"
    if pack.regulator:
        yield f"Regulator: {pack.regulator}"
    yield f"Instrument: {pack.instrument}"
    if not pack.is_abstract:
        yield f"Language and zone: {pack.locale}, {pack.time_zone}; currency {pack.currency}"
        numbers = ", ".join(field.label for field in pack.bank_number_fields)
        yield f"Bank account number: {numbers}"
        yield f"Words: {'; '.join(_words(pack))}"
    if pack.note:
        yield f"Note: {pack.note}"


def _words(pack: Pack) -> Iterator[str]:
    for key, word in vars(pack.terms).items():
        if key != "fallbacks" and word:
            shown = f"*{word}*" if key in pack.terms.fallbacks else word
            cited = pack.cited_terms.get(key, word)
            shown += f" (in the sources: {cited})" if cited != word else ""
            yield f"{in_words(key)}: {shown}"


def _cells(cited: Cited) -> tuple[str, ...]:
    return (
        cited.authority,
        " ".join(f"[{identity}]" for identity in cited.source),
        cited.confidence,
        in_words(cited.basis),
        str(cited.valid_from or ""),
        cited.note or "",
    )


def _sources(everything: Iterable[Pack]) -> Iterator[str]:
    """Yield every source, and last the addresses that the marks in the tables lead to."""
    known = {
        identity: source for pack in everything for identity, source in pack.all_sources.items()
    }
    rows = [
        (f"[{identity}]", source.title, in_words(source.kind), source.note or "")
        for identity, source in sorted(known.items())
    ]
    yield _table(("Source", "Title", "Kind", "Note"), rows)
    yield "\n".join(f"[{identity}]: {source.url}" for identity, source in sorted(known.items()))


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    say.line(text().rstrip("\n"))

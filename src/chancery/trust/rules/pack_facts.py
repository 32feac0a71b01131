"""What a place asks, in the few lines that a person reads before choosing it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import JsonValue

from chancery.trust.rules.pack_schema import Confidence, Parameter, Source, lower_of
from chancery.trust.rules.pack_values import say
from chancery.trust.rules.packs import Pack

NOT_ESTABLISHED = "Not established."
_EACH_MONTH = "monthly_named_month"


@dataclass(frozen=True)
class Fact:
    """One line: what it is about, the sentence, and what makes it believable."""

    label: str
    sentence: str
    authority: str = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence | None = None


def facts(pack: Pack) -> tuple[Fact, ...]:
    """Return the lines on a place: words, reconciling, costs, retention, accounts and trust in it."""
    return (
        Fact("Words", pack.terms.summary),
        _reconciling(pack),
        _costs(pack),
        _kept(pack),
        Fact("Accounts allowed", ", ".join(kind.name for kind in pack.account_kinds)),
        Fact("Pack", pack.summary),
    )


def _reconciling(pack: Pack) -> Fact:
    frequency = pack.parameter("reconciliation.frequency")
    deadline = pack.parameter("reconciliation.deadline")
    parts = [_frequency(frequency.value)] if frequency else []
    parts += [_deadline(deadline.value)] if deadline else []
    fact = _cited(pack, "Reconcile", ", ".join(parts), deadline or frequency)
    if fact.confidence and frequency:
        return replace(fact, confidence=lower_of(fact.confidence, frequency.confidence))
    return fact


def _frequency(value: JsonValue) -> str:
    if value == _EACH_MONTH:
        return "each month"
    if isinstance(value, dict) and "max_interval_weeks" in value:
        return f"at most {value['max_interval_weeks']} weeks apart"
    return say(value)


def _deadline(value: JsonValue) -> str:
    return f"within {say(value)}" if isinstance(value, dict) and "n" in value else say(value)


def _costs(pack: Pack) -> Fact:
    wait = pack.parameter("costs_withdrawal.waiting_period")
    conditions = pack.parameter("costs_withdrawal.conditions")
    if wait and isinstance(wait.value, dict) and wait.value["n"]:
        return _cited(pack, "Costs from trust", say(wait.value), wait)
    return _cited(pack, "Costs from trust", say(conditions.value) if conditions else "", conditions)


def _kept(pack: Pack) -> Fact:
    years = pack.parameter("retention.years")
    return _cited(pack, "Records kept", "; ".join(_years(years)), years)


def _years(years: Parameter | None) -> Iterator[str]:
    if years and isinstance(years.value, dict):
        if "n" in years.value:
            anchor = years.value.get("anchor")
            yield f"{years.value['n']} years" + (f" after {say(anchor)}" if anchor else "")
        else:
            yield f"{say(years.value)} (years)"


def _cited(pack: Pack, label: str, words: str, cited: Parameter | None) -> Fact:
    if not words or cited is None:
        return Fact(label, NOT_ESTABLISHED)
    sentence = f"{words[0].upper()}{words[1:].rstrip('.')}."
    return Fact(label, sentence, cited.authority, pack.sources_of(cited), cited.confidence)

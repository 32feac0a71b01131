"""Judge whether the name of a trust bank account has the wording that a place asks for.

The answer is advice on the form, not a refusal: the bank may already have opened the account. Case,
punctuation and “&” do not count, nor do words such as Lawyers or Pty Ltd at the end of the firm's
name: the practice's registered name and its business name both serve, and only the firm knows both.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from chancery.trust.rules.pack_schema import Confidence, KindCode, NameRule, NameWording, Source

Outcome = Literal["satisfied", "warns", "nothing known"]

# fmt: off
_FORMS = frozenset({
    "and", "advocates", "associates", "at", "attorney", "attorneys", "barristers", "co", "company",
    "corporation", "firm", "group", "inc", "incorporated", "law", "lawyer", "lawyers", "legal",
    "limited", "llc", "llp", "lp", "ltd", "notaries", "of", "office", "offices", "pa", "partners",
    "partnership", "pc", "plc", "pllc", "practice", "pty", "solicitor", "solicitors", "the",
})
# fmt: on
_PLAIN_WORDS = ("trust account", "trust a/c", "client account", "client a/c")
_HAS = {1: "it", 2: "both", 3: "all three"}


@dataclass(frozen=True)
class NameFinding:
    """What a place asks of an account's name, and whether this name has it."""

    kind: KindCode
    outcome: Outcome
    sentence: str
    request: str = ""
    """What is asked, without the verdict on this name."""
    missing: tuple[str, ...] = ()
    authority: str = ""
    sources: tuple[Source, ...] = ()
    confidence: Confidence | None = None

    @property
    def is_satisfied(self) -> bool:
        """Tell whether the name has all that is known to be asked of it."""
        return self.outcome == "satisfied"

    @property
    def warns(self) -> bool:
        """Tell whether the name lacks something that is asked of it."""
        return self.outcome == "warns"


@dataclass(frozen=True)
class NamedAccount:
    """The account that is judged: its place, its kind, its name and its firm."""

    place: str
    kind: KindCode
    name: str
    firm_name: str


def judge(
    account: NamedAccount, rule: NameRule | None, sources: tuple[Source, ...] = ()
) -> NameFinding:
    """Return whether the account's name has what the rule asks, with a sentence for the form."""
    if rule is None:
        sentence = f"No wording is known to be asked of this account's name in {account.place}."
        return NameFinding(account.kind, "nothing known", sentence)
    request = _request(account.place, rule)
    missing = _missing(account.name, account.firm_name, rule.value)
    return NameFinding(
        kind=account.kind,
        outcome="warns" if missing else "satisfied",
        sentence=f"{request} {_verdict(missing, rule.value)}",
        request=request,
        missing=missing,
        authority=rule.authority,
        sources=sources,
        confidence=rule.confidence,
    )


def trust_words_in(name: str, wordings: Iterable[NameWording]) -> str:
    """Return the words in a name by which people know clients' money, or nothing.

    They are what the place asks of any kind of account, the firm's name apart, or plain words.
    """
    folded = _folded(name)
    asked_for = [phrase for wording in wordings for phrase in wording.must_contain_any]
    phrases = sorted({*asked_for, *_PLAIN_WORDS}, key=lambda phrase: (-len(phrase), phrase))
    return next((phrase for phrase in phrases if re.search(_pattern(phrase), folded)), "")


def asked(wording: NameWording) -> list[str]:
    """Return what a place asks of a name, each part with its preposition."""
    phrases = [f"“{phrase}”" for phrase in wording.must_contain_any]
    if wording.or_similar:
        phrases.append("a word like it")
    requests = [f"for {_listed(phrases, 'or')}"] if phrases else []
    if wording.must_contain_firm_name:
        requests.append("for the firm's name")
    if wording.must_contain_particulars:
        requests.append("for particulars that tell the account from others")
    return requests


def _missing(name: str, firm_name: str, wording: NameWording) -> tuple[str, ...]:
    folded = _folded(name)
    core = _core(firm_name)
    lacks = []
    if wording.must_contain_any and not any(
        re.search(_pattern(phrase), folded) for phrase in wording.must_contain_any
    ):
        lacks.append("the wording")
    if wording.must_contain_firm_name and not (core and re.search(_pattern(core), folded)):
        lacks.append("the firm's name")
    if wording.must_contain_particulars and not _particulars(folded, core, wording):
        lacks.append("the particulars")
    return tuple(lacks)


def _particulars(folded: str, core: str, wording: NameWording) -> list[str]:
    """Return the words that are neither the firm's name, nor the wording, nor small change."""
    left = folded
    for phrase in sorted((core, *wording.must_contain_any), key=len, reverse=True):
        left = re.sub(_pattern(phrase), " ", left) if phrase else left
    return [word for word in left.split() if word not in _FORMS]


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold().replace("&", " and ")
    text = re.sub("['/\u2019]", "", text)
    return " ".join(re.sub(r"[\W_]+", " ", text).split())


def _core(firm_name: str) -> str:
    """Return the firm's name without the words of form at its ends, unless it has no other."""
    words = _folded(firm_name).split()
    telling = [at for at, word in enumerate(words) if word not in _FORMS]
    return " ".join(words[telling[0] : telling[-1] + 1] if telling else words)


def _pattern(phrase: str) -> str:
    return rf"(?<!\w){re.escape(_folded(phrase))}s?(?!\w)"


def _request(place: str, rule: NameRule) -> str:
    verb = "ask" if " and " in place else "asks"
    authority = f" ({rule.authority})" if rule.authority else ""
    return f"{place} {verb} {_listed(asked(rule.value), 'and')} in the account name{authority}."


def _verdict(missing: tuple[str, ...], wording: NameWording) -> str:
    if not missing:
        return f"This name has {_HAS[len(asked(wording))]}."
    unless = ", unless a word in it means the same" if wording.or_similar else ""
    return f"This name lacks {_listed(missing, 'and')}{unless}."


def _listed(parts: Sequence[str], last: str) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"

"""The jurisdictions a firm can choose from: their words, account kinds, rules and citations.

A pack is research, not legal advice, and says of each value how far it may be trusted. Packs are
data of the program: they are read once in a process and never change while it runs.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import ClassVar

from chancery.lib.refusals import Refusal
from chancery.trust.rules import account_names, bank_numbers, pack_findings, pack_inheritance
from chancery.trust.rules.account_names import NamedAccount, NameFinding
from chancery.trust.rules.pack_findings import PackFinding, Shelf
from chancery.trust.rules.pack_inheritance import Resolved
from chancery.trust.rules.pack_schema import (
    AccountKindText,
    BankNumberField,
    Cited,
    Confidence,
    KindCode,
    NameRule,
    Parameter,
    Source,
)
from chancery.trust.rules.pack_terms import Terms

FOLDER = Path(__file__).parent.parent / "jurisdictions"
DISCLAIMER = "Research, not legal advice."
_FEW = 8  # fewer values than this of at least medium confidence leave most questions to the firm


class BrokenPacks(Exception):
    """The program was delivered with packs that are wrong; every finding is in the message."""

    def __init__(self, findings: list[PackFinding]) -> None:
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


@dataclass(eq=False)
class UnknownJurisdiction(Refusal):
    """No pack has this code."""

    code: ClassVar[str] = "trust.unknown_jurisdiction"

    asked: str

    def __str__(self) -> str:
        return f"There is no jurisdiction “{self.asked}”; choose one from the list."


@dataclass(eq=False)
class JurisdictionIsAParent(Refusal):
    """The pack exists for others to build on; no firm keeps its money by it."""

    code: ClassVar[str] = "trust.jurisdiction_is_a_parent"

    label: str

    def __str__(self) -> str:
        return f"{self.label} is a base for other places; choose the firm's own place."


@dataclass(frozen=True)
class AccountKind:
    """A kind of trust account that a place knows, under its local word."""

    kind: KindCode
    word: str
    one_client: bool
    cited: AccountKindText

    @property
    def name(self) -> str:
        """Return the kind's plain name, the same everywhere: Current, Investment and so on."""
        return self.kind.capitalize()


@dataclass(frozen=True)
class FlatParameter:
    """One value of a pack with its citation, as a list shows it."""

    path: str
    parameter: Parameter
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class BankNumber:
    """A whole bank account number: its parts in normal form, and how it is shown."""

    parts: Mapping[str, str]
    shown: str
    findings: Mapping[str, tuple[str, ...]]

    @property
    def is_valid(self) -> bool:
        """Tell whether nothing was found against any part."""
        return not self.findings


class Pack:
    """A place's rules and words, resolved with all that it inherits."""

    def __init__(self, place: Resolved, sources: Mapping[str, Source]) -> None:
        self._place = place
        self.all_sources = sources
        self.code = place.file.code
        self.name = place.file.name
        self.label = place.file.label
        self.version = place.file.version
        self.extends = place.file.extends
        self.is_abstract = place.file.abstract
        self.country = place.country or ""
        self.country_name = place.country_name or ""
        self.currency = place.currency or ""
        self.locale = place.locale or ""
        self.time_zone = place.file.time_zone or ""
        self.regulator = place.file.regulator or ""
        self.instrument = place.instrument or ""
        self.status = place.file.status
        self.note = place.file.note or ""
        self.cited_terms = dict[str, str](place.terms.items())
        self.confidence_cap = place.cap
        self.account_name_rules: Mapping[KindCode, NameRule] = place.account_name_rules
        self.bank_number_fields: tuple[BankNumberField, ...] = place.bank_number_fields

    def __repr__(self) -> str:
        return f"<Pack {self.code} {self.version}>"

    @cached_property
    def terms(self) -> Terms:
        """Return the words for the screen; complete for every place that can be chosen."""
        return Terms.of(self._place)

    @cached_property
    def account_kinds(self) -> tuple[AccountKind, ...]:
        """Return the kinds of trust account that the place allows, the current one first."""
        return tuple(
            AccountKind(kind, text.word, text.one_client, text)
            for kind, text in sorted(
                self._place.account_kinds.items(), key=lambda each: _KIND_ORDER.index(each[0])
            )
        )

    def account_kind(self, kind: str) -> AccountKind | None:
        """Return one kind of account; None where the place does not know it."""
        return next((known for known in self.account_kinds if known.kind == kind), None)

    def check_account_name(self, kind: KindCode, name: str, firm_name: str) -> NameFinding:
        """Return what the place asks of such an account's name, and whether this name has it."""
        rule = self.account_name_rules.get(kind)
        account = NamedAccount(self.name, kind, name, firm_name)
        return account_names.judge(account, rule, self.sources_of(rule) if rule else ())

    def read_bank_number(self, parts: Mapping[str, str]) -> BankNumber:
        """Read the parts of a bank account number by the keys of ``bank_number_fields``."""
        readings = {
            field.key: bank_numbers.read(field.check, parts.get(field.key, ""))
            for field in self.bank_number_fields
        }
        return BankNumber(
            parts={key: reading.normal for key, reading in readings.items() if reading.is_valid},
            shown=" ".join(reading.display for reading in readings.values()).strip(),
            findings={key: each.findings for key, each in readings.items() if not each.is_valid},
        )

    @cached_property
    def _parameters(self) -> tuple[FlatParameter, ...]:
        return tuple(
            FlatParameter(path, parameter, self.sources_of(parameter))
            for path, parameter in sorted(self._place.parameters.items())
        )

    def parameters(self) -> tuple[FlatParameter, ...]:
        """Return every value of the pack, inherited ones included, in the order of their paths."""
        return self._parameters

    def parameter(self, path: str) -> Parameter | None:
        """Return one value, such as ``reconciliation.deadline``; None where nothing is known."""
        return self._place.parameters.get(path)

    def own_parameters(self) -> tuple[FlatParameter, ...]:
        """Return the values that the pack itself states."""
        return tuple(each for each in self._parameters if each.parameter.stated_by == self.code)

    def sources_of(self, cited: Cited) -> tuple[Source, ...]:
        """Return the pages and rules that a statement cites."""
        return tuple(self.all_sources[identity] for identity in cited.source)

    def confidence_counts(self) -> Mapping[Confidence, int]:
        """Return how many values stand at each confidence."""
        counts = Counter(each.confidence for each in self._place.parameters.values())
        return {"high": counts["high"], "medium": counts["medium"], "low": counts["low"]}

    @property
    def is_thin(self) -> bool:
        """Tell whether the screen must warn: the text was not read well, or little of it is known."""
        counts = self.confidence_counts()
        sure = counts["high"] + counts["medium"]
        return self.status != "ready_for_legal_review" or sure < _FEW

    @property
    def summary(self) -> str:
        """Return the pack's version and how far it may be trusted, in two sentences."""
        counts = self.confidence_counts()
        total = sum(counts.values())
        return (
            f"{self.version}, high confidence in {counts['high']} of {total} values. {DISCLAIMER}"
        )


_KIND_ORDER: tuple[KindCode, ...] = ("current", "investment", "controlled", "statutory")


def choose(code: str) -> Pack:
    """Return the pack of a place that a firm may keep its client money by.

    Refuses: UnknownJurisdiction, JurisdictionIsAParent.
    """
    pack = load(code)
    if pack.is_abstract:
        raise JurisdictionIsAParent(pack.label)
    return pack


@cache
def load(code: str) -> Pack:
    """Return one pack; read it and the packs it extends, and no other.

    Refuses: UnknownJurisdiction.
    """
    if code not in _codes():
        raise UnknownJurisdiction(code)
    return _packs(pack_findings.read_line(FOLDER, code))[code]


@cache
def load_all() -> Mapping[str, Pack]:
    """Return every pack by its code, parents included; read them once in a process."""
    return MappingProxyType(_packs(pack_findings.read_all(FOLDER)))


@cache
def choosable() -> tuple[Pack, ...]:
    """Return the places a firm may choose, by country and then by name."""
    places = (pack for pack in load_all().values() if not pack.is_abstract)
    return tuple(sorted(places, key=lambda pack: (pack.country_name, pack.name)))


@cache
def _codes() -> frozenset[str]:
    """Return the codes that have a file, so that a code never becomes a path unseen."""
    return frozenset(path.stem for path in FOLDER.glob("*.yaml")) - {"sources"}


def _packs(shelf: Shelf) -> dict[str, Pack]:
    if shelf.findings:
        raise BrokenPacks(shelf.findings)
    lines = {code: pack_inheritance.chain(code, shelf.files)[0] for code in shelf.files}
    return {
        code: Pack(pack_inheritance.resolve(line), shelf.sources) for code, line in lines.items()
    }

"""Read packs from their folder and say everything that is wrong with them at once.

One broken line never hides the next: what cannot be read is a finding, and the rest is still read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ValidationError

from chancery.trust.rules import pack_inheritance, pack_values, pack_yaml
from chancery.trust.rules.pack_inheritance import Resolved
from chancery.trust.rules.pack_schema import Cited, PackFile, Source, TermKey

SOURCES = "sources.yaml"
_OPTIONAL_TERMS = frozenset({"extra"})
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class PackFinding:
    """What is wrong, where in which file."""

    file: str
    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.where}: {self.sentence}"


@dataclass
class Shelf:
    """The packs and sources of one folder as far as they were read, and what was found."""

    files: dict[str, PackFile] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    findings: list[PackFinding] = field(default_factory=list)

    def found(self, file: str, where: str, sentence: str) -> None:
        """Note a finding."""
        self.findings.append(PackFinding(file, where, sentence))


def read_all(folder: Path) -> Shelf:
    """Read every file of a folder and check each, their lines and their sources."""
    shelf = Shelf()
    read_sources(folder, shelf)
    for path in sorted(folder.glob("*.yaml")):
        if path.name != SOURCES:
            read_file(path, shelf)
    for code in shelf.files:
        check(code, shelf)
    cited = {identity for file in shelf.files.values() for _, identity in _citations(file)}
    for identity in sorted(shelf.sources.keys() - cited):
        shelf.found(SOURCES, identity, "no pack cites this source")
    return shelf


def read_line(folder: Path, code: str) -> Shelf:
    """Read one pack with the packs it extends, and check it; read no other."""
    shelf = Shelf()
    read_sources(folder, shelf)
    wanted: str | None = code
    while wanted is not None and wanted not in shelf.files and (folder / f"{wanted}.yaml").exists():
        read_file(folder / f"{wanted}.yaml", shelf)
        wanted = shelf.files[wanted].extends if wanted in shelf.files else None
    if code in shelf.files:
        check(code, shelf)
    return shelf


def read_sources(folder: Path, shelf: Shelf) -> None:
    """Read the sources that packs may cite."""
    for identity, written in _mapping(folder / SOURCES, shelf).items():
        source = _model(Source, written, SOURCES, identity, shelf)
        if source:
            shelf.sources[identity] = source


def read_file(path: Path, shelf: Shelf) -> None:
    """Read one pack as it is written."""
    written = _mapping(path, shelf)
    file = _model(PackFile, written, path.name, "", shelf) if written else None
    if file is None:
        return
    if file.code != path.stem:
        shelf.found(path.name, "code", f"“{file.code}” stands in a file named {path.name}")
    shelf.files[path.stem] = file


def check(code: str, shelf: Shelf) -> None:
    """Note what is wrong with a pack that could be read, alone and together with its parents."""
    file, name = shelf.files[code], f"{code}.yaml"
    for where, identity in _citations(file):
        if identity not in shelf.sources:
            shelf.found(name, where, f"no source is named “{identity}”")
    for path, parameter in pack_inheritance.flat(file).items():
        for written in (parameter.value, parameter.typed):
            for fault in pack_values.faults(path, written):
                shelf.found(name, f"parameters.{path}", fault)
    line, fault = pack_inheritance.chain(code, shelf.files)
    if fault:
        shelf.found(name, "extends", fault)
    elif not file.abstract:
        for where, sentence in _gaps(pack_inheritance.resolve(line)):
            shelf.found(name, where, sentence)


def _gaps(place: Resolved) -> Iterator[tuple[str, str]]:
    """Yield what a place that can be chosen still lacks, or has to no purpose."""
    for name in ("country", "country_name", "currency", "locale"):
        if getattr(place, name) is None:
            yield name, "a place needs it, of its own or from a parent"
    if place.locale and place.country and not place.locale.endswith(place.country):
        yield "locale", f"{place.locale} is not of {place.country}"
    if not _is_zone(place.file.time_zone):
        yield "time_zone", f"“{place.file.time_zone}” is not a time zone"
    if not place.bank_number_fields:
        yield "bank_number_fields", "a place needs the fields of its bank account numbers"
    if "current" not in place.account_kinds:
        yield "account_kinds", "a place needs a current account"
    for kind in sorted(place.account_name_rules.keys() - place.account_kinds.keys()):
        yield f"account_name_rules.{kind}", "the place has no such kind of account"
    yield from _term_gaps(place)


def _term_gaps(place: Resolved) -> Iterator[tuple[str, str]]:
    """Yield the words that are missing, said twice, or not one word for the screen."""
    for key in sorted(place.terms.keys() & place.fallback_terms.keys()):
        yield f"fallback_terms.{key}", "a cited word needs no fallback"
    words = {**place.terms, **place.fallback_terms, **place.screen_terms}
    for key in get_args(TermKey):
        if key not in words and key not in _OPTIONAL_TERMS:
            yield f"terms.{key}", "a place needs this word, cited or as a fallback"
        elif key not in _OPTIONAL_TERMS and set(words[key]) & set("/()"):
            yield f"screen_terms.{key}", f"“{words[key]}” needs one word for the screen"


def _is_zone(name: str | None) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name or ""))
    except (ZoneInfoNotFoundError, ValueError):
        return False


def _citations(file: PackFile) -> Iterator[tuple[str, str]]:
    groups: Iterable[tuple[str, Mapping[Any, Cited]]] = (
        ("account_kinds", file.account_kinds),
        ("account_name_rules", file.account_name_rules),
        ("parameters", pack_inheritance.flat(file)),
    )
    for group, statements in groups:
        for key, statement in statements.items():
            for identity in statement.source:
                yield f"{group}.{key}", identity


def _mapping(path: Path, shelf: Shelf) -> dict[str, Any]:
    try:
        return pack_yaml.read(path)
    except pack_yaml.UnreadablePack as fault:
        shelf.found(path.name, "file", str(fault))
        return {}


def _model(
    model: type[_Model], written: object, file: str, within: str, shelf: Shelf
) -> _Model | None:
    try:
        return model.model_validate(written)
    except ValidationError as faults:
        for fault in faults.errors():
            steps = [within, *(str(step) for step in fault["loc"])]
            shelf.found(file, ".".join(step for step in steps if step) or "file", fault["msg"])
        return None

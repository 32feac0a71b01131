"""Make one resolved pack of a file and the files it extends.

A child overrides its parent key by key; a parameter, a kind or a name rule is replaced whole, so
that a value never carries another place's rule number. A pack with a confidence cap trusts nothing
it inherits, and hands nothing on, above that cap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chancery.trust.rules.pack_schema import (
    AccountKindText,
    BankNumberField,
    Cited,
    Confidence,
    KindCode,
    NameRule,
    PackFile,
    Parameter,
    TermKey,
    lower_of,
)

_Statement = TypeVar("_Statement", bound=Cited)
_Key = TypeVar("_Key", bound=str)


@dataclass(frozen=True)
class Resolved:
    """What a file says together with what it inherits."""

    file: PackFile
    country: str | None
    country_name: str | None
    currency: str | None
    locale: str | None
    instrument: str | None
    terms: Mapping[TermKey, str]
    fallback_terms: Mapping[TermKey, str]
    screen_terms: Mapping[TermKey, str]
    account_kinds: Mapping[KindCode, AccountKindText]
    account_name_rules: Mapping[KindCode, NameRule]
    bank_number_fields: tuple[BankNumberField, ...]
    parameters: Mapping[str, Parameter]
    cap: Confidence | None


def chain(code: str, files: Mapping[str, PackFile]) -> tuple[list[PackFile], str]:
    """Return a pack's files from the eldest to itself, and the fault that ends the line if any."""
    line: list[PackFile] = []
    seen: set[str] = set()
    wanted: str | None = code
    while wanted is not None:
        if wanted in seen:
            return line, f"“{wanted}” extends itself in the end"
        if wanted not in files:
            return line, f"“{wanted}” is not a pack"
        seen.add(wanted)
        line.insert(0, files[wanted])
        wanted = files[wanted].extends
    return line, ""


def resolve(line: Sequence[PackFile]) -> Resolved:
    """Return the last file of a line with all that it inherits."""
    resolved = _of(line[0])
    for child in line[1:]:
        resolved = _extended(resolved, _of(child))
    return resolved


def flat(file: PackFile) -> dict[str, Parameter]:
    """Return a file's own parameters by path, such as ``reconciliation.deadline``."""
    return {
        f"{section}.{name}": parameter
        for section, parameters in file.parameters.items()
        for name, parameter in parameters.items()
    }


def _of(file: PackFile) -> Resolved:
    return Resolved(
        file=file,
        country=file.country,
        country_name=file.country_name,
        currency=file.currency,
        locale=file.locale,
        instrument=file.instrument,
        terms=file.terms,
        fallback_terms=file.fallback_terms,
        screen_terms=file.screen_terms,
        account_kinds=_stated(file.account_kinds, file.code),
        account_name_rules=_stated(file.account_name_rules, file.code),
        bank_number_fields=file.bank_number_fields,
        parameters=_stated(flat(file), file.code),
        cap=file.inheritance.confidence_cap if file.inheritance else None,
    )


def _extended(parent: Resolved, own: Resolved) -> Resolved:
    cap = own.cap if parent.cap is None else lower_of(parent.cap, own.cap)
    replaced = own.terms.keys()
    return Resolved(
        file=own.file,
        country=own.country or parent.country,
        country_name=own.country_name or parent.country_name,
        currency=own.currency or parent.currency,
        locale=own.locale or parent.locale,
        instrument=own.instrument or parent.instrument,
        terms={**parent.terms, **own.terms},
        fallback_terms={**_without(parent.fallback_terms, replaced), **own.fallback_terms},
        screen_terms={**_without(parent.screen_terms, replaced), **own.screen_terms},
        account_kinds=_merged(parent.account_kinds, own.account_kinds, cap),
        account_name_rules=_merged(parent.account_name_rules, own.account_name_rules, cap),
        bank_number_fields=own.bank_number_fields or parent.bank_number_fields,
        parameters=_merged(parent.parameters, own.parameters, cap),
        cap=cap,
    )


def _stated(statements: Mapping[_Key, _Statement], by: str) -> dict[_Key, _Statement]:
    return {key: statement.stated(by) for key, statement in statements.items()}


def _merged(
    inherited: Mapping[_Key, _Statement], own: Mapping[_Key, _Statement], cap: Confidence | None
) -> dict[_Key, _Statement]:
    capped = {key: statement.capped(cap) for key, statement in inherited.items()}
    return {**capped, **own}


def _without(terms: Mapping[TermKey, str], gone: Iterable[TermKey]) -> dict[TermKey, str]:
    left_out = set(gone)
    return {key: word for key, word in terms.items() if key not in left_out}

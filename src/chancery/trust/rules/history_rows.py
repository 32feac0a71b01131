"""What one row of an imported history says, and what is wrong with it taken by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chancery.lib.comma_files import Row, Table
from chancery.trust.rules import past_rows
from chancery.trust.rules.past_rows import Finding, Locale
from chancery.trust.rules.policy_clearing import Method

TABLE = Table(
    columns=("date", "matter", "kind", "amount", "to_matter", "party", "reference", "method"),
    needed=("date", "matter", "kind", "amount"),
    rows_at_most=100_000,
)
OWN = "own"
"""What stands in the column of matters for the firm's own money."""
LENGTHS: Mapping[str, int] = {
    "date": 40,
    "matter": 60,
    "kind": 40,
    "amount": 40,
    "to_matter": 60,
    "party": 200,
    "reference": 80,
    "method": 40,
}


class PastKind(StrEnum):
    """What happened; the value is how a file names it."""

    RECEIPT = "receipt"
    WITHDRAWAL = "withdrawal"
    TRANSFER = "transfer"
    INTEREST = "interest"
    BANK_CHARGE = "bank charge"
    DISHONOR = "dishonor"

    @property
    def brings(self) -> bool:
        """Tell whether it adds to the ledger it names; a transfer takes from it."""
        return self in (PastKind.RECEIPT, PastKind.INTEREST)


_KINDS: Mapping[str, PastKind] = {
    **{kind.value: kind for kind in PastKind},
    "payment": PastKind.WITHDRAWAL,
    "dishonour": PastKind.DISHONOR,
    "journal": PastKind.TRANSFER,
}
_METHODS: Mapping[str, Method] = {
    **{method.value.replace("_", " "): method for method in Method},
    "check": Method.CHEQUE,
    "eft": Method.ELECTRONIC,
}


@dataclass(frozen=True)
class PastRow:
    """One movement of the past. Without a ``method`` money received counted as cleared on its day."""

    number: int
    on: date
    kind: PastKind
    amount_minor: int
    matter: str
    to_matter: str = ""
    party: str = ""
    reference: str = ""
    method: Method | None = None


def read(row: Row, locale: Locale) -> tuple[PastRow | None, list[Finding]]:
    """Return what a row says, if it can be read at all, and everything wrong with it."""
    cells = row.cells
    findings = [] if row.is_whole else [_UNEVEN]
    on = past_rows.day(cells.get("date", ""), locale)
    minor = past_rows.amount(cells.get("amount", ""), locale.currency)
    kind = _KINDS.get(_plain(cells.get("kind", "")), _NO_KIND)
    method = _method(cells.get("method", ""))
    findings += [each for each in (on, kind, minor, method) if isinstance(each, Finding)]
    findings += [
        Finding("too_long", f"The column {name} has at most {most} characters.")
        for name, most in LENGTHS.items()
        if len(cells.get(name, "")) > most
    ]
    if (
        isinstance(on, Finding)
        or isinstance(kind, Finding)
        or isinstance(minor, Finding)
        or isinstance(method, Finding)
    ):
        return None, findings
    party, reference = cells.get("party", ""), cells.get("reference", "")
    past = PastRow(row.number, on, kind, minor, *ends_of(row), party, reference, method)
    return past, findings + _ends(past)


def ends_of(row: Row) -> tuple[str, str]:
    """Return which ledgers a row names, also where nothing else of it can be read."""
    return _end(row.cells.get("matter", "")), _end(row.cells.get("to_matter", ""))


def plain_kind(typed: str) -> str:
    """Return a kind as files name it, in whichever of its words it was written."""
    kind = _KINDS.get(_plain(typed))
    return kind.value if kind else typed


def _ends(row: PastRow) -> list[Finding]:
    """Return what is wrong with the ledgers that a row names."""
    if not row.matter:
        return [
            Finding("no_matter", "Enter the matter's number, or “own” for the firm's own money.")
        ]
    if row.kind is not PastKind.TRANSFER:
        return [_NO_TARGET] if row.to_matter else []
    if not row.to_matter:
        return [Finding("no_target", "A transfer names its other matter in the column to_matter.")]
    return [_SAME_LEDGER] if row.to_matter == row.matter else []


def _method(typed: str) -> Method | Finding | None:
    if not typed:
        return None
    known = ", ".join(method.value.replace("_", " ") for method in Method)
    return _METHODS.get(_plain(typed)) or Finding(
        "unknown_method", f"“{typed[:40]}” is no method. Write one of {known}, or leave it empty."
    )


def _end(typed: str) -> str:
    return OWN if typed.casefold() == OWN else typed


def _plain(typed: str) -> str:
    return typed.casefold().replace("_", " ").replace("-", " ")


_UNEVEN = Finding("cells_do_not_fit", "The row has more or fewer cells than the heading.")
_NO_KIND = Finding("unknown_kind", f"Write one of {', '.join(PastKind)} as the kind.")
_NO_TARGET = Finding("target_without_transfer", "Only a transfer names another matter.")
_SAME_LEDGER = Finding("same_ledger", "A transfer goes to another matter than it comes from.")

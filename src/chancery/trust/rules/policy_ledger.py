"""How a place has ledgers kept: overdrawing, unit, posting, corrections, and what the system must do."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words
from chancery.trust.rules.spans import Due, Span, sooner


class Overdraw(StrEnum):
    """What becomes of an entry that would put a client's ledger below zero."""

    BLOCK = "block"
    RECORD = "record"


class Unit(StrEnum):
    """Whose money one ledger may hold."""

    CLIENT_AND_MATTER = "client_and_matter"
    CLIENT = "client"


@dataclass(frozen=True)
class Corrections:
    """How a posted entry is put right: never by a change, perhaps only dated today."""

    by_reversal: bool
    dated_today: bool

    def __str__(self) -> str:
        return "by a reversing entry" + (" dated today" if self.dated_today else "")


@dataclass(frozen=True)
class Deletion:
    """What must be so before a ledger is closed, and whether a copy stays."""

    balance_zero: bool
    no_unpresented_cheques: bool
    keep_copy: bool

    def __str__(self) -> str:
        asked = {
            "at a zero balance": self.balance_zero,
            "with no unpresented cheque": self.no_unpresented_cheques,
            "keeping a copy": self.keep_copy,
        }
        return ", ".join(words for words, is_asked in asked.items() if is_asked)


def _overdraw(value: JsonValue) -> Overdraw | None:
    match readers.part(value, "policy") or value:
        case "block" | "block_absolute":
            return Overdraw.BLOCK
        case "block_or_record" | "record":
            return Overdraw.RECORD
    return None


def _corrections(value: JsonValue) -> Corrections | None:
    by_reversal, today = readers.part(value, "by_reversal"), readers.part(value, "dated_today")
    if not isinstance(by_reversal, bool) or not isinstance(today, bool):
        return None
    return Corrections(by_reversal, today)


def _stricter_corrections(one: Corrections, other: Corrections) -> bool:
    return one.by_reversal >= other.by_reversal and one.dated_today >= other.dated_today


def _deletion(value: JsonValue) -> Deletion | None:
    names = ("balance_zero", "no_unpresented_cheques", "keep_permanent_copy")
    flags = [found for name in names if isinstance(found := readers.part(value, name), bool)]
    return Deletion(*flags) if len(flags) == len(names) else None


def _stricter_deletion(one: Deletion, other: Deletion) -> bool:
    return all(asked >= also for asked, also in zip(vars(one).values(), vars(other).values()))  # noqa: B905 - one class


def _posting(value: JsonValue) -> Due | None:
    return Due.read(readers.part(value, "deadline") or value)


OVERDRAW = Setting(
    paths=("ledger.overdraw",),
    title="An entry that would overdraw a client's ledger",
    read=_overdraw,
    is_as_strict=readers.ranked(Overdraw.BLOCK, Overdraw.RECORD),
    strictest=Overdraw.BLOCK,
)
UNIT = Setting(
    paths=("ledger.unit", "ledger.records"),
    title="One ledger for each",
    read=readers.choice(Unit),
    is_as_strict=readers.ranked(Unit.CLIENT_AND_MATTER, Unit.CLIENT),
    strictest=Unit.CLIENT_AND_MATTER,
)
POSTING = Setting(
    paths=("ledger.posting",),
    title="Post to the ledger",
    read=_posting,
    is_as_strict=sooner,
    strictest=Due(Span(5, "working_days")),
)
RUNNING_BALANCE = Setting(
    paths=("ledger.running_balance",),
    title="A balance after every entry",
    read=readers.flag("running_balance"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
CORRECTIONS = Setting(
    paths=("system.amendments", "ledger.corrections", "ledger.immutability"),
    title="Put a posted entry right",
    read=_corrections,
    is_as_strict=_stricter_corrections,
    strictest=Corrections(by_reversal=True, dated_today=True),
)
DELETION = Setting(
    paths=("system.ledger_deletion",),
    title="Close a ledger only",
    read=_deletion,
    is_as_strict=_stricter_deletion,
    strictest=Deletion(balance_zero=True, no_unpresented_cheques=True, keep_copy=True),
)
TITLE_FIELDS = Setting[tuple[str, ...]](
    paths=("ledger.title_fields",),
    title="A ledger's title names",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=("person_name", "person_address", "matter_particulars"),
)
TRANSACTION_FIELDS = Setting[tuple[str, ...]](
    paths=("ledger.transaction_fields",),
    title="A ledger's entry shows",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=(
        *("date", "reference_number", "transaction_type", "reason", "amount"),
        *("receipt: provider and date if different", "cheque: payee"),
        "eft: account name, number, BSB, person benefiting",
        "journal: other ledger reference, person, matter",
    ),
)
MASTER_LOG = Setting[tuple[str, ...]](
    paths=("system.master_data_log",),
    title="Changes are logged of",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=(
        *("client_name", "client_address", "matter_reference", "matter_description"),
        "ledger_number_or_descriptor",
    ),
)
CHRONOLOGICAL = Setting(
    paths=("system.chronological_output",),
    title="Reports in the order of days",
    read=readers.flag("chronological"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
NUMBERED_PAGES = Setting(
    paths=("system.page_numbering",),
    title="Every page numbered",
    read=readers.flag("numbered"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
MANDATORY_FIELDS = Setting(
    paths=("system.mandatory_fields",),
    title="No required field left empty",
    read=readers.flag("mandatory"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
PRINT_BEFORE_DELETE = Setting[tuple[str, ...]](
    paths=("system.print_before_delete",),
    title="Printed before anything is archived",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=(
        *("trust ledger accounts", "register of controlled money"),
        "trust transfer journal",
    ),
)
SETTINGS = (
    *(OVERDRAW, UNIT, POSTING, RUNNING_BALANCE, CORRECTIONS, DELETION, TITLE_FIELDS),
    *(TRANSACTION_FIELDS, MASTER_LOG, CHRONOLOGICAL, NUMBERED_PAGES, MANDATORY_FIELDS),
    PRINT_BEFORE_DELETE,
)
WORDS = {
    "ledger.overdraw": "Overdrawing a ledger",
    "ledger.sufficient_funds_per_client": "Enough held for the client",
    "ledger.cover": "The bank covers every balance",
    "ledger.offset": "Setting one balance off against another",
    "ledger.records": "Keeping ledgers",
    "ledger.corrections": "Corrections",
    "ledger.immutability": "Nothing is altered afterwards",
    "system.amendments": "Amendments",
}


@dataclass(frozen=True)
class LedgerPolicy:
    """How ledgers are kept."""

    overdraw: Ruled[Overdraw]
    unit: Ruled[Unit]
    posting: Ruled[Due]
    running_balance: Ruled[bool]
    corrections: Ruled[Corrections]
    deletion: Ruled[Deletion]
    title_fields: Ruled[tuple[str, ...]]
    transaction_fields: Ruled[tuple[str, ...]]
    master_log: Ruled[tuple[str, ...]]
    chronological: Ruled[bool]
    numbered_pages: Ruled[bool]
    mandatory_fields: Ruled[bool]
    print_before_delete: Ruled[tuple[str, ...]]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "LedgerPolicy":
        """Return what a place asks of its ledgers."""
        return cls(
            overdraw=reading.of(OVERDRAW),
            unit=reading.of(UNIT),
            posting=reading.of(POSTING),
            running_balance=reading.of(RUNNING_BALANCE),
            corrections=reading.of(CORRECTIONS),
            deletion=reading.of(DELETION),
            title_fields=reading.of(TITLE_FIELDS),
            transaction_fields=reading.of(TRANSACTION_FIELDS),
            master_log=reading.of(MASTER_LOG),
            chronological=reading.of(CHRONOLOGICAL),
            numbered_pages=reading.of(NUMBERED_PAGES),
            mandatory_fields=reading.of(MANDATORY_FIELDS),
            print_before_delete=reading.of(PRINT_BEFORE_DELETE),
            words=reading.words(WORDS),
        )

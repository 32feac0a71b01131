"""Which kinds of money and account a place knows, and what each and every transfer asks."""

from dataclasses import dataclass

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words

TRANSIT, POWER, WRITTEN_DIRECTION = "transit_money", "power_money", "written_direction_money"
CONTROLLED = "controlled_money"


def _types(value: JsonValue) -> frozenset[str] | None:
    found = readers.names(value)
    return None if found is None else frozenset(name.split(" (")[0] for name in found)


TYPES = Setting(
    paths=("account.types",),
    title="Kinds of money and account",
    read=_types,
    is_as_strict=readers.allows_no_more,
    strictest=frozenset[str](),
)
DIRECTION = Setting(
    paths=("account.controlled_money_direction",),
    title="Controlled money needs a written direction",
    read=readers.flag("written_direction"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
REGISTER_FIELDS = Setting[tuple[str, ...]](
    paths=("account.controlled_money_register_fields",),
    title="The register of controlled money shows",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=(
        *("person", "address", "matter", "changes to those", "date received"),
        *("receipt number", "date deposited", "account details", "amount"),
        *("deposit details", "interest", "payments"),
    ),
)
WRITTEN_AUTHORITY = Setting(
    paths=("journal_transfers.allowed_if",),
    title="A transfer between ledgers is authorised in writing",
    read=readers.flag("written_authority"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
JOURNAL_NUMBERING = Setting(
    paths=("journal_transfers.numbering",),
    title="Transfers are numbered in order",
    read=readers.flag("consecutive"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
JOURNAL_FIELDS = Setting[tuple[str, ...]](
    paths=("journal_transfers.fields",),
    title="The record of a transfer shows",
    read=readers.names,
    is_as_strict=readers.holds_all,
    strictest=(
        *("date", "from_ledger", "to_ledger", "amount", "matter_reference"),
        *("matter_short_description", "authority"),
    ),
)
TIED_TO_CLIENT = Setting(
    paths=("journal_transfers.client_to_office",),
    title="No round sums to the office: every transfer names its client",
    read=readers.flag("tied_to_client"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
SETTINGS = (
    *(TYPES, DIRECTION, REGISTER_FIELDS, WRITTEN_AUTHORITY, JOURNAL_NUMBERING),
    *(JOURNAL_FIELDS, TIED_TO_CLIENT),
)
WORDS = {
    "account.controlled_money_direction": "Controlled money",
    "account.controlled_money_name_must_contain": "The name of a controlled money account",
    "account.banking_facility": "No banking for clients",
    "account.closing": "Closing an account",
    "journal_transfers.allowed_if": "Transfers between ledgers",
    "journal_transfers.authorised_by": "Who authorises a transfer",
    "journal_transfers.between_clients": "Transfers between clients",
    "journal_transfers.client_to_office": "Transfers to the office account",
    "journal_transfers.numbering": "Numbering of transfers",
    "journal_transfers.register": "The journal of transfers",
    "ledger.unit": "Ledgers",
}


@dataclass(frozen=True)
class AccountsPolicy:
    """Kinds of money, controlled money, and transfers between ledgers."""

    types: Ruled[frozenset[str]]
    direction: Ruled[bool]
    register_fields: Ruled[tuple[str, ...]]
    written_authority: Ruled[bool]
    journal_numbering: Ruled[bool]
    journal_fields: Ruled[tuple[str, ...]]
    tied_to_client: Ruled[bool]
    words: tuple[Words, ...]

    @property
    def keeps_transit_register(self) -> bool:
        """Tell whether the place knows money that only passes through to another."""
        return TRANSIT in self.types.value

    @property
    def keeps_power_register(self) -> bool:
        """Tell whether the place knows money that the firm has power over for a client."""
        return POWER in self.types.value

    @property
    def knows_controlled_money(self) -> bool:
        """Tell whether the place knows controlled money by that name."""
        return CONTROLLED in self.types.value

    @classmethod
    def of(cls, reading: Reading) -> "AccountsPolicy":
        """Return what a place asks of accounts and transfers."""
        return cls(
            types=reading.of(TYPES),
            direction=reading.of(DIRECTION),
            register_fields=reading.of(REGISTER_FIELDS),
            written_authority=reading.of(WRITTEN_AUTHORITY),
            journal_numbering=reading.of(JOURNAL_NUMBERING),
            journal_fields=reading.of(JOURNAL_FIELDS),
            tied_to_client=reading.of(TIED_TO_CLIENT),
            words=reading.words(WORDS),
        )

"""What an accounting package can do for us, in the words of the trade, and every way it may answer.

Business code and the handlers speak to these; no word of a particular package may stand here.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from chancery.lib.refusals import Outage, Refusal


class AccountType(StrEnum):
    """What an account of the chart is; ``other`` is one that this version has no word for."""

    BANK = "bank"
    CARD = "card"
    CURRENT_ASSET = "current_asset"
    CURRENT_LIABILITY = "current_liability"
    DEPRECIATION = "depreciation"
    DIRECT_COSTS = "direct_costs"
    EQUITY = "equity"
    EXPENSE = "expense"
    FIXED_ASSET = "fixed_asset"
    INVENTORY = "inventory"
    LIABILITY = "liability"
    NON_CURRENT_ASSET = "noncurrent_asset"
    OTHER_INCOME = "other_income"
    OVERHEADS = "overheads"
    PREPAYMENT = "prepayment"
    REVENUE = "revenue"
    SALES = "sales"
    TERM_LIABILITY = "term_liability"
    OTHER = "other"


@dataclass(frozen=True)
class Organisation:
    """The organisation whose books the package keeps."""

    id: str
    name: str
    currency: str
    country: str
    time_zone: str
    period_lock_on: date | None
    year_lock_on: date | None


@dataclass(frozen=True)
class Account:
    """One account of the chart as the package holds it now; archived ones are not active."""

    external_id: str
    code: str
    name: str
    type: AccountType
    is_active: bool
    tax_type: str = ""
    bank_number: str = ""
    currency: str = ""
    takes_payments: bool = False
    system_name: str = ""


@dataclass(frozen=True)
class TaxRate:
    """One tax rate of the package."""

    tax_type: str
    name: str
    percent: Decimal
    is_active: bool
    suits_liabilities: bool


@dataclass(frozen=True)
class WantedAccount:
    """An account that is still to be made; its code is chosen when it is made."""

    name: str
    type: AccountType
    bank_number: str = ""
    currency: str = ""


@dataclass(frozen=True)
class NewAccount:
    """An account with everything decided, ready to be made. No currency means the organisation's own."""

    wanted: WantedAccount
    code: str


class Books(Protocol):
    """The firm's organisation in its accounting package. Each call may raise any answer below."""

    def organisation(self) -> Organisation:
        """Read the organisation."""
        ...

    def accounts(self) -> tuple[Account, ...]:
        """Read the whole chart, archived accounts too."""
        ...

    def tax_rates(self) -> tuple[TaxRate, ...]:
        """Read every tax rate."""
        ...

    def create_account(self, new: NewAccount, *, once: str) -> Account:
        """Make an account; a liability so that payments may be made from it, and without tax.

        ``once`` names this attempt and no other.
        """
        ...

    def restore_account(self, external_id: str, *, once: str) -> Account:
        """Make an archived account active again."""
        ...


@dataclass(eq=False)
class Rejected(Refusal):
    """The package understood and said no; nothing was changed there."""

    code = "accounting.rejected"

    messages: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.messages)


@dataclass(eq=False)
class NotFound(Refusal):
    """The package knows no such thing."""

    code = "accounting.not_found"

    what: str

    def __str__(self) -> str:
        return f"The accounting package no longer has this: {self.what}. Refresh, then try again."


@dataclass(eq=False)
class NotPermitted(Refusal):
    """The person who connected may not do this over there, or the consent does not cover it."""

    code = "accounting.not_permitted"

    detail: str

    def __str__(self) -> str:
        return (
            "The person who connected the accounting package may not do this there. "
            "Reconnect as someone who may change its settings."
        )


@dataclass(eq=False)
class Disconnected(Refusal):
    """The package no longer answers to us; a person has to connect again."""

    code = "accounting.disconnected"

    because: str

    def __str__(self) -> str:
        return f"The connection to the accounting package is lost: {self.because} Reconnect it."


@dataclass(eq=False)
class Unauthorized(Outage):
    """The access token is refused, a fresh one too."""

    code = "accounting.unauthorized"

    detail: str

    def __str__(self) -> str:
        return "The accounting package refuses our access. Reconnect it."


@dataclass(eq=False)
class Parked(Outage):
    """No call may be made before this instant."""

    code = "accounting.parked"

    until: datetime
    because: str

    def __str__(self) -> str:
        return f"{self.because} It goes on at {self.until:%H:%M} UTC on {self.until:%d %b %Y}."


@dataclass(eq=False)
class UnknownOutcome(Outage):
    """A change was sent and no clear answer came: it may have been made. Look before repeating it."""

    code = "accounting.unknown_outcome"

    detail: str

    def __str__(self) -> str:
        return "The accounting package did not say whether it was done; it is looked up before any repeat."


@dataclass(eq=False)
class Unavailable(Outage):
    """The package could not be reached or could not answer; nothing was changed there."""

    code = "accounting.unavailable"

    detail: str

    def __str__(self) -> str:
        return "The accounting package does not answer. It is tried again by itself."

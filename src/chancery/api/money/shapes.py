"""Parts of requests and answers that are about money: amounts, ledgers, days, words."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StrictInt, StringConstraints

from chancery.api.cursors import PageQuery
from chancery.api.shapes import NOT_NUL, Asked, Day, Named
from chancery.lib.money import LARGEST_MINOR, Money
from chancery.lib.problems import Problem, refuse_any
from chancery.practice.people import Person
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.record_lists import Narrowed

Reason = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=NOT_NUL)]
Words200 = Annotated[str, Field(max_length=200, pattern=NOT_NUL)]
Words80 = Annotated[str, Field(max_length=80, pattern=NOT_NUL)]
On = Annotated[Day | None, Field(description="The legal day; the firm's today where none is sent")]
MatterNumber = Annotated[str, Field(max_length=30, pattern=NOT_NUL)]
LedgerKind = Literal[
    "client",
    "own_funds",
    "foundation_interest",
    "unidentified",
    "deficiency",
    "statutory_deposit",
]


class AmountIn(Asked):
    """An amount above nought, in whole minor units of the account's currency."""

    minor: Annotated[StrictInt, Field(ge=1, le=LARGEST_MINOR)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class NoughtIn(Asked):
    """An amount, which may be nought."""

    minor: Annotated[StrictInt, Field(ge=0, le=LARGEST_MINOR)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Amount(BaseModel):
    """An amount in whole minor units; below nought only where a sentence says so."""

    minor: int
    currency: str


class MatterOfLedger(BaseModel):
    """The matter whose money a ledger holds."""

    id: UUID
    number: str
    title: str


class LedgerOfRecord(BaseModel):
    """A ledger as other records name it; one that is no client's has no matter."""

    id: UUID
    kind: LedgerKind
    matter: MatterOfLedger | None


class DocumentQuery(PageQuery):
    """What a list of documents is narrowed to; both days are included."""

    account_id: UUID | None = None
    ledger_id: UUID | None = None
    since: Day | None = None
    until: Day | None = None

    def narrowed(self) -> Narrowed:
        """Return the same for the lists of client money."""
        return Narrowed(self.account_id, self.ledger_id, self.since, self.until)


class AccountQuery(PageQuery):
    """A list by trust account."""

    account_id: UUID | None = None


class DocumentOut(BaseModel):
    """What every posted document tells. ``on`` is its legal day, ``recorded_at`` when it was posted."""

    id: UUID
    number: str
    account: Named
    journal_id: UUID
    on: date
    made_on: date
    amount: Amount
    reason: str
    by: Named
    recorded_at: datetime
    reversal_id: UUID | None


def amount(money: Money) -> Amount:
    """Return an amount as an answer tells it."""
    return Amount(minor=money.minor, currency=money.currency)


def of_minor(minor: int, currency: str) -> Amount:
    """Return so many minor units as an answer tells them."""
    return Amount(minor=minor, currency=currency)


def money(sent: AmountIn | NoughtIn, currency: str, field: str = "amount") -> Money:
    """Return the amount that was sent, in the currency of the account. Refuses: DetailsNotRight."""
    words = f"This account is kept in {currency}. Send the amount in it."
    refuse_any([] if sent.currency == currency else [Problem(f"{field}.currency", words)])
    return Money(sent.minor, currency)


def ledger(found: TrustLedger) -> LedgerOfRecord:
    """Return a ledger as other records name it."""
    matter = found.matter
    named = (
        MatterOfLedger(id=matter.id, number=matter.number, title=matter.title) if matter else None
    )
    return LedgerOfRecord.model_validate({"id": found.id, "kind": found.kind, "matter": named})


def person(found: Person) -> Named:
    """Return a person as other records name them."""
    return Named(id=str(found.id), name=found.name)


def account(found: TrustBankAccount) -> Named:
    """Return a trust account as other records name it."""
    return Named(id=str(found.id), name=found.name)


def of_document(found: object) -> dict[str, object]:
    """Return what every posted document tells; ``found`` is a receipt, withdrawal or transfer of a list."""
    document: Any = found
    return {
        "id": document.id,
        "number": document.number_shown,
        "account": account(document.account),
        "journal_id": document.journal_id,
        "on": document.on,
        "made_on": document.made_on,
        "amount": of_minor(document.amount_minor, document.account.currency),
        "reason": document.reason,
        "by": person(document.by),
        "recorded_at": document.at,
        "reversal_id": document.reversal_id,
    }

"""Trust bank accounts: list, read one, and what it holds at the end of a day."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, ConfigDict, Field

from chancery.api.cursors import Page, PageQuery, page_of, refuse_unknown
from chancery.api.money import shapes
from chancery.api.money.found import ACCOUNT
from chancery.api.money.instants import Instant, known
from chancery.api.money.shapes import Amount, On
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Named
from chancery.api.tokens import Bearer
from chancery.ledger import standings as ledger
from chancery.practice.api_tokens import Scope
from chancery.trust import record_lists, standings
from chancery.trust.bank_accounts import TrustBankAccount

router = Router(tags=["accounts"])
Status = Literal["open", "closed"]


class AccountOut(BaseModel):
    """A bank account that holds clients' money. Its number is shown as people write it."""

    id: UUID
    name: str
    kind: str
    status: Status
    currency: str
    bank: Named | None
    number: str
    opened_at: datetime
    closed_at: datetime | None


class AccountsQuery(PageQuery):
    """What the list is narrowed to."""

    status: Status | None = None


class DayQuery(BaseModel):
    """A day, and the instant up to which records count."""

    model_config = ConfigDict(extra="forbid")

    on: On = None
    known_at: Instant = None


class AccountBalanceOut(BaseModel):
    """What an account holds at the end of a day.

    ``bank`` is by the bank account's own entries, ``clients`` and ``own`` by the ledgers, less than
    nothing only where books are wrong. With ``known_at`` only ``bank`` is told, of what was recorded then.
    """

    on: date
    known_at: datetime | None
    bank: Amount
    clients: Amount | None
    own: Amount | None
    shortage: Amount | None
    deposit: Amount | None
    uncleared: Amount | None
    protected: Amount | None
    locked_through: Annotated[
        date | None, Field(description="Nothing may be dated on this day or before")
    ]


@router.get(
    "/accounts",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[AccountOut],
    summary="List the trust accounts",
)
def list_accounts(request: ApiRequest, asked: Query[AccountsQuery]) -> Page[AccountOut]:
    """Answer with the firm's trust bank accounts, closed ones too, the earliest entered first."""
    return page_of(request, record_lists.bank_accounts(asked.status), asked, _shown)


@router.get(
    "/accounts/{account_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=AccountOut,
    summary="Read a trust account",
)
def read_account(request: ApiRequest, account_id: UUID) -> AccountOut:
    """Answer with one account."""
    return _shown(ACCOUNT.at(account_id))


@router.get(
    "/accounts/{account_id}/balance",
    auth=Bearer(Scope.LEDGERS_READ),
    response=AccountBalanceOut,
    summary="What a trust account holds",
)
def read_account_balance(
    request: ApiRequest, account_id: UUID, asked: Query[DayQuery]
) -> AccountBalanceOut:
    """Answer with the account's balance at the end of a day, today where no day is asked."""
    refuse_unknown(request, DayQuery)
    account = ACCOUNT.at(account_id)
    on, known_at = asked.on or today(request), known(asked.known_at)
    if known_at:
        minor = ledger.bank_known_at(account.id, on=on, at=known_at)
        told = dict.fromkeys(AccountBalanceOut.model_fields)
        bank = shapes.of_minor(minor, account.currency)
        return AccountBalanceOut.model_validate(
            {**told, "on": on, "known_at": known_at, "bank": bank}
        )
    standing = standings.of_accounts([account], on=on)[0]
    parts = ("bank", "clients", "own", "shortage", "deposit", "uncleared", "protected")
    return AccountBalanceOut.model_validate(
        {
            "on": on,
            "known_at": None,
            "locked_through": standing.locked_through,
            **{part: shapes.amount(getattr(standing, part)) for part in parts},
        }
    )


def _shown(account: TrustBankAccount) -> AccountOut:
    bank = account.bank
    return AccountOut.model_validate(
        {
            "id": account.id,
            "name": account.name,
            "kind": account.kind,
            "status": account.status,
            "currency": account.currency,
            "bank": Named(id=str(bank.id), name=bank.name) if bank else None,
            "number": account.number_shown,
            "opened_at": account.opened_at,
            "closed_at": account.closed_at,
        }
    )

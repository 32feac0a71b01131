"""Ledgers: whose money lies in a trust account. List, read, open, close, reopen; and what each holds."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from chancery.api import idempotency
from chancery.api.cursors import Page, PageQuery, page_together
from chancery.api.money import found, shapes
from chancery.api.money.found import ACCOUNT, LEDGER
from chancery.api.money.instants import Instant, known
from chancery.api.money.shapes import Amount, LedgerKind, MatterNumber, MatterOfLedger, On
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import NOT_NUL, Asked, Named
from chancery.api.tokens import Bearer
from chancery.ledger import balances
from chancery.practice.api_tokens import Scope
from chancery.trust import client_ledgers, ledger_list, record_lists
from chancery.trust.client_ledgers import TrustLedger

router = Router(tags=["ledgers"])
Why = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NOT_NUL)]


class LedgerIn(Asked):
    """A matter's ledger to open on a trust account."""

    matter: Annotated[MatterNumber, Field(description="The matter's number")]
    account_id: UUID


class WhyIn(Asked):
    """Why it is done; the history keeps it."""

    reason: Why


class LedgerOut(BaseModel):
    """A part of the money of a trust account. Only a client's has a matter."""

    id: UUID
    kind: LedgerKind
    account: Named
    matter: MatterOfLedger | None
    is_closed: bool
    opened_at: datetime


class BalanceOut(BaseModel):
    """What a ledger holds at the end of a day, and what of it may leave.

    With ``known_at`` only ``held`` is told, of what was recorded by then.
    """

    ledger: shapes.LedgerOfRecord
    on: date
    known_at: datetime | None
    held: Amount
    available: Amount | None
    protected: Amount | None
    uncleared: Amount | None
    last_moved_on: date | None


class LedgerQuery(PageQuery):
    """What the list is narrowed to."""

    account_id: UUID | None = None
    matter: MatterNumber | None = None
    kind: LedgerKind | None = None
    is_closed: bool | None = None


class BalanceQuery(PageQuery):
    """Whose balances, on which day, as known when."""

    account_id: UUID | None = None
    matter: MatterNumber | None = None
    kind: LedgerKind | None = None
    on: On = None
    known_at: Instant = None


@router.get(
    "/ledgers",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[LedgerOut],
    summary="List the ledgers",
)
def list_ledgers(request: ApiRequest, asked: Query[LedgerQuery]) -> Page[LedgerOut]:
    """Answer with the ledgers of an account, a matter or the firm, the earliest opened first."""
    fitting = record_lists.ledgers(
        account=asked.account_id, matter=asked.matter, kind=asked.kind, is_closed=asked.is_closed
    )
    return page_together(request, fitting, asked, _shown)


@router.post(
    "/ledgers",
    auth=Bearer(Scope.LEDGERS_WRITE),
    response={201: LedgerOut},
    summary="Open a matter's ledger",
)
@idempotency.required
def open_ledger(
    request: ApiRequest, payload: LedgerIn, response: HttpResponse
) -> Status[LedgerOut]:
    """Open a ledger: from now on money can be received for the matter on the account."""
    opened = client_ledgers.open(
        matter=found.matter(request.person, payload.matter),
        account_id=ACCOUNT.named(payload.account_id, "account_id").id,
        by=request.person,
        at=request.at,
    )
    response["Location"] = f"{request.path}/{opened.id}"
    return Status(201, _shown([opened])[0])


@router.get(
    "/ledgers/{ledger_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=LedgerOut,
    summary="Read a ledger",
)
def read_ledger(request: ApiRequest, ledger_id: UUID) -> LedgerOut:
    """Answer with one ledger."""
    return _shown([LEDGER.at(ledger_id)])[0]


@router.post(
    "/ledgers/{ledger_id}/closing",
    auth=Bearer(Scope.LEDGERS_WRITE),
    response=LedgerOut,
    summary="Close a ledger",
)
@idempotency.required
def close_ledger(request: ApiRequest, ledger_id: UUID, payload: WhyIn) -> LedgerOut:
    """Let a ledger that holds nothing take nothing more."""
    ledger = LEDGER.at(ledger_id)
    client_ledgers.close(ledger=ledger, reason=payload.reason, by=request.person, at=request.at)
    return _shown([ledger])[0]


@router.post(
    "/ledgers/{ledger_id}/reopening",
    auth=Bearer(Scope.LEDGERS_WRITE),
    response=LedgerOut,
    summary="Reopen a ledger",
)
@idempotency.required
def reopen_ledger(request: ApiRequest, ledger_id: UUID, payload: WhyIn) -> LedgerOut:
    """Let a closed ledger take entries again."""
    ledger = LEDGER.at(ledger_id)
    client_ledgers.reopen(ledger=ledger, reason=payload.reason, by=request.person, at=request.at)
    return _shown([ledger])[0]


@router.get(
    "/balances",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[BalanceOut],
    summary="What ledgers hold",
)
def list_balances(request: ApiRequest, asked: Query[BalanceQuery]) -> Page[BalanceOut]:
    """Answer with each ledger's balance at the end of a day, today's where no day is asked.

    ``known_at`` leaves out what was recorded after that instant: what the books said of the day then.
    """
    fitting = record_lists.ledgers(
        account=asked.account_id, matter=asked.matter, kind=asked.kind, is_closed=None
    )
    on, at = asked.on or today(request), known(asked.known_at)
    if at:
        return page_together(
            request, fitting, asked, lambda ledgers: [_known(one, on, at) for one in ledgers]
        )
    return page_together(request, fitting, asked, lambda ledgers: _held(ledgers, on))


def _shown(ledgers: Sequence[TrustLedger]) -> list[LedgerOut]:
    closed = ledger_list.closed_among([one.id for one in ledgers])
    return [
        LedgerOut(
            **dict(shapes.ledger(one)),
            account=shapes.account(one.account),
            is_closed=one.id in closed,
            opened_at=one.opened_at,
        )
        for one in ledgers
    ]


def _held(ledgers: Sequence[TrustLedger], on: date) -> list[BalanceOut]:
    if not ledgers:
        return []
    currency = {one.id: one.account.currency for one in ledgers}
    held = {
        ledger_id: stands
        for each in set(currency.values())
        for ledger_id, stands in ledger_list.held_by(
            [one for one in ledgers if one.account.currency == each], currency=each, on=on
        ).items()
    }
    return [
        BalanceOut(
            ledger=shapes.ledger(one),
            on=on,
            known_at=None,
            held=shapes.amount(held[one.id][0].held),
            available=shapes.amount(held[one.id][0].available),
            protected=shapes.amount(held[one.id][0].protected),
            uncleared=shapes.amount(held[one.id][0].uncleared),
            last_moved_on=held[one.id][1],
        )
        for one in ledgers
    ]


def _known(ledger: TrustLedger, on: date, at: datetime) -> BalanceOut:
    minor = balances.known_at(ledger.id, on=on, at=at)
    return BalanceOut(
        ledger=shapes.ledger(ledger),
        on=on,
        known_at=at,
        held=shapes.of_minor(minor, ledger.account.currency),
        available=None,
        protected=None,
        uncleared=None,
        last_moved_on=None,
    )

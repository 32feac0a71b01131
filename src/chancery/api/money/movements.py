"""Movements: money of an account that moved without a receipt or a requisition; bank charges among it."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel

from chancery.api import idempotency
from chancery.api.cursors import Page, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import ACCOUNT
from chancery.api.money.shapes import (
    Amount,
    AmountIn,
    DocumentQuery,
    LedgerOfRecord,
    On,
    Reason,
    Words80,
)
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Named
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import bank_charges, record_lists
from chancery.trust.movements import Movement, MovementKind, Said
from chancery.trust.record_lists import Narrowed

router = Router(tags=["movements"])


class SaidIn(Asked):
    """What is said of a movement: its legal day, why, and the bank's reference."""

    on: On = None
    reason: Reason
    reference: Words80 = ""


class MovementIn(SaidIn):
    """Money that the bank moved on one account."""

    account_id: UUID
    amount: AmountIn


class MovementOut(BaseModel):
    """Money of an account that moved without a receipt or a requisition. ``amount`` is what the bank moved.

    For interest ``gross`` was earned; ``tax`` and ``fees`` were kept back.
    """

    id: UUID
    kind: MovementKind
    account: Named
    ledger: LedgerOfRecord | None
    journal_id: UUID
    on: date
    made_on: date
    amount: Amount
    gross: Amount
    tax: Amount
    fees: Amount
    reference: str
    reason: str
    by: Named
    recorded_at: datetime
    reversal_id: UUID | None


class MovementQuery(DocumentQuery):
    """What the list is narrowed to."""

    kind: MovementKind | None = None


@router.get(
    "/movements",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[MovementOut],
    summary="List the movements",
)
def list_movements(request: ApiRequest, asked: Query[MovementQuery]) -> Page[MovementOut]:
    """Answer with the movements that fit, in the order in which they were posted."""
    return page_of(request, record_lists.movements(asked.narrowed(), asked.kind), asked, _shown)


@router.post(
    "/movements/bank-charges",
    auth=Bearer(Scope.MOVEMENTS_WRITE),
    response={201: MovementOut},
    summary="Record a bank charge",
)
@idempotency.required
def record_bank_charge(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record what the bank took; no client bears it, and what the firm's own money lacks is a shortage."""
    of_bank = moved(payload)
    posted = bank_charges.record(
        account=of_bank["account"], charge=of_bank["amount"], **said(request, payload)
    )
    return made(response, posted)


@router.get(
    "/movements/{movement_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=MovementOut,
    summary="Read a movement",
)
def read_movement(request: ApiRequest, movement_id: UUID) -> MovementOut:
    """Answer with one movement."""
    return read(movement_id)


def said(request: ApiRequest, payload: SaidIn) -> dict[str, Any]:
    """Return what every deed on movements is told: who, when, what is said, and the key."""
    day = today(request)
    return {
        "said": Said(payload.on or day, payload.reason, payload.reference),
        "by": request.person,
        "at": request.at,
        "today": day,
        "key": idempotency.deed_key(request),
    }


def moved(payload: MovementIn) -> dict[str, Any]:
    """Return the account and the amount that a movement names."""
    account = ACCOUNT.named(payload.account_id, "account_id")
    return {"account": account, "amount": shapes.money(payload.amount, account.currency)}


def made(response: HttpResponse, movement: Movement | None) -> Status[MovementOut]:
    """Return the answer that a movement was posted, with its address."""
    assert movement, "the deed returns what it posted"
    response["Location"] = f"/api/v1/movements/{movement.id}"
    return Status(201, read(movement.id))


def read(movement_id: UUID) -> MovementOut:
    """Return a movement as answers tell of it; raises ``Http404``."""
    return _shown(found.listed(record_lists.movements(Narrowed(), None), movement_id))


def _shown(moved: Movement) -> MovementOut:
    currency = moved.account.currency
    parts = ("amount", "gross", "tax", "fees")
    return MovementOut.model_validate(
        {
            "id": moved.id,
            "kind": moved.kind,
            "account": shapes.account(moved.account),
            "ledger": shapes.ledger(moved.ledger) if moved.ledger else None,
            "journal_id": moved.journal_id,
            "on": moved.on,
            "made_on": moved.made_on,
            **{part: shapes.of_minor(getattr(moved, f"{part}_minor"), currency) for part in parts},
            "reference": moved.reference,
            "reason": moved.reason,
            "by": shapes.person(moved.by),
            "recorded_at": moved.at,
            "reversal_id": moved.reversal_id,  # type: ignore[attr-defined]  # the list adds it
        }
    )

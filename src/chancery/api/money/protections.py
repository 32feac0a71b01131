"""Protections: money of a ledger that may not leave, until that is ended."""

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel

from chancery.api import idempotency
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import LEDGER, PROTECTION
from chancery.api.money.shapes import Amount, AmountIn, LedgerOfRecord, Reason
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Named
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import protections, record_lists
from chancery.trust.protections import Protection

router = Router(tags=["protections"])


class ProtectionIn(Asked):
    """Money to keep from leaving, from today on."""

    ledger_id: UUID
    amount: AmountIn
    reason: Reason


class EndIn(Asked):
    """Why the money may leave again."""

    reason: Reason


class EndOut(BaseModel):
    """That a protection ended."""

    on: date
    reason: str
    by: Named
    recorded_at: datetime


class ProtectionOut(BaseModel):
    """Money that may not leave a ledger, from its day until its end."""

    id: UUID
    ledger: LedgerOfRecord
    amount: Amount
    reason: str
    on: date
    by: Named
    recorded_at: datetime
    end: EndOut | None


class ProtectionQuery(PageQuery):
    """What the list is narrowed to."""

    ledger_id: UUID | None = None
    has_ended: bool | None = None


@router.get(
    "/protections",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[ProtectionOut],
    summary="List the protected amounts",
)
def list_protections(request: ApiRequest, asked: Query[ProtectionQuery]) -> Page[ProtectionOut]:
    """Answer with the protected amounts that fit, the earliest first."""
    fitting = record_lists.protections(ledger=asked.ledger_id, has_ended=asked.has_ended)
    return page_of(request, fitting, asked, _shown)


@router.get(
    "/protections/{protection_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=ProtectionOut,
    summary="Read a protected amount",
)
def read_protection(request: ApiRequest, protection_id: UUID) -> ProtectionOut:
    """Answer with one protected amount."""
    every = record_lists.protections(ledger=None, has_ended=None)
    return _shown(found.listed(every, protection_id))


@router.post(
    "/protections",
    auth=Bearer(Scope.PROTECTIONS_WRITE),
    response={201: ProtectionOut},
    summary="Protect money",
)
@idempotency.required
def protect_money(
    request: ApiRequest, payload: ProtectionIn, response: HttpResponse
) -> Status[ProtectionOut]:
    """Keep an amount from leaving a ledger; no more than may leave it now."""
    ledger = LEDGER.named(payload.ledger_id, "ledger_id")
    made = protections.protect(
        ledger=ledger,
        amount=shapes.money(payload.amount, ledger.account.currency),
        reason=payload.reason,
        by=request.person,
        at=request.at,
        today=today(request),
        key=idempotency.deed_key(request),
    )
    response["Location"] = f"{request.path}/{made.id}"
    return Status(201, read_protection(request, made.id))


@router.post(
    "/protections/{protection_id}/end",
    auth=Bearer(Scope.PROTECTIONS_WRITE),
    response=ProtectionOut,
    summary="End a protection",
)
@idempotency.required
def end_protection(request: ApiRequest, protection_id: UUID, payload: EndIn) -> ProtectionOut:
    """Let a protected amount leave again, from today on."""
    protections.release(
        protection=PROTECTION.at(protection_id),
        reason=payload.reason,
        by=request.person,
        at=request.at,
        today=today(request),
    )
    return read_protection(request, protection_id)


def _shown(kept: Protection) -> ProtectionOut:
    end = getattr(kept, "end", None)
    ended = end and EndOut(
        on=end.on, reason=end.reason, by=shapes.person(end.by), recorded_at=end.at
    )
    return ProtectionOut(
        id=kept.id,
        ledger=shapes.ledger(kept.ledger),
        amount=shapes.of_minor(kept.amount_minor, kept.ledger.account.currency),
        reason=kept.reason,
        on=kept.on,
        by=shapes.person(kept.by),
        recorded_at=kept.at,
        end=ended,
    )

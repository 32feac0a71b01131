"""Reversals: a receipt, withdrawal, transfer or movement taken back by its mirror."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from chancery.api import idempotency
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import REVERSAL
from chancery.api.money.shapes import Amount, On, Reason
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Day, Named
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import record_lists, reversals
from chancery.trust.record_lists import Narrowed
from chancery.trust.reversals import Kind, Reversal, ReversalDetails

router = Router(tags=["reversals"])
DocumentKind = Literal["receipt", "withdrawal", "transfer", "movement"]
_NOUNS: dict[DocumentKind, found.Noun[Any]] = {
    "receipt": found.RECEIPT,
    "withdrawal": found.WITHDRAWAL,
    "transfer": found.TRANSFER,
    "movement": found.MOVEMENT,
}


class ReversalIn(Asked):
    """A document to take back, and how it came to that: only receipts bounce, only cheques are stopped."""

    document_kind: DocumentKind
    document_id: UUID
    kind: Kind = "reversal"
    on: On = None
    reason: Reason


class ReversalOut(BaseModel):
    """What took a document back. ``shortage`` is what was spent already and the firm has to restore."""

    id: UUID
    kind: Kind
    document_kind: DocumentKind
    document_id: UUID
    account: Named
    journal_id: UUID
    reversed_journal_id: UUID
    on: date
    reason: str
    shortage: Amount
    by: Named
    recorded_at: datetime


class ReversalQuery(PageQuery):
    """What the list is narrowed to; both days are included."""

    account_id: UUID | None = None
    kind: Annotated[Kind | None, Field(description="How it was taken back")] = None
    since: Day | None = None
    until: Day | None = None


@router.get(
    "/reversals",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[ReversalOut],
    summary="List the reversals",
)
def list_reversals(request: ApiRequest, asked: Query[ReversalQuery]) -> Page[ReversalOut]:
    """Answer with what was taken back, in the order in which it was."""
    narrowed = Narrowed(asked.account_id, None, asked.since, asked.until)
    return page_of(request, record_lists.reversals(narrowed, asked.kind), asked, _shown)


@router.get(
    "/reversals/{reversal_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=ReversalOut,
    summary="Read a reversal",
)
def read_reversal(request: ApiRequest, reversal_id: UUID) -> ReversalOut:
    """Answer with one reversal."""
    return _shown(REVERSAL.at(reversal_id))


@router.post(
    "/reversals",
    auth=Bearer(Scope.REVERSALS_WRITE),
    response={201: ReversalOut},
    summary="Take a document back",
)
@idempotency.required
def reverse_document(
    request: ApiRequest, payload: ReversalIn, response: HttpResponse
) -> Status[ReversalOut]:
    """Take a document back by its mirror, once; both stay. Nothing is ever edited."""
    document = _NOUNS[payload.document_kind].named(payload.document_id, "document_id")
    made = reversals.reverse(
        document=document,
        details=ReversalDetails(payload.kind, payload.on or today(request), payload.reason),
        by=request.person,
        at=request.at,
        today=today(request),
    )
    response["Location"] = f"{request.path}/{made.id}"
    return Status(201, read_reversal(request, made.id))


def _shown(taken: Reversal) -> ReversalOut:
    return ReversalOut.model_validate(
        {
            "id": taken.id,
            "kind": taken.kind,
            "document_kind": taken.document_kind,
            "document_id": taken.document_id,
            "account": shapes.account(taken.account),
            "journal_id": taken.journal_id,
            "reversed_journal_id": taken.reversed_journal_id,
            "on": taken.on,
            "reason": taken.reason,
            "shortage": shapes.of_minor(taken.shortage_minor, taken.account.currency),
            "by": shapes.person(taken.by),
            "recorded_at": taken.at,
        }
    )

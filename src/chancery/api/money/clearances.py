"""Early clearing: one person asks with evidence to count a receipt as cleared, a second one answers."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, StringConstraints

from chancery.api import idempotency
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import shapes
from chancery.api.money.found import CLEARANCE, RECEIPT
from chancery.api.money.shapes import Reason
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import NOT_NUL, Asked, Named, NothingIn
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import clearances, record_lists
from chancery.trust.clearances import (
    LONGEST_REFERENCE,
    ClearanceAnswer,
    ClearanceRequest,
    Evidence,
    NoClearanceAsked,
)

router = Router(tags=["receipts"])
_READ, _ANSWER = Bearer(Scope.LEDGERS_READ), Bearer(Scope.RECEIPTS_CLEAR)
Reference = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_REFERENCE, pattern=NOT_NUL)
]


class EvidenceIn(Asked):
    """What shows that the bank has paid: in words, and by the bank's own reference."""

    words: Reason
    bank_reference: Reference


class DeclineIn(Asked):
    """Why the receipt is left to clear on its day; whoever asked reads it."""

    words: Reason


class AnswerOut(BaseModel):
    """What a second person said. ``on`` is the day from which a confirmed receipt counts as cleared."""

    is_confirmed: bool
    words: str
    on: date
    by: Named
    at: datetime


class ClearanceOut(BaseModel):
    """A question whether a receipt counts as cleared before its day. Without an answer it waits."""

    id: UUID
    receipt_id: UUID
    receipt_number: str
    clears_on: date
    evidence: str
    bank_reference: str
    asked_by: Named
    asked_at: datetime
    answer: AnswerOut | None


class ClearanceQuery(PageQuery):
    """What the list is narrowed to."""

    receipt_id: UUID | None = None
    is_answered: bool | None = None


@router.get(
    "/clearances",
    auth=_READ,
    response=Page[ClearanceOut],
    summary="List who asked to clear receipts early",
)
def list_clearances(request: ApiRequest, asked: Query[ClearanceQuery]) -> Page[ClearanceOut]:
    """Answer with the questions and their answers; those that wait where ``is_answered`` is false."""
    fitting = record_lists.clearances(receipt=asked.receipt_id, is_answered=asked.is_answered)
    return page_of(request, fitting, asked, _shown)


@router.get(
    "/clearances/{clearance_id}",
    auth=_READ,
    response=ClearanceOut,
    summary="Read who asked to clear a receipt early",
)
def read_clearance(request: ApiRequest, clearance_id: UUID) -> ClearanceOut:
    """Answer with one question and its answer."""
    return _shown(CLEARANCE.at(clearance_id))


@router.post(
    "/receipts/{receipt_id}/clearances",
    auth=Bearer(Scope.RECEIPTS_WRITE),
    response={201: ClearanceOut},
    summary="Ask to clear a receipt early",
)
@idempotency.required
def ask_for_clearance(
    request: ApiRequest, receipt_id: UUID, payload: EvidenceIn, response: HttpResponse
) -> Status[ClearanceOut]:
    """Ask to count a receipt as cleared before its day. Nothing changes until a second person confirms."""
    question = clearances.ask(
        receipt=RECEIPT.at(receipt_id),
        evidence=Evidence(payload.words, payload.bank_reference),
        by=request.person,
        at=request.at,
        today=today(request),
    )
    response["Location"] = f"/api/v1/clearances/{question.id}"
    return Status(201, read_clearance(request, question.id))


@router.post(
    "/clearances/{clearance_id}/confirmation",
    auth=_ANSWER,
    response=ClearanceOut,
    summary="Confirm that a receipt cleared",
)
@idempotency.required
def confirm_clearance(request: ApiRequest, clearance_id: UUID, payload: NothingIn) -> ClearanceOut:
    """Count the receipt as cleared from today on; never by who asked."""
    question = CLEARANCE.at(clearance_id)
    answer = clearances.confirm(
        receipt=question.receipt, by=request.person, at=request.at, today=today(request)
    )
    return _answered(request, question, answer)


@router.post(
    "/clearances/{clearance_id}/refusal",
    auth=_ANSWER,
    response=ClearanceOut,
    summary="Leave a receipt to clear on its day",
)
@idempotency.required
def decline_clearance(request: ApiRequest, clearance_id: UUID, payload: DeclineIn) -> ClearanceOut:
    """Decline, with the reason; whoever asked takes the question back so, too."""
    question = CLEARANCE.at(clearance_id)
    answer = clearances.decline(
        receipt=question.receipt,
        words=payload.words,
        by=request.person,
        at=request.at,
        today=today(request),
    )
    return _answered(request, question, answer)


def _answered(
    request: ApiRequest, question: ClearanceRequest, answer: ClearanceAnswer
) -> ClearanceOut:
    """Return the question with its answer. Refuses: NoClearanceAsked, where it was a later one's."""
    if answer.request_id != question.id:
        raise NoClearanceAsked(question.receipt.number_shown)
    return read_clearance(request, question.id)


def _shown(question: ClearanceRequest) -> ClearanceOut:
    answer: ClearanceAnswer | None = getattr(question, "answer", None)
    return ClearanceOut(
        id=question.id,
        receipt_id=question.receipt_id,
        receipt_number=question.receipt.number_shown,
        clears_on=question.receipt.clears_on,
        evidence=question.evidence,
        bank_reference=question.bank_reference,
        asked_by=shapes.person(question.asked_by),
        asked_at=question.asked_at,
        answer=_said(answer) if answer else None,
    )


def _said(answer: ClearanceAnswer) -> AnswerOut:
    return AnswerOut(
        is_confirmed=answer.is_confirmed,
        words=answer.words,
        on=answer.on,
        by=shapes.person(answer.by),
        at=answer.at,
    )

"""Requests: ask for money to move, edit, ask back, answer, approve, reject, take back. No money moves here."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from chancery.api import idempotency
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import asking, bills, shapes
from chancery.api.money.asking import RequestIn, RequestPatch
from chancery.api.money.bills import BillIn
from chancery.api.money.found import REQUEST
from chancery.api.money.shapes import Amount, LedgerOfRecord, Reason
from chancery.api.requests import ApiRequest
from chancery.api.shapes import Asked, Named, Version
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import approvals, request_list, requests
from chancery.trust.request_details import REISSUE, TO_CLIENT
from chancery.trust.request_list import RequestFilter
from chancery.trust.requests import MoneyRequest, RequestKind, RequestState
from chancery.trust.rules.policy_payments import PaymentMethod

router = Router(tags=["requests"])


class WordsIn(Asked):
    """What is said."""

    words: Reason


class ApprovalIn(Asked):
    """An approval of a request as it was read."""

    version: Version


class StepOut(BaseModel):
    """One act on a request, by whom and on which version of it."""

    act: str
    version: int
    words: str
    by: Named
    at: datetime


class ApprovalsOut(BaseModel):
    """How many people stand behind the request as it is, and how many must, by which rule."""

    given: int
    needed: int
    rule: str


class RequestOut(BaseModel):
    """A request as a list tells it. ``version`` counts its edits; an edit voids every approval."""

    id: UUID
    kind: RequestKind
    state: RequestState
    account: Named
    ledger: LedgerOfRecord
    target: LedgerOfRecord | None
    amount: Amount
    reason: str
    method: PaymentMethod | None
    payee: str
    payee_details_id: UUID | None
    to_client: bool
    reissue_of_id: UUID | None
    authority: str
    bill: BillIn | None
    asked_by: Named
    asked_at: datetime
    version: int


class OneRequestOut(RequestOut):
    """A request with its steps, who approved it, and what became of it."""

    assignee: Named | None
    approvals: ApprovalsOut
    steps: list[StepOut]
    withdrawal_id: UUID | None
    transfer_id: UUID | None


class RequestQuery(PageQuery):
    """What the list is narrowed to."""

    kind: RequestKind | None = None
    state: RequestState | None = None
    account_id: UUID | None = None
    asked_by_id: UUID | None = None
    waits_for_me: Annotated[
        bool, Field(description="Only what waits for the token's person to act")
    ] = False


@router.get(
    "/requests",
    auth=Bearer(Scope.REQUESTS_READ),
    response=Page[RequestOut],
    summary="List the requests",
)
def list_requests(request: ApiRequest, asked: Query[RequestQuery]) -> Page[RequestOut]:
    """Answer with the requests that fit, in the order in which they were asked."""
    narrowed = RequestFilter(
        kind=asked.kind or "",
        state=asked.state or "",
        account=asked.account_id,
        asked_by=asked.asked_by_id,
        waiting_for=request.person if asked.waits_for_me else None,
    )
    return page_of(request, request_list.found(narrowed), asked, _shown)


@router.get(
    "/requests/{request_id}",
    auth=Bearer(Scope.REQUESTS_READ),
    response=OneRequestOut,
    summary="Read a request",
)
def read_request(request: ApiRequest, request_id: UUID) -> OneRequestOut:
    """Answer with one request and everything that was done about it."""
    return _one(request, request_id)


@router.post(
    "/requests",
    auth=Bearer(Scope.REQUESTS_WRITE),
    response={201: OneRequestOut},
    summary="Ask for money to move",
)
@idempotency.required
def ask_for_money(
    request: ApiRequest, payload: RequestIn, response: HttpResponse
) -> Status[OneRequestOut]:
    """Ask for a receipt, a withdrawal, the payment of our bill, or a transfer. No money moves by it."""
    made = requests.ask(
        details=asking.details(request, payload),
        by=request.person,
        at=request.at,
        key=idempotency.deed_key(request),
    )
    response["Location"] = f"{request.path}/{made.id}"
    return Status(201, _one(request, made.id))


@router.patch(
    "/requests/{request_id}",
    auth=Bearer(Scope.REQUESTS_WRITE),
    response=OneRequestOut,
    summary="Edit a request",
)
def edit_request(request: ApiRequest, request_id: UUID, payload: RequestPatch) -> OneRequestOut:
    """Change what is sent; every approval given before is void."""
    before = REQUEST.at(request_id)
    requests.edit(
        request_id=request_id,
        details=asking.changed(request, before, payload),
        version=payload.version,
        by=request.person,
        at=request.at,
    )
    return _one(request, request_id)


@router.post(
    "/requests/{request_id}/question",
    auth=Bearer(Scope.REQUESTS_APPROVE),
    response=OneRequestOut,
    summary="Ask back",
)
@idempotency.required
def ask_back(request: ApiRequest, request_id: UUID, payload: WordsIn) -> OneRequestOut:
    """Say what is missing before the request can be approved."""
    REQUEST.at(request_id)
    requests.ask_back(request_id=request_id, words=payload.words, by=request.person, at=request.at)
    return _one(request, request_id)


@router.post(
    "/requests/{request_id}/answer",
    auth=Bearer(Scope.REQUESTS_WRITE),
    response=OneRequestOut,
    summary="Answer what was asked back",
)
@idempotency.required
def answer_request(request: ApiRequest, request_id: UUID, payload: WordsIn) -> OneRequestOut:
    """Answer; approvals given to this version count again."""
    REQUEST.at(request_id)
    requests.answer(request_id=request_id, words=payload.words, by=request.person, at=request.at)
    return _one(request, request_id)


@router.post(
    "/requests/{request_id}/approval",
    auth=Bearer(Scope.REQUESTS_APPROVE),
    response=OneRequestOut,
    summary="Approve a request",
)
@idempotency.required
def approve_request(request: ApiRequest, request_id: UUID, payload: ApprovalIn) -> OneRequestOut:
    """Approve the version that was read; nobody approves what they asked for or edited."""
    REQUEST.at(request_id)
    requests.approve(
        request_id=request_id, version=payload.version, by=request.person, at=request.at
    )
    return _one(request, request_id)


@router.post(
    "/requests/{request_id}/rejection",
    auth=Bearer(Scope.REQUESTS_APPROVE),
    response=OneRequestOut,
    summary="Reject a request",
)
@idempotency.required
def reject_request(request: ApiRequest, request_id: UUID, payload: WordsIn) -> OneRequestOut:
    """Say no, and why; this is the request's end."""
    REQUEST.at(request_id)
    requests.reject(request_id=request_id, words=payload.words, by=request.person, at=request.at)
    return _one(request, request_id)


@router.post(
    "/requests/{request_id}/taking-back",
    auth=Bearer(Scope.REQUESTS_WRITE),
    response=OneRequestOut,
    summary="Take a request back",
)
@idempotency.required
def take_request_back(request: ApiRequest, request_id: UUID, payload: WordsIn) -> OneRequestOut:
    """Take back what one asked for or edited; this is the request's end."""
    REQUEST.at(request_id)
    requests.withdraw(request_id=request_id, words=payload.words, by=request.person, at=request.at)
    return _one(request, request_id)


def _one(request: ApiRequest, request_id: UUID) -> OneRequestOut:
    asked = REQUEST.at(request_id)
    behind = approvals.behind(asked, request.person)
    steps = asked.steps.select_related("by").order_by("at", "id")
    left, moved = getattr(asked, "withdrawal", None), getattr(asked, "transfer", None)
    return OneRequestOut.model_validate(
        {
            **dict(_shown(asked)),
            "assignee": shapes.person(asked.assignee) if asked.assignee else None,
            "approvals": ApprovalsOut(given=behind.given, needed=behind.needed, rule=behind.rule),
            "steps": [
                StepOut(
                    act=step.act,
                    version=step.version,
                    words=step.words,
                    by=shapes.person(step.by),
                    at=step.at,
                )
                for step in steps
            ],
            "withdrawal_id": left and left.id,
            "transfer_id": moved and moved.id,
        }
    )


def _shown(asked: MoneyRequest) -> RequestOut:
    currency = asked.account.currency
    is_bill = asked.kind == RequestKind.BILL
    return RequestOut.model_validate(
        {
            "id": asked.id,
            "kind": asked.kind,
            "state": asked.state,
            "account": shapes.account(asked.account),
            "ledger": shapes.ledger(asked.ledger),
            "target": shapes.ledger(asked.target) if asked.target else None,
            "amount": shapes.of_minor(asked.amount_minor, currency),
            "reason": asked.reason,
            "method": asked.method or None,
            "payee": asked.payee,
            "payee_details_id": asked.payee_details_id,
            "to_client": bool(asked.details.get(TO_CLIENT)),
            "reissue_of_id": asked.details.get(REISSUE),
            "authority": asked.authority,
            "bill": bills.sent_by(asked.details, currency) if is_bill else None,
            "asked_by": shapes.person(asked.asked_by),
            "asked_at": asked.asked_at,
            "version": asked.version,
        }
    )

"""Opening balances: prepare what an account opens with, check it, finish it, undo it as a whole."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel

from chancery.api import idempotency
from chancery.api.cursors import Page, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import ACCOUNT, OPENING
from chancery.api.money.shapes import AccountQuery, Amount, NoughtIn, Reason
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Day, Named, NothingIn
from chancery.api.tokens import Bearer
from chancery.lib.money import Money
from chancery.practice.api_tokens import Scope
from chancery.trust import opening_drafts, openings, record_lists
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.opening_drafts import Figures, NoOpening, Opening

router = Router(tags=["openings"])
READ, WRITE = Bearer(Scope.LEDGERS_READ), Bearer(Scope.OPENINGS_WRITE)
State = Literal["draft", "finished", "undone"]


class OpeningIn(Asked):
    """The day at whose end an account opens, its bank's figure, and what of it is the firm's own."""

    account_id: UUID
    on: Day
    bank: NoughtIn
    own: NoughtIn | None = None


class UndoingIn(Asked):
    """Why an opening is undone; every entry that is taken back keeps it."""

    reason: Reason


class ProofOut(BaseModel):
    """The sum that must agree: bank and deposits less cheques is ``book``, ledgers and own are ``owed``.

    ``apart`` is book less owed, and may be below nought.
    """

    deposits: Amount
    cheques: Amount
    ledgers: Amount
    book: Amount
    owed: Amount
    apart: Amount
    agrees: bool


class OpeningOut(BaseModel):
    """What an account opens with. A draft posts nothing; finished, it changes no more."""

    id: UUID
    account: Named
    state: State
    on: date
    bank: Amount
    own: Amount
    proof: ProofOut
    started_by: Named
    started_at: datetime
    finished_by: Named | None
    finished_at: datetime | None
    undone_by: Named | None
    undone_at: datetime | None
    undone_reason: str


class HindranceOut(BaseModel):
    """One thing for which finishing would be refused."""

    code: str
    detail: str
    rule: str


class CheckedOut(BaseModel):
    """Whether an opening can be finished: without findings it can."""

    is_ready: bool
    findings: list[HindranceOut]
    proof: ProofOut


class OpeningQuery(AccountQuery):
    """What the list is narrowed to."""

    state: State | None = None


@router.get("/openings", auth=READ, response=Page[OpeningOut], summary="List the opening balances")
def list_openings(request: ApiRequest, asked: Query[OpeningQuery]) -> Page[OpeningOut]:
    """Answer with what accounts opened with: drafts, finished ones, and those that were undone."""
    fitting = record_lists.openings(account=asked.account_id, state=asked.state)
    return page_of(request, fitting, asked, _shown)


@router.get(
    "/openings/{opening_id}", auth=READ, response=OpeningOut, summary="Read opening balances"
)
def read_opening(request: ApiRequest, opening_id: UUID) -> OpeningOut:
    """Answer with what one account opens with, and the sum that must agree."""
    return shown(opening_id)


@router.get(
    "/openings/{opening_id}/check",
    auth=READ,
    response=CheckedOut,
    summary="Check opening balances",
)
def check_opening(request: ApiRequest, opening_id: UUID) -> CheckedOut:
    """Answer with everything for which finishing would be refused as things stand; nothing is changed."""
    opening = OPENING.at(opening_id)
    findings = [
        HindranceOut(code=one.code, detail=str(one), rule=one.rule)
        for one in openings.hindrances(opening)
    ]
    return CheckedOut(is_ready=not findings, findings=findings, proof=_proof(opening))


@router.post(
    "/openings",
    auth=WRITE,
    response={201: OpeningOut},
    summary="Begin opening balances, or change their figures",
)
@idempotency.required
def set_opening_figures(
    request: ApiRequest, payload: OpeningIn, response: HttpResponse
) -> Status[OpeningOut]:
    """Begin the draft of an account's opening, or give the one that there is another day and figures."""
    account = ACCOUNT.named(payload.account_id, "account_id")
    opening = opening_drafts.set_figures(
        account=account,
        figures=_figures(payload, account.currency),
        by=request.person,
        at=request.at,
        today=today(request),
    )
    return _made(response, opening)


@router.post(
    "/openings/{opening_id}/finish",
    auth=WRITE,
    response=OpeningOut,
    summary="Finish opening balances",
)
@idempotency.required
def finish_opening(request: ApiRequest, opening_id: UUID, payload: NothingIn) -> OpeningOut:
    """Post what the account opens with, all at once, where it agrees to the cent."""
    finished = openings.finish(
        account=live(opening_id),
        by=request.person,
        at=request.at,
        today=today(request),
        key=idempotency.deed_key(request),
    )
    return _the_same(opening_id, finished)


@router.post(
    "/openings/{opening_id}/undoing",
    auth=WRITE,
    response=OpeningOut,
    summary="Undo opening balances",
)
@idempotency.required
def undo_opening(request: ApiRequest, opening_id: UUID, payload: UndoingIn) -> OpeningOut:
    """Take a finished opening back as a whole, while nothing else stands on the account."""
    undone = openings.undo(
        account=live(opening_id), reason=payload.reason, by=request.person, at=request.at
    )
    return _the_same(opening_id, undone)


@router.post(
    "/openings/{opening_id}/renewal",
    auth=WRITE,
    response={201: OpeningOut},
    summary="Begin again from what was undone",
)
@idempotency.required
def renew_opening(
    request: ApiRequest, opening_id: UUID, payload: NothingIn, response: HttpResponse
) -> Status[OpeningOut]:
    """Begin a new draft from the opening of this account that was undone last, to change what was wrong."""
    account = OPENING.at(opening_id).account
    return _made(response, openings.begin_again(account=account, by=request.person, at=request.at))


@router.post(
    "/openings/{opening_id}/discarding",
    auth=WRITE,
    response={204: None},
    summary="Throw a draft of opening balances away",
)
@idempotency.required
def discard_opening(request: ApiRequest, opening_id: UUID, payload: NothingIn) -> Status[None]:
    """Throw away a draft; nothing of it was posted, and the account's history keeps that it was there."""
    opening_drafts.discard(account=live(opening_id), by=request.person, at=request.at)
    return Status(204, None)


def live(opening_id: UUID) -> TrustBankAccount:
    """Return the account of an opening that was not undone. Refuses: NoOpening; raises ``Http404``."""
    opening = OPENING.at(opening_id)
    if opening.state == "undone":
        raise NoOpening
    return opening.account


def shown(opening_id: UUID) -> OpeningOut:
    """Return an opening as answers tell of it; raises ``Http404``."""
    return _shown(found.listed(record_lists.openings(account=None, state=None), opening_id))


def _the_same(opening_id: UUID, done: Opening) -> OpeningOut:
    """Return what was done to the opening that was named. Refuses: NoOpening, where it was another's."""
    if done.id != opening_id:
        raise NoOpening
    return shown(opening_id)


def _made(response: HttpResponse, opening: Opening) -> Status[OpeningOut]:
    response["Location"] = f"/api/v1/openings/{opening.id}"
    return Status(201, shown(opening.id))


def _figures(payload: OpeningIn, currency: str) -> Figures:
    own = shapes.money(payload.own, currency, "own") if payload.own else Money(0, currency)
    return Figures(payload.on, shapes.money(payload.bank, currency, "bank"), own)


def _proof(opening: Opening) -> ProofOut:
    proof = opening_drafts.proof_of(opening)
    parts = ("deposits", "cheques", "ledgers", "book", "owed", "apart")
    told = {part: shapes.amount(getattr(proof, part)) for part in parts}
    return ProofOut(agrees=proof.agrees, **told)


def _shown(opening: Opening) -> OpeningOut:
    currency = opening.account.currency
    people = {
        name: shapes.person(who) if who else None
        for name in ("started_by", "finished_by", "undone_by")
        for who in [getattr(opening, name)]
    }
    return OpeningOut.model_validate(
        {
            **people,
            "id": opening.id,
            "account": shapes.account(opening.account),
            "state": opening.state,
            "on": opening.on,
            "bank": shapes.of_minor(opening.bank_minor, currency),
            "own": shapes.of_minor(opening.own_minor, currency),
            "proof": _proof(opening),
            "started_at": opening.started_at,
            "finished_at": opening.finished_at,
            "undone_at": opening.undone_at,
            "undone_reason": opening.undone_reason,
        }
    )

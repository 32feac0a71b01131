"""Movements: interest, bank charges, the firm's own money and advances of it, shortages restored."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from chancery.api import idempotency
from chancery.api.cursors import Page, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import ACCOUNT, DEFICIENCY, LEDGER
from chancery.api.money.shapes import (
    Amount,
    AmountIn,
    DocumentQuery,
    LedgerOfRecord,
    NoughtIn,
    On,
    Reason,
    Words80,
)
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Named
from chancery.api.tokens import Bearer
from chancery.lib.money import Money
from chancery.practice.api_tokens import Scope
from chancery.trust import advances, bank_charges, deficiencies, interest, own_funds, record_lists
from chancery.trust.interest import SHARES_AT_MOST, Share
from chancery.trust.movements import Movement, MovementKind, Said
from chancery.trust.record_lists import Narrowed

router = Router(tags=["movements"])
_WRITE = Bearer(Scope.MOVEMENTS_WRITE)


class SaidIn(Asked):
    """What is said of a movement: its legal day, why, and the bank's reference."""

    on: On = None
    reason: Reason
    reference: Words80 = ""


class MovementIn(SaidIn):
    """Money that the bank moved on one account."""

    account_id: UUID
    amount: AmountIn


class ShareIn(Asked):
    """One ledger's interest: what was earned, and what the bank kept back of it."""

    ledger_id: UUID
    gross: AmountIn
    tax: NoughtIn | None = None
    fees: NoughtIn | None = None


class InterestIn(SaidIn):
    """Interest that the bank paid to clients, ledger by ledger."""

    account_id: UUID
    shares: Annotated[list[ShareIn], Field(min_length=1, max_length=SHARES_AT_MOST)]


class AdvanceIn(SaidIn):
    """The firm's money that is lent to one client ledger, or taken back from it."""

    ledger_id: UUID
    amount: AmountIn


class RestorationIn(SaidIn):
    """The firm's money that makes a shortage good, in part or whole."""

    deficiency_id: UUID
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


class MovementsOut(BaseModel):
    """What one request posted, all of it or nothing."""

    items: list[MovementOut]


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
    "/movements/interest",
    auth=_WRITE,
    response={201: MovementsOut},
    summary="Credit clients with interest",
)
@idempotency.required
def credit_interest(request: ApiRequest, payload: InterestIn) -> Status[MovementsOut]:
    """Credit clients with their interest, all of it or none."""
    account = ACCOUNT.named(payload.account_id, "account_id")
    shares = [_share(one, at, account.currency) for at, one in enumerate(payload.shares)]
    posted = interest.credit_clients(account=account, shares=shares, **said(request, payload))
    return Status(201, MovementsOut(items=[_read(one.id) for one in posted]))


@router.post(
    "/movements/interest-for-others",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Record interest that is not the clients'",
)
@idempotency.required
def record_interest_for_others(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record interest that belongs to a foundation or public fund, until it is paid on."""
    posted = interest.hold_for_others(**moved(payload), **said(request, payload))
    return made(response, posted)


@router.post(
    "/movements/interest-paid-on",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Pay interest on to whom it belongs",
)
@idempotency.required
def pay_interest_on(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record that interest was paid on to the foundation or fund."""
    posted = interest.pay_on(**moved(payload), **said(request, payload))
    return made(response, posted)


@router.post(
    "/movements/bank-charges",
    auth=_WRITE,
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


@router.post(
    "/movements/own-funds-in",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Pay the firm's own money in",
)
@idempotency.required
def pay_own_funds_in(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record the firm's own money paid in, up to what its place lets it keep there."""
    posted = own_funds.pay_in(**moved(payload), **said(request, payload))
    return made(response, posted)


@router.post(
    "/movements/own-funds-out",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Take the firm's own money out",
)
@idempotency.required
def take_own_funds_out(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record the firm's own money taken out, as far as it goes."""
    posted = own_funds.pay_out(**moved(payload), **said(request, payload))
    return made(response, posted)


@router.post(
    "/movements/advances",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Lend a ledger the firm's money",
)
@idempotency.required
def lend_to_ledger(
    request: ApiRequest, payload: AdvanceIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record the firm's own money lent to a client ledger, where its place lets it lend."""
    posted = advances.lend(**_lent(payload), **said(request, payload))
    return made(response, posted)


@router.post(
    "/movements/advances-recovered",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Take back the firm's money that was lent",
)
@idempotency.required
def recover_from_ledger(
    request: ApiRequest, payload: AdvanceIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record that the firm took back what it lent, as far as the ledger holds it."""
    posted = advances.recover(**_lent(payload), **said(request, payload))
    return made(response, posted)


@router.post(
    "/movements/restorations",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Restore a shortage",
)
@idempotency.required
def restore_shortage(
    request: ApiRequest, payload: RestorationIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record the firm's money that makes a shortage of the register good."""
    case = DEFICIENCY.named(payload.deficiency_id, "deficiency_id")
    amount = shapes.money(payload.amount, case.account.currency)
    deficiencies.restore(case=case, amount=amount, **said(request, payload))
    restored = case.steps.filter(act="restored").order_by("-at", "-id").first()
    return made(response, restored.movement if restored else None)


@router.get(
    "/movements/{movement_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=MovementOut,
    summary="Read a movement",
)
def read_movement(request: ApiRequest, movement_id: UUID) -> MovementOut:
    """Answer with one movement."""
    return _read(movement_id)


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


def _lent(payload: AdvanceIn) -> dict[str, Any]:
    ledger = LEDGER.named(payload.ledger_id, "ledger_id")
    return {"ledger": ledger, "amount": shapes.money(payload.amount, ledger.account.currency)}


def _share(sent: ShareIn, at: int, currency: str) -> Share:
    def kept(part: NoughtIn | None, name: str) -> Money:
        path = f"shares.{at}.{name}"
        return shapes.money(part, currency, path) if part else Money(0, currency)

    return Share(
        LEDGER.named(sent.ledger_id, f"shares.{at}.ledger_id"),
        shapes.money(sent.gross, currency, f"shares.{at}.gross"),
        kept(sent.tax, "tax"),
        kept(sent.fees, "fees"),
    )


def made(response: HttpResponse, movement: Movement | None) -> Status[MovementOut]:
    """Return the answer that a movement was posted, with its address."""
    assert movement, "the deed returns what it posted"
    response["Location"] = f"/api/v1/movements/{movement.id}"
    return Status(201, _read(movement.id))


def _read(movement_id: UUID) -> MovementOut:
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

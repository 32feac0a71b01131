"""The firm's own money on a trust account: in and out, lent to ledgers, put in to restore a shortage."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status

from chancery.api import idempotency
from chancery.api.money import shapes
from chancery.api.money.found import DEFICIENCY, LEDGER
from chancery.api.money.movements import MovementIn, MovementOut, SaidIn, made, moved, said
from chancery.api.money.shapes import AmountIn
from chancery.api.requests import ApiRequest
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import advances, deficiencies, own_funds, shortfalls

router = Router(tags=["movements"])
_WRITE = Bearer(Scope.MOVEMENTS_WRITE)


class AdvanceIn(SaidIn):
    """The firm's money that is lent to one client ledger, or taken back from it."""

    ledger_id: UUID
    amount: AmountIn


class RestorationIn(SaidIn):
    """The firm's money that makes a shortage good, in part or whole."""

    deficiency_id: UUID
    amount: AmountIn


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
    amount = shapes.money(payload.amount, shortfalls.currency_of(case))
    deficiencies.restore(case=case, amount=amount, **said(request, payload))
    restored = case.steps.filter(act="restored").order_by("-at", "-id").first()
    return made(response, restored.movement if restored else None)


def _lent(payload: AdvanceIn) -> dict[str, Any]:
    ledger = LEDGER.named(payload.ledger_id, "ledger_id")
    return {"ledger": ledger, "amount": shapes.money(payload.amount, ledger.account.currency)}

"""Interest: what the bank paid, credited to clients, or held for others and paid on."""

from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Router, Status
from pydantic import BaseModel, Field

from chancery.api import idempotency
from chancery.api.money import shapes
from chancery.api.money.found import ACCOUNT, LEDGER
from chancery.api.money.movements import MovementIn, MovementOut, SaidIn, made, moved, read, said
from chancery.api.money.shapes import AmountIn, NoughtIn
from chancery.api.requests import ApiRequest
from chancery.api.shapes import Asked
from chancery.api.tokens import Bearer
from chancery.lib.money import Money
from chancery.practice.api_tokens import Scope
from chancery.trust import interest
from chancery.trust.interest import SHARES_AT_MOST, Share

router = Router(tags=["movements"])
_WRITE = Bearer(Scope.MOVEMENTS_WRITE)


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


class MovementsOut(BaseModel):
    """What one request posted, all of it or nothing."""

    items: list[MovementOut]


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
    return Status(201, MovementsOut(items=[read(one.id) for one in posted]))


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

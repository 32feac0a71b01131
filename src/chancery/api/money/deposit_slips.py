"""Deposit slips: cash and paper that goes to the bank together."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from chancery.api import idempotency, problems
from chancery.api.cursors import Page, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import ACCOUNT, SLIP
from chancery.api.money.shapes import AccountQuery, Amount, On, Words80
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Named
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import deposit_slips, record_lists
from chancery.trust.deposit_slips import LINES_AT_MOST, DepositSlip
from chancery.trust.receipts import Method, Receipt

router = Router(tags=["receipts"])
_READ, _WRITE = Bearer(Scope.LEDGERS_READ), Bearer(Scope.RECEIPTS_WRITE)


class SlipIn(Asked):
    """Receipts of one account that go to the bank together: those of ``/receipts?on_no_slip=true``."""

    account_id: UUID
    receipt_ids: Annotated[list[UUID], Field(min_length=1, max_length=LINES_AT_MOST)]


class TakingOffIn(Asked):
    """A receipt that does not go to the bank with the others."""

    receipt_id: UUID


class BankingIn(Asked):
    """On which day the money was paid in at the bank, and the bank's reference."""

    on: On = None
    reference: Words80 = ""


class CarriedOut(BaseModel):
    """A receipt that lies on a slip."""

    id: UUID
    number: str
    on: date
    method: Method
    received_from: str
    amount: Amount


class SlipOut(BaseModel):
    """A deposit slip. It is filled while ``banked_on`` is null, and stays as it is after that."""

    id: UUID
    number: int
    account: Named
    amount: Amount
    receipts: list[CarriedOut]
    opened_by: Named
    opened_at: datetime
    banked_on: date | None
    banked_by: Named | None
    banked_at: datetime | None
    bank_reference: str


class SlipQuery(AccountQuery):
    """What the list is narrowed to."""

    is_banked: bool | None = None


@router.get("/deposit-slips", auth=_READ, response=Page[SlipOut], summary="List the deposit slips")
def list_deposit_slips(request: ApiRequest, asked: Query[SlipQuery]) -> Page[SlipOut]:
    """Answer with the deposit slips and what lies on each."""
    fitting = record_lists.deposit_slips(account=asked.account_id, is_banked=asked.is_banked)
    return page_of(request, fitting, asked, _shown)


@router.get("/deposit-slips/{slip_id}", auth=_READ, response=SlipOut, summary="Read a deposit slip")
def read_deposit_slip(request: ApiRequest, slip_id: UUID) -> SlipOut:
    """Answer with one deposit slip."""
    return _read(slip_id)


@router.post(
    "/deposit-slips",
    auth=_WRITE,
    response={201: SlipOut},
    summary="Put receipts on a deposit slip",
)
@idempotency.required
def put_on_deposit_slip(
    request: ApiRequest, payload: SlipIn, response: HttpResponse
) -> Status[SlipOut]:
    """Put receipts on the account's open slip; where none is open, the next one is made out."""
    with problems.naming(lambda field: "receipt_ids" if field == "receipts" else field):
        slip = deposit_slips.put_on(
            account=ACCOUNT.named(payload.account_id, "account_id"),
            receipt_ids=payload.receipt_ids,
            by=request.person,
            at=request.at,
        )
    response["Location"] = f"{request.path}/{slip.id}"
    return Status(201, _read(slip.id))


@router.post(
    "/deposit-slips/{slip_id}/taking-off",
    auth=_WRITE,
    response=SlipOut,
    summary="Take a receipt off a deposit slip",
)
@idempotency.required
def take_off_deposit_slip(request: ApiRequest, slip_id: UUID, payload: TakingOffIn) -> SlipOut:
    """Take a receipt off a slip that is open; it waits for the bank again."""
    slip, receipt_id = SLIP.at(slip_id), payload.receipt_id
    deposit_slips.take_off(slip=slip, receipt_id=receipt_id, by=request.person, at=request.at)
    return _read(slip_id)


@router.post(
    "/deposit-slips/{slip_id}/banking",
    auth=_WRITE,
    response=SlipOut,
    summary="Bank a deposit slip",
)
@idempotency.required
def bank_deposit_slip(request: ApiRequest, slip_id: UUID, payload: BankingIn) -> SlipOut:
    """Close a slip: its money was paid in at the bank. The ledgers hold it already."""
    deposit_slips.bank(
        slip=SLIP.at(slip_id),
        on=payload.on or today(request),
        reference=payload.reference,
        by=request.person,
        at=request.at,
        today=today(request),
    )
    return _read(slip_id)


def _read(slip_id: UUID) -> SlipOut:
    return _shown(found.listed(record_lists.deposit_slips(account=None, is_banked=None), slip_id))


def _shown(slip: DepositSlip) -> SlipOut:
    currency = slip.account.currency
    lying = [line.receipt for line in slip.lines.all()]
    return SlipOut(
        id=slip.id,
        number=slip.number,
        account=shapes.account(slip.account),
        amount=shapes.of_minor(sum(one.amount_minor for one in lying), currency),
        receipts=[_carried(one, currency) for one in lying],
        opened_by=shapes.person(slip.opened_by),
        opened_at=slip.opened_at,
        banked_on=slip.banked_on,
        banked_by=shapes.person(slip.banked_by) if slip.banked_by else None,
        banked_at=slip.banked_at,
        bank_reference=slip.bank_reference,
    )


def _carried(receipt: Receipt, currency: str) -> CarriedOut:
    return CarriedOut(
        id=receipt.id,
        number=receipt.number_shown,
        on=receipt.on,
        method=Method(receipt.method),
        received_from=receipt.received_from,
        amount=shapes.of_minor(receipt.amount_minor, currency),
    )

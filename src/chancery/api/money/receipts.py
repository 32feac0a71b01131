"""Receipts: money that came in, for one ledger of a trust account or several."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, Field, StringConstraints

from chancery.api import idempotency
from chancery.api.cursors import Page, page_of
from chancery.api.money import found, shapes
from chancery.api.money.found import ACCOUNT, REQUEST
from chancery.api.money.shapes import (
    Amount,
    AmountIn,
    DocumentOut,
    DocumentQuery,
    LedgerOfRecord,
    On,
    Reason,
    Words80,
)
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import NOT_NUL, Asked
from chancery.api.tokens import Bearer
from chancery.practice import contacts
from chancery.practice.api_tokens import Scope
from chancery.practice.contacts import Contact
from chancery.trust import deposit_slips, receipt_requests, receipts, record_lists
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.receipts import LINES_AT_MOST, Method, Part, Receipt, ReceiptDetails
from chancery.trust.record_lists import Narrowed

router = Router(tags=["receipts"])
From = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=NOT_NUL)]


class PartIn(Asked):
    """What of the money is one ledger's."""

    ledger_id: UUID
    amount: AmountIn


class DrawerIn(Asked):
    """What a cheque or a deposit says of itself."""

    bank: Words80 = ""
    branch: Words80 = ""
    name: Words80 = ""
    number: Words80 = ""
    reference: Words80 = ""


class ReceiptIn(Asked):
    """Money that came in. ``request_id`` names the approved request that this receipt answers."""

    account_id: UUID
    parts: Annotated[list[PartIn], Field(min_length=1, max_length=LINES_AT_MOST)]
    received_on: On = None
    method: Method
    received_from: From
    reason: Reason
    payer_id: Annotated[UUID | None, Field(description="The payer among the contacts")] = None
    drawer: DrawerIn = DrawerIn()
    request_id: UUID | None = None


class PartOut(BaseModel):
    """What of the money went to one ledger."""

    ledger: LedgerOfRecord
    amount: Amount


class ReceiptOut(DocumentOut):
    """A receipt. From ``clears_on`` on its money may leave, unless it was cleared before."""

    method: Method
    received_from: str
    payer_id: UUID | None
    clears_on: date
    cleared_early_on: date | None
    drawer: dict[str, str]
    parts: list[PartOut]


class ReceiptQuery(DocumentQuery):
    """What the list is narrowed to."""

    method: Method | None = None
    not_cleared: Annotated[
        bool, Field(description="Only those that stand and do not count as cleared today")
    ] = False
    on_no_slip: Annotated[
        bool, Field(description="Only cash and paper that waits to be put on a deposit slip")
    ] = False


@router.get(
    "/receipts",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[ReceiptOut],
    summary="List the receipts",
)
def list_receipts(request: ApiRequest, asked: Query[ReceiptQuery]) -> Page[ReceiptOut]:
    """Answer with the receipts that fit, in the order in which they were posted."""
    fitting = record_lists.receipts(asked.narrowed(), asked.method)
    if asked.not_cleared:
        fitting = record_lists.not_cleared(fitting, on=today(request))
    if asked.on_no_slip:
        fitting = deposit_slips.on_no_slip(fitting)
    return page_of(request, fitting, asked, _shown)


@router.get(
    "/receipts/{receipt_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=ReceiptOut,
    summary="Read a receipt",
)
def read_receipt(request: ApiRequest, receipt_id: UUID) -> ReceiptOut:
    """Answer with one receipt."""
    return _read(receipt_id)


@router.post(
    "/receipts",
    auth=Bearer(Scope.RECEIPTS_WRITE),
    response={201: ReceiptOut},
    summary="Take a receipt",
)
@idempotency.required
def take_receipt(
    request: ApiRequest, payload: ReceiptIn, response: HttpResponse
) -> Status[ReceiptOut]:
    """Record money received and give it its number; with ``request_id``, end the request by it."""
    account = ACCOUNT.named(payload.account_id, "account_id")
    asked_for = payload.request_id and REQUEST.named(payload.request_id, "request_id")
    receipt = receipts.take(
        details=_details(request, payload, account),
        by=request.person,
        at=request.at,
        today=today(request),
        key=idempotency.deed_key(request),
    )
    if asked_for:
        receipt_requests.finish_by_receipt(
            request_id=asked_for.id, receipt=receipt, by=request.person, at=request.at
        )
    response["Location"] = f"{request.path}/{receipt.id}"
    return Status(201, _read(receipt.id))


def _details(request: ApiRequest, payload: ReceiptIn, account: TrustBankAccount) -> ReceiptDetails:
    parts = (
        Part(one.ledger_id, shapes.money(one.amount, account.currency, f"parts.{at}.amount"))
        for at, one in enumerate(payload.parts)
    )
    drawer = payload.drawer.model_dump(exclude_defaults=True)
    return ReceiptDetails(
        account_id=account.id,
        parts=tuple(parts),
        received_on=payload.received_on or today(request),
        method=payload.method,
        received_from=payload.received_from,
        reason=payload.reason,
        payer_id=_payer(request, payload.payer_id),
        drawer=drawer,
    )


def _payer(request: ApiRequest, payer_id: UUID | None) -> UUID | None:
    if payer_id is None:
        return None
    try:
        return contacts.visible_to(request.person, payer_id).id
    except Contact.DoesNotExist as missing:
        raise found.not_there("payer_id") from missing


def _read(receipt_id: UUID) -> ReceiptOut:
    return _shown(found.listed(record_lists.receipts(Narrowed(), None), receipt_id))


def _shown(receipt: Receipt) -> ReceiptOut:
    currency = receipt.account.currency
    lines = sorted(receipt.lines.all(), key=lambda line: line.line)
    parts = [
        PartOut(
            ledger=shapes.ledger(line.ledger), amount=shapes.of_minor(line.amount_minor, currency)
        )
        for line in lines
    ]
    return ReceiptOut.model_validate(
        {
            **shapes.of_document(receipt),
            "method": receipt.method,
            "received_from": receipt.received_from,
            "payer_id": receipt.payer_id,
            "clears_on": receipt.clears_on,
            "cleared_early_on": receipt.cleared_early,  # type: ignore[attr-defined]  # the list adds it
            "drawer": receipt.drawer,
            "parts": parts,
        }
    )

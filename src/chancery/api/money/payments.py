"""Withdrawals and transfers: what left and what moved, and the release of what was approved."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import Field, StrictInt

from chancery.api import idempotency
from chancery.api.cursors import Page, page_of
from chancery.api.money import found, shapes
from chancery.api.money.bills import BillIn, sent_by
from chancery.api.money.found import REQUEST
from chancery.api.money.shapes import DocumentOut, DocumentQuery, LedgerOfRecord, On, Words200
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Asked, Version
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.trust import record_lists, releases, transfers, withdrawals
from chancery.trust.record_lists import Narrowed
from chancery.trust.releases import Release
from chancery.trust.requests import RequestKind
from chancery.trust.rules.policy_payments import ChequeRule, PaymentMethod
from chancery.trust.transfers import Transfer
from chancery.trust.withdrawals import Withdrawal

router = Router(tags=["withdrawals and transfers"])
_CONFIRMED = ", ".join(sorted(releases.CONFIRMED))


class ReleaseIn(Asked):
    """An approved request to be done, as it was read."""

    request_id: UUID
    version: Version
    on: On = None


class WithdrawalIn(ReleaseIn):
    """An approved payment to be released; the last three fields are for cheques and cash."""

    cheque_number: Annotated[
        StrictInt | None,
        Field(ge=1, le=2**31 - 1, description="The next of the account where none is sent"),
    ] = None
    confirms: Annotated[
        list[ChequeRule],
        Field(max_length=len(ChequeRule), description=f"What is so of the cheque: {_CONFIRMED}"),
    ] = []
    witness: Annotated[Words200, Field(description="Who saw cash handed over and signed")] = ""


class WithdrawalOut(DocumentOut):
    """Money that left a ledger."""

    ledger: LedgerOfRecord
    request_id: UUID | None
    purpose: RequestKind
    method: PaymentMethod
    payee: str
    payee_number: str
    cheque_number: int | None
    bill: BillIn | None


class TransferOut(DocumentOut):
    """Money that moved from one ledger to another; no bank moved anything."""

    source: LedgerOfRecord
    target: LedgerOfRecord
    authority: str
    request_id: UUID | None


class WithdrawalQuery(DocumentQuery):
    """What the list is narrowed to."""

    method: PaymentMethod | None = None


@router.get(
    "/withdrawals",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[WithdrawalOut],
    summary="List the withdrawals",
)
def list_withdrawals(request: ApiRequest, asked: Query[WithdrawalQuery]) -> Page[WithdrawalOut]:
    """Answer with the withdrawals that fit, in the order in which they were released."""
    fitting = record_lists.withdrawals(asked.narrowed(), asked.method)
    return page_of(request, fitting, asked, _withdrawal)


@router.get(
    "/withdrawals/{withdrawal_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=WithdrawalOut,
    summary="Read a withdrawal",
)
def read_withdrawal(request: ApiRequest, withdrawal_id: UUID) -> WithdrawalOut:
    """Answer with one withdrawal."""
    return _withdrawal(found.listed(record_lists.withdrawals(Narrowed(), None), withdrawal_id))


@router.post(
    "/withdrawals",
    auth=Bearer(Scope.WITHDRAWALS_RELEASE),
    response={201: WithdrawalOut},
    summary="Release an approved withdrawal",
)
@idempotency.required
def release_withdrawal(
    request: ApiRequest, payload: WithdrawalIn, response: HttpResponse
) -> Status[WithdrawalOut]:
    """Let an approved payment leave. A request leaves once: again, the withdrawal that left is answered.

    The token stands for the password that its person entered when they gave it this scope.
    """
    released = withdrawals.release(
        request_id=REQUEST.named(payload.request_id, "request_id").id,
        how=_how(
            request,
            payload,
            cheque_number=payload.cheque_number,
            confirms=frozenset(payload.confirms),
            witness=payload.witness,
        ),
        by=request.person,
        at=request.at,
        today=today(request),
    )
    response["Location"] = f"{request.path}/{released.id}"
    return Status(201, read_withdrawal(request, released.id))


@router.get(
    "/transfers",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[TransferOut],
    summary="List the transfers",
)
def list_transfers(request: ApiRequest, asked: Query[DocumentQuery]) -> Page[TransferOut]:
    """Answer with the transfers that fit, in the order in which they were made."""
    return page_of(request, record_lists.transfers(asked.narrowed()), asked, _transfer)


@router.get(
    "/transfers/{transfer_id}",
    auth=Bearer(Scope.LEDGERS_READ),
    response=TransferOut,
    summary="Read a transfer",
)
def read_transfer(request: ApiRequest, transfer_id: UUID) -> TransferOut:
    """Answer with one transfer."""
    return _transfer(found.listed(record_lists.transfers(Narrowed()), transfer_id))


@router.post(
    "/transfers",
    auth=Bearer(Scope.TRANSFERS_RELEASE),
    response={201: TransferOut},
    summary="Make an approved transfer",
)
@idempotency.required
def make_transfer(
    request: ApiRequest, payload: ReleaseIn, response: HttpResponse
) -> Status[TransferOut]:
    """Make an approved transfer. A request is done once: again, the transfer that was made is answered."""
    made = transfers.make(
        request_id=REQUEST.named(payload.request_id, "request_id").id,
        how=_how(request, payload),
        by=request.person,
        at=request.at,
        today=today(request),
    )
    response["Location"] = f"{request.path}/{made.id}"
    return Status(201, read_transfer(request, made.id))


def _how(request: ApiRequest, payload: ReleaseIn, **of_cheque: Any) -> Release:
    """Return how it is done: by a token, of which the history tells; nobody signed in for it."""
    on: date = payload.on or today(request)
    token = f"{request.token.name} (chancery_{request.token.prefix}_…)"
    return Release(on, None, version=payload.version, token=token, **of_cheque)


def _withdrawal(left: Withdrawal) -> WithdrawalOut:
    currency = left.account.currency
    return WithdrawalOut.model_validate(
        {
            **shapes.of_document(left),
            "ledger": shapes.ledger(left.ledger),
            "request_id": left.request_id,
            "purpose": left.purpose,
            "method": left.method,
            "payee": left.payee,
            "payee_number": left.payee_number_shown,
            "cheque_number": left.cheque_number,
            "bill": sent_by(left.bill, currency) if left.bill else None,
        }
    )


def _transfer(moved: Transfer) -> TransferOut:
    return TransferOut.model_validate(
        {
            **shapes.of_document(moved),
            "source": shapes.ledger(moved.source),
            "target": shapes.ledger(moved.target),
            "authority": moved.authority,
            "request_id": moved.request_id,
        }
    )

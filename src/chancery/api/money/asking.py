"""What is asked for before money moves, between the form in which it is sent and the deeds' own."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, StrictBool

from chancery.api.money import bills, found, shapes
from chancery.api.money.bills import BillIn
from chancery.api.money.found import LEDGER, PAYEE
from chancery.api.money.shapes import AmountIn, Reason, Words200
from chancery.api.requests import ApiRequest
from chancery.api.shapes import Asked, Version
from chancery.lib.problems import DetailsNotRight, Problem, refuse_any
from chancery.trust import withdrawals
from chancery.trust.request_details import REISSUE, TO_CLIENT, RequestDetails
from chancery.trust.requests import MoneyRequest, RequestKind
from chancery.trust.rules.policy_payments import PaymentMethod
from chancery.trust.withdrawals import NoSuchWithdrawal

_PAYMENT = ("method", "authority")
_OF_KIND: dict[RequestKind, tuple[str, ...]] = {
    RequestKind.RECEIPT: (),
    RequestKind.WITHDRAWAL: (*_PAYMENT, "payee", "payee_details_id", "to_client", "reissue_of_id"),
    RequestKind.BILL: (*_PAYMENT, "bill"),
    RequestKind.TRANSFER: ("target_id", "authority"),
}
_EVERY = {name for names in _OF_KIND.values() for name in names}


class RequestIn(Asked):
    """What is asked for. Each kind has fields of its own, and one that is another kind's is refused.

    A withdrawal: ``method``, ``payee`` or ``payee_details_id``, ``to_client``, ``reissue_of_id``,
    ``authority``. A bill: ``method``, ``bill``, ``authority``. A transfer: ``target_id``, ``authority``.
    """

    kind: RequestKind
    ledger_id: Annotated[UUID, Field(description="Where money comes in, or leaves")]
    amount: AmountIn
    reason: Reason
    method: PaymentMethod | None = None
    payee: Words200 = ""
    payee_details_id: Annotated[
        UUID | None, Field(description="The payee's bank details; what an electronic payment needs")
    ] = None
    to_client: Annotated[
        StrictBool, Field(description="The payee is the matter's own client, or it is refused")
    ] = False
    reissue_of_id: Annotated[
        UUID | None,
        Field(description="The withdrawal whose cheque was stopped or went stale, to be paid anew"),
    ] = None
    target_id: Annotated[UUID | None, Field(description="The ledger that a transfer goes to")] = (
        None
    )
    authority: Annotated[Words200, Field(description="The written authority's reference")] = ""
    bill: BillIn | None = None
    assignee_id: Annotated[UUID | None, Field(description="Who is asked to approve")] = None


class RequestPatch(Asked):
    """What to change: a field that is left out stays. The kind of a request does not change."""

    version: Version
    ledger_id: UUID | None = None
    amount: AmountIn | None = None
    reason: Reason | None = None
    method: PaymentMethod | None = None
    payee: Words200 = ""
    payee_details_id: UUID | None = None
    to_client: StrictBool = False
    reissue_of_id: UUID | None = None
    target_id: UUID | None = None
    authority: Words200 = ""
    bill: BillIn | None = None
    assignee_id: UUID | None = None


def details(request: ApiRequest, asked: RequestIn) -> RequestDetails:
    """Return what is asked for as the deed takes it. Refuses: DetailsNotRight."""
    unused = asked.model_fields_set & _EVERY - set(_OF_KIND[asked.kind])
    words = f"A {asked.kind.value} has no such field."
    refuse_any([Problem(name, words) for name in sorted(unused)])
    ledger = LEDGER.named(asked.ledger_id, "ledger_id")
    amount = shapes.money(asked.amount, ledger.account.currency)
    more: dict[str, object] = {TO_CLIENT: True} if asked.to_client else {}
    more |= _in_place_of(asked.reissue_of_id)
    if asked.kind is RequestKind.BILL:
        more = bills.to_details(asked.bill or BillIn(), amount)
    named = asked.payee_details_id and PAYEE.named(asked.payee_details_id, "payee_details_id")
    target = asked.target_id and LEDGER.named(asked.target_id, "target_id")
    person = asked.assignee_id and found.person(request.person, asked.assignee_id, "assignee_id")
    return RequestDetails(
        kind=asked.kind,
        ledger=ledger,
        amount=amount,
        reason=asked.reason,
        method=asked.method or "",
        payee=asked.payee,
        payee_details=named or None,
        target=target or None,
        authority=asked.authority,
        details=more,
        assignee=person or None,
    )


def changed(request: ApiRequest, before: MoneyRequest, patch: RequestPatch) -> RequestDetails:
    """Return what is asked for with what was sent in place of what stood there. Refuses: DetailsNotRight."""
    sent = {
        name: getattr(patch, name)
        for name in patch.model_fields_set - {"version"}
        if getattr(patch, name) is not None or name in _EMPTIED
    }
    kept = _as_sent(before)
    return details(request, RequestIn.model_validate({**kept, **sent}))


_EMPTIED = frozenset({"payee_details_id", "reissue_of_id", "assignee_id"})
"""What a change may take away by sending null."""


def _in_place_of(withdrawal_id: UUID | None) -> dict[str, object]:
    """Return what a request keeps of the cheque that it is in place of. Refuses: DetailsNotRight."""
    if withdrawal_id is None:
        return {}
    try:
        former = withdrawals.taken_back(withdrawal_id)
    except NoSuchWithdrawal as missing:
        words = "No cheque of this withdrawal was stopped or went stale. Send another id."
        raise DetailsNotRight((Problem("reissue_of_id", words),)) from missing
    return {REISSUE: str(former.id), "reissue_number": former.number_shown}


def _as_sent(before: MoneyRequest) -> dict[str, Any]:
    """Return a request in the form in which it was sent, without what is another kind's."""
    told = {
        "kind": RequestKind(before.kind),
        "ledger_id": before.ledger_id,
        "amount": {"minor": before.amount_minor, "currency": before.account.currency},
        "reason": before.reason,
        "method": before.method or None,
        "payee": before.payee,
        "payee_details_id": before.payee_details_id,
        "to_client": bool(before.details.get(TO_CLIENT)),
        "reissue_of_id": before.details.get(REISSUE),
        "target_id": before.target_id,
        "authority": before.authority,
        "assignee_id": before.assignee_id,
    }
    if before.kind == RequestKind.BILL:
        told["bill"] = bills.sent_by(before.details, before.account.currency)
    ours = _OF_KIND[RequestKind(before.kind)]
    return {name: value for name, value in told.items() if name not in _EVERY or name in ours}

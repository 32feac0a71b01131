"""End a request for money to come in: by the receipt that answered it, and by no other."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.people import Person
from chancery.trust import approvals, requests
from chancery.trust.models import MoneyRequest, Receipt
from chancery.trust.models.requests import RequestKind


@dataclass(eq=False)
class NotTheReceiptAskedFor(Refusal):
    """The receipt is for another ledger or amount than the request, or the request is for no receipt."""

    code: ClassVar[str] = "trust.not_the_receipt_asked_for"

    number: str

    def __str__(self) -> str:
        return (
            f"{self.number} is not what this request asks for: the ledger and the amount have to be the"
            " same. Edit the request, or take it back."
        )


def finish_by_receipt(
    *, request_id: UUID, receipt: Receipt, by: Person, at: datetime
) -> MoneyRequest:
    """Mark an approved request for a receipt done, in the transaction that posted the receipt.

    Refuses: NotAllowed, NoSuchRequest, RequestHasEnded, ApprovalsMissing, NotTheReceiptAskedFor.
    """
    permissions.require(by, permissions.Act.TAKE_RECEIPTS)
    request = requests.lock(request_id)
    fits = receipt.lines.filter(ledger_id=request.ledger_id, amount_minor=request.amount_minor)
    if request.kind != RequestKind.RECEIPT or not fits.exists():
        raise NotTheReceiptAskedFor(receipt.number_shown)
    approvals.require_enough(request, by)
    requests.finish(request, by=by, at=at, words=receipt.number_shown)
    return requests.visible(request_id)

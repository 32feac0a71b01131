"""Documents as PDF: the official receipt, the requisition of a withdrawal, the journal of a transfer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from ninja.utils import contribute_operation_callback

from chancery.api.money.found import RECEIPT, TRANSFER, WITHDRAWAL
from chancery.api.requests import ApiRequest
from chancery.api.tokens import Bearer
from chancery.practice.api_tokens import Scope
from chancery.reports import receipts, requisitions, transfer_journals
from chancery.reports.gathered import place_words
from chancery.reports.gathered.receipts import receipt_of
from chancery.reports.gathered.transfers import journal_of
from chancery.reports.gathered.withdrawals import requisition_of
from chancery.trust import jurisdiction

router = Router(tags=["documents"])
_READ = Bearer(Scope.LEDGERS_READ)
_PDF = "application/pdf"
View = Callable[..., HttpResponse]


def _as_pdf(view: View) -> View:
    """Tell in the description that the answer is a PDF."""
    content = {_PDF: {"schema": {"type": "string", "format": "binary"}}}
    told = {"responses": {200: {"description": "The document", "content": content}}}

    def describe(operation: Any) -> None:
        operation.openapi_extra = {**(operation.openapi_extra or {}), **told}

    contribute_operation_callback(view, describe)
    return view


@router.get("/receipts/{receipt_id}/pdf", auth=_READ, summary="A receipt as PDF")
@_as_pdf
def print_receipt(request: ApiRequest, receipt_id: UUID) -> HttpResponse:
    """Answer with the official receipt as the law of the place wants it; marked where it was taken back."""
    found = RECEIPT.at(receipt_id)
    return _answer(found.number_shown, receipts.render(_made(receipt_of, request, found)))


@router.get(
    "/withdrawals/{withdrawal_id}/pdf", auth=_READ, summary="The requisition of a withdrawal as PDF"
)
@_as_pdf
def print_requisition(request: ApiRequest, withdrawal_id: UUID) -> HttpResponse:
    """Answer with who asked, approved and released, to whom it went and what was held after it."""
    found = WITHDRAWAL.at(withdrawal_id)
    return _answer(found.number_shown, requisitions.render(_made(requisition_of, request, found)))


@router.get("/transfers/{transfer_id}/pdf", auth=_READ, summary="The journal of a transfer as PDF")
@_as_pdf
def print_transfer_journal(request: ApiRequest, transfer_id: UUID) -> HttpResponse:
    """Answer with both ledgers before and after, by whose authority, and who approved."""
    found = TRANSFER.at(transfer_id)
    return _answer(found.number_shown, transfer_journals.render(_made(journal_of, request, found)))


def _made(gather: Callable[..., Any], request: ApiRequest, document: object) -> Any:
    """Return what a document says now, in the words of the firm's place."""
    return gather(document, request.person, place_words.of(jurisdiction.of_firm()), request.at)


def _answer(number: str, content: bytes) -> HttpResponse:
    made = HttpResponse(content, content_type=_PDF)
    made["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return made

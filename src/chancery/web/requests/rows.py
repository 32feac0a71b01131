"""Requests as lists show them: frozen, with every word ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.lib.money import Money
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.requests import MoneyRequest, RequestKind, RequestState

_MARKS = {
    RequestState.ASKED: "warn",
    RequestState.NEEDS_INFORMATION: "warn",
    RequestState.APPROVED: "busy",
    RequestState.REJECTED: "bad",
    RequestState.WITHDRAWN: "open",
    RequestState.DONE: "open",
}


@dataclass(frozen=True)
class LedgerLabel:
    """A ledger as a page names it: the matter and whose it is, or the name of a ledger of no matter."""

    id: UUID
    number: str
    title: str
    client: str
    account: str

    @property
    def name(self) -> str:
        """Return the number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class RequestRow:
    """A request as a line of a list. ``is_checked`` is None where no bank details are named."""

    id: UUID
    kind: str
    kind_label: str
    ledger: LedgerLabel
    target: LedgerLabel | None
    payee: str
    payee_number: str
    is_checked: bool | None
    amount: Money
    reason: str
    state: str
    state_label: str
    mark: str
    asked_by: str
    asked_at: datetime


def kind_labels(words: Mapping[str, str]) -> dict[str, str]:
    """Return what each kind of request is called in the firm's words."""
    return {
        RequestKind.WITHDRAWAL: "Withdrawal",
        RequestKind.BILL: f"Payment of our {words['bill']}",
        RequestKind.TRANSFER: words["journal"].capitalize(),
        RequestKind.RECEIPT: "Receipt",
    }


def ledger_label(ledger: TrustLedger) -> LedgerLabel:
    """Return a ledger for the page; its matter, client and account are at hand."""
    matter = ledger.matter
    return LedgerLabel(
        id=ledger.id,
        number=matter.number if matter else "",
        title=matter.title if matter else ledger.kind.replace("_", " ").capitalize(),
        client=matter.client.name if matter else "",
        account=ledger.account.name,
    )


def row_of(request: MoneyRequest, words: Mapping[str, str], firm: str) -> RequestRow:
    """Return a request as a line of a list."""
    details = request.payee_details
    return RequestRow(
        id=request.id,
        kind=request.kind,
        kind_label=kind_labels(words)[request.kind],
        ledger=ledger_label(request.ledger),
        target=ledger_label(request.target) if request.target else None,
        payee=firm if request.kind == RequestKind.BILL else request.payee,
        payee_number=details.number_shown if details else "",
        is_checked=hasattr(details, "check_made") if details else None,
        amount=Money(request.amount_minor, request.account.currency),
        reason=request.reason,
        state=request.state,
        state_label=request.get_state_display(),
        mark=_MARKS[RequestState(request.state)],
        asked_by=request.asked_by.name,
        asked_at=request.asked_at,
    )

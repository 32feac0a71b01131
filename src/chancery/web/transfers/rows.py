"""Transfers as pages show them: frozen, with every word ready."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.lib.money import Money
from chancery.reports.gathered.transfers import authority_on
from chancery.trust import reversals
from chancery.trust.transfers import Transfer
from chancery.web.requests.rows import LedgerLabel, ledger_label
from chancery.web.shell import places
from chancery.web.withdrawals.rows import TakenBack, taken_back


@dataclass(frozen=True)
class TransferRow:
    """A transfer as a line of a list."""

    id: UUID
    number: str
    on: date
    source: LedgerLabel
    target: LedgerLabel
    amount: Money
    authority: str
    reason: str
    by: str
    is_reversed: bool


@dataclass(frozen=True)
class TransferView:
    """A transfer whole."""

    row: TransferRow
    made_on: date
    authority_on: date | None
    request_id: UUID | None
    back: TakenBack | None
    reversal_url: str


def row_of(transfer: Transfer) -> TransferRow:
    """Return a transfer as a line of a list."""
    return TransferRow(
        id=transfer.id,
        number=transfer.number_shown,
        on=transfer.on,
        source=ledger_label(transfer.source),
        target=ledger_label(transfer.target),
        amount=Money(transfer.amount_minor, transfer.account.currency),
        authority=transfer.authority,
        reason=transfer.reason,
        by=transfer.by.name,
        is_reversed=bool(getattr(transfer, "is_reversed", False)),
    )


def view_of(transfer: Transfer) -> TransferView:
    """Return a transfer for its page."""
    back = reversals.of_document(transfer)
    return TransferView(
        row=row_of(transfer),
        made_on=transfer.made_on,
        authority_on=authority_on(transfer),
        request_id=transfer.request_id,
        back=taken_back(back),
        reversal_url="" if back else places.address("reversal", "transfer", transfer.id),
    )

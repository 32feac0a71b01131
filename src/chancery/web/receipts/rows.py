"""Receipts as pages show them: frozen, with every word ready."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.lib.money import Money
from chancery.reports.gathered import methods
from chancery.trust.receipts import Receipt

_BACK = {"reversal": "Reversed", "dishonor": "Dishonoured"}


@dataclass(frozen=True)
class ReceiptRow:
    """A receipt as a line of the list, and as its own page begins."""

    id: UUID
    number: str
    on: date
    account: str
    received_from: str
    reason: str
    method: str
    matters: tuple[str, ...]
    amount: Money
    clears_on: date
    is_waiting: bool
    taken_back: str


def row_of(receipt: Receipt, words: Mapping[str, str], *, today: date) -> ReceiptRow:
    """Return a receipt for the page, as ``receipt_list.found`` gives it."""
    back = getattr(receipt, "taken_back", None) or ""
    clears_on = getattr(receipt, "cleared_early", None) or receipt.clears_on
    lines = sorted(receipt.lines.all(), key=lambda line: line.line)
    return ReceiptRow(
        id=receipt.id,
        number=receipt.number_shown,
        on=receipt.on,
        account=receipt.account.name,
        received_from=receipt.received_from,
        reason=receipt.reason,
        method=methods.name_of(receipt.method, words),
        matters=tuple(line.ledger.matter.number for line in lines if line.ledger.matter),
        amount=Money(receipt.amount_minor, receipt.account.currency),
        clears_on=clears_on,
        is_waiting=not back and clears_on > today,
        taken_back=_BACK.get(back, ""),
    )

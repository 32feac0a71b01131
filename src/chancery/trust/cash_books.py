"""The cash books of a trust account: every entry of its bank account, told by its document. Reads only."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from uuid import UUID

from chancery.ledger import cash_book
from chancery.ledger.cash_book import CashEntry, Days
from chancery.ledger.cash_book import Direction as Direction
from chancery.ledger.statements import Place as Place
from chancery.lib.money import Money
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.models import Receipt, ReceiptLine, Withdrawal

DIRECTIONS: tuple[Direction, ...] = ("receipts", "payments")
_BATCH = 500
_SEVERAL = "several"


@dataclass(frozen=True)
class CashRow:
    """One line of a cash book; ``amount`` is below zero where it takes back an earlier document."""

    place: Place
    number: str
    method: str
    other_party: str
    client: str
    matter: str
    reason: str
    amount: Money
    reference: str = ""
    document_id: UUID | None = None
    is_cancelled: bool = False
    is_reversal: bool = False


@dataclass(frozen=True)
class CashTotal:
    """What a cash book comes to, and how many of its lines count."""

    lines: int
    counted: int
    amount: Money


def rows(
    account: TrustBankAccount,
    direction: Direction,
    days: Days,
    *,
    after: Place = Place.START,
    limit: int = 100,
) -> list[CashRow]:
    """Return lines of a cash book in the order of their days, beginning after a place."""
    found = cash_book.entries(account.id, direction, days, after=after, limit=limit)
    told = _documents([entry.reverses_id or entry.place.journal_id for entry in found])
    return [_row(entry, told, account.currency) for entry in found]


def every_row(
    account: TrustBankAccount, direction: Direction, days: Days, *, at_most: int
) -> Iterator[CashRow]:
    """Yield the lines of a cash book from its first to its last, a batch at a time."""
    return islice(_all(account, direction, days), at_most)


def total(account: TrustBankAccount, direction: Direction, days: Days) -> CashTotal:
    """Return what a cash book comes to; cancelled lines count nothing."""
    found = cash_book.total(account.id, direction, days)
    return CashTotal(found.line_count, found.counted, Money(found.amount_minor, account.currency))


def _all(account: TrustBankAccount, direction: Direction, days: Days) -> Iterator[CashRow]:
    batch = rows(account, direction, days, limit=_BATCH)
    while batch:
        yield from batch
        batch = rows(account, direction, days, after=batch[-1].place, limit=_BATCH)


def _row(entry: CashEntry, told: Mapping[UUID, CashRow], currency: str) -> CashRow:
    amount, is_reversal = Money(entry.amount_minor, currency), entry.reverses_id is not None
    plain = CashRow(
        entry.place, "", entry.kind.replace("_", " "), "", "", "", entry.narrative, amount
    )
    row = told.get(entry.reverses_id or entry.place.journal_id, plain)
    return replace(
        row,
        place=entry.place,
        amount=amount,
        reason=entry.narrative if is_reversal else row.reason,
        is_cancelled=entry.is_cancelled,
        is_reversal=is_reversal,
    )


def _documents(journal_ids: Sequence[UUID]) -> dict[UUID, CashRow]:
    """Return what the documents of some journals say; a journal without one is left out."""
    return _receipts(journal_ids) | _withdrawals(journal_ids)


def _receipts(journal_ids: Sequence[UUID]) -> dict[UUID, CashRow]:
    receipts = list(Receipt.objects.filter(journal_id__in=journal_ids).select_related("account"))
    parts: dict[UUID, list[ReceiptLine]] = {receipt.id: [] for receipt in receipts}
    lines = ReceiptLine.objects.filter(receipt__in=receipts).select_related(
        "ledger__matter__client"
    )
    for line in lines.order_by("receipt_id", "line"):
        parts[line.receipt_id].append(line)
    return {receipt.journal_id: _of_receipt(receipt, parts[receipt.id]) for receipt in receipts}


def _of_receipt(receipt: Receipt, lines: Sequence[ReceiptLine]) -> CashRow:
    matters = [line.ledger.matter for line in lines if line.ledger.matter]
    clients = sorted({matter.client.name for matter in matters})
    return CashRow(
        place=Place(receipt.on, receipt.journal_id, 0),
        number=receipt.number_shown,
        method=receipt.method.replace("_", " "),
        other_party=receipt.received_from,
        client=clients[0] if len(clients) == 1 else _SEVERAL if clients else "",
        matter=", ".join(matter.number for matter in matters),
        reason=receipt.reason,
        amount=Money(receipt.amount_minor, receipt.account.currency),
        reference="; ".join(f"{name}: {words}" for name, words in receipt.drawer.items()),
        document_id=receipt.id,
    )


def _withdrawals(journal_ids: Sequence[UUID]) -> dict[UUID, CashRow]:
    found = Withdrawal.objects.filter(journal_id__in=journal_ids)
    paid = found.select_related("account", "ledger__matter__client")
    return {withdrawal.journal_id: _of_withdrawal(withdrawal) for withdrawal in paid}


def _of_withdrawal(withdrawal: Withdrawal) -> CashRow:
    matter = withdrawal.ledger.matter
    cheque = withdrawal.cheque_number
    return CashRow(
        place=Place(withdrawal.on, withdrawal.journal_id, 0),
        number=withdrawal.number_shown,
        method=withdrawal.method.replace("_", " "),
        other_party=withdrawal.payee,
        client=matter.client.name if matter else "",
        matter=matter.number if matter else "",
        reason=withdrawal.reason,
        amount=Money(withdrawal.amount_minor, withdrawal.account.currency),
        reference=str(cheque) if cheque else withdrawal.payee_number_shown,
        document_id=withdrawal.id,
    )


def month_of(day: date) -> Days:
    """Return the whole month that a day is in."""
    last = monthrange(day.year, day.month)[1]
    return Days(day.replace(day=1), day.replace(day=last))

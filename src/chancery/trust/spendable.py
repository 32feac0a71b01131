"""What may leave a client's ledger, and the sum that leads to it. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from chancery.ledger import accounts, balances
from chancery.lib.money import Money
from chancery.trust.models import ClearanceAnswer, ReceiptLine, Reversal, TrustLedger


@dataclass(frozen=True)
class Waiting:
    """A part of a receipt that has not cleared yet."""

    receipt_id: UUID
    number: str
    method: str
    amount: Money
    clears_on: date


@dataclass(frozen=True)
class Spendable:
    """A ledger at the end of a day: cleared is held less what waits, available less what is protected."""

    held: Money
    cleared: Money
    protected: Money
    available: Money
    is_closed: bool


def of_ledger(ledger: TrustLedger, *, on: date) -> Spendable:
    """Return how a ledger stands at the end of a day."""
    currency = ledger.account.currency
    standing = balances.of_accounts([ledger.id], on=on)[ledger.id]
    protected = Money(balances.protected(ledger.id, on=on), currency)
    available = Money(standing.available_minor, currency)
    return Spendable(
        held=Money(standing.held_minor, currency),
        cleared=available + protected,
        protected=protected,
        available=available,
        is_closed=ledger.id in closed_among([ledger.id]),
    )


def closed_among(ledger_ids: Collection[UUID]) -> set[UUID]:
    """Return which of some ledgers are closed."""
    return set(accounts.closed().filter(account_id__in=ledger_ids))


def waiting(ledger: TrustLedger, *, on: date) -> list[Waiting]:
    """Return what was received for a ledger by a day and has not cleared on it, the soonest first."""
    currency = ledger.account.currency
    back = Reversal.objects.filter(document_id=OuterRef("receipt_id"), on__lte=on)
    early = ClearanceAnswer.objects.filter(
        request__receipt_id=OuterRef("receipt_id"), is_confirmed=True, on__lte=on
    )
    lines = ReceiptLine.objects.filter(
        ledger=ledger, receipt__on__lte=on, receipt__clears_on__gt=on
    ).exclude(Exists(back) | Exists(early))
    return [
        Waiting(
            line.receipt_id,
            line.receipt.number_shown,
            line.receipt.method,
            Money(line.amount_minor, currency),
            line.receipt.clears_on,
        )
        for line in lines.select_related("receipt").order_by(
            "receipt__clears_on", "receipt__number"
        )
    ]

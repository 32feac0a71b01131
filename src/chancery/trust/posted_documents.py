"""Which document stands behind a journal, so that a statement leads to it. Reads only."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from chancery.trust import movements, receipts, transfers, withdrawals
from chancery.trust.models import Movement, Receipt, Reversal, Transfer, Withdrawal
from chancery.trust.reversals import Reversible

_NUMBERED: dict[str, type[Receipt] | type[Withdrawal] | type[Transfer]] = {
    "receipt": Receipt,
    "withdrawal": Withdrawal,
    "transfer": Transfer,
}


@dataclass(frozen=True)
class Posted:
    """A document: its kind, id and number; a reversal names the document that it took back."""

    kind: str
    id: UUID
    number: str
    reversal: str = ""


def of_journals(journal_ids: Collection[UUID]) -> dict[UUID, Posted]:
    """Return the document of each journal that has one."""
    found: dict[UUID, Posted] = {}
    for kind, model in _NUMBERED.items():
        rows = model.objects.filter(journal_id__in=journal_ids)
        for journal_id, document_id, number in rows.values_list("journal_id", "id", "number_shown"):
            found[journal_id] = Posted(kind, document_id, number)
    for moved in Movement.objects.filter(journal_id__in=journal_ids):
        found[moved.journal_id] = Posted("movement", moved.id, moved.number_shown)
    return found | _reversals(journal_ids)


def find(kind: str, document_id: UUID) -> Reversible:
    """Return a document by its kind and id.

    Refuses: NoSuchReceipt, NoSuchWithdrawal, NoSuchTransfer, NoSuchMovement.
    """
    match kind:
        case "withdrawal":
            return withdrawals.visible(document_id)
        case "transfer":
            return transfers.visible(document_id)
        case "movement":
            return movements.visible(document_id)
    return receipts.visible(document_id)


def _reversals(journal_ids: Collection[UUID]) -> dict[UUID, Posted]:
    rows = list(Reversal.objects.filter(journal_id__in=journal_ids))
    named = of_journals([row.reversed_journal_id for row in rows]) if rows else {}
    return {
        row.journal_id: Posted(
            row.document_kind, row.document_id, named[row.reversed_journal_id].number, row.kind
        )
        for row in rows
        if row.reversed_journal_id in named
    }

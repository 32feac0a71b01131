"""The list of receipts: what it may be narrowed to, the latest first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from chancery.trust.models import ClearanceAnswer, Receipt, ReceiptLine, Reversal

ORDER = ("-at", "-id")


@dataclass(frozen=True)
class ReceiptFilter:
    """What is asked for; an empty part asks nothing.

    ``text`` begins the receipt's number or stands in the payer's name or the reason.
    """

    account: UUID | None = None
    method: str = ""
    first_on: date | None = None
    last_on: date | None = None
    text: str = ""

    def __bool__(self) -> bool:
        days = self.first_on or self.last_on
        return bool(self.account or self.method or days or self.text.strip())


def found(asked: ReceiptFilter) -> QuerySet[Receipt]:
    """Return the receipts that fit.

    Each carries ``taken_back``, the kind of what took it back, and ``cleared_early``, the day from
    which a second person let it count as cleared.
    """
    back = Reversal.objects.filter(document_kind="receipt", document_id=OuterRef("pk"))
    receipts = Receipt.objects.select_related("account", "by")
    early = ClearanceAnswer.objects.filter(request__receipt=OuterRef("pk"), is_confirmed=True)
    receipts = receipts.annotate(
        taken_back=Subquery(back.values("kind")[:1]), cleared_early=Subquery(early.values("on")[:1])
    )
    wanted = {
        "account_id": asked.account,
        "method": asked.method,
        "on__gte": asked.first_on,
        "on__lte": asked.last_on,
    }
    receipts = receipts.filter(**{name: value for name, value in wanted.items() if value})
    if text := asked.text.strip():
        receipts = receipts.filter(
            Q(number_shown__istartswith=text)
            | Q(received_from__icontains=text)
            | Q(reason__icontains=text)
        )
    return receipts.prefetch_related("lines__ledger__matter").order_by(*ORDER)


def parts_of(receipt: Receipt) -> list[ReceiptLine]:
    """Return the parts of a receipt with their matters and clients, in their order."""
    lines = ReceiptLine.objects.filter(receipt=receipt)
    return list(lines.select_related("ledger__matter__client").order_by("line"))

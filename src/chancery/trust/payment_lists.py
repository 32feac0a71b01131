"""Lists of what left and what moved: withdrawals, transfers, and the cheques that nobody has presented."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from chancery.trust.models import Reversal, Transfer, Withdrawal
from chancery.trust.rules.policy_payments import PaymentMethod

ORDER = ("-at", "-id")


@dataclass(frozen=True)
class PaymentFilter:
    """What is asked for; an empty part asks nothing. ``text`` begins a number, or is in a payee's name."""

    account: UUID | None = None
    method: str = ""
    purpose: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""

    def __bool__(self) -> bool:
        narrowed = self.account or self.method or self.purpose or self.since or self.until
        return bool(narrowed or self.text.strip())


def withdrawals(asked: PaymentFilter) -> QuerySet[Withdrawal]:
    """Return the firm's withdrawals that fit, the latest first; ``is_reversed`` tells which came back."""
    found = Withdrawal.objects.select_related(
        "account", "ledger__account", "ledger__matter__client", "by"
    )
    exact = {
        "account_id": asked.account,
        "method": asked.method,
        "purpose": asked.purpose,
        "on__gte": asked.since,
        "on__lte": asked.until,
    }
    found = found.filter(**{column: value for column, value in exact.items() if value})
    if text := asked.text.strip():
        fits = Q(number_shown__istartswith=text) | Q(payee__icontains=text)
        found = found.filter(fits | Q(ledger__matter__number__istartswith=text))
    return found.annotate(is_reversed=Exists(_reversals())).order_by(*ORDER)


def transfers(asked: PaymentFilter) -> QuerySet[Transfer]:
    """Return the firm's transfers that fit, the latest first."""
    found = Transfer.objects.select_related(
        "account",
        "source__account",
        "source__matter__client",
        "target__account",
        "target__matter__client",
        "by",
    )
    exact = {"account_id": asked.account, "on__gte": asked.since, "on__lte": asked.until}
    found = found.filter(**{column: value for column, value in exact.items() if value})
    if text := asked.text.strip():
        fits = Q(number_shown__istartswith=text) | Q(source__matter__number__istartswith=text)
        found = found.filter(fits | Q(target__matter__number__istartswith=text))
    return found.annotate(is_reversed=Exists(_reversals())).order_by(*ORDER)


def cheques_out(*, dated_by: date) -> QuerySet[Withdrawal]:
    """Return the cheques dated by a day that were not taken back, the oldest first.

    Which of them the bank has paid is known once statements are reconciled; until then all are listed.
    """
    cheques = withdrawals(PaymentFilter(method=PaymentMethod.CHEQUE, until=dated_by))
    return cheques.filter(~Exists(_reversals())).order_by("on", "id")


def _reversals() -> QuerySet[Reversal]:
    return Reversal.objects.filter(document_id=OuterRef("pk"))

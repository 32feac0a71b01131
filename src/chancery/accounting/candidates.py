"""Which accounts of the package's chart may still be chosen: active, of the right type, of no use yet."""

from collections.abc import Sequence

from django.db.models import QuerySet

from chancery.accounting.models import ChartAccount
from chancery.accounting.port import AccountType

_MOST = 500  # more than any chart of a law firm has; a list is always bounded


def for_trust_bank(currency: str) -> Sequence[ChartAccount]:
    """Return the unused bank accounts in the firm's currency, by code."""
    banks = _free(AccountType.BANK).filter(currency__in=["", currency])
    return list(banks[:_MOST])


def for_system() -> Sequence[ChartAccount]:
    """Return the unused current liabilities that allow payments, by code."""
    return list(_free(AccountType.CURRENT_LIABILITY).filter(takes_payments=True)[:_MOST])


def _free(kind: AccountType) -> QuerySet[ChartAccount]:
    found = ChartAccount.objects.filter(
        type=kind, is_active=True, gone_at__isnull=True, account_use__isnull=True
    )
    return found.order_by("code", "name", "id")

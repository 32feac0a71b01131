"""Which accounts of the package's chart may still be chosen: active, of the right type, of no use yet."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from chancery.accounting import accounts
from chancery.accounting.accounts import CannotServe, ServesAlready
from chancery.accounting.models import ChartAccount
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType

_MOST = 500  # more than any chart of a law firm has; a list is always bounded


def for_trust_bank(currency: str) -> Sequence[ChartAccount]:
    """Return the unused bank accounts in the firm's currency, by code."""
    banks = _free(AccountType.BANK).filter(currency__in=["", currency])
    return list(banks[:_MOST])


def for_system() -> Sequence[ChartAccount]:
    """Return the unused current liabilities that allow payments, by code."""
    return list(_free(AccountType.CURRENT_LIABILITY).filter(takes_payments=True)[:_MOST])


def why_not_for_trust_bank(account_id: UUID) -> str:
    """Return why an account of the chart cannot be chosen any more, in a sentence, or nothing."""
    found = ChartAccount.objects.filter(pk=account_id).first()
    if found is None:
        return ""
    try:
        accounts.require_fit(found, UseOfAccount.TRUST_BANK)
    except (CannotServe, ServesAlready) as refusal:
        return str(refusal)
    return ""


def _free(kind: AccountType) -> QuerySet[ChartAccount]:
    found = ChartAccount.objects.filter(
        type=kind, is_active=True, gone_at__isnull=True, account_use__isnull=True
    )
    return found.order_by("code", "name", "id")

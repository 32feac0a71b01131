"""Where a page of entries begins, as its address says it."""

from datetime import date
from uuid import UUID

from django.http import HttpRequest

from chancery.trust import client_ledgers
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.cash_books import Place

_AFTER = "after"


def after(request: HttpRequest) -> Place:
    """Return the place that the address names; the start where it names none that can be read."""
    try:
        on, journal_id, line = request.GET.get(_AFTER, "").split("_")
        return Place(date.fromisoformat(on), UUID(journal_id), min(int(line), 32767))
    except ValueError:
        return Place.START


def next_url(request: HttpRequest, place: Place) -> str:
    """Return the address of the page that begins after a place."""
    asked = request.GET.copy()
    asked[_AFTER] = f"{place.on.isoformat()}_{place.journal_id}_{place.line}"
    return f"?{asked.urlencode()}"


def first_url(request: HttpRequest) -> str:
    """Return the address of the first page."""
    asked = request.GET.copy()
    asked.pop(_AFTER, None)
    return f"?{asked.urlencode()}"


def has_pool(account: TrustBankAccount) -> bool:
    """Return whether money ever could lie in an account."""
    return client_ledgers.any_in(account)

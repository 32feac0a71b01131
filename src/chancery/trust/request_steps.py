"""What is written down about a request: every step on it, and what an edit changed."""

from datetime import datetime

from chancery.lib.money import Money
from chancery.practice import history
from chancery.practice.people import Person
from chancery.trust.models import MoneyRequest, RequestStep, TrustLedger

KIND = "request"


def take(
    request: MoneyRequest,
    act: str,
    by: Person,
    at: datetime,
    *,
    words: str = "",
    changes: history.Changes | None = None,
) -> None:
    """Write a step down, beside the request and in its history."""
    RequestStep.objects.create(
        firm_id=by.firm_id,
        request=request,
        act=act,
        version=request.version,
        words=words,
        by=by,
        at=at,
    )
    told = (changes or {}) | ({"Words": ("", words)} if words else {})
    history.record(
        of=(KIND, request.id),
        firm_id=by.firm_id,
        act=act.capitalize(),
        by=by,
        at=at,
        changes=told,
    )


def facts(request: MoneyRequest) -> dict[str, object]:
    """Return a request as its history tells it."""
    details = request.payee_details
    currency = request.account.currency
    own = {
        name.replace("_", " ").capitalize(): Money(kept, currency) if name == "owed" else kept
        for name, kept in request.details.items()
    }
    return own | {
        "From or to": _ledger_words(request.ledger),
        "Moved to": _ledger_words(request.target),
        "Amount": str(Money(request.amount_minor, request.account.currency)),
        "Reason": request.reason,
        "Paid by": request.method,
        "Payee": request.payee,
        "Bank details": details.number_shown if details else "",
        "Authority": request.authority,
    }


def differences(before: dict[str, object], request: MoneyRequest) -> history.Changes:
    """Return what differs from the facts of before, also where only one of the two says anything."""
    after = facts(request)
    nothing = dict.fromkeys(before | after, "")
    return history.differences(nothing | before, nothing | after)


def _ledger_words(ledger: TrustLedger | None) -> str:
    if ledger is None:
        return ""
    return ledger.matter.number if ledger.matter else ledger.kind

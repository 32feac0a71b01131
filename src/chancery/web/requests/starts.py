"""What a form of a request starts with: nothing, what an address brings, or the request as it stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from chancery.lib.money import Money, NotAnAmount
from chancery.trust import withdrawals
from chancery.trust.request_details import TO_CLIENT
from chancery.trust.requests import MoneyRequest, RequestKind
from chancery.trust.withdrawals import NoSuchWithdrawal, Withdrawal
from chancery.web.requests.withdrawal_form import CLIENT, OTHER

_BROUGHT = ("amount", "reason")


def of_new(asked: Mapping[str, str], kind: str) -> dict[str, Any]:
    """Return what the address brings; ``reissue`` names a cheque that was stopped or went stale."""
    start: dict[str, Any] = {name: asked[name][:300] for name in _BROUGHT if asked.get(name)}
    if kind == RequestKind.WITHDRAWAL:
        start["to"] = OTHER
        if former := _taken_back(asked.get("reissue", "")):
            start |= _of_cheque(former)
    return start


def of_request(request: MoneyRequest) -> dict[str, Any]:
    """Return a request as its form shows it."""
    currency = request.account.currency
    details = request.payee_details
    matter = request.target.matter if request.target else None
    kept = {name: _shown(name, value, currency) for name, value in request.details.items()}
    return kept | {
        "amount": str(Money(request.amount_minor, currency)),
        "reason": request.reason,
        "assignee": str(request.assignee_id or ""),
        "to": CLIENT if request.details.get(TO_CLIENT) else OTHER,
        "payee": _payee(request, details.contact_id if details else None),
        "payee_text": request.payee,
        "method": request.method,
        "target": matter.number if matter else "",
        **({"authority": request.authority} if request.authority else {}),
    }


def amount_of(form: forms.Form) -> Money:
    """Return the amount that the form shows now; nothing while it is none."""
    currency = form.asking.ledger.account.currency  # type: ignore[attr-defined]  # every AskForm has it
    try:
        return Money.parse(str(form["amount"].value() or "0"), currency)
    except NotAnAmount:
        return Money(0, currency)


def day_of(form: forms.Form, name: str) -> date | None:
    """Return the day that a field of the form shows now, if it is one."""
    if name not in form.fields:
        return None
    try:
        day: date | None = form.fields[name].clean(form[name].value())
    except forms.ValidationError:
        return None
    return day


def _payee(request: MoneyRequest, contact_id: UUID | None) -> Any:
    return request.payee if request.kind == RequestKind.RECEIPT else contact_id


def _shown(name: str, value: object, currency: str) -> object:
    if name == "owed" and isinstance(value, int):
        return str(Money(value, currency))
    return date.fromisoformat(str(value)) if name.endswith("_on") else value


def _taken_back(asked: str) -> Withdrawal | None:
    try:
        return withdrawals.taken_back(UUID(asked)) if asked else None
    except (ValueError, NoSuchWithdrawal):
        return None


def _of_cheque(former: Withdrawal) -> dict[str, Any]:
    return {
        "amount": str(Money(former.amount_minor, former.account.currency)),
        "reason": former.reason,
        "payee_text": former.payee,
        "method": former.method,
        "reissue": former.id,
        "reissue_number": former.number_shown,
    }

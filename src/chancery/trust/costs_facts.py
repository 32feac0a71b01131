"""What a request to pay our bill says of the bill, between the request's row and the rule that judges it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from django.db.models import Sum

from chancery.lib.money import Money
from chancery.trust.models import MoneyRequest, Reversal, Withdrawal
from chancery.trust.models.requests import RequestKind
from chancery.trust.rules.costs import ClientKind, CostsFacts
from chancery.trust.rules.policy_costs import Route

_DAYS = frozenset(each.name for each in fields(CostsFacts) if each.name.endswith("_on"))


def to_details(facts: CostsFacts) -> dict[str, object]:
    """Return the facts as a request keeps them: days in ISO form, amounts in minor units."""
    kept: dict[str, object] = {}
    for name, value in vars(facts).items():
        if name == "amount" or value in (None, "", False):
            continue
        kept[name] = value.minor if isinstance(value, Money) else _plain(value)
    return kept


def of(request: MoneyRequest) -> CostsFacts:
    """Return the facts that a request keeps."""
    currency = request.account.currency
    known = {each.name for each in fields(CostsFacts)}
    told: dict[str, Any] = {
        name: _read(name, kept) for name, kept in request.details.items() if name in known
    }
    if "owed" in told:
        told["owed"] = Money(told["owed"], currency)
    if "route" in told:
        told["route"] = Route(told["route"])
    if "client_kind" in told:
        told["client_kind"] = ClientKind(told["client_kind"])
    return CostsFacts(amount=Money(request.amount_minor, currency), **told)


def as_it_stands(request: MoneyRequest) -> CostsFacts:
    """Return the facts, less what was taken for the same bill since the request said what is owed."""
    facts = of(request)
    if facts.owed is None:
        return facts
    return replace(
        facts, owed=facts.owed - Money(_taken_since(request, facts.bill), facts.owed.currency)
    )


def _taken_since(request: MoneyRequest, bill: str) -> int:
    said = request.steps.filter(act__in=("asked", "edited")).order_by("at", "id").last()
    assert said, "a request was asked for"
    taken = Withdrawal.objects.filter(
        ledger_id=request.ledger_id, purpose=RequestKind.BILL, bill__bill=bill, at__gte=said.at
    )
    back = Reversal.objects.filter(document_kind="withdrawal").values("document_id")
    return taken.exclude(pk__in=back).aggregate(all=Sum("amount_minor"))["all"] or 0


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, kept: object) -> object:
    return date.fromisoformat(str(kept)) if name in _DAYS else kept

"""What a request to pay our bill says of the bill, between the request's row and the rule that judges it."""

from dataclasses import fields
from datetime import date
from typing import Any

from chancery.lib.money import Money
from chancery.trust.models import MoneyRequest
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
    told: dict[str, Any] = {name: _read(name, kept) for name, kept in request.details.items()}
    if "owed" in told:
        told["owed"] = Money(told["owed"], currency)
    if "route" in told:
        told["route"] = Route(told["route"])
    if "client_kind" in told:
        told["client_kind"] = ClientKind(told["client_kind"])
    return CostsFacts(amount=Money(request.amount_minor, currency), **told)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(name: str, kept: object) -> object:
    return date.fromisoformat(str(kept)) if name in _DAYS else kept

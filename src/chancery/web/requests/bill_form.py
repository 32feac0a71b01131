"""Our own bill, paid from client money: the form asks what the place's rules ask on the chosen ground."""

from typing import Any

from django import forms

from chancery.reports.gathered import methods
from chancery.trust import settings
from chancery.trust.costs_facts import to_details
from chancery.trust.requests import RequestKind
from chancery.trust.rules.costs import ClientKind, CostsFacts
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_costs import Need, Route
from chancery.trust.rules.policy_payments import PaymentMethod
from chancery.web.requests import bill_words
from chancery.web.requests.ask_forms import AskForm
from chancery.web.requests.fields import MoneyField
from chancery.web.requests.filters import offer
from chancery.web.shell.days import DayField

_FACTS = frozenset(CostsFacts.__dataclass_fields__) - {"amount", "route"}


class BillForm(AskForm):
    """The facts of one ground; which fields there are depends on it."""

    kind = RequestKind.BILL
    method = forms.ChoiceField(label="Paid to our office account by")

    def fill(self) -> None:
        """Add the fields that the ground needs."""
        policy, words = settings.policy(), self.asking.words
        labels = bill_words.labels(words)
        for name, field in fields_for(policy, Route(self.asking.route)).items():
            field.label = labels[name]
            self.fields[name] = field
        if isinstance(owed := self.fields.get("owed"), MoneyField):
            owed.currency = self.asking.ledger.account.currency
        named = methods.payments(words)
        allowed = policy.payments.methods.value - {PaymentMethod.CASH}
        offer(self, "method", [(key, name) for key, name in named.items() if key in allowed])

    def fact_fields(self) -> list[forms.BoundField]:
        """Return the fields that the ground asks for."""
        return [self[name] for name in bill_words.labels(self.asking.words) if name in self.fields]

    def own(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return the facts as a request keeps them."""
        told = {name: typed[name] for name in _FACTS & typed.keys() if typed[name]}
        if "client_kind" in told:
            told["client_kind"] = ClientKind(told["client_kind"])
        facts = CostsFacts(amount=typed["amount"], route=Route(self.asking.route), **told)
        more = {"delivered_by": typed["delivered_by"]} if typed.get("delivered_by") else {}
        return {"method": typed["method"], "details": to_details(facts) | more}


def fields_for(policy: Policy, route: Route) -> dict[str, forms.Field]:
    """Return the fields of all that a ground needs in a place."""
    fields: dict[str, forms.Field] = {}
    for need in Need:
        if need in policy.costs.routes.value.needs[route]:
            fields |= _FIELDS[need](policy)
    return fields


def _bill(policy: Policy) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "bill": forms.CharField(max_length=40),
        "owed": MoneyField(),
        "delivered_on": DayField(),
        "delivered_by": forms.CharField(max_length=60, help_text="Such as e-mail, post, by hand"),
    }
    if policy.costs.mention.value:
        fields["mentions_withdrawal"] = forms.BooleanField(required=False)
    if policy.costs.waiting.value.objection_cancels:
        fields["objected_on"] = DayField(required=False)
        if policy.costs.lapse.value.after:
            fields["review_applied_for"] = forms.BooleanField(required=False)
    return fields


def _authority(policy: Policy) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        "authority": forms.CharField(max_length=200, help_text="Such as “Letter of 3 Nov 2026”"),
        "authority_on": DayField(),
    }
    if _may_be_spoken(policy):
        fields["is_spoken"] = forms.BooleanField(required=False)
        fields["confirmed_on"] = DayField(required=False)
    return fields


def _may_be_spoken(policy: Policy) -> bool:
    """Tell whether an instruction may be spoken and confirmed later."""
    within = policy.costs.confirm.value.within
    return within is not None and within.n > 0


def _client_kind(policy: Policy) -> dict[str, forms.Field]:
    return {"client_kind": forms.ChoiceField(choices=bill_words.client_kinds())}


def _day(name: str) -> Any:
    return lambda _policy: {name: DayField()}


def _invoice(policy: Policy) -> dict[str, forms.Field]:
    return {"invoice": forms.CharField(max_length=40), "invoiced_on": DayField()}


_FIELDS: dict[Need, Any] = {
    Need.BILL_DELIVERED: _bill,
    Need.INVOICE: _invoice,
    Need.AUTHORITY: _authority,
    Need.NOTICE: _day("noticed_on"),
    Need.PAID_FOR_CLIENT: _day("paid_for_client_on"),
    Need.COMMERCIAL_CLIENT: _client_kind,
    Need.EARNED: _day("earned_on"),
}

"""What is asked when money leaves, and what lists of payments are narrowed to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from chancery.reports.gathered import methods
from chancery.trust import queries, settings
from chancery.trust.payment_lists import PaymentFilter
from chancery.trust.releases import CONFIRMED
from chancery.trust.requests import MoneyRequest
from chancery.trust.rules.policy_payments import ChequeRule, PaymentMethod
from chancery.web.requests.filters import ALL, make_small, offer
from chancery.web.requests.rows import kind_labels
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress

_AGES = (3, 6, 12, 15, 24)
_SAYS = {
    ChequeRule.PRACTICE_NAME: "It bears the name of the firm",
    ChequeRule.HAND_SIGNED: "It is signed by hand",
    ChequeRule.LAWYER_SIGNS: "A lawyer of the firm signed it",
}


class ReleaseForm(PlainForm):
    """On which day it leaves; of a cheque its number and what it bears; of cash who saw it."""

    on = DayField(label="Day it leaves")
    number = forms.IntegerField(min_value=1, max_value=2**31 - 1)
    witness = forms.CharField(label="Handed over before", max_length=120)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(
        self, *args: Any, asked: MoneyRequest, words: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if asked.method == PaymentMethod.CHEQUE:
            self.fields["number"].label = f"Number of the {words['cheque']}"
            self._ask_of_cheque()
        else:
            del self.fields["number"]
        if asked.method == PaymentMethod.CASH:
            self.fields["witness"].help_text = "The name of who signed as a witness"
        else:
            del self.fields["witness"]
        dress(self)

    def _ask_of_cheque(self) -> None:
        """Ask what the place wants of a cheque and only the person who holds it can say."""
        asked = settings.policy().payments.cheque.value.rules
        for rule in CONFIRMED:
            if rule in asked:
                self.fields[rule.value] = forms.BooleanField(label=_SAYS[rule], required=False)

    def confirms(self) -> frozenset[ChequeRule]:
        """Return what was said of the cheque."""
        return frozenset(rule for rule in CONFIRMED if self.cleaned_data.get(rule.value))

    def shown(self) -> list[forms.BoundField]:
        """Return the fields that a person fills in."""
        return [field for field in self if not field.is_hidden]


class PaymentFilterForm(PlainForm):
    """What a list of payments or transfers is narrowed to; an unknown choice is as none."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    account = forms.ChoiceField(label="Account", required=False)
    purpose = forms.ChoiceField(label="Kind", required=False)
    method = forms.ChoiceField(label="Paid by", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [(str(each.id), each.name) for each in queries.bank_accounts()]
        kinds = [
            (kind, label)
            for kind, label in kind_labels(words).items()
            if kind in ("withdrawal", "bill")
        ]
        offer(self, "account", [ALL, *accounts])
        offer(self, "purpose", [ALL, *kinds])
        offer(self, "method", [ALL, *methods.payments(words).items()])
        make_small(self)
        for name in ("text", "since", "until"):
            self.fields[name].widget.attrs["size"] = "11"

    def asked(self) -> PaymentFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return PaymentFilter(
            account=UUID(typed["account"]) if typed.get("account") else None,
            method=typed.get("method", ""),
            purpose=typed.get("purpose", ""),
            since=typed.get("since"),
            until=typed.get("until"),
            text=typed.get("text", ""),
        )


class AgeForm(PlainForm):
    """How old a cheque has to be to stand in the list."""

    age = forms.TypedChoiceField(
        label="Older than",
        required=False,
        coerce=int,
        empty_value="",
        choices=[(str(months), f"{months} months") for months in _AGES],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        make_small(self)

    def months(self) -> int:
        """Return the age that is asked for."""
        self.is_valid()
        return int(self.cleaned_data.get("age") or _AGES[2])


class ChequeForm(PlainForm):
    """When and why a cheque was stopped or went stale."""

    on = DayField(label="Day")
    reason = forms.CharField(label="Reason", max_length=300)

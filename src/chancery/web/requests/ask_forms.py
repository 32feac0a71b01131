"""What is typed when money is asked for: what every request has, and what each kind has of its own."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from chancery.practice.people import Person
from chancery.trust import approvals, ledger_choice
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.request_details import RequestDetails
from chancery.trust.requests import RequestKind
from chancery.web.requests.fields import MoneyField
from chancery.web.requests.filters import offer
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress


@dataclass(frozen=True)
class Asking:
    """In what a form is filled in: by whom, for which ledger, in which words, on which ground."""

    by: Person
    ledger: TrustLedger
    words: Mapping[str, str]
    route: str = ""


class AskForm(PlainForm):
    """What every request has. ``key`` lets the same form ask once, however often it is sent."""

    kind: RequestKind
    amount = MoneyField(label="Amount")
    reason = forms.CharField(label="Reason", max_length=300)
    assignee = forms.ChoiceField(label="Who should approve", required=False)
    key = forms.UUIDField(required=False)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args: Any, asking: Asking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asking = asking
        self.fields["assignee"].help_text = "Left open, whoever may"
        able = approvals.who_may_approve(asking.by)
        self.people = {str(one.id): one for one in able if one.id != asking.by.id}
        offer(
            self,
            "assignee",
            [("", "Anyone who may"), *((i, p.name) for i, p in self.people.items())],
        )
        for field in self.fields.values():
            if isinstance(field, MoneyField):
                field.currency = asking.ledger.account.currency
        self.fill()
        dress(self)
        for name, field in self.fields.items():
            if isinstance(field, MoneyField) and name == "amount":
                field.widget.attrs.pop("class")

    def fill(self) -> None:
        """Say the fields of the kind in the firm's words, and offer their choices."""

    def details(self) -> RequestDetails:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return RequestDetails(
            kind=self.kind,
            ledger=self.asking.ledger,
            amount=typed["amount"],
            reason=typed["reason"],
            assignee=self.people.get(typed["assignee"]),
            **self.own(typed),
        )

    def own(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return what only this kind says."""
        return {}

    def new_key(self) -> str:
        """Return the key to send: the one that came, else a new one."""
        return str(self["key"].value() or uuid.uuid4())


class ReceiptForm(AskForm):
    """Money that is expected to come in."""

    kind = RequestKind.RECEIPT
    payee = forms.CharField(label="Expected from", max_length=200)

    def own(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return whose money it will be."""
        return {"payee": typed["payee"]}


class TransferForm(AskForm):
    """Money from one ledger to another of the same account, by a written authority."""

    kind = RequestKind.TRANSFER
    target = forms.CharField(max_length=30)
    authority = forms.CharField(label="Reference of the written authority", max_length=200)
    authority_on = DayField(label="Written on")

    def fill(self) -> None:
        """Name the other ledger by its matter."""
        unit = self.asking.words["work_unit"]
        self.fields["target"].label = f"To {unit}"
        self.fields[
            "target"
        ].help_text = f"The number of a {unit} with a ledger on the same account"
        self.fields["authority"].help_text = "Such as “Letter of 3 Nov 2026, file note 14”"

    def clean_target(self) -> TrustLedger:
        """Return the ledger of the number that was typed."""
        unit = self.asking.words["work_unit"]
        account = self.asking.ledger.account
        found = ledger_choice.of_number(account.id, self.cleaned_data["target"])
        if found is None:
            raise forms.ValidationError(
                f"No {unit} of this number has a ledger on “{account.name}”"
            )
        return found

    def own(self, typed: dict[str, Any]) -> dict[str, Any]:
        """Return where it goes and by whose word."""
        return {
            "target": typed["target"],
            "authority": typed["authority"],
            "details": {"authority_on": typed["authority_on"].isoformat()},
        }

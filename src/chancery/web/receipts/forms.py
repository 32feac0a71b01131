"""What is typed about money received, and what the list of receipts is narrowed by."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from chancery.lib.problems import DetailsNotRight, Problem
from chancery.reports.gathered import methods
from chancery.trust import queries
from chancery.trust.receipt_list import ReceiptFilter
from chancery.trust.receipts import Method, Part, ReceiptDetails
from chancery.web.receipts.ledger_lines import LedgerLinesForm
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm

_DRAWER = ("drawer", "bank", "branch", "number", "reference")
_FIELDS = {"form_of_money": "method", "parts": "matter_text_1", "amount": "amount_1"}
_FIELDS |= dict.fromkeys(("client_name", "matter_reference"), "matter_text_1")


class ReceiptForm(LedgerLinesForm):
    """Money received, split over as many ledgers as asked for."""

    received_on = DayField(label="Day received")
    received_from = forms.CharField(
        label="Received from",
        max_length=200,
        error_messages={"required": "Enter from whom the money came"},
    )
    method = forms.ChoiceField(label="Form of money")
    reason = forms.CharField(label="Purpose", max_length=300)
    drawer = forms.CharField(label="Drawer", max_length=120, required=False)
    bank = forms.CharField(label="Bank", max_length=120, required=False)
    branch = forms.CharField(label="Branch", max_length=120, required=False)
    number = forms.CharField(label="Number", max_length=40, required=False)
    reference = forms.CharField(label="Bank reference", max_length=80, required=False)

    def __init__(
        self, *args: Any, words: Mapping[str, str], initial: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, words=words, initial=initial, **kwargs)
        self.offer("method", [("", "Choose"), *methods.all_of(words)])
        self.fields["account"].label = f"Into {words['pool_account']}"

    def details(self) -> ReceiptDetails:
        """Return what was typed."""
        typed = self.cleaned_data
        return ReceiptDetails(
            account_id=UUID(typed["account"]),
            parts=tuple(Part(ledger.id, amount) for ledger, amount in self.parts),
            received_on=typed["received_on"],
            method=Method(typed["method"]),
            received_from=typed["received_from"],
            reason=typed["reason"],
            drawer={name: typed[name] for name in _DRAWER if typed[name]},
        )


class FilterForm(PlainForm):
    """What the list is narrowed to; an unknown choice is as none."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    account = forms.ChoiceField(required=False)
    method = forms.ChoiceField(label="Form", required=False)
    first_on = DayField(label="From", required=False)
    last_on = DayField(label="To", required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [(str(one.id), one.name) for one in queries.bank_accounts()]
        for name, offered in (("account", accounts), ("method", methods.all_of(words))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "All"), *offered]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input small"
        for name, size in (("text", "14"), ("first_on", "11"), ("last_on", "11")):
            self.fields[name].widget.attrs["size"] = size

    def asked(self) -> ReceiptFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return ReceiptFilter(
            account=UUID(typed["account"]) if typed.get("account") else None,
            method=typed.get("method", ""),
            first_on=typed.get("first_on"),
            last_on=typed.get("last_on"),
            text=typed.get("text", ""),
        )


def beside_fields(refusal: DetailsNotRight) -> DetailsNotRight:
    """Return the problems under the names of this form's fields."""
    problems = (Problem(_FIELDS.get(one.field, one.field), one.words) for one in refusal.problems)
    return DetailsNotRight(tuple(problems))

"""What is typed about money received, and what the list of receipts is narrowed by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from chancery.lib.money import Money
from chancery.lib.problems import DetailsNotRight, Problem
from chancery.trust import client_ledgers, queries
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.receipt_list import ReceiptFilter
from chancery.trust.receipts import LINES_AT_MOST, Method, Part, ReceiptDetails
from chancery.web.shell import methods
from chancery.web.shell.amounts import AmountField
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress

OFFERED = 8
_DRAWER = ("drawer", "bank", "branch", "number", "reference")
_FIELDS = {"form_of_money": "method", "parts": "matter_text_1", "amount": "amount_1"}
_FIELDS |= dict.fromkeys(("client_name", "matter_reference"), "matter_text_1")


@dataclass(frozen=True)
class LineView:
    """One part of the receipt on the form: where it goes and how much."""

    number: int
    text: BoundField
    amount: BoundField
    offered: list[TrustLedger]
    chosen_id: UUID | None


class ReceiptForm(PlainForm):
    """Money received, split over as many ledgers as asked for.

    A ledger is found by typing the beginning of its matter's or client's name, and chosen among
    those found. ``key`` names this form for ever, so that sending it twice posts once.
    """

    account = forms.ChoiceField(label="Into account")
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
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, words: Mapping[str, str], initial: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=dict(initial), **kwargs)
        self.accounts = {str(one.id): one for one in open_accounts()}
        self._offer("account", [(key, one.name) for key, one in self.accounts.items()])
        self._offer("method", [("", "Choose"), *methods.all_of(words)])
        self.fields["account"].label = f"Into {words['pool_account']}"
        self.work_unit = words["work_unit"]
        self.count = self._count()
        for number in range(1, self.count + 1):
            self._add_line(number)
        dress(self)

    @property
    def account_chosen(self) -> TrustBankAccount | None:
        """Return the account that the money goes into: the first where none is chosen yet."""
        chosen = self.accounts.get(str(self["account"].value() or ""))
        return chosen or next(iter(self.accounts.values()), None)

    @property
    def currency(self) -> str:
        """Return the currency of the account."""
        return self.account_chosen.currency if self.account_chosen else "AUD"

    def lines(self) -> list[LineView]:
        """Return the parts as the form shows them."""
        return [self.line(number) for number in range(1, self.count + 1)]

    def line(self, number: int) -> LineView:
        """Return one part as the form shows it, with the ledgers to choose among."""
        chosen = self._chosen(number)
        fitting = self._fitting(number)
        offered = ([chosen] if chosen else []) + [one for one in fitting if one != chosen]
        return LineView(
            number=number,
            text=self[f"matter_text_{number}"],
            amount=self[f"amount_{number}"],
            offered=offered,
            chosen_id=chosen.id if chosen else None,
        )

    def clean(self) -> dict[str, Any]:
        """Find each part's ledger; a part beyond the first that is left empty is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.parts: list[tuple[TrustLedger, Money]] = []
        for number in range(1, self.count + 1):
            ledger, amount = self._found(number), cleaned.get(f"amount_{number}")
            if number > 1 and not self._is_begun(number):
                continue
            if ledger is None:
                asked = f"Choose the {self.work_unit} among those found"
                self.add_error(f"matter_text_{number}", asked)
            if amount is None and f"amount_{number}" not in self.errors:
                self.add_error(f"amount_{number}", "Enter the amount")
            if ledger and amount:
                self.parts.append((ledger, amount))
        return cleaned

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

    def _found(self, number: int) -> TrustLedger | None:
        if chosen := self._chosen(number):
            return chosen
        fitting = self._fitting(number)
        return fitting[0] if len(fitting) == 1 else None

    def _is_begun(self, number: int) -> bool:
        names = (f"matter_text_{number}", f"ledger_{number}", f"amount_{number}")
        return any(str(self[name].value() or "").strip() for name in names)

    def _fitting(self, number: int) -> list[TrustLedger]:
        typed = str(self[f"matter_text_{number}"].value() or "")
        account = self.account_chosen
        return client_ledgers.found(account.id, typed, limit=OFFERED) if account else []

    def _chosen(self, number: int) -> TrustLedger | None:
        asked = str(self[f"ledger_{number}"].value() or "")
        try:
            ledger = client_ledgers.visible(UUID(asked)) if asked else None
        except (ValueError, client_ledgers.NoSuchLedger):
            return None
        account = self.account_chosen
        return ledger if ledger and account and ledger.account_id == account.id else None

    def _count(self) -> int:
        typed = str((self.data if self.is_bound else self.initial).get("count", "1"))
        count = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1  # noqa: PLR2004
        return min(max(count, 1), LINES_AT_MOST)

    def _add_line(self, number: int) -> None:
        label = self.work_unit.capitalize()
        self.fields[f"matter_text_{number}"] = forms.CharField(
            label=label, max_length=200, required=False
        )
        self.fields[f"ledger_{number}"] = forms.UUIDField(required=False)
        self.fields[f"amount_{number}"] = AmountField(
            label="Amount", required=False, currency=self.currency
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


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


def open_accounts() -> list[TrustBankAccount]:
    """Return the accounts that money may be taken into."""
    return [one for one in queries.bank_accounts() if one.status == "open"]


def beside_fields(refusal: DetailsNotRight) -> DetailsNotRight:
    """Return the problems under the names of this form's fields."""
    problems = (Problem(_FIELDS.get(one.field, one.field), one.words) for one in refusal.problems)
    return DetailsNotRight(tuple(problems))

"""Lines of a form that name a ledger and an amount each: money received, interest, what is lent."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField

from chancery.lib.money import Money
from chancery.trust import account_ledgers, client_ledgers
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.receipts import LINES_AT_MOST
from chancery.web.shell.amounts import AmountField
from chancery.web.shell.forms import PlainForm, dress

OFFERED = 8


@dataclass(frozen=True)
class LineView:
    """One line of the form: the ledger to find, the amount, and the figures beside it."""

    number: int
    text: BoundField
    amount: BoundField
    offered: list[TrustLedger]
    chosen_id: UUID | None
    more: tuple[BoundField, ...] = ()


class LedgerLinesForm(PlainForm):
    """As many ledgers as asked for, each with its amount.

    A ledger is found by typing the beginning of its matter's or client's name, and chosen among
    those found. ``key`` names this form for ever, so that sending it twice posts once.
    """

    account = forms.ChoiceField(label="Account")
    key = forms.UUIDField(widget=forms.HiddenInput)
    amount_label = "Amount"
    more_labels: Mapping[str, str] = {}
    """Further figures of a line that may be left out, by the beginning of their name."""
    lines_at_most = LINES_AT_MOST

    def __init__(
        self, *args: Any, words: Mapping[str, str], initial: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=dict(initial), **kwargs)
        self.accounts = {str(one.id): one for one in self.accounts_offered()}
        self.offer("account", [(key, one.name) for key, one in self.accounts.items()])
        self.work_unit = words["work_unit"]
        self.count = self._count()
        for number in range(1, self.count + 1):
            self._add_line(number)
        dress(self)

    def accounts_offered(self) -> list[TrustBankAccount]:
        """Return the accounts to choose among, the one that stands chosen first."""
        return account_ledgers.open_accounts()

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
            more=tuple(self[f"{name}_{number}"] for name in self.more_labels),
        )

    def clean(self) -> dict[str, Any]:
        """Find each part's ledger; a part beyond the first that is left empty is none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.parts: list[tuple[TrustLedger, Money]] = []
        self.numbers: list[int] = []
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
                self.numbers.append(number)
        return cleaned

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Let a field be chosen among these."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

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
        return min(max(count, 1), self.lines_at_most)

    def _add_line(self, number: int) -> None:
        label = self.work_unit.capitalize()
        self.fields[f"matter_text_{number}"] = forms.CharField(
            label=label, max_length=200, required=False
        )
        self.fields[f"ledger_{number}"] = forms.UUIDField(required=False)
        self.fields[f"amount_{number}"] = AmountField(
            label=self.amount_label, required=False, currency=self.currency
        )
        for name, shown in self.more_labels.items():
            self.fields[f"{name}_{number}"] = AmountField(
                label=shown, required=False, currency=self.currency, may_be_nought=True
            )

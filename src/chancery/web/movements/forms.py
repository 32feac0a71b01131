"""What is typed when a movement is recorded; the deeds judge everything else."""

from collections.abc import Mapping
from typing import Any

from django import forms

from chancery.lib.money import Money
from chancery.lib.problems import DetailsNotRight, Problem
from chancery.trust import account_ledgers, settings
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.interest import Share, is_the_clients
from chancery.trust.movements import LONGEST_REASON, Said
from chancery.web.receipts.ledger_lines import LedgerLinesForm
from chancery.web.requests.filters import offer
from chancery.web.shell.amounts import AmountField
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress


class SaidForm(PlainForm):
    """The legal day, why, and the bank's reference."""

    on = DayField(label="Day")
    reason = forms.CharField(label="What it is", max_length=LONGEST_REASON)
    reference = forms.CharField(label="Bank reference", max_length=80, required=False)

    def said(self) -> Said:
        """Return what was typed of the movement."""
        typed = self.cleaned_data
        return Said(typed["on"], typed["reason"], typed["reference"])


class AccountForm(SaidForm):
    """Money that the bank moved on one account. ``key`` names this form for ever: sent twice, it posts once."""

    account = forms.ChoiceField(label="Account")
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, words: Mapping[str, str], initial: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=dict(initial), **kwargs)
        self.accounts = {str(one.id): one for one in account_ledgers.open_accounts()}
        offer(self, "account", [(key, one.name) for key, one in self.accounts.items()])
        self.fields["account"].label = words["pool_account"].capitalize()
        self.fields["amount"] = AmountField(label="Amount", currency=self.currency)
        dress(self)

    @property
    def account_chosen(self) -> TrustBankAccount | None:
        """Return the account: the first where none is chosen yet."""
        chosen = self.accounts.get(str(self["account"].value() or ""))
        return chosen or next(iter(self.accounts.values()), None)

    @property
    def currency(self) -> str:
        """Return the currency of the account."""
        return self.account_chosen.currency if self.account_chosen else "AUD"

    @property
    def amount_typed(self) -> Money | None:
        """Return the amount as far as it can be read."""
        self.is_valid()
        return self.cleaned_data.get("amount")


class InterestForm(LedgerLinesForm, SaidForm):
    """Interest of as many ledgers as asked for: gross, and what the bank kept back."""

    amount_label = "Interest, gross"
    more_labels = {"tax": "Tax kept back", "fees": "Fees kept back"}

    def accounts_offered(self) -> list[TrustBankAccount]:
        """Return the accounts, those first whose interest is the clients'."""
        pooled = settings.policy().funds.interest.value
        return sorted(super().accounts_offered(), key=lambda one: not is_the_clients(one, pooled))

    def shares(self) -> list[Share]:
        """Return each ledger's interest, in the order of the lines."""
        found = []
        for number, (ledger, gross) in zip(self.numbers, self.parts, strict=True):
            nothing = Money(0, gross.currency)
            tax, fees = (
                self.cleaned_data.get(f"{name}_{number}") or nothing for name in self.more_labels
            )
            found.append(Share(ledger, gross, tax, fees))
        return found

    def beside_fields(self, refusal: DetailsNotRight) -> DetailsNotRight:
        """Return the problems of shares beside the lines that they were typed in."""
        lines = {f"shares.{at}": f"amount_{line}" for at, line in enumerate(self.numbers, 1)}
        problems = (Problem(lines.get(one.field, one.field), one.words) for one in refusal.problems)
        return DetailsNotRight(tuple(problems))


class AdvanceForm(LedgerLinesForm, SaidForm):
    """Money lent to one ledger, or taken back from it."""

    lines_at_most = 1

"""Which account, and which period; an unknown choice is as the first."""

from typing import Any

from django import forms

from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.rules.statutory_deposit import Period
from chancery.web.requests.filters import make_small, offer
from chancery.web.shell import times
from chancery.web.shell.forms import PlainForm


class ChoiceForm(PlainForm):
    """The account and the period; the last day names a period."""

    account = forms.ChoiceField(label="Account", required=False)
    end = forms.ChoiceField(label="Period to", required=False)

    def __init__(
        self, *args: Any, accounts: list[TrustBankAccount], periods: list[Period], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(one.id): one for one in accounts}
        self.periods = {one.last.isoformat(): one for one in periods}
        offer(self, "account", [(key, one.name) for key, one in self.accounts.items()])
        offer(self, "end", [(key, times.day(one.last)) for key, one in self.periods.items()])
        make_small(self)

    @property
    def account_chosen(self) -> TrustBankAccount | None:
        """Return the account, the first where none is chosen; None where none is open."""
        chosen = self.accounts.get(str(self["account"].value() or ""))
        return chosen or next(iter(self.accounts.values()), None)

    @property
    def period_chosen(self) -> Period | None:
        """Return the period, the latest where none is chosen; None where nothing is computed."""
        chosen = self.periods.get(str(self["end"].value() or ""))
        return chosen or next(iter(self.periods.values()), None)

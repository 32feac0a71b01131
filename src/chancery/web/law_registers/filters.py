"""What a register beside the ledger is narrowed to; an unknown choice is as none."""

from typing import Any
from uuid import UUID

from django import forms

from chancery.trust import queries
from chancery.trust.register_lists import RegisterFilter
from chancery.web.law_registers.kinds import LawRegister
from chancery.web.requests.filters import ALL, make_small, offer
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm


class FilterForm(PlainForm):
    """Words, the state, the account, and the days."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    state = forms.ChoiceField(label="State", required=False)
    account = forms.ChoiceField(label="Account", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)
    only = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, register: LawRegister, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if register.states:
            offer(self, "state", [ALL, *zip(("open", "ended"), register.states, strict=True)])
        else:
            del self.fields["state"]
        if register.of_accounts:
            kept = [one for one in queries.bank_accounts() if register.of_accounts(one)]
            offer(self, "account", [ALL, *[(str(one.id), one.name) for one in kept]])
            if len(kept) <= 1:
                self.fields["account"].widget = forms.HiddenInput()
        else:
            del self.fields["account"]
        make_small(self)
        for name in ("text", "since", "until"):
            self.fields[name].widget.attrs["size"] = "11"

    def asked(self) -> RegisterFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return RegisterFilter(
            text=typed.get("text", ""),
            since=typed.get("since"),
            until=typed.get("until"),
            state=typed.get("state", ""),
            account=UUID(typed["account"]) if typed.get("account") else None,
            only=typed.get("only"),
        )

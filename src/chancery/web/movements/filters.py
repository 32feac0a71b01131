"""What a register of movements is narrowed to; an unknown choice is as none."""

from typing import Any
from uuid import UUID

from django import forms

from chancery.trust import queries
from chancery.trust.movement_list import MovementFilter
from chancery.web.movements.kinds import MovementRegister
from chancery.web.requests.filters import ALL, make_small, offer
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm


class FilterForm(PlainForm):
    """Words, the kind of movement, the account, and the days."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    kind = forms.ChoiceField(label="What", required=False)
    account = forms.ChoiceField(label="Account", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def __init__(self, *args: Any, register: MovementRegister, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [(str(one.id), one.name) for one in queries.bank_accounts()]
        offer(self, "account", [ALL, *accounts])
        offer(self, "kind", [ALL, *[(kind.value, kind.label) for kind in register.kinds]])
        if len(register.kinds) == 1:
            del self.fields["kind"]
        make_small(self)
        for name in ("text", "since", "until"):
            self.fields[name].widget.attrs["size"] = "11"

    def asked(self) -> MovementFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return MovementFilter(
            account=UUID(typed["account"]) if typed.get("account") else None,
            kind=typed.get("kind", ""),
            since=typed.get("since"),
            until=typed.get("until"),
            text=typed.get("text", ""),
        )

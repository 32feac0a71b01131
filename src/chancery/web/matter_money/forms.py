"""What the statement is narrowed to, which account a ledger is opened on, and why one is closed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from chancery.ledger.statements import Stretch
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm


class DaysForm(PlainForm):
    """From which day to which; both are included, and an empty one narrows nothing."""

    first_on = DayField(label="From", required=False)
    last_on = DayField(label="To", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"class": "input small num", "size": "11"}

    def asked(self) -> tuple[date | None, date | None]:
        """Return the days asked for."""
        self.is_valid()
        return self.cleaned_data.get("first_on"), self.cleaned_data.get("last_on")

    def stretch(self) -> Stretch:
        """Return the part of a statement that lies within the days."""
        first_on, last_on = self.asked()
        return Stretch(first_on or date.min, last_on or date.max)


class OpeningForm(PlainForm):
    """On which account a ledger is opened."""

    account = forms.ChoiceField()

    def __init__(
        self,
        *args: Any,
        accounts: list[TrustBankAccount],
        words: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["account"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.id), one.name) for one in accounts]
        field.label = words["pool_account"].capitalize()


class ReasonForm(PlainForm):
    """Why a ledger is closed or opened again."""

    reason = forms.CharField(label="Reason", max_length=200)

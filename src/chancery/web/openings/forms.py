"""What is typed about an opening and an import; the deeds judge everything else."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from chancery.lib import ids
from chancery.lib.comma_files import Row
from chancery.lib.money import Money, NotAnAmount
from chancery.trust.opening_drafts import Figures
from chancery.trust.units import LONGEST_REASON
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress

_FIGURES = {"class": "input num", "autocomplete": "off", "inputmode": "decimal"}


class AmountField(forms.CharField):
    """An amount as people type it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs=dict(_FIGURES)), max_length=40, **kwargs)


class FiguresForm(PlainForm):
    """Step 1: the day, what the bank's statement says, and the firm's own part of it."""

    on = DayField(label="As at the end of")
    bank = AmountField(label="Balance on the statement")
    own = AmountField(label="The firm's own money in it", required=False)

    def __init__(self, *args: Any, currency: str, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        self.fields[
            "bank"
        ].help_text = f"What the {words['bank']} held by its statement, {currency}"
        self.fields["own"].help_text = "Left empty, there is none"

    def clean(self) -> dict[str, Any]:
        """Read the amounts in the account's currency."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("bank", "own"):
            try:
                cleaned[name] = Money.parse(cleaned.get(name) or "0", self.currency)
            except NotAnAmount as refusal:
                self.add_error(name, str(refusal))
        return cleaned

    def figures(self) -> Figures:
        """Return what was typed."""
        typed = self.cleaned_data
        return Figures(typed["on"], typed["bank"], typed["own"])


class LedgerForm(PlainForm):
    """One ledger of step 2, as a row of the file would say it."""

    matter = forms.CharField(max_length=30)
    amount = AmountField(label="Balance")
    last_movement = DayField(label="Last movement", required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].label = f"{words['work_unit'].capitalize()} number"
        dress(self)

    def row(self) -> Row:
        """Return what was typed."""
        return _row(self.cleaned_data)


class ItemForm(PlainForm):
    """One outstanding item of step 3, as a row of the file would say it."""

    kind = forms.ChoiceField(label="What")
    date = DayField(label="Day")
    number = forms.CharField(label="Number", max_length=40, required=False)
    payee = forms.CharField(label="Payee or payer", max_length=200, required=False)
    amount = AmountField(label="Amount")

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [
            ("cheque", f"{words['cheque'].capitalize()} not presented"),
            ("deposit", "Deposit not credited"),
        ]

    def row(self) -> Row:
        """Return what was typed."""
        return _row(self.cleaned_data)


class FileForm(PlainForm):
    """A file to read."""

    file = forms.FileField(
        label="CSV file",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": "Choose a file"},
    )


class KeyForm(PlainForm):
    """A press of a button that posts: a second press of the same form does nothing more."""

    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


class ReasonForm(PlainForm):
    """Why something is undone."""

    reason = forms.CharField(label="Why", max_length=LONGEST_REASON, required=False)


def fresh_key() -> KeyForm:
    """Return the form with a key of its own."""
    return KeyForm(initial={"key": str(ids.new())})


def _row(typed: Mapping[str, Any]) -> Row:
    cells = {
        name: value.isoformat() if isinstance(value, date) else str(value or "")
        for name, value in typed.items()
    }
    return Row(number=1, cells=cells, is_whole=True)

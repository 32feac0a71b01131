"""What is typed about a payee's bank account, and about the call that checks it."""

from typing import Any

from django import forms

from chancery.trust.payees import CallBack
from chancery.trust.rules.packs import Pack
from chancery.web.shell.forms import PlainForm, dress


class DetailsForm(PlainForm):
    """Bank details in the parts that the country's numbers have."""

    account_name = forms.CharField(label="Account name", max_length=150)

    def __init__(self, *args: Any, place: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        for part in place.bank_number_fields:
            widget = forms.TextInput(attrs={"class": "input num", "autocomplete": "off"})
            self.fields[f"number_{part.key}"] = forms.CharField(
                label=part.label, max_length=60, widget=widget
            )
        self.fields["account_name"].widget.attrs["autocomplete"] = "off"
        self.fields["account_name"].help_text = "As the payee's bank has it"
        dress(self)

    def number(self) -> dict[str, str]:
        """Return the parts of the number that were typed."""
        keys = [part.key for part in self.place.bank_number_fields]
        return {key: self.cleaned_data[f"number_{key}"] for key in keys}


class CheckForm(PlainForm):
    """A call back: which number, where it was found, who answered."""

    called_number = forms.CharField(
        label="Number called",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "input num", "autocomplete": "off"}),
        help_text="Never one that came with the bank details",
    )
    number_source = forms.CharField(
        label="Where the number was found",
        max_length=200,
        help_text="Such as the signed retainer, a directory, their own website",
    )
    spoke_with = forms.CharField(label="Spoke with", max_length=120)
    said_same = forms.BooleanField(
        label="They read these bank details out themselves",
        error_messages={"required": "Record a call only when they read out these very details"},
    )

    def call(self) -> CallBack:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return CallBack(typed["called_number"], typed["number_source"], typed["spoke_with"])

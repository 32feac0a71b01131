"""What is asked when a transfer is made."""

from django import forms

from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm


class MakeForm(PlainForm):
    """The day on which the money counts for the other ledger."""

    on = DayField(label="Day")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

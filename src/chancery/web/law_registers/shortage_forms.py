"""What is typed about a shortage; the deeds judge everything else."""

from typing import Any

from django import forms

from chancery.trust.deficiencies import LONGEST
from chancery.trust.deficiency_steps import Noted
from chancery.web.movements.forms import SaidForm
from chancery.web.shell.amounts import AmountField
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress


class StepForm(PlainForm):
    """What was found out, told or settled, and on which day."""

    on = DayField(label="Day")
    words = forms.CharField(label="In words", max_length=LONGEST)
    reference = forms.CharField(label="Their reference", max_length=80, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_reference: bool, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].help_text = hint
        if not has_reference:
            del self.fields["reference"]
        dress(self)

    def noted(self) -> Noted:
        """Return what was typed, as the deed takes it."""
        typed = self.cleaned_data
        return Noted(typed["on"], typed["words"], typed.get("reference", ""))


class RestoreForm(SaidForm):
    """The firm's money that makes a shortage good."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = AmountField(label="Amount", currency=currency)
        self.fields["reason"].help_text = "Such as: transfer from the office account"
        dress(self)

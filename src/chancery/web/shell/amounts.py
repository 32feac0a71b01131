"""An amount as people type it: 1,250.00, in the currency of the account it concerns."""

from typing import Any

from django import forms

from chancery.lib.money import Money, NotAnAmount


class AmountField(forms.CharField):
    """An amount above nothing, unless it ``may_be_nought``, in the ``currency`` of the form's account.

    ``shell/amount.html`` shows it in its box. The widget's Enter posts nothing: a form with amounts
    begins with a button that only shows.
    """

    def __init__(self, *, currency: str, may_be_nought: bool = False, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, **kwargs)
        self.currency = currency
        self.may_be_nought = may_be_nought

    def clean(self, value: Any) -> Money | None:
        """Return what was typed as money; None where nothing was."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            amount = Money.parse(typed, self.currency)
        except NotAnAmount as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if not amount.minor and not self.may_be_nought:
            raise forms.ValidationError("Enter an amount above nought.")
        return amount

"""Fields that forms about money share: an amount of the account's currency."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from chancery.lib.money import Money, NotAnAmount


class MoneyField(forms.CharField):
    """An amount of one currency, typed such as 1,250.00."""

    currency = ""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(max_length=40, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return what was typed as Money; None where nothing was, and nothing has to be."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return Money.parse(typed, self.currency)
        except NotAnAmount as refusal:
            raise ValidationError(str(refusal)) from refusal

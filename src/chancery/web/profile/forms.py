"""A person's wishes for the screen."""

from django import forms

from chancery.web.shell.forms import PlainForm


class WishesForm(PlainForm):
    """How the screen looks, and whether single characters are commands."""

    theme = forms.ChoiceField(
        label="Look",
        choices=[("system", "As the system"), ("light", "Light"), ("dark", "Dark")],
        widget=forms.RadioSelect,
    )
    uses_letter_keys = forms.BooleanField(
        label="Single characters are commands",
        required=False,
        help_text="They never act while a field has focus. Ctrl K, Ctrl Enter and Esc work in any case.",
    )

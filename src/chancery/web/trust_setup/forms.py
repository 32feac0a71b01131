"""The choices of Admin > Trust accounting: the place, and which accounts of the package serve."""

from typing import Any

from django import forms
from django.urls import reverse

from chancery.trust.rules import packs
from chancery.trust.rules.packs import Pack
from chancery.web.shell.forms import PlainForm

CREATE = "create"
CHOOSE_ACCOUNT = "Choose an account"
AUTO_CREATE = "(Auto create new in Xero)"
_SHOWS_FACTS = {"hx-target": "#place-facts", "hx-swap": "outerHTML"}
Choices = list[tuple[str, str]]


class AskedText(forms.CharField):
    """A text that the deed asks for: when it is missing, the deed says so with all else it found."""

    def validate(self, value: str) -> None:
        """Leave the judgement to the deed."""


class AskedChoice(forms.ChoiceField):
    """A choice that the deed asks for; only what was never offered is refused here."""

    default_error_messages = {"invalid_choice": "Choose one of those offered."}

    def validate(self, value: str) -> None:
        """Refuse what was not offered."""
        if value and not self.valid_value(value):
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")


class JurisdictionForm(PlainForm):
    """Which place's rules the firm keeps, grouped by country, the firm's own country first."""

    jurisdiction = forms.ChoiceField(
        label="Jurisdiction", help_text="Sets the words, the rules and the deadlines below."
    )

    def __init__(self, *args: Any, country: str, chosen: Pack | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["jurisdiction"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = grouped_places(country, has_none=chosen is None)
        field.widget.attrs.update(_SHOWS_FACTS | {"hx-get": reverse("admin_trust_facts")})
        if chosen:
            field.initial = chosen.code


def grouped_places(country: str, *, has_none: bool) -> list[Any]:
    """Return every place that can be chosen, by country; ``has_none`` puts an empty choice first."""
    groups: dict[tuple[bool, str], Choices] = {}
    for place in packs.choosable():
        group = (place.country != country, place.country_name)
        groups.setdefault(group, []).append((place.code, place.label))
    empty: list[Any] = [("", "Choose a jurisdiction")] if has_none else []
    return [*empty, *((name, places) for (_, name), places in sorted(groups.items()))]


class SystemAccountsForm(PlainForm):
    """Which accounts of the package are Trust Liability and Trust Transfers, or that they be made."""

    trust_liability = AskedChoice(label="Trust Liability")
    trust_transfers = AskedChoice(label="Trust Transfers")

    def offer(self, name: str, choices: Choices, *, first: str, hint: str) -> None:
        """Let a field offer these choices, with ``first`` chosen until something was."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.initial = first
        field.help_text = hint


class RenameForm(PlainForm):
    """Another name for an account that the package would not make."""

    name = forms.CharField(label="Name", max_length=150)


class ReasonForm(PlainForm):
    """Why an account is closed or opened again; the deed asks for it."""

    reason = AskedText(
        label="Why", help_text="Has to be filled in: a few words, which the history keeps."
    )

"""What is typed about the firm and its people."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms

from chancery.practice import firms
from chancery.practice.firms import Firm, FirmDetails
from chancery.practice.people import Role
from chancery.web.shell.forms import PlainForm

_VERSION_MAX = 2**31 - 1
_NO_ZONES = ("Etc/", "SystemV/", "posix/", "right/")


class FirmForm(PlainForm):
    """The firm's name and place. Its currency stays once client money is kept in it."""

    fields_of_fact: ClassVar[dict[str, tuple[str, ...]]] = {
        "Name": ("name",),
        "Currency": ("currency",),
        "Country": ("country",),
        "Time zone": ("time_zone",),
    }
    name = forms.CharField(label="Name", max_length=150)
    country = forms.ChoiceField(label="Country")
    time_zone = forms.ChoiceField(
        label="Time zone", help_text="Decides which day it is for the firm"
    )
    currency = forms.ChoiceField(label="Currency")
    version = forms.IntegerField(required=False, min_value=1, max_value=_VERSION_MAX)

    def __init__(self, *args: Any, firm: Firm, has_accounts: bool, **kwargs: Any) -> None:
        initial = {**vars(FirmDetails.of(firm)), "version": firm.version}
        super().__init__(*args, initial=initial, **kwargs)
        offered = {
            "country": list(firms.countries().items()),
            "time_zone": [(zone, zone.replace("_", " ")) for zone in _zones(firm.time_zone)],
            "currency": [(code, f"{code}, {name}") for code, name in firms.currencies().items()],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        if has_accounts:
            self.fields["currency"].disabled = True
            self.fields["currency"].help_text = "Fixed: trust bank accounts are kept in it"

    def details(self) -> FirmDetails:
        """Return what was typed."""
        typed = self.cleaned_data
        return FirmDetails(typed["name"], typed["currency"], typed["country"], typed["time_zone"])

    def facts(self) -> dict[str, object]:
        """Return what was typed under its names in the history."""
        return self.details().facts()


class PersonForm(PlainForm):
    """Someone's name in this firm and what they may do."""

    name = forms.CharField(label="Name", max_length=120)
    roles = forms.MultipleChoiceField(
        label="Roles", choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, min_value=1, max_value=_VERSION_MAX)


class AskInForm(PersonForm):
    """Someone new: also the e-mail address that they will sign in with."""

    email = forms.CharField(label="E-mail", max_length=254, help_text="They sign in with it")
    field_order = ("name", "email", "roles")


def _zones(kept: str) -> list[str]:
    places = {
        zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NO_ZONES)
    }
    return sorted(places | {kept, "UTC"})

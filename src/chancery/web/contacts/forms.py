"""What is typed about a contact, and what a list of contacts is narrowed by."""

from collections.abc import Mapping
from typing import Any

from django import forms

from chancery.practice import identifiers
from chancery.practice.contact_details import PARTS_OF_ADDRESS, Address, ContactDetails
from chancery.practice.contact_list import ContactFilter
from chancery.practice.contacts import ContactKind
from chancery.web.contacts.rows import type_words
from chancery.web.shell.forms import PlainForm, dress

PLACES = ("street", "postal")
_PARTS = {
    "AU": ("Suburb or town", "State", "Postcode"),
    "CA": ("City", "Province", "Postal code"),
    "GB": ("Town or city", "County", "Postcode"),
    "IE": ("Town or city", "County", "Eircode"),
    "NZ": ("Town or city", "Region", "Postcode"),
    "US": ("City", "State", "ZIP code"),
}
_PARTS_ELSEWHERE = ("Town or city", "Region", "Postcode")


_FIELDS_OF_FACT = {
    "Kind": ("kind",),
    "Name": ("name",),
    "Given name": ("given_name",),
    "Family name": ("family_name",),
    "E-mail": ("email",),
    "Phone": ("phone",),
    "Contact types": ("roles",),
    "Street address": tuple(f"street_{part}" for part in PARTS_OF_ADDRESS),
    "Postal address": tuple(f"postal_{part}" for part in PARTS_OF_ADDRESS),
}


class ContactForm(PlainForm):
    """A person or a company. The numbers and the parts of an address are those of the firm's country."""

    kind = forms.ChoiceField(
        label="This contact is a", choices=ContactKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(label="Company name", max_length=200, required=False)
    given_name = forms.CharField(label="Given name", max_length=100, required=False)
    family_name = forms.CharField(label="Family name", max_length=100, required=False)
    phone = forms.CharField(label="Phone", max_length=40, required=False)
    email = forms.CharField(label="E-mail", max_length=254, required=False)
    roles = forms.MultipleChoiceField(
        label="Contact types", required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        country: str,
        words: Mapping[str, str],
        details: ContactDetails,
        **kwargs: Any,
    ) -> None:
        self.kinds_of_number = _kinds(country, details)
        self.fields_of_fact = {
            **_FIELDS_OF_FACT,
            **{kind.label: (kind.code,) for kind in self.kinds_of_number},
        }
        super().__init__(*args, initial=_initial(details), **kwargs)
        self.fields["kind"].choices = list(ContactKind.choices)[::-1]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["roles"].choices = list(type_words(words).items())  # type: ignore[attr-defined]  # same reason
        for kind in self.kinds_of_number:
            self.fields[kind.code] = _text(kind.label, 40, inputmode="numeric")
        for place in PLACES:
            self._add_place(place, _PARTS.get(country, _PARTS_ELSEWHERE))
        for name, hint in {"email": "email", "phone": "tel", "name": "organization"}.items():
            self.fields[name].widget.attrs["autocomplete"] = hint
        self.fields["email"].widget.attrs["inputmode"] = "email"
        self.fields["phone"].widget.input_type = "tel"
        dress(self)

    def details(self) -> ContactDetails:
        """Return what was typed."""
        typed = self.cleaned_data
        plain = ("kind", "name", "given_name", "family_name", "email", "phone")
        return ContactDetails(
            **{field: typed[field] for field in plain},
            roles=frozenset(typed["roles"]),
            addresses={place: self._place(place) for place in PLACES},
            identifiers={
                kind.code: typed[kind.code]
                for kind in self.kinds_of_number
                if typed["kind"] == ContactKind.COMPANY or not kind.is_of_companies
            },
        )

    def facts(self) -> dict[str, object]:
        """Return what was typed under its names in the history."""
        return self.details().tidied().facts()

    def numbers(self) -> list[tuple[bool, forms.BoundField]]:
        """Return whether only companies have a number, and its field."""
        return [(kind.is_of_companies, self[kind.code]) for kind in self.kinds_of_number]

    def places(self) -> list[tuple[str, bool, list[forms.BoundField]]]:
        """Return each address's title, whether it stands open, and its fields."""
        titles = {"street": "Street address", "postal": "Postal address"}
        return [
            (titles[place], any(field.value() or field.errors for field in fields), fields)
            for place in PLACES
            for fields in [[self[f"{place}_{part}"] for part in PARTS_OF_ADDRESS]]
        ]

    def _add_place(self, place: str, labels: tuple[str, str, str]) -> None:
        city, region, postcode = labels
        of_part = {
            "lines": "Street or box",
            "city": city,
            "region": region,
            "postcode": postcode,
            "country": "Country",
        }
        for part, limit in PARTS_OF_ADDRESS.items():
            self.fields[f"{place}_{part}"] = _text(of_part[part], limit)

    def _place(self, place: str) -> Address:
        return Address(*(self.cleaned_data[f"{place}_{part}"] for part in PARTS_OF_ADDRESS))


class FilterForm(PlainForm):
    """What the list is narrowed to; an unknown choice is as none."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    role = forms.ChoiceField(label="Type", required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", "All")]
        self.fields["kind"].choices = everything + list(ContactKind.choices)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["role"].choices = everything + list(type_words(words).items())  # type: ignore[attr-defined]  # same reason
        for field in self.fields.values():
            field.widget.attrs["class"] = "input small"
        self.fields["text"].widget.attrs.update(size="16", maxlength="100")

    def asked(self) -> ContactFilter:
        """Return what is asked for."""
        self.is_valid()
        return ContactFilter(**{name: self.cleaned_data.get(name, "") for name in self.fields})


def _kinds(country: str, details: ContactDetails) -> list[identifiers.IdentifierKind]:
    usual = list(identifiers.kinds_in(country))
    kept = [identifiers.kind(code) for code in details.identifiers]
    return usual + [kind for kind in kept if kind not in usual]


def _initial(details: ContactDetails) -> dict[str, Any]:
    plain = ("kind", "name", "given_name", "family_name", "email", "phone")
    return {
        **{field: getattr(details, field) for field in plain},
        "roles": sorted(details.roles),
        **{
            f"{place}_{part}": getattr(address, part)
            for place, address in details.addresses.items()
            for part in PARTS_OF_ADDRESS
        },
        **{
            code: identifiers.kind(code).shown(number)
            for code, number in details.identifiers.items()
        },
    }


def _text(label: str, limit: int, **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, required=False, widget=forms.TextInput(attrs=attributes)
    )

"""What is typed about a matter, and what a list of matters is narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms

from chancery.practice import contact_list, contacts, matters, people
from chancery.practice.contact_list import ContactFilter
from chancery.practice.contacts import Contact
from chancery.practice.matter_list import MatterFilter
from chancery.practice.matters import MatterDetails, MatterStatus
from chancery.practice.people import Person
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm, dress

CLIENTS_OFFERED = 8


class MatterForm(PlainForm):
    """A matter. Its client is found by typing the beginning of a name and chosen among those found."""

    fields_of_fact: ClassVar[dict[str, tuple[str, ...]]] = {
        "Number": ("number",),
        "Title": ("title",),
        "Client": ("client",),
        "Type": ("type",),
        "Responsible": ("responsible",),
        "Reference": ("reference",),
        "Opened": ("opened_on",),
    }
    title = forms.CharField(label="Title", max_length=200)
    client_text = forms.CharField(max_length=200, required=False)
    client = forms.UUIDField(required=False)
    type = forms.ChoiceField(label="Type")
    responsible = forms.ChoiceField(label="Responsible")
    opened_on = DayField(label="Opened on")
    number = forms.CharField(label="Number", max_length=30, required=False)
    reference = forms.CharField(label="Reference", max_length=60, required=False)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        by: Person,
        words: Mapping[str, str],
        initial: dict[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=initial, **kwargs)
        self.by = by
        self.types = {str(kind.id): kind for kind in matters.types_of(by)}
        self.people = {str(one.id): one for one in people.who_work(by)}
        if (kept := initial.get("responsible_person")) is not None:
            self.people.setdefault(str(kept.id), kept)
        self._offer("type", {key: kind.name for key, kind in self.types.items()})
        self._offer("responsible", {key: one.name for key, one in self.people.items()})
        self.fields["client_text"].label = words["person"].capitalize()
        self.fields["reference"].help_text = f"How the {words['person']} or another office calls it"
        dress(self)

    def offered(self) -> list[Contact]:
        """Return the contacts to choose the client among: the one chosen, then those whose name fits."""
        chosen = self._chosen()
        typed = str(self["client_text"].value() or "")
        fitting = clients_like(self.by, typed)
        return ([chosen] if chosen else []) + [one for one in fitting if one != chosen]

    def clean(self) -> dict[str, Any]:
        """Find the client: the one chosen, or the only one of the typed name."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = self._chosen()
        if chosen is None:
            fitting = clients_like(self.by, cleaned.get("client_text", ""))
            chosen = fitting[0] if len(fitting) == 1 else None
        if chosen is None:
            asked = str(self.fields["client_text"].label).lower()
            self.add_error("client_text", f"Choose the {asked} among the contacts")
        cleaned["client"] = chosen
        return cleaned

    def details(self) -> MatterDetails:
        """Return what was typed."""
        typed = self.cleaned_data
        return MatterDetails(
            title=typed["title"],
            client=typed["client"],
            type=self.types[typed["type"]],
            responsible=self.people[typed["responsible"]],
            opened_on=typed["opened_on"],
            number=typed["number"],
            reference=typed["reference"],
        )

    def facts(self) -> dict[str, object]:
        """Return what was typed under its names in the history."""
        return self.details().tidied().facts()

    def chosen_id(self) -> UUID | None:
        """Return the id of the chosen client, to tick it."""
        chosen = self._chosen()
        return chosen.id if chosen else None

    def _chosen(self) -> Contact | None:
        asked = str(self["client"].value() or "")
        try:
            return contacts.visible_to(self.by, UUID(asked)) if asked else None
        except (ValueError, Contact.DoesNotExist):
            return None

    def _offer(self, name: str, choices: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *choices.items()]


class StatusForm(PlainForm):
    """Where the matter stands from now on, and why."""

    status = forms.ChoiceField(
        label="Status", choices=MatterStatus.choices, widget=forms.RadioSelect
    )
    why = forms.CharField(label="Reason", max_length=200)
    version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1)


class FilterForm(PlainForm):
    """What the list is narrowed to; an unknown choice is as none."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    status = forms.ChoiceField(label="Status", required=False)
    type = forms.ChoiceField(label="Type", required=False)
    responsible = forms.ChoiceField(label="Responsible", required=False)
    client = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", "All")
        choices = {
            "status": list(MatterStatus.choices),
            "type": [(str(kind.id), kind.name) for kind in matters.types_of(by)],
            "responsible": [(str(one.id), one.name) for one in people.of_firm(by)],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [everything, *offered]
        for field in self.fields.values():
            field.widget.attrs["class"] = "input small"
        self.fields["text"].widget.attrs.update(size="12", maxlength="100")

    def asked(self) -> MatterFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return MatterFilter(
            status=typed.get("status", ""),
            type=_id(typed.get("type")),
            responsible=_id(typed.get("responsible")),
            client=typed.get("client"),
            text=typed.get("text", ""),
        )


def clients_like(by: Person, typed: str) -> list[Contact]:
    """Return a few contacts of which a word begins so."""
    if not typed.strip():
        return []
    return list(contact_list.found(by, ContactFilter(text=typed))[:CLIENTS_OFFERED])


def initial_of(details: MatterDetails) -> dict[str, Any]:
    """Return what the form shows of a matter as it stands."""
    return {
        "title": details.title,
        "client": details.client.id,
        "type": str(details.type.id),
        "responsible": str(details.responsible.id),
        "responsible_person": details.responsible,
        "opened_on": details.opened_on,
        "number": details.number,
        "reference": details.reference,
    }


def initial_of_new(by: Person, today: date, client: str) -> dict[str, Any]:
    """Return what the form of a new matter shows: opened today, by the reader where they may."""
    return {"client": client, "responsible": str(by.id), "opened_on": today}


def _id(words: str | None) -> UUID | None:
    return UUID(words) if words else None

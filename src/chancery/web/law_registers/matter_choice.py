"""Choosing a matter in a form: typed as people know it, and chosen among those found."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst

from chancery.practice import matter_list
from chancery.practice.matter_list import MatterFilter
from chancery.practice.matters import Matter
from chancery.practice.people import Person
from chancery.web.shell.forms import PlainForm, dress

OFFERED = 8


class MatterForm(PlainForm):
    """A form about one matter, found by how its number, title or client begins.

    ``key`` names this form for ever, so that sending it twice records once. After ``clean`` the matter
    is in ``chosen``.
    """

    matter_text = forms.CharField(max_length=200, required=False)
    matter = forms.UUIDField(required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        person: Person,
        words: Mapping[str, str],
        initial: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=dict(initial), **kwargs)
        self.person, self.work_unit = person, words["work_unit"]
        self.fields["matter_text"].label = capfirst(self.work_unit)
        dress(self)

    @property
    def chosen(self) -> Matter | None:
        """Return the matter that was chosen, or the only one that fits what was typed."""
        asked = str(self["matter"].value() or "")
        try:
            found = matter_list.found(self.person, MatterFilter()).filter(pk=UUID(asked)).first()
        except ValueError:
            found = None
        if found:
            return found
        fitting = self._fitting()
        return fitting[0] if len(fitting) == 1 else None

    @property
    def offered(self) -> list[Matter]:
        """Return a few matters to choose among, the chosen one first."""
        chosen = self.chosen
        others = [one for one in self._fitting() if one != chosen]
        return ([chosen] if chosen else []) + others

    def clean(self) -> dict[str, Any]:
        """Ask for the matter where none is chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.chosen is None:
            self.add_error("matter_text", f"Choose the {self.work_unit} among those found")
        return cleaned

    def matter_found(self) -> Matter:
        """Return the matter of a form that is valid."""
        assert self.chosen, "clean asks for it"
        return self.chosen

    def _fitting(self) -> list[Matter]:
        typed = str(self["matter_text"].value() or "")
        if not typed.strip():
            return []
        return list(matter_list.found(self.person, MatterFilter(text=typed))[:OFFERED])

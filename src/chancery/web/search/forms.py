"""What may be asked on the results page."""

from collections.abc import Mapping

from django import forms
from django.http import QueryDict

from chancery.practice.matters import MatterStatus
from chancery.practice.search import QUESTION_MAX
from chancery.web.shell.forms import PlainForm
from chancery.web.shell.words import plural

EVERYTHING, CONTACTS, MATTERS = "", "contact", "matter"


class SearchForm(PlainForm):
    """The question, and what to look among. Read from the address; what is not right is not asked."""

    q = forms.CharField(label="Name, number or reference", required=False, max_length=QUESTION_MAX)
    kind = forms.ChoiceField(label="Look among", required=False)
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Active, else inactive, else closed"), *MatterStatus.choices],
    )
    page = forms.IntegerField(required=False, min_value=1)

    def __init__(self, asked: QueryDict, words: Mapping[str, str]) -> None:
        super().__init__(asked, auto_id="asked_%s")
        matters = plural(words["work_unit"])
        self.fields["kind"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (EVERYTHING, "Everything"),
            (CONTACTS, "Contacts"),
            (MATTERS, matters.capitalize()),
        ]
        self.fields["status"].label = f"Status of {matters}"

    def asked(self, name: str) -> str:
        """Return one answer, or nothing where it is absent or not right."""
        self.is_valid()
        return str(self.cleaned_data.get(name) or "").strip()

    @property
    def page_number(self) -> int:
        """Return which page is asked for; the first unless another is."""
        return int(self.asked("page") or 1)

"""What the list of requests is narrowed to; an unknown choice is as none."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms

from chancery.practice.people import Person
from chancery.trust import queries
from chancery.trust.request_list import RequestFilter
from chancery.trust.requests import RequestState
from chancery.web.requests.rows import kind_labels
from chancery.web.shell.forms import PlainForm

ALL = ("", "All")


class FilterForm(PlainForm):
    """Kind, state, account, and whether only what the reader asked for."""

    kind = forms.ChoiceField(label="Kind", required=False)
    state = forms.ChoiceField(label="State", required=False)
    account = forms.ChoiceField(label="Account", required=False)
    mine = forms.ChoiceField(
        label="Asked by", required=False, choices=[("", "Anyone"), ("yes", "Me")]
    )

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = [(str(each.id), each.name) for each in queries.bank_accounts()]
        offer(self, "kind", [ALL, *kind_labels(words).items()])
        offer(self, "state", [ALL, *RequestState.choices])
        offer(self, "account", [ALL, *accounts])
        make_small(self)

    def asked(self, by: Person, *, is_waiting: bool) -> RequestFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return RequestFilter(
            kind=typed.get("kind", ""),
            state=typed.get("state", ""),
            account=UUID(typed["account"]) if typed.get("account") else None,
            asked_by=by.id if typed.get("mine") else None,
            waiting_for=by if is_waiting else None,
        )


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """Let a field be chosen among these."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def make_small(form: forms.Form) -> None:
    """Give the fields of a toolbar their size."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "input small"

"""Two people changed the same record: what the second did not touch takes what the first saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from django import forms
from django.http import QueryDict

from chancery.practice import history
from chancery.practice.history import Changes


@dataclass(frozen=True)
class Missed:
    """A fact that someone else changed; ``entered`` is None where this form does not ask for it."""

    field: str
    before: str
    after: str
    entered: str | None


@runtime_checkable
class Merging(Protocol):
    """A form that knows its facts as the history names them, and by which fields each is typed."""

    fields_of_fact: Mapping[str, tuple[str, ...]]

    def facts(self) -> Mapping[str, object]:
        """Return each fact as it was typed."""


def merge(form: forms.BaseForm, changes: Changes) -> tuple[list[Missed], list[str]]:
    """Let the form take what others saved in facts that its person left alone.

    Returns the facts that both changed, and the names of those taken. The form's initial values are the
    record as it stands now; ``shell/missed.html`` shows the answer as ``missed`` and ``taken``.
    """
    if not isinstance(form, Merging):
        return [Missed(fact, *words, None) for fact, words in changes.items()], []
    typed = dict(form.facts())
    entered = history.differences(dict.fromkeys(typed, ""), typed)
    missed, taken = [], []
    for fact, (before, after) in changes.items():
        _, mine = entered.get(fact, ("", ""))
        if mine == after:
            continue
        if fact in form.fields_of_fact and mine == before:
            taken.append(fact)
        else:
            missed.append(Missed(fact, before, after, mine if fact in typed else None))
    _take(form, [name for fact in taken for name in form.fields_of_fact[fact]])
    return missed, taken


def _take(form: forms.BaseForm, names: list[str]) -> None:
    assert isinstance(form.data, QueryDict)
    data = form.data.copy()
    for name in names:
        if name in form.fields:
            field = form.fields[name]
            kept: Any = field.prepare_value(form.get_initial_for_field(field, name))
            several = kept if isinstance(kept, list) else [kept]
            data.setlist(name, ["" if one is None else str(one) for one in several])
    form.data = data

"""A firm's own value of a setting: the fields that its form has, and what they say as the pack would."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, cast

from django import forms
from pydantic import JsonValue

from chancery.trust.rules.overrides import Kind, Overridable
from chancery.trust.rules.policy_clearing import Method
from chancery.trust.rules.policy_payments import PaymentMethod
from chancery.trust.rules.ruled import Ruled
from chancery.web.shell.forms import PlainForm, dress

_LARGEST = 2**31 - 1
_UNITS = (
    ("calendar_days", "calendar days"),
    ("business_days", "business days"),
    ("working_days", "working days"),
    ("banking_days", "banking days"),
    ("months", "months"),
)
Fields = dict[str, forms.Field]
Typed = Mapping[str, Any]


class ValueForm(PlainForm):
    """The fields of one setting, by the form that its value takes."""

    def __init__(
        self, *args: Any, setting: Overridable, place: Ruled[object], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = setting.kind
        self.fields.update(_FIELDS[setting.kind](place.value))
        dress(self)

    def value(self) -> JsonValue:
        """Return what was typed in the pack's own form."""
        return _VALUES[self.kind](self.cleaned_data)


def initial_of(kind: Kind, value: JsonValue) -> dict[str, Any]:
    """Return what the form shows of a value that the firm has set already."""
    if kind == "choices":
        return {"value": value}
    if not isinstance(value, dict):
        return {"value": value}
    flat: dict[str, Any] = {}
    for name, part in value.items():
        if isinstance(part, dict):
            flat |= {f"{name}_{key}": one for key, one in part.items()}
        else:
            flat[name] = part
    return flat


def _number(label: str, *, required: bool = True, hint: str = "") -> forms.Field:
    return forms.IntegerField(
        label=label,
        required=required,
        help_text=hint,
        min_value=0,
        max_value=_LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Enter a whole number"},
    )


def _span(prefix: str = "", label: str = "", *, required: bool = True) -> Fields:
    name = f"{label}: how many" if label else "How many"
    return {
        f"{prefix}n": _number(name, required=required),
        f"{prefix}unit": forms.ChoiceField(label="Of which kind", choices=_UNITS, required=False),
    }


def _spans(value: object) -> Fields:
    return _span()


def _deficiency(value: object) -> Fields:
    return {**_span("correct_", "Made good within"), **_span("report_", "Reported within")}


def _holds(value: object) -> Fields:
    fields: Fields = {}
    for method in Method:
        label = method.value.replace("_", " ").capitalize()
        fields |= _span(f"{method.value}_", label, required=False)
    return fields


def _people(value: object) -> Fields:
    return {
        "people": _number("How many people"),
        "over": _number("Above which amount", required=False, hint="Empty: for every payment"),
        "alone": _number("In a firm of one", required=False),
    }


def _choice(value: object) -> Fields:
    offered = list(type(value)) if isinstance(value, StrEnum) else []
    choices = [(one.value, one.value.replace("_", " ").capitalize()) for one in offered]
    field = forms.ChoiceField(label="Value", choices=choices, widget=forms.RadioSelect)
    return {"value": field}


def _choices(value: object) -> Fields:
    choices = [(method.value, method.value.capitalize()) for method in PaymentMethod]
    boxes = forms.CheckboxSelectMultiple
    return {"value": forms.MultipleChoiceField(label="Allowed", choices=choices, widget=boxes)}


def _whole(name: str, label: str) -> Callable[[object], Fields]:
    return lambda _: {name: _number(label)}


def _yes(value: object) -> Fields:
    choices = [("yes", "Yes"), ("no", "No")]
    return {"value": forms.ChoiceField(label="Value", choices=choices, widget=forms.RadioSelect)}


def _read_span(typed: Typed, prefix: str = "") -> JsonValue:
    return {"n": typed[f"{prefix}n"], "unit": typed.get(f"{prefix}unit") or "calendar_days"}


def _read_holds(typed: Typed) -> JsonValue:
    given = [method.value for method in Method if typed.get(f"{method.value}_n") is not None]
    return {name: _read_span(typed, f"{name}_") for name in given}


def _read_people(typed: Typed) -> JsonValue:
    names = ("people", "over", "alone")
    return {name: typed[name] for name in names if typed.get(name) is not None}


_FIELDS: dict[Kind, Callable[[object], Fields]] = {
    "span": _spans,
    "deficiency": _deficiency,
    "holds": _holds,
    "amount": _whole("amount", "Whole amount"),
    "cap": _whole("max", "At most, a whole amount"),
    "months": _whole("dormant_months", "Months"),
    "years": _whole("n", "Years"),
    "people": _people,
    "choice": _choice,
    "choices": _choices,
    "bearer": _choice,
    "yes_no": _yes,
}
_VALUES: dict[Kind, Callable[[Typed], JsonValue]] = {
    "span": _read_span,
    "deficiency": lambda typed: {
        "correct": _read_span(typed, "correct_"),
        "report": _read_span(typed, "report_"),
    },
    "holds": _read_holds,
    "amount": lambda typed: {"amount": typed["amount"]},
    "cap": lambda typed: {"max": typed["max"]} if typed["max"] else False,
    "months": lambda typed: {"dormant_months": typed["dormant_months"]},
    "years": lambda typed: {"n": typed["n"]},
    "people": _read_people,
    "choice": lambda typed: cast("str", typed["value"]),
    "choices": lambda typed: list(typed["value"]),
    "bearer": lambda typed: {"paid_by": typed["value"]},
    "yes_no": lambda typed: typed["value"] == "yes",
}

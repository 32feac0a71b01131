"""How our forms look and speak: one class per control, and errors that say what to enter."""

from typing import Any

from django import forms

from chancery.lib.problems import DetailsNotRight

_TOO_LONG = "Use at most %(limit_value)d characters; this has %(show_value)d."
_CHOICES = (forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple)


class PlainForm(forms.Form):
    """A form that is checked when it is sent, never by the browser in a language of its own.

    A field may say what to enter by its own ``error_messages``; otherwise its label says it. What is
    too long is said, never cut off by the browser without a word.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


def dress(form: forms.BaseForm) -> None:
    """Give a form's controls their looks, and its missing answers their words."""
    for field in form.fields.values():
        _classify(field.widget)
        _word(field)
        field.widget.attrs.pop("maxlength", None)
        field.error_messages["max_length"] = _TOO_LONG


def _classify(widget: forms.Widget) -> None:
    """Give a control the class of its look."""
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return
    classes = str(widget.attrs.get("class", "")).split()
    if "input" not in classes:
        widget.attrs["class"] = " ".join(["input", *classes])


def _word(field: forms.Field) -> None:
    """Say what is missing by the field's own name."""
    if (
        not field.label
        or field.error_messages["required"] != forms.Field.default_error_messages["required"]
    ):
        return
    name = str(field.label)
    verb = "Choose" if isinstance(field.widget, _CHOICES) else "Enter"
    shown = name if name[1:2].isupper() else name[:1].lower() + name[1:]
    field.error_messages["required"] = f"{verb} the {shown}"


def tell(form: forms.BaseForm, refusal: DetailsNotRight) -> None:
    """Put each problem that a deed found beside its field; then the form is shown again."""
    for problem in refusal.problems:
        form.add_error(problem.field if problem.field in form.fields else None, problem.words)

"""What is wrong with a form, as the summary at the top lists it."""

from dataclasses import dataclass

from django.forms import BaseForm

_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@dataclass(frozen=True)
class ErrorLine:
    """One thing to mend; ``anchor`` is the field's id, empty for what concerns the whole form."""

    text: str
    anchor: str


def lines_of(form: BaseForm) -> list[ErrorLine]:
    """Return every error of a form in the order of its fields."""
    whole = [ErrorLine(str(text), "") for text in form.non_field_errors()]
    fields = [
        ErrorLine(str(text), field.id_for_label or field.auto_id)
        for field in form
        for text in field.errors
    ]
    return whole + fields


def title_of(count: int) -> str:
    """Return the summary's heading, such as "Two things need your attention"."""
    number = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number} {'thing needs' if count == 1 else 'things need'} your attention"

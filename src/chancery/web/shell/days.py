"""A day as people type it. The browser's own picker speaks the browser's language, not the firm's."""

from datetime import date
from typing import Any

from django import forms

from chancery.web.shell import times

# Month names come first in people's heads; figures are read day first, as in every country but one,
# where the year-first form serves.
_FORMATS = ("%d %b %Y", "%d %B %Y", "%d %b %y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")
_WORDS = "Enter a day such as 5 Mar 2026"


class DayInput(forms.TextInput):
    """A text field that shows a day as every page does: 5 Mar 2026."""

    def format_value(self, value: Any) -> str | None:
        return times.day(value) if isinstance(value, date) else value


class DayField(forms.DateField):
    """A legal day, typed as 5 Mar 2026, 2026-03-05 or 5/3/2026."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=_FORMATS,
            error_messages={"invalid": _WORDS, "required": _WORDS},
            **kwargs,
        )

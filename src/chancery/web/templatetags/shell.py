"""What the templates may ask: days and times, the firm's words, errors of a form."""

from datetime import date, datetime

from django import template
from django.forms import BaseForm, CheckboxInput
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chancery.lib import clock
from chancery.practice.firms import Firm
from chancery.web.shell import places, times, words
from chancery.web.shell.error_lines import ErrorLine, lines_of, title_of

register = template.Library()
_NO_FIRM = "UTC"


@register.simple_tag(name="day")
def day_tag(on: date) -> SafeString:
    """Return a legal day, such as 5 Mar 2026, that machines can read too."""
    return format_html('<time datetime="{}">{}</time>', on.isoformat(), times.day(on))


@register.simple_tag(name="instant", takes_context=True)
def instant_tag(context: Context, at: datetime) -> SafeString:
    """Return an instant in the firm's zone, such as 6 Jul 2026, 09:02."""
    return _time(at, times.instant(at, _zone(context)))


@register.simple_tag(name="moment", takes_context=True)
def moment_tag(context: Context, at: datetime) -> SafeString:
    """Return an instant in the firm's zone, saying "today" or "yesterday" where that is so."""
    return _time(at, times.moment(at, _zone(context), now=clock.now()))


@register.filter
def plural(word: str) -> str:
    """Return one of the firm's words for more than one."""
    return words.plural(word)


@register.filter
def error_lines(form: BaseForm) -> list[ErrorLine]:
    """Return what is wrong with a form, each with the place to mend it."""
    return lines_of(form)


@register.filter
def error_title(lines: list[ErrorLine]) -> str:
    """Return the heading over what is wrong."""
    return title_of(len(lines))


@register.filter
def is_check(field: BoundField) -> bool:
    """Return whether a field is a single box to tick."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Return whether a field is several boxes or buttons under one legend."""
    return bool(field.field.widget.use_fieldset)


@register.simple_tag
def address_of(url_name: str) -> str:
    """Return the address of a page without arguments, or nothing while it is not built."""
    return places.address(url_name)


@register.simple_tag
def address_of_record(url_name: str, record_id: object) -> str:
    """Return the address of a record's page, or nothing while it is not built."""
    return places.address(url_name, record_id)


def _time(at: datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), text)


def _zone(context: Context) -> str:
    firm: Firm | None = context.get("firm")
    return firm.time_zone if firm else _NO_FIRM

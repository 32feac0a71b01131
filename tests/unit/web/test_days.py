from datetime import date

import pytest
from django.core.exceptions import ValidationError

from chancery.web.shell.days import DayField, DayInput


@pytest.mark.parametrize(
    "typed",
    [
        "5 Mar 2026",
        "5 March 2026",
        "05 Mar 26",
        "2026-03-05",
        "5/3/2026",
        "5.3.2026",
        " 5 mar 2026 ",
    ],
)
def test_a_day_is_read_in_every_way_that_people_write_it(typed: str) -> None:
    assert date(2026, 3, 5) == DayField().clean(typed)


@pytest.mark.parametrize("typed", ["", "31 Feb 2026", "3/25/2026", "tomorrow"])
def test_what_is_no_day_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(ValidationError, match="such as 5 Mar 2026"):
        DayField().clean(typed)


def test_a_day_is_shown_as_on_every_page() -> None:
    assert 'value="5 Mar 2026"' in DayInput().render("opened_on", date(2026, 3, 5))


def test_a_wrong_day_is_shown_again_as_it_was_typed() -> None:
    assert 'value="31 Feb"' in DayInput().render("opened_on", "31 Feb")

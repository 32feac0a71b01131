from datetime import date

import pytest

from chancery.trust.rules import calendars, packs
from chancery.trust.rules.spans import Due, Span, longer, sooner

NSW, QLD, NZ = packs.load("au_nsw"), packs.load("au_qld"), packs.load("nz")


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (date(2025, 12, 31), date(2026, 1, 16)),
        (date(2026, 1, 31), date(2026, 2, 16)),  # Waitangi Day is a Friday
        (date(2026, 3, 31), date(2026, 4, 16)),  # Good Friday and Easter Monday
    ],
)
def test_the_tenth_working_day_of_new_zealand_skips_national_holidays(
    after: date, expected: date
) -> None:
    assert calendars.nth_working_day(*_next(after), 10, NZ) == expected


def test_decembers_certificate_is_due_on_the_fifteenth_working_day_of_january() -> None:
    assert calendars.nth_working_day(2026, 1, 15, NZ) == date(2026, 1, 23)


def test_wellingtons_own_holiday_is_a_working_day_of_the_certificate() -> None:
    assert calendars.is_working_day(date(2026, 1, 19), NZ)


def test_seven_business_days_over_easter_end_later_than_seven_days() -> None:
    given = date(2026, 4, 1)  # the Wednesday before Easter

    assert calendars.add_days(given, 7, "business_days", NSW) == date(2026, 4, 14)
    assert calendars.add_days(given, 7, "calendar_days", QLD) == date(2026, 4, 8)


@pytest.mark.parametrize(
    ("quarter_end", "window_end", "calculate_on"),
    [
        (date(2025, 6, 30), date(2025, 7, 21), date(2025, 7, 22)),
        (date(2025, 9, 30), date(2025, 10, 22), date(2025, 10, 23)),
        (date(2025, 12, 31), date(2026, 1, 22), date(2026, 1, 23)),
        (date(2026, 3, 31), date(2026, 4, 23), date(2026, 4, 24)),
        (date(2026, 6, 30), date(2026, 7, 21), date(2026, 7, 22)),
        (date(2026, 9, 30), date(2026, 10, 22), date(2026, 10, 23)),
        (date(2026, 12, 31), date(2027, 1, 22), date(2027, 1, 25)),
    ],
)
def test_the_published_windows_of_new_south_wales_are_fifteen_banking_days(
    quarter_end: date, window_end: date, calculate_on: date
) -> None:
    assert calendars.add_days(quarter_end, 15, "banking_days", NSW) == window_end
    assert calendars.add_days(window_end, 1, "banking_days", NSW) == calculate_on


def test_a_bank_holiday_is_a_business_day_and_no_banking_day() -> None:
    friday = date(2026, 7, 31)

    assert calendars.add_days(friday, 1, "business_days", NSW) == date(2026, 8, 3)
    assert calendars.add_days(friday, 1, "banking_days", NSW) == date(2026, 8, 4)


@pytest.mark.parametrize(
    ("code", "holiday"),
    [
        ("au_wa", date(2026, 9, 28)),
        ("gb_sct", date(2026, 11, 30)),
        ("ca_ab", date(2026, 2, 16)),
        ("us_ca", date(2026, 3, 31)),
        ("hk", date(2026, 7, 1)),
        ("hk", date(2026, 5, 25)),
        ("ie", date(2026, 3, 17)),
        ("sg", date(2026, 8, 10)),
        ("za", date(2026, 8, 10)),
    ],
)
def test_each_place_keeps_its_own_holidays(code: str, holiday: date) -> None:
    assert not calendars.is_working_day(holiday, packs.load(code))
    assert calendars.is_working_day(holiday, NZ)


@pytest.mark.parametrize("pack", packs.choosable(), ids=lambda pack: pack.code)
def test_new_years_day_is_no_working_day_anywhere(pack: packs.Pack) -> None:
    assert not calendars.is_working_day(date(2026, 1, 1), pack)


def test_no_days_end_on_the_day_itself() -> None:
    assert calendars.add(date(2026, 4, 4), Span(0, "business_days"), NSW) == date(2026, 4, 4)


@pytest.mark.parametrize(
    ("on", "n", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 11, 15), 1, date(2026, 12, 15)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
    ],
)
def test_months_end_on_the_number_of_the_day_or_the_months_last(
    on: date, n: int, expected: date
) -> None:
    assert calendars.add_days(on, n, "months", NSW) == expected


def test_months_are_counted_back_the_same_way() -> None:
    assert calendars.months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert calendars.months_before(date(2026, 1, 31), 12) == date(2025, 1, 31)


def test_a_span_says_itself() -> None:
    assert str(Span(7, "business_days")) == "7 business days"
    assert str(Span(1, "months")) == "1 month"
    assert str(Span(0)) == "none"


@pytest.mark.parametrize("value", [None, "soon", {"n": True}, {"n": -1}, {"n": 1, "unit": "weeks"}])
def test_what_is_no_span_is_read_as_none(value: object) -> None:
    assert Span.read(value) is None  # type: ignore[arg-type]  # one of them is no value of a pack


def test_seven_business_days_are_longer_than_seven_days() -> None:
    assert longer(Span(7, "business_days"), Span(7))
    assert not longer(Span(7), Span(7, "business_days"))


def test_a_number_of_days_is_sooner_than_none() -> None:
    assert sooner(Due(Span(3)), Due())
    assert not sooner(Due(), Due(Span(3)))
    assert sooner(Due(Span(3)), Due(Span(3)))
    assert not sooner(Due(Span(4)), Due(Span(3)))
    assert [str(due) for due in (Due(), Due(Span(0)), Due(Span(2)))] == [
        "as soon as practicable",
        "at once",
        "within 2 calendar days",
    ]
    assert Due.read("promptly") == Due()
    assert Due.read("later") is None
    assert Due.read(["later"]) is None


def _next(after: date) -> tuple[int, int]:
    return (after.year + after.month // 12, after.month % 12 + 1)

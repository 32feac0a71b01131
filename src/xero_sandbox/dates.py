"""The forms in which dates come and go: three in the answers, several in the questions."""

from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime


def ms_date(at: float) -> str:
    """Write an instant as `/Date(1550793549392)/`, the form without a zone."""
    return f"/Date({round(at * 1000)})/"


def ms_date_utc(at: float) -> str:
    """Write an instant as `/Date(1550793549320+0000)/`, the form with a zone."""
    return f"/Date({round(at * 1000)}+0000)/"


def ms_day(day: date) -> str:
    """Write a legal day as midnight UTC in the form with a zone."""
    return ms_date_utc(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def seven_digits(at: float) -> str:
    """Write an instant as `2020-03-18T21:20:07.7179250`: UTC, seven fraction digits, no zone."""
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}0"


def to_read(at: float) -> str:
    """Write an instant for a person: `6 Jul 2026, 09:14 UTC`."""
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"


def instant_of(text: str) -> float | None:
    """Read an instant in ISO form or as an HTTP date; without a zone it is UTC; None if neither."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

"""The only place that reads the clock; doors call it and pass the answer in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this instant in UTC, to the microsecond."""
    return datetime.now(tz=UTC)  # noqa: TID251 - this is the one place that may


def today(zone: str) -> date:
    """Return the legal day it is now in the firm's zone, such as ``Australia/Sydney``."""
    return day_of(now(), zone)


def day_of(at: datetime, zone: str) -> date:
    """Return the legal day of an instant in the firm's zone; this reads no clock."""
    return at.astimezone(ZoneInfo(zone)).date()

"""Days and times as the screen writes them: 5 Mar 2026; 6 Jul 2026, 09:02, in the firm's zone."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

# Not strftime's: its names follow the machine's language.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date) -> str:
    """Return a day such as 5 Mar 2026."""
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def instant(at: datetime, zone: str) -> str:
    """Return an instant such as 6 Jul 2026, 09:02."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{day(local.date())}, {local:%H:%M}"


def day_of(at: datetime, zone: str) -> date:
    """Return the legal day of an instant in the firm's zone."""
    return at.astimezone(ZoneInfo(zone)).date()


def moment(at: datetime, zone: str, *, now: datetime) -> str:
    """Return an instant with "today" or "yesterday" for its day where that is so."""
    local, today = (one.astimezone(ZoneInfo(zone)) for one in (at, now))
    if local.date() == today.date():
        return f"today, {local:%H:%M}"
    if local.date() == today.date() - timedelta(days=1):
        return f"yesterday, {local:%H:%M}"
    return instant(at, zone)

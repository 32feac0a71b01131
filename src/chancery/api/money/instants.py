"""Instants that a request asks about: in UTC or with their distance from it, never a local guess."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field

_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def _in_reach(at: datetime) -> datetime:
    """Let an instant be one that every zone and the database can hold."""
    if not _FIRST <= at < _LAST:
        raise ValueError("an instant lies in the years 1900 to 9998")
    return at


Instant = Annotated[
    Annotated[AwareDatetime, AfterValidator(_in_reach)] | None,
    Field(
        description="Only what was recorded by this instant counts; everything where none is sent"
    ),
]


def known(at: datetime | None) -> datetime | None:
    """Return the instant in UTC."""
    return at.astimezone(UTC) if at else None

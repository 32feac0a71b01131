"""Instants that a request asks about: in UTC or with their distance from it, never a local guess."""

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

_FORM = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})", re.ASCII | re.IGNORECASE
)
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)


def _is_instant(value: Any) -> Any:
    """Let an instant be a text such as 2026-07-06T03:04:05Z only: a number is never taken for one."""
    if isinstance(value, datetime) or (isinstance(value, str) and _FORM.fullmatch(value)):
        return value
    raise ValueError("an instant is written as 2026-07-06T03:04:05Z")


def _in_reach(at: datetime) -> datetime:
    """Let an instant be one that every zone and the database can hold."""
    if not _FIRST <= at < _LAST:
        raise ValueError("an instant lies in the years 1900 to 9998")
    return at


Instant = Annotated[
    Annotated[AwareDatetime, BeforeValidator(_is_instant), AfterValidator(_in_reach)] | None,
    Field(
        description="Only what was recorded by this instant counts; everything where none is sent"
    ),
]


def known(at: datetime | None) -> datetime | None:
    """Return the instant in UTC."""
    return at.astimezone(UTC) if at else None

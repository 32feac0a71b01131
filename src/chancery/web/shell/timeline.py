"""A record's history as a page shows it: who, what, when, from which value to which."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.practice import history
from chancery.practice.history import RecordChange

_SHOWN = 50
_OURSELVES = "Chancery"


@dataclass(frozen=True)
class FieldChange:
    """One field's old and new words; either may be empty."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class HistoryLine:
    """One act."""

    act: str
    who: str
    at: datetime
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class Timeline:
    """The latest acts first, and how many earlier ones are not shown."""

    lines: tuple[HistoryLine, ...]
    earlier_count: int


def of(kind: str, record_id: UUID, *, limit: int = _SHOWN) -> Timeline:
    """Return a record's latest acts; ``shell/history.html`` shows them as ``history``."""
    acts = history.of(kind, record_id)
    count = acts.count()
    return Timeline(
        lines=tuple(_line(change) for change in acts[:limit]),
        earlier_count=max(count - limit, 0),
    )


def _line(change: RecordChange) -> HistoryLine:
    return HistoryLine(
        act=change.act,
        who=change.by.name if change.by else _OURSELVES,
        at=change.at,
        changes=tuple(
            FieldChange(field, before, after) for field, (before, after) in change.changes.items()
        ),
    )

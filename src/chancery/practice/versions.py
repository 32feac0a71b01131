"""Two people edit the same record: the second is told what the first changed, and nothing is lost."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from chancery.lib.refusals import Refusal
from chancery.practice import history


class Versioned(Protocol):
    """A record that counts its changes; each count is one act of its history."""

    id: UUID
    version: int


@dataclass(eq=False)
class ChangedMeanwhile(Refusal):
    """Someone saved this record after it was opened for editing."""

    code = "practice.changed_meanwhile"

    subject: str
    by: str
    at: datetime
    changes: history.Changes

    def __str__(self) -> str:
        return (
            f"{self.by} changed this {self.subject} after you opened it. "
            "Compare what changed, then save again."
        )


def require(record: Versioned, kind: str, *, seen: int) -> None:
    """Let an edit go on only when it was made on the record as it stands; the row is locked already.

    Refuses: ChangedMeanwhile.
    """
    if record.version == seen:
        return
    missed = list(history.of(kind, record.id)[: max(record.version - seen, 1)])
    changes: history.Changes = {}
    for act in reversed(missed):
        for field, (old, new) in act.changes.items():
            changes[field] = (changes[field][0] if field in changes else old, new)
    latest = missed[0]
    raise ChangedMeanwhile(kind, latest.by.name if latest.by else "Chancery", latest.at, changes)

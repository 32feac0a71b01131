"""Have the worker post a long history, so that nobody waits on a page that could break off.

It is still one act: all rows or none. What the worker is refused is kept with its sentence, for a person.
"""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from chancery.outbox import claims, messages
from chancery.outbox.attempts import Step
from chancery.outbox.claims import Claim
from chancery.outbox.messages import Message, MessageState
from chancery.practice import people, permissions
from chancery.practice.people import Person
from chancery.tenancy.scope import firm_scope
from chancery.trust import history_imports
from chancery.trust.history_imports import HistoryImport, ImportHasFindings, ImportStandsSo

TOPIC = "trust.history_import"
LANE = "imports"
AT_ONCE_AT_MOST = 5_000
"""How many rows are posted while the page waits; a longer file is the worker's."""
_LEASE = timedelta(minutes=30)
_UNDER_WAY = (MessageState.QUEUED, MessageState.IN_FLIGHT)


@dataclass(frozen=True)
class Progress:
    """Where the posting of an import stands: under way since, stopped for a reason, or neither."""

    is_running: bool
    trouble: str = ""
    stopped_because: str = ""
    asked_at: datetime | None = None


def is_long(batch: HistoryImport) -> bool:
    """Tell whether an import is left to the worker."""
    return batch.row_count > AT_ONCE_AT_MOST


def request(*, batch: HistoryImport, by: Person, at: datetime, key: str) -> Message:
    """Ask for an import to be posted; while that is under way, it is that one.

    Refuses: NotAllowed, ImportStandsSo, ImportHasFindings.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    if batch.state != "read":
        raise ImportStandsSo(batch.get_state_display())
    if batch.faulty_count:
        raise ImportHasFindings(batch.faulty_count)
    latest = _latest(batch)
    if latest and latest.state in _UNDER_WAY:
        return latest
    if latest and latest.state == MessageState.NEEDS_PERSON:
        messages.withdraw(latest, by=by.id, at=at)
    draft = messages.Draft(
        topic=TOPIC,
        subject_id=batch.id,
        key=_message_key(batch, key),
        lane=LANE,
        payload={"by": str(by.id), "key": key},
    )
    return messages.enqueue(draft, firm_id=batch.firm_id, at=at)


def progress(batch: HistoryImport) -> Progress:
    """Return where the posting of an import stands."""
    return _progress(batch, _latest(batch))


def progress_of(batches: Collection[HistoryImport]) -> dict[UUID, Progress]:
    """Return where the posting of each import stands, by its id."""
    latest = messages.of_subject(TOPIC, [batch.id for batch in batches])
    return {batch.id: _progress(batch, latest.get(batch.id)) for batch in batches}


def deliver(claim: Claim, now: Callable[[], datetime]) -> None:
    """Post the import for who asked, and end the message in the same transaction.

    Raises ClaimLost. Refuses: what posting an import refuses.
    """
    with firm_scope(claim.firm_id):
        claims.renew(replace(claim, lease=_LEASE), at=now())
        person = people.with_firm(UUID(claim.payload["by"]))
    with firm_scope(claim.firm_id, user_id=person.user_id):
        at = now()
        batch = history_imports.post(
            batch=history_imports.visible(claim.subject_id),
            by=person,
            at=at,
            today=at.astimezone(ZoneInfo(person.firm.time_zone)).date(),
            key=claim.payload["key"],
        )
        claims.finish(claim, Step("done", f"{batch.row_count} rows were posted."), at=now())


def _message_key(batch: HistoryImport, key: str) -> str:
    """Return the key of one posting of one import, of one length whatever key it is asked under."""
    return f"{TOPIC}:{hashlib.sha256(f'{batch.id}:{key}'.encode()).hexdigest()}"


def _progress(batch: HistoryImport, latest: Message | None) -> Progress:
    if latest is None or batch.state != "read":
        return Progress(is_running=False)
    is_running = latest.state in _UNDER_WAY
    is_stopped = latest.state == MessageState.NEEDS_PERSON
    return Progress(
        is_running=is_running,
        trouble=latest.trouble if is_running else "",
        stopped_because=latest.trouble if is_stopped else "",
        asked_at=latest.asked_at,
    )


def _latest(batch: HistoryImport) -> Message | None:
    return messages.of_subject(TOPIC, [batch.id]).get(batch.id)

"""What stands on many papers alike: who makes it, who took which step, and why it no longer counts."""

from datetime import datetime
from zoneinfo import ZoneInfo

from chancery.practice.people import Person
from chancery.reports.imprint import Cancellation, Imprint, Step, paper_of
from chancery.trust import requests
from chancery.trust.requests import MoneyRequest
from chancery.trust.reversals import Reversal

_ACTS = {"asked": "Asked", "edited": "Edited", "approved": "Approved", "done": "Released"}


def imprint_of(reader: Person, run: str, at: datetime) -> Imprint:
    """Return who makes a paper, when, and on what."""
    firm = reader.firm
    return Imprint(
        practice=firm.name,
        run=run,
        made_at=at.astimezone(ZoneInfo(firm.time_zone)),
        made_by=reader.name,
        paper=paper_of(firm.country),
    )


def steps_of(asked: MoneyRequest | None, zone: ZoneInfo) -> tuple[Step, ...]:
    """Return who asked, approved and released."""
    if asked is None:
        return ()
    taken = requests.steps_of(asked)
    return tuple(
        Step(_ACTS[step.act], step.by.name, step.at.astimezone(zone), step.words)
        for step in taken
        if step.act in _ACTS
    )


def cancellation_of(back: Reversal | None, zone: ZoneInfo) -> Cancellation | None:
    """Return why a document no longer counts."""
    if back is None:
        return None
    return Cancellation(
        back.reason, back.at.astimezone(zone), back.by.name, str(back.journal_id)[:8]
    )

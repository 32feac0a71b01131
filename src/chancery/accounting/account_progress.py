"""Where an account that serves here stands: for pages, as frozen facts and sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from chancery.accounting import accounts
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.models import AccountUse
from chancery.outbox import lanes, messages, workers
from chancery.outbox.lanes import WaitUntil
from chancery.outbox.messages import Message, MessageState
from chancery.outbox.troubles import Remedy

State = Literal["creating", "waiting", "stopped", "there"]
_WORTH_SAYING_SECONDS = 5
_NOBODY_AT_WORK = (
    "No worker of Chancery is running, so nothing is sent. "
    f"Ask whoever looks after this server to start it; {PACKAGE} gets the account then."
)


@dataclass(frozen=True)
class Progress:
    """One account's standing.

    ``there``: code and name are the package's. ``creating``: a worker is on it or will be in a moment.
    ``waiting``: until when, and why, stand in the sentence and in ``until``. ``stopped``: the sentence
    says what happened and what to do; each remedy is one button.
    """

    state: State
    name: str
    code: str = ""
    sentence: str = ""
    until: datetime | None = None
    trouble_code: str = ""
    remedies: tuple[Remedy, ...] = ()

    @property
    def is_under_way(self) -> bool:
        """Return whether a page should look again by itself."""
        return self.state in ("creating", "waiting")


def progress(use: AccountUse, *, at: datetime) -> Progress:
    """Return where one account stands."""
    return progress_of([use], at=at)[use.id]


def progress_of(uses: Iterable[AccountUse], *, at: datetime) -> dict[UUID, Progress]:
    """Return where each account stands, by its use, in a bounded number of queries."""
    found = list(uses)
    under_way = [use for use in found if use.chart_account_id is None]
    standing = {use.id: _there(use) for use in found if use.chart_account_id is not None}
    if not under_way:
        return standing
    sent = messages.of_subject(accounts.TOPIC, [use.id for use in under_way])
    resting = lanes.resting(under_way[0].firm_id, at=at)
    is_worked_on = workers.is_anyone_working(at=at)
    for use in under_way:
        message = sent[use.id]
        rest = _rest(message, resting, at)
        standing[use.id] = _not_there(use, message, rest, is_worked_on=is_worked_on)
    return standing


def _there(use: AccountUse) -> Progress:
    chart_account = use.chart_account
    assert chart_account is not None, "asked only of a use that has its account"
    return Progress("there", name=chart_account.name, code=chart_account.code)


def _not_there(
    use: AccountUse, message: Message, rest: WaitUntil | None, *, is_worked_on: bool
) -> Progress:
    name = str(use.wanted["name"])
    if message.state == MessageState.NEEDS_PERSON:
        return Progress(
            "stopped",
            name=name,
            sentence=message.trouble,
            trouble_code=message.trouble_code,
            remedies=tuple(Remedy.of_json(kept) for kept in message.remedies),
        )
    if rest is not None:
        return Progress("waiting", name=name, sentence=rest.because, until=rest.at)
    if not is_worked_on:
        return Progress("waiting", name=name, sentence=_NOBODY_AT_WORK)
    return Progress("creating", name=name, sentence=f"Creating in {PACKAGE}…")


def _rest(message: Message, resting: dict[str, WaitUntil], at: datetime) -> WaitUntil | None:
    """Return what a message waits for, when the wait is long enough to be worth saying."""
    if message.state != MessageState.QUEUED:
        return None
    if message.lane in resting:
        return resting[message.lane]
    if (message.not_before - at).total_seconds() > _WORTH_SAYING_SECONDS and message.trouble:
        return WaitUntil(message.not_before, message.trouble)
    return None

"""Lock a trust account's days once they are settled, and open them again with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chancery.ledger import periods
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.practice import history, people, permissions
from chancery.practice.people import Person
from chancery.trust import bank_accounts, client_ledgers

LONGEST_REASON = 200


@dataclass(frozen=True)
class Turn:
    """One locking or opening: through which day the account was locked after it, and by whom and why."""

    locked_through: date | None
    was_through: date | None
    reason: str
    who: str
    at: datetime

    @property
    def is_lock(self) -> bool:
        """Tell whether more days were locked by it; else some were opened."""
        if self.locked_through is None:
            return False
        return self.was_through is None or self.locked_through > self.was_through


def lock(
    *, account_id: UUID, through: date, reason: str, by: Person, at: datetime, today: date
) -> date:
    """Let nothing more be dated on or before a day in this account.

    Refuses: NotAllowed, NoSuchAccount, DetailsNotRight, PeriodStandsSo.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    account = bank_accounts.visible(account_id)
    reason = tidy(reason)
    late = [Problem("through", "Choose a day that is over: yesterday or earlier.")]
    refuse_any([*(late if through >= today else []), *_reason_problems(reason)])
    client_ledgers.ensure_pool(account, at=at)
    before = periods.locked_through(account_id)
    periods.lock(pool_id=account_id, through=through, reason=reason, by=by.id, at=at)
    _record(account_id, "Locked days", (before, through), reason, by, at)
    return through


def reopen(
    *, account_id: UUID, through: date | None, reason: str, by: Person, at: datetime
) -> date | None:
    """Open every day after ``through`` again; None opens them all.

    Refuses: NotAllowed, NoSuchAccount, DetailsNotRight, PeriodStandsSo.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    bank_accounts.visible(account_id)
    reason = tidy(reason)
    refuse_any(_reason_problems(reason))
    before = periods.locked_through(account_id)
    periods.reopen(pool_id=account_id, through=through, reason=reason, by=by.id, at=at)
    _record(account_id, "Opened days again", (before, through), reason, by, at)
    return through


def locked_through(account_id: UUID) -> date | None:
    """Return the last locked day of an account; None when none is."""
    return periods.locked_through(account_id)


def turns(account_id: UUID, *, reader: Person) -> list[Turn]:
    """Return every locking and opening of an account, the latest first."""
    names = {one.id: one.name for one in people.of_firm(reader)}
    found = periods.turns_of(account_id)
    earlier = [*[turn.locked_through for turn in found[1:]], None][: len(found)]
    return [
        Turn(turn.locked_through, was, turn.reason, names.get(turn.actor_id, ""), turn.recorded_at)
        for turn, was in zip(found, earlier, strict=True)
    ]


def _reason_problems(reason: str) -> list[Problem]:
    if 0 < len(reason) <= LONGEST_REASON:
        return []
    return [Problem("reason", "Say why in a few words; it stays in the history.")]


def _record(
    account_id: UUID,
    act: str,
    days: tuple[date | None, date | None],
    reason: str,
    by: Person,
    at: datetime,
) -> None:
    before, after = (day.isoformat() if day else "" for day in days)
    changes = {"Locked through": (before, after), "Why": ("", reason)}
    of = (bank_accounts.KIND, account_id)
    history.record(of=of, firm_id=by.firm_id, act=act, by=by, at=at, changes=changes)

"""Lock a pool's days once they are reconciled, and open them again with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger.models import Account
from chancery.ledger.models import PeriodLock as PeriodLock
from chancery.lib.refusals import Refusal


@dataclass(eq=False)
class PeriodStandsSo(Refusal):
    """The days are locked that far already, or are open already."""

    code: ClassVar[str] = "ledger.period_stands_so"

    locked_through: date | None

    def __str__(self) -> str:
        if self.locked_through is None:
            return "No day of this account is locked. There is nothing to open."
        return f"The account is locked through {self.locked_through:%-d %b %Y} already. Choose another day."


def lock(*, pool_id: UUID, through: date, reason: str, by: UUID, at: datetime) -> PeriodLock:
    """Let nothing more be dated on or before a day; waits for postings that are under way.

    Refuses: PeriodStandsSo.
    """
    stands = locked_through(pool_id)
    if stands is not None and through <= stands:
        raise PeriodStandsSo(stands)
    return _turn(pool_id, through, reason, by, at)


def reopen(
    *, pool_id: UUID, through: date | None, reason: str, by: UUID, at: datetime
) -> PeriodLock:
    """Open every day after ``through`` again; None opens them all.

    Refuses: PeriodStandsSo.
    """
    stands = locked_through(pool_id)
    if stands is None or (through is not None and through >= stands):
        raise PeriodStandsSo(stands)
    return _turn(pool_id, through, reason, by, at)


def locked_through(pool_id: UUID) -> date | None:
    """Return the last locked day of a pool; None when none is."""
    latest = PeriodLock.objects.filter(pool_id=pool_id).order_by("-turn").first()
    return latest.locked_through if latest else None


def turns_of(pool_id: UUID) -> list[PeriodLock]:
    """Return every locking and opening of a pool, the latest first."""
    return list(PeriodLock.objects.filter(pool_id=pool_id).order_by("-turn"))


def _turn(pool_id: UUID, through: date | None, reason: str, by: UUID, at: datetime) -> PeriodLock:
    return PeriodLock.objects.create(
        firm_id=Account.objects.values_list("firm_id", flat=True).get(pk=pool_id),
        pool_id=pool_id,
        turn=0,  # the database gives the turn
        locked_through=through,
        reason=reason,
        actor_id=by,
        recorded_at=at,
    )

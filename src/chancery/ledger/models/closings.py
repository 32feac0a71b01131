"""What takes no more entries: accounts that are closed, and periods that are locked."""

from django.db import models

from chancery.ledger.models.books import Account
from chancery.tenancy.models import FirmOwned


class Closing(FirmOwned):
    """An account was closed, or opened again: the latest turn holds."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    is_closed = models.BooleanField()
    reason = models.CharField(max_length=200)
    actor_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "turn"], name="ledger_closing_turn_is_once")
        ]

    def __str__(self) -> str:
        return "closed" if self.is_closed else "open"


class PeriodLock(FirmOwned):
    """Nothing may be dated on or before this day in this pool: the latest turn holds.

    A turn with an earlier day, or none, opens the days after it again; it has a reason like every turn.
    """

    pool = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    locked_through = models.DateField(null=True)
    reason = models.CharField(max_length=200)
    actor_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "turn"], name="ledger_period_turn_is_once")
        ]

    def __str__(self) -> str:
        return f"locked through {self.locked_through}"

"""What accounts hold day by day, and what of it is not available: the triggers keep it as entries come.

What ``books`` says of foreign keys and indexes holds here too.
"""

from typing import ClassVar

from django.db import models

from chancery.ledger.models.books import Account, Journal
from chancery.tenancy.models import FirmOwned


class Day(models.Model):
    """What a floored account holds at the end of a day on which it moved; valid until its next row.

    ``available_minor`` is what may leave: cleared less protected. A cache that the triggers keep and the
    proof recomputes; its checks are what keeps every ledger at nothing or more on every day.
    """

    pk = models.CompositePrimaryKey("account_id", "day")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    day = models.DateField()
    firm_id = models.UUIDField()
    held_minor = models.BigIntegerField()
    available_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_minor__gte=0), name="client_ledger_is_never_below_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(available_minor__gte=0), name="only_available_money_is_spent"
            ),
            models.CheckConstraint(
                condition=models.Q(available_minor__lte=models.F("held_minor")),
                name="available_money_is_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.held_minor}"


class Balance(models.Model):
    """What a floored account holds now, and the row that everyone locks before spending from it."""

    account = models.OneToOneField(
        Account, primary_key=True, on_delete=models.PROTECT, related_name="balance"
    )
    firm_id = models.UUIDField()
    held_minor = models.BigIntegerField(default=0)
    last_moved_on = models.DateField(null=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_minor__gte=0), name="ledger_balance_is_never_below_zero"
            ),
            models.CheckConstraint(
                condition=models.Q(is_closed=False) | models.Q(held_minor=0),
                name="closed_ledger_holds_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.held_minor)


class Availability(FirmOwned):
    """Money that is held all the while but may, or may not, leave from a day on.

    ``protect`` sets an amount apart; ``unprotect`` ends one protection; ``clear_early`` counts a receipt
    as cleared before its day, until the day it would have cleared anyway.
    """

    KINDS: ClassVar = ["protect", "unprotect", "clear_early"]

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    amount_minor = models.BigIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    journal = models.ForeignKey(Journal, null=True, on_delete=models.PROTECT, related_name="+")
    line = models.SmallIntegerField(null=True)
    ends = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="ended_by"
    )
    actor_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0),
                name="ledger_availability_amount_is_positive",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="protect", until_on=None, journal=None, ends=None)
                | models.Q(kind="unprotect", until_on=None, journal=None, ends__isnull=False)
                | models.Q(
                    kind="clear_early",
                    until_on__gt=models.F("from_on"),
                    journal__isnull=False,
                    line__isnull=False,
                    ends=None,
                ),
                name="ledger_availability_says_what_it_moves",
            ),
            models.UniqueConstraint(
                fields=["journal", "line"],
                condition=models.Q(kind="clear_early"),
                name="ledger_receipt_is_cleared_early_once",
            ),
        ]
        indexes = [models.Index(fields=["account", "from_on"], name="ledger_availability_by_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_minor} from {self.from_on}"

"""Registers that the law asks for beside the ledger: controlled accounts, money in transit, powers."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.ledgers import TrustLedger


def _once(name: str) -> models.UniqueConstraint:
    """Return the constraint that one key makes one row of a firm."""
    return models.UniqueConstraint(fields=["firm", "key"], condition=~models.Q(key=""), name=name)


class ControlledAccount(FirmOwned):
    """A bank account held for one matter alone; changed details are a new turn, never an edit.

    Its money is the whole of one client ledger on the firm's controlled account, which numbers the
    receipts of them all in one series.
    """

    ledger = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    bank = models.ForeignKey("practice.Contact", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    number = models.JSONField()
    number_shown = models.CharField(max_length=60)
    direction = models.CharField(max_length=200, blank=True)
    direction_on = models.DateField(null=True)
    on = models.DateField()
    reason = models.CharField(max_length=300)
    key = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ledger", "turn"], name="trust_controlled_turn_is_once"
            ),
            _once("trust_controlled_key_is_once"),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_controlled_latest")]

    def __str__(self) -> str:
        return f"{self.name} {self.number_shown}"


class TransitEntry(FirmOwned):
    """Money that was handed on without ever being in the firm's accounts. Append-only."""

    matter = models.ForeignKey("practice.Matter", on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField()
    received_from = models.CharField(max_length=200)
    form = models.CharField(max_length=60)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    passed_on = models.DateField()
    passed_to = models.CharField(max_length=200)
    direction = models.CharField(max_length=200)
    key = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="trust_transit_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(passed_on__gte=models.F("received_on")),
                name="trust_transit_passes_after_it_came",
            ),
            _once("trust_transit_key_is_once"),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_transit_latest")]

    def __str__(self) -> str:
        return f"{self.received_on} {self.amount_minor}"


class PowerEntry(FirmOwned):
    """Money over which the firm has a power for a client: the power itself, and what was done by it.

    ``act`` is given, exercised or ended; ``power`` names the first row of the same power.
    """

    ACTS = (("given", "Given"), ("exercised", "Exercised"), ("ended", "Ended"))

    act = models.CharField(max_length=10, choices=ACTS)
    power = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="later")
    matter = models.ForeignKey("practice.Matter", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    donor = models.CharField(max_length=200, blank=True)
    account = models.CharField(max_length=200, blank=True)
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    words = models.CharField(max_length=300)
    key = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(act="given", power=None)
                | models.Q(~models.Q(act="given"), power__isnull=False),
                name="trust_power_is_given_first",
            ),
            models.UniqueConstraint(
                fields=["power"], condition=models.Q(act="ended"), name="trust_power_ends_once"
            ),
            _once("trust_power_key_is_once"),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_power_latest")]

    def __str__(self) -> str:
        return f"{self.act} {self.on}"

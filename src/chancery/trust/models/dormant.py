"""What was done about money that lies still, step by step."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.ledgers import TrustLedger


class StepKind(models.TextChoices):
    """What was done; none of these moves money by itself."""

    CONTACTED = "contacted", "Contacted the owner"
    TRACED = "traced", "Tried to trace the owner"
    RETURNED = "returned", "Returned to the owner"
    CHARITY = "charity", "Decided to give it to a charity"
    LODGED = "lodged", "Lodged as unclaimed money"
    OTHER = "other", "Something else"


class DormantStep(FirmOwned):
    """One step about a ledger's money: never changed. ``held_minor`` is what the matter held then.

    ``met`` names the conditions of the place that were met; ``authority`` is the regulator's, if any.
    """

    ledger = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    on = models.DateField()
    words = models.CharField(max_length=300)
    authority = models.CharField(max_length=200, blank=True)
    met = models.JSONField(default=list)
    held_minor = models.BigIntegerField()
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=StepKind.values), name="trust_dormant_step_is_known"
            )
        ]
        indexes = [models.Index(fields=["ledger", "at"], name="trust_dormant_step_of_ledger")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"

"""Money that counts as cleared before its day: who asked, on what evidence, and what a second person said."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.documents import Receipt


class ClearanceRequest(FirmOwned):
    """Someone asks to count a receipt as cleared. Nothing changes by it alone."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="clearances")
    evidence = models.CharField(max_length=300)
    bank_reference = models.CharField(max_length=80)
    asked_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["receipt", "asked_at"], name="trust_clearance_of_receipt")]

    def __str__(self) -> str:
        return f"clearance of {self.receipt_id}"


class ClearanceAnswer(FirmOwned):
    """What a second person said; ``on`` is the day from which a confirmed receipt counts as cleared."""

    request = models.OneToOneField(
        ClearanceRequest, on_delete=models.PROTECT, related_name="answer"
    )
    is_confirmed = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return "confirmed" if self.is_confirmed else "declined"

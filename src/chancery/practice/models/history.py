"""Who changed what, when, from which value to which: written once, never changed."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class RecordChange(FirmOwned):
    """One act on one record. ``changes`` maps a field's screen name to its old and new words."""

    record_kind = models.CharField(max_length=40)
    record_id = models.UUIDField()
    at = models.DateTimeField()
    by = models.ForeignKey("practice.Person", null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=200)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(
                fields=["firm", "record_kind", "record_id", "at"], name="history_of_record"
            )
        ]

    def __str__(self) -> str:
        return self.act

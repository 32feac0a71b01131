"""What makes a change of the books show: the chain of seals, what waits for it, and the proofs made."""

from django.db import models

from chancery.ledger.models.books import Journal
from chancery.tenancy.models import FirmOwned


class Sealed(models.TextChoices):
    """What a seal stands for; the name is that of the row's table."""

    JOURNAL = "journal", "Journal"
    ACCOUNT = "account", "Account"
    AVAILABILITY = "availability", "Protection or early clearance"
    CLOSING = "closing", "Closing or opening again"
    PERIODLOCK = "periodlock", "Lock of a period"


class Seal(models.Model):
    """A row's place in the firm's chain: its digest covers the one before (docs/reference/seal.md)."""

    pk = models.CompositePrimaryKey("firm_id", "number")
    firm_id = models.UUIDField()
    number = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Sealed.choices)
    subject_id = models.UUIDField(unique=True)
    digest = models.BinaryField()
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number} {bytes(self.digest).hex()[:12]}"


class Unsealed(models.Model):
    """A committed journal that waits for the worker to seal it; a row leaves when it is sealed."""

    pk = models.CompositePrimaryKey("firm_id", "journal_id")
    firm_id = models.UUIDField()
    journal = models.ForeignKey(
        Journal, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    def __str__(self) -> str:
        return str(self.journal_id)


class UnsealedEvent(models.Model):
    """Anything but a journal that waits for the worker to seal it."""

    subject_id = models.UUIDField(primary_key=True)
    firm_id = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Sealed.choices)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["firm_id"], name="ledger_unsealedevent_by_firm")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Proof(FirmOwned):
    """What ``chancery verify`` found of a firm's books, and the head of the chain that it saw."""

    proved_at = models.DateTimeField()
    head_number = models.BigIntegerField()
    head_digest = models.BinaryField(null=True)
    journal_count = models.BigIntegerField()
    entry_count = models.BigIntegerField()
    finding_count = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["firm", "-proved_at"], name="ledger_proof_latest")]

    def __str__(self) -> str:
        return f"{self.proved_at:%Y-%m-%d} {self.finding_count} findings"

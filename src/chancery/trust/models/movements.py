"""Money that moves by itself or is the firm's: interest, charges, own money, shortages, protections."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.ledgers import TrustLedger
from chancery.trust.models.set_up import TrustBankAccount


class MovementKind(models.TextChoices):
    """What a movement is."""

    INTEREST = "interest", "Interest"
    FOUNDATION_PAID = "foundation_paid", "Interest paid on"
    BANK_CHARGE = "bank_charge", "Bank charge"
    OWN_FUNDS_IN = "own_funds_in", "Own money paid in"
    OWN_FUNDS_OUT = "own_funds_out", "Own money paid out"
    SHORTAGE = "shortage", "Shortage at the bank"
    RESTORATION = "restoration", "Shortage restored"
    DEPOSIT_MADE = "deposit_made", "Statutory deposit made"
    DEPOSIT_DRAWN = "deposit_drawn", "Statutory deposit drawn"
    ADVANCE = "advance", "The firm's money lent to a client"
    ADVANCE_RECOVERED = "advance_recovered", "The firm's money taken back"
    OPENING = "opening", "Opening balance"
    IMPORTED = "imported", "Imported"


class Movement(FirmOwned):
    """Money of a trust account that moved without a receipt or a requisition, as it was posted.

    ``amount_minor`` is what the bank moved; for interest, ``gross_minor`` is what was earned and the rest
    was kept back as tax and fees. ``ledger`` is whose money it is; a shortage has none of its own.
    """

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    ledger = models.ForeignKey(TrustLedger, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=MovementKind.choices)
    journal_id = models.UUIDField(unique=True)
    on = models.DateField()
    made_on = models.DateField()
    amount_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    fees_minor = models.BigIntegerField(default=0)
    reference = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="trust_movement_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="interest")
                | models.Q(
                    gross_minor=models.F("amount_minor")
                    + models.F("tax_minor")
                    + models.F("fees_minor")
                ),
                name="trust_interest_adds_up",
            ),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_movement_latest")]

    def __str__(self) -> str:
        return self.number_shown

    @property
    def number_shown(self) -> str:
        """Return what people call it; movements have no numbers of their own."""
        return f"{self.get_kind_display()} of {self.on:%-d %b %Y}"


class Protection(FirmOwned):
    """Money of a ledger that may not leave, and why; it ends when an end is recorded."""

    ledger = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    availability_id = models.UUIDField(unique=True)
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    on = models.DateField()
    key = models.CharField(max_length=120)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "key"], name="trust_protection_key_is_once")
        ]
        indexes = [
            models.Index(fields=["ledger", "on"], name="trust_protection_of_ledger"),
            models.Index(fields=["firm", "-at", "-id"], name="trust_protection_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} protected"


class ProtectionEnd(FirmOwned):
    """That a protection ended, and why."""

    protection = models.OneToOneField(Protection, on_delete=models.PROTECT, related_name="end")
    reason = models.CharField(max_length=300)
    on = models.DateField()
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"ended {self.on}"


class Deficiency(FirmOwned):
    """A shortage that came to light: opened by itself or by hand, and closed when all of it is right.

    ``ledger`` is the client's who was short, if it was one's. ``by`` is None where Chancery found it.
    A failed proof that names no account is a case of the firm, of no amount.
    """

    account = models.ForeignKey(
        TrustBankAccount, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ledger = models.ForeignKey(TrustLedger, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20)
    source_id = models.UUIDField(null=True)
    amount_minor = models.BigIntegerField()
    found_on = models.DateField()
    cause = models.CharField(max_length=300)
    rule = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("practice.Person", null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"],
                condition=models.Q(source_id__isnull=False),
                name="trust_deficiency_has_one_source",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0, account__isnull=False)
                | models.Q(amount_minor=0, account__isnull=True, source="proof"),
                name="trust_deficiency_amount_is_positive",
            ),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_deficiency_latest")]

    def __str__(self) -> str:
        return f"{self.amount_minor} short"


class DeficiencyStep(FirmOwned):
    """What was done about a shortage: its cause explained, money restored, the regulator told, the end.

    ``reference`` is the regulator's of a notification.
    """

    ACTS = (
        ("cause", "Cause found"),
        ("restored", "Restored"),
        ("notified", "Notified"),
        ("closed", "Closed"),
    )

    deficiency = models.ForeignKey(Deficiency, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=ACTS)
    amount_minor = models.BigIntegerField(default=0)
    movement = models.OneToOneField(Movement, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=300)
    reference = models.CharField(max_length=80, blank=True)
    on = models.DateField()
    key = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "key"],
                condition=~models.Q(key=""),
                name="trust_deficiency_step_key_is_once",
            ),
            models.UniqueConstraint(
                fields=["deficiency"],
                condition=models.Q(act="closed"),
                name="trust_deficiency_closes_once",
            ),
            models.CheckConstraint(
                condition=models.Q(act="restored", amount_minor__gt=0, movement__isnull=False)
                | models.Q(~models.Q(act="restored"), amount_minor=0, movement__isnull=True),
                name="trust_deficiency_is_restored_with_money",
            ),
        ]

    def __str__(self) -> str:
        return self.act

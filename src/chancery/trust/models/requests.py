"""What people ask for before money moves, and every step on the way."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.ledgers import TrustLedger
from chancery.trust.models.payees import PayeeDetails
from chancery.trust.models.set_up import TrustBankAccount


class RequestKind(models.TextChoices):
    """What is asked for."""

    RECEIPT = "receipt", "Receipt"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    BILL = "bill", "Payment of our bill"
    TRANSFER = "transfer", "Transfer"


class RequestState(models.TextChoices):
    """Where a request stands; the last three are its end."""

    ASKED = "asked", "Waiting for approval"
    NEEDS_INFORMATION = "needs_information", "Needs information"
    APPROVED = "approved", "Approved"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    DONE = "done", "Done"


class MoneyRequest(FirmOwned):
    """Money that someone asks to be received, paid out or moved. No money moves by it alone.

    ``version`` counts its edits: an approval holds for the version that it was given to. ``details``
    holds what only its kind has (bill facts, the drawer of a cheque), by name.
    """

    kind = models.CharField(max_length=10, choices=RequestKind.choices)
    state = models.CharField(
        max_length=20, choices=RequestState.choices, default=RequestState.ASKED
    )
    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    ledger = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(TrustLedger, null=True, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    method = models.CharField(max_length=16, blank=True)
    payee = models.CharField(max_length=200, blank=True)
    payee_details = models.ForeignKey(
        PayeeDetails, null=True, on_delete=models.PROTECT, related_name="+"
    )
    authority = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    assignee = models.ForeignKey(
        "practice.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    key = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "key"], name="trust_request_key_is_once"),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="trust_request_amount_is_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="transfer", target__isnull=False)
                | models.Q(~models.Q(kind="transfer"), target__isnull=True),
                name="trust_request_to_transfer_has_a_target",
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "state", "-asked_at"], name="trust_request_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.amount_minor}"


class RequestStep(FirmOwned):
    """One act on a request: asked, edited, approved and so on. Never changed."""

    request = models.ForeignKey(MoneyRequest, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(max_length=20)
    version = models.PositiveIntegerField()
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["request", "at"], name="trust_step_of_request")]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "version", "by"],
                condition=models.Q(act="approved"),
                name="trust_request_is_approved_once_a_person",
            )
        ]

    def __str__(self) -> str:
        return self.act

"""What was posted, as documents: written once with the journal, numbered by the database without a gap."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.ledgers import TrustLedger
from chancery.trust.models.set_up import TrustBankAccount


class Document(FirmOwned):
    """What every posted document has. ``number`` and ``number_shown`` are the database's to give.

    ``on`` is the legal day it takes effect; ``made_on`` the day it was made out.
    """

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    number_shown = models.CharField(max_length=20)
    journal_id = models.UUIDField(unique=True)
    on = models.DateField()
    made_on = models.DateField()
    amount_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number_shown


class Receipt(Document):
    """Money received. ``drawer`` holds what a cheque or deposit says of itself, by name."""

    method = models.CharField(max_length=16)
    received_from = models.CharField(max_length=200)
    payer = models.ForeignKey(
        "practice.Contact", null=True, on_delete=models.PROTECT, related_name="+"
    )
    clears_on = models.DateField()
    drawer = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "number"], name="trust_receipt_number_is_once"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="trust_receipt_amount_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_receipt_latest")]


class ReceiptLine(FirmOwned):
    """The part of a receipt that went to one ledger."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    ledger = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    line = models.PositiveSmallIntegerField()
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["receipt", "line"], name="trust_receipt_line_is_once")
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.amount_minor}"


class Withdrawal(Document):
    """Money paid out of one ledger; ``cheque_number`` is its own series within the account."""

    ledger = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(
        "trust.MoneyRequest", null=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    method = models.CharField(max_length=16)
    purpose = models.CharField(max_length=16)
    payee = models.CharField(max_length=200)
    payee_number_shown = models.CharField(max_length=60, blank=True)
    cheque_number = models.PositiveIntegerField(null=True)
    bill = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "number"], name="trust_withdrawal_number_is_once"
            ),
            models.UniqueConstraint(
                fields=["account", "cheque_number"],
                condition=models.Q(cheque_number__isnull=False),
                name="trust_cheque_number_is_once",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="trust_withdrawal_amount_is_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "-at", "-id"], name="trust_withdrawal_latest"),
            models.Index(fields=["by", "made_on"], name="trust_withdrawal_by_person"),
        ]


class Transfer(Document):
    """Money moved from one ledger of an account to another; no bank moves anything."""

    source = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(TrustLedger, on_delete=models.PROTECT, related_name="+")
    authority = models.CharField(max_length=200)
    request = models.OneToOneField(
        "trust.MoneyRequest", null=True, on_delete=models.PROTECT, related_name="transfer"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "number"], name="trust_transfer_number_is_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="trust_transfer_moves"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__gt=0), name="trust_transfer_amount_is_positive"
            ),
        ]
        indexes = [models.Index(fields=["firm", "-at", "-id"], name="trust_transfer_latest")]


class Reversal(FirmOwned):
    """A document taken back: by mistake (reversal), by the bank (dishonor), or a cheque stopped or stale."""

    KINDS = (
        ("reversal", "Reversal"),
        ("dishonor", "Dishonour"),
        ("stop", "Stopped cheque"),
        ("stale", "Stale cheque"),
    )

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=KINDS)
    journal_id = models.UUIDField(unique=True)
    reversed_journal_id = models.UUIDField(unique=True)
    document_kind = models.CharField(max_length=12)
    document_id = models.UUIDField()
    on = models.DateField()
    reason = models.CharField(max_length=300)
    shortage_minor = models.BigIntegerField(default=0)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["firm", "document_kind", "document_id"], name="trust_reversal_of")
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.document_kind}"

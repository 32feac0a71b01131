"""Cash and paper taken to the bank together: a slip is filled while it is open, and stays once banked."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.documents import Receipt
from chancery.trust.models.set_up import TrustBankAccount


class DepositSlip(FirmOwned):
    """One visit to the bank with money of one account, numbered within the account."""

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    banked_on = models.DateField(null=True)
    banked_at = models.DateTimeField(null=True)
    banked_by = models.ForeignKey(
        "practice.Person", null=True, on_delete=models.PROTECT, related_name="+"
    )
    bank_reference = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="trust_slip_number_is_once"),
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(banked_on__isnull=True),
                name="trust_slip_is_one_open_an_account",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    banked_on__isnull=True, banked_at__isnull=True, banked_by__isnull=True
                )
                | models.Q(
                    banked_on__isnull=False, banked_at__isnull=False, banked_by__isnull=False
                ),
                name="trust_slip_banked_says_when_and_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["firm", "-opened_at", "-id"], name="trust_slip_latest")]

    def __str__(self) -> str:
        return f"slip {self.number}"


class DepositSlipLine(FirmOwned):
    """A receipt that lies on a slip; no receipt lies on two."""

    slip = models.ForeignKey(DepositSlip, on_delete=models.PROTECT, related_name="lines")
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="slip_line")

    def __str__(self) -> str:
        return f"{self.receipt_id} on {self.slip_id}"

"""Whose money lies in a trust account: a ledger for each matter, and a few of the firm's."""

from django.db import models

from chancery.tenancy.models import FirmOwned
from chancery.trust.models.set_up import TrustBankAccount


class TrustLedger(FirmOwned):
    """A part of the money of a trust account; its account in the ledger has the same id.

    ``kind`` is the ledger's: a client ledger belongs to a matter; the others (the firm's own money,
    interest due to a foundation, unidentified money, shortages) belong to the account as a whole.
    """

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    matter = models.ForeignKey(
        "practice.Matter", null=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "matter"],
                condition=models.Q(matter__isnull=False),
                name="trust_ledger_is_one_a_matter",
            ),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=models.Q(matter__isnull=True),
                name="trust_ledger_is_one_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="client", matter__isnull=False)
                | models.Q(~models.Q(kind="client"), matter__isnull=True),
                name="trust_client_ledger_has_a_matter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.account_id}"


class NumberSeries(FirmOwned):
    """How far the numbers of one kind of document of an account have come; only the database counts."""

    account = models.ForeignKey(TrustBankAccount, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=12)
    last_number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "series"], name="trust_series_is_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.last_number}"


class TrustMatterType(FirmOwned):
    """A matter type whose matters may hold client money; a firm that names none lets every type."""

    matter_type = models.OneToOneField(
        "practice.MatterType", on_delete=models.CASCADE, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.matter_type_id)


class TrustSettings(FirmOwned):
    """What a firm set for itself: stricter values by the path of a pack's parameter, and its habits.

    ``daily_limit_minor`` is what one person may release in a day; None is no limit.
    """

    stricter = models.JSONField(default=dict)
    uses_deposit_slips = models.BooleanField(default=False)
    daily_limit_minor = models.BigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firm"], name="trust_settings_are_one")]

    def __str__(self) -> str:
        return f"version {self.version}"

"""Where the client money lies, and which place's rules hold."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class JurisdictionChoice(FirmOwned):
    """The firm keeps client money by this place's rules. One row per firm; history holds the earlier."""

    code = models.CharField(max_length=20)
    pack_version = models.CharField(max_length=20)
    chosen_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firm"], name="jurisdiction_is_one")]

    def __str__(self) -> str:
        return self.code


class AccountKind(models.TextChoices):
    """What a trust bank account is for; each jurisdiction allows some of these."""

    CURRENT = "current", "Current"
    INVESTMENT = "investment", "Investment"
    CONTROLLED = "controlled", "Controlled"
    STATUTORY = "statutory", "Statutory"


SERIES = ("receipt", "withdrawal", "transfer")
"""The documents of an account that are numbered, each in its own series."""


class TrustBankAccount(FirmOwned):
    """A bank account that holds clients' money.

    ``number`` holds the parts a country's bank numbers have, such as bsb and account, in normal form;
    ``number_shown`` is the whole as people write it. A controlled account may have none: each matter
    then has its own.
    """

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=AccountKind.choices)
    status = models.CharField(
        max_length=6, choices=[("open", "Open"), ("closed", "Closed")], default="open"
    )
    currency = models.CharField(max_length=3)
    bank = models.ForeignKey(
        "practice.Contact", null=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.JSONField(default=dict)
    number_shown = models.CharField(max_length=60, blank=True)
    receipt_prefix = models.CharField(max_length=8, default="R-")
    receipt_first = models.PositiveIntegerField(default=1)
    withdrawal_prefix = models.CharField(max_length=8, default="W-")
    withdrawal_first = models.PositiveIntegerField(default=1)
    transfer_prefix = models.CharField(max_length=8, default="T-")
    transfer_first = models.PositiveIntegerField(default=1)
    statement_title = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "name"], name="trust_account_name_is_once"),
            models.UniqueConstraint(
                fields=["firm", "number_shown"],
                condition=~models.Q(number_shown=""),
                name="trust_account_number_is_once",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=AccountKind.values), name="trust_account_kind_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="controlled")
                | (~models.Q(number_shown="") & models.Q(bank__isnull=False)),
                name="trust_account_has_bank_and_number",
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", closed_at__isnull=True)
                | models.Q(status="closed", closed_at__isnull=False),
                name="trust_account_closed_says_when",
            ),
            *(
                models.UniqueConstraint(
                    fields=["firm", f"{series}_prefix"], name=f"trust_{series}_prefix_is_once"
                )
                for series in SERIES
            ),
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{series}_prefix__regex": r"[^0-9]$"})
                    & models.Q(**{f"{series}_first__gte": 1}),
                    name=f"trust_{series}_series_is_readable",
                )
                for series in SERIES
            ),
            models.CheckConstraint(
                condition=~models.Q(receipt_prefix=models.F("withdrawal_prefix"))
                & ~models.Q(receipt_prefix=models.F("transfer_prefix"))
                & ~models.Q(withdrawal_prefix=models.F("transfer_prefix")),
                name="trust_account_prefixes_differ",
            ),
        ]

    def __str__(self) -> str:
        return self.name

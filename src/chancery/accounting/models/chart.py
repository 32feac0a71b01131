"""The package's chart of accounts as last read, and what each account is used for here."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class ChartAccount(FirmOwned):
    """One account of the package's chart, as last read back."""

    external_id = models.CharField(max_length=64)
    code = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=150)
    type = models.CharField(max_length=20)
    tax_type = models.CharField(max_length=20, blank=True)
    bank_number = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    is_active = models.BooleanField()
    takes_payments = models.BooleanField(default=False)
    system_name = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "external_id"], name="chart_account_is_once")
        ]
        indexes = [models.Index(fields=["firm", "code", "name", "id"], name="chart_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


class TaxRate(FirmOwned):
    """One tax rate of the package, as last read back."""

    tax_type = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    percent = models.DecimalField(max_digits=9, decimal_places=4)
    is_active = models.BooleanField()
    suits_liabilities = models.BooleanField(default=False)
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "tax_type"], name="tax_rate_is_once")
        ]

    def __str__(self) -> str:
        return self.name


class UseOfAccount(models.TextChoices):
    """What an account of the package may be here: exactly one of these."""

    TRUST_BANK = "trust_bank", "Trust bank account"
    OFFICE_BANK = "office_bank", "Office account"
    TRUST_LIABILITY = "trust_liability", "Trust Liability"
    TRUST_TRANSFERS = "trust_transfers", "Trust Transfers"


class AccountUse(FirmOwned):
    """An account of the package serves here as exactly one thing.

    ``chart_account`` is empty while the package is still to make it; then ``wanted`` says what is to
    be made. The unique key on ``chart_account`` is why a trust account can never be an office account.
    """

    use = models.CharField(max_length=16, choices=UseOfAccount.choices)
    chart_account = models.OneToOneField(
        ChartAccount, null=True, on_delete=models.PROTECT, related_name="account_use"
    )
    trust_account = models.OneToOneField(
        "trust.TrustBankAccount", null=True, on_delete=models.PROTECT, related_name="+"
    )
    office_account = models.OneToOneField(
        "office.OfficeBankAccount", null=True, on_delete=models.PROTECT, related_name="+"
    )
    wanted = models.JSONField(default=dict)
    decided_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["firm", "use"],
                condition=models.Q(use__in=["trust_liability", "trust_transfers"]),
                name="system_account_is_one_of_a_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    use="trust_bank", trust_account__isnull=False, office_account__isnull=True
                )
                | models.Q(
                    use="office_bank", trust_account__isnull=True, office_account__isnull=False
                )
                | models.Q(
                    use__in=["trust_liability", "trust_transfers"],
                    trust_account__isnull=True,
                    office_account__isnull=True,
                ),
                name="account_use_names_its_subject",
            ),
            models.CheckConstraint(
                condition=models.Q(chart_account__isnull=False) | ~models.Q(wanted={}),
                name="account_use_is_known_or_wanted",
            ),
        ]

    def __str__(self) -> str:
        return self.get_use_display()


class SentDocument(FirmOwned):
    """Something that exists over there because we made it. Append-only: it is why the choice is final."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=120)
    external_id = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "key"], name="sent_document_key_is_once"),
            models.UniqueConstraint(
                fields=["firm", "kind", "external_id"], name="sent_document_is_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.external_id}"

"""The firm's own bank accounts."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class OfficeBankAccount(FirmOwned):
    """A bank account of the firm itself, known by its code in the accounting package."""

    name = models.CharField(max_length=150)
    code = models.CharField(max_length=10)
    number_shown = models.CharField(max_length=60, blank=True)
    currency = models.CharField(max_length=3)
    taken_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            # Checked at the end of a statement: two accounts may swap their codes in the package.
            models.UniqueConstraint(
                fields=["firm", "code"],
                name="office_account_code_is_once",
                deferrable=models.Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(condition=~models.Q(code=""), name="office_account_has_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

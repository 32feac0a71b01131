"""Where money is paid to: bank details of a contact, kept in every version, and who checked them by voice."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class PayeeDetails(FirmOwned):
    """One version of a contact's bank details; a change is a new row, and begins unverified."""

    contact = models.ForeignKey("practice.Contact", on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveIntegerField()
    account_name = models.CharField(max_length=150)
    number = models.JSONField()
    number_shown = models.CharField(max_length=60)
    entered_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "turn"], name="payee_details_turn_is_once")
        ]

    def __str__(self) -> str:
        return f"{self.account_name} {self.number_shown}"


class PayeeCheck(FirmOwned):
    """That someone called back on a number found elsewhere, and heard these details."""

    details = models.OneToOneField(
        PayeeDetails, on_delete=models.PROTECT, related_name="check_made"
    )
    called_number = models.CharField(max_length=40)
    number_source = models.CharField(max_length=200)
    spoke_with = models.CharField(max_length=120)
    by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"called {self.called_number}"

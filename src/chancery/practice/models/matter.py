"""Matters: the jobs that the firm does for its clients."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class MatterType(FirmOwned):
    """A kind of work the firm does, such as Conveyance."""

    name = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "name"], name="matter_type_name_is_once")
        ]

    def __str__(self) -> str:
        return self.name


class MatterStatus(models.TextChoices):
    """Where a matter stands. Search shows the first of these that has a match."""

    ACTIVE = "active", "Active"
    INACTIVE = "inactive", "Inactive"
    CLOSED = "closed", "Closed"


class Matter(FirmOwned):
    """One job for one client, known by its number."""

    number = models.CharField(max_length=30)
    reference = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    client = models.ForeignKey("practice.Contact", on_delete=models.PROTECT, related_name="matters")
    type = models.ForeignKey(MatterType, on_delete=models.PROTECT, related_name="+")
    responsible = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=8, choices=MatterStatus.choices, default=MatterStatus.ACTIVE
    )
    version = models.PositiveIntegerField(default=1)
    opened_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "number"], name="matter_number_is_once"),
            models.CheckConstraint(condition=~models.Q(title=""), name="matter_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^[A-Za-z0-9][A-Za-z0-9.-]*$"),
                name="matter_number_fits_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=MatterStatus.values), name="matter_status_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

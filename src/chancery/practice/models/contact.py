"""People and companies that the firm deals with."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class ContactKind(models.TextChoices):
    """A contact is a person or a company."""

    PERSON = "person", "Person"
    COMPANY = "company", "Company"


class RoleOfContact(models.TextChoices):
    """What a contact is to the firm; one contact may be several."""

    BANK = "bank", "Bank"
    CLIENT = "client", "Client"
    SUPPLIER = "supplier", "Supplier"
    OTHER_SIDE = "other_side", "Other side"
    COUNSEL = "counsel", "Counsel"
    AGENT = "agent", "Agent"
    COURT = "court", "Court or registry"


class Contact(FirmOwned):
    """A person or company, once per firm. Its name lives here and is shown everywhere from here."""

    kind = models.CharField(max_length=7, choices=ContactKind.choices)
    name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    stands_for_own_bank = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    # A column, not an expression: under row security only plain comparisons are let near an index.
    folded = models.GeneratedField(
        expression=models.Func("name", function="practice_fold"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ContactKind.values), name="contact_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["firm"],
                condition=models.Q(stands_for_own_bank=True),
                name="one_contact_stands_for_own_bank",
            ),
        ]
        indexes = [
            models.Index(fields=["firm", "name", "id"], name="contact_by_name"),
            models.Index(fields=["firm", "folded", "id"], name="contact_by_folded"),
            models.Index(
                fields=["firm", "email"], condition=~models.Q(email=""), name="contact_by_email"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ContactRole(FirmOwned):
    """A contact is, to this firm, a bank, a client, a supplier or more."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=12, choices=RoleOfContact.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "role"], name="contact_holds_a_role_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=RoleOfContact.values), name="contact_role_is_known"
            ),
        ]
        indexes = [models.Index(fields=["firm", "role"], name="contact_role_by_role")]

    def __str__(self) -> str:
        return self.get_role_display()


class ContactAddress(FirmOwned):
    """Where a contact is found or written to."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=6, choices=[("street", "Street"), ("postal", "Postal")])
    lines = models.CharField(max_length=200)
    city = models.CharField(max_length=100, blank=True)
    region = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=16, blank=True)
    country = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "kind"], name="contact_has_one_of_a_kind")
        ]

    def __str__(self) -> str:
        parts = [self.lines, self.city, self.region, self.postcode, self.country]
        return ", ".join(part for part in parts if part)


class ContactIdentifier(FirmOwned):
    """A number by which others know a contact: a business number, a company number, a tax number."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "kind"], name="contact_identifier_once")
        ]
        indexes = [models.Index(fields=["firm", "kind", "value"], name="contact_by_identifier")]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"

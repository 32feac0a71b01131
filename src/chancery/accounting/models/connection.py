"""The choice of package, the consent that is under way, the connection and its sealed tokens."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class PackageChoice(FirmOwned):
    """The firm uses this package: one row per firm.

    The database refuses to change or remove it once a document or account of ours exists over there
    (see sql/guards.sql).
    """

    package = models.CharField(
        max_length=12,
        choices=[("xero", "Xero"), ("standalone", "Billing and trust accounting only")],
    )
    chosen_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm"], name="package_choice_is_one"),
            models.CheckConstraint(
                condition=models.Q(package__in=["xero", "standalone"]), name="package_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.package


class Consent(FirmOwned):
    """Someone was sent to the package's consent page with this state; used once, within ten minutes.

    Only the state's SHA-256 is kept; ``sealed`` holds the PKCE verifier, and later the tokens while
    an organisation is being chosen, encrypted.
    """

    person = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    state_hash = models.CharField(max_length=64, unique=True)
    sealed = models.BinaryField()
    organisations = models.JSONField(default=list)
    started_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"consent of {self.started_at:%Y-%m-%d %H:%M}"


class ConnectionState(models.TextChoices):
    """Whether the package still answers to us."""

    CONNECTED = "connected", "Connected"
    DISCONNECTED = "disconnected", "Disconnected"
    LOST = "lost", "Connection lost"


class Connection(FirmOwned):
    """The organisation in the package that this firm's books are kept in."""

    organisation_id = models.CharField(max_length=64)
    connection_id = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=200)
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=12, choices=ConnectionState.choices)
    lost_because = models.CharField(max_length=300, blank=True)
    connected_by = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    connected_at = models.DateTimeField()
    period_lock_on = models.DateField(null=True)
    year_lock_on = models.DateField(null=True)
    refreshed_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    is_sandbox = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm"], name="connection_is_one"),
            # Across firms: two books of trust money in one organisation could not be told apart.
            models.UniqueConstraint(
                fields=["organisation_id"], name="organisation_serves_one_firm"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ConnectionState.values), name="connection_state_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TokenPair(FirmOwned):
    """The connection's access and refresh token, encrypted with a key that is not in the database."""

    connection = models.OneToOneField(Connection, on_delete=models.CASCADE, related_name="tokens")
    sealed = models.BinaryField()
    expires_at = models.DateTimeField()
    refreshes = models.PositiveIntegerField(default=0)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"tokens of {self.stored_at:%Y-%m-%d %H:%M}"

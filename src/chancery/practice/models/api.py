"""Tokens that let a program act as a person, and the answers it was given under its own keys."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from chancery.tenancy.models import FirmOwned


class ApiToken(FirmOwned):
    """A program's leave to act as one person, within scopes. The secret itself is kept nowhere."""

    person = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    prefix = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32)
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prefix"], name="api_token_prefix_is_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="api_token_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(scopes__len__gte=1), name="api_token_has_a_scope"
            ),
        ]
        indexes = [models.Index(fields=["firm", "person"], name="api_token_of_person")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_read_only(self) -> bool:
        """Return whether the token changes nothing, whatever its person may."""
        return all(scope.endswith(":read") for scope in self.scopes)


class ApiAnswer(FirmOwned):
    """What a request under a key was answered, so that the same request again does nothing again."""

    person = models.ForeignKey("practice.Person", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    method = models.CharField(max_length=7)
    path = models.TextField()
    payload_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    location = models.TextField(blank=True)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "person", "key"], name="api_answer_key_is_once")
        ]
        indexes = [models.Index(fields=["at"], name="api_answer_by_age")]

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.status}"

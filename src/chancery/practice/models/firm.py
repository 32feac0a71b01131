"""Firms, the accounts people sign in with, and their place in a firm."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from chancery.lib import ids
from chancery.tenancy.models import FirmOwned


class Firm(models.Model):
    """A law firm: the tenant to which every other row belongs."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.CharField(max_length=150)
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1, db_default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="firm_currency_is_iso"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="firm_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Make accounts to sign in with."""

    def create_user(self, email: str, password: str) -> "User":
        """Store a new account; the password is hashed with Argon2."""
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(force_insert=True, using=self._db)
        return user


class User(AbstractBaseUser):
    """An account to sign in with. It belongs to a human, not to a firm: an examiner may serve several."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    must_choose_password = models.BooleanField(default=False, db_default=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    def __str__(self) -> str:
        return self.email


class Role(models.TextChoices):
    """What a person may do in a firm."""

    ADMINISTRATOR = "administrator", "Administrator"
    BOOKKEEPER = "bookkeeper", "Bookkeeper"
    LAWYER = "lawyer", "Lawyer"
    REVIEWER = "reviewer", "Reviewer"
    EXAMINER = "examiner", "Examiner, read only"


class Person(FirmOwned):
    """Someone's place in one firm: their name there, their roles, their wishes for the screen."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    theme = models.CharField(max_length=6, default="system")
    uses_letter_keys = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1, db_default=1)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "user"], name="person_is_once_in_a_firm"),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=list(Role.values))
                & models.Q(roles__len__gte=1),
                name="person_has_known_roles",
            ),
            models.CheckConstraint(
                condition=models.Q(theme__in=["system", "light", "dark"]),
                name="person_theme_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Return the first letters of the first and last word of the name, for the avatar."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    def has_role(self, *roles: str) -> bool:
        """Return whether this person holds at least one of the roles."""
        return not set(roles).isdisjoint(self.roles)

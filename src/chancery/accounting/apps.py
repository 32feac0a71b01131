"""Registration with Django."""

from django.apps import AppConfig


class AccountingConfig(AppConfig):
    """See the package's own docstring."""

    name = "chancery.accounting"
    label = "accounting"

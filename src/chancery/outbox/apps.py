"""Registration with Django."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    """See the package's own docstring."""

    name = "chancery.outbox"
    label = "outbox"

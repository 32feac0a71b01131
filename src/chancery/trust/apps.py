"""Registration with Django."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """See the package's own docstring."""

    name = "chancery.trust"
    label = "trust"

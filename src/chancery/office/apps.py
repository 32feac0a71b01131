"""Registration with Django."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """See the package's own docstring."""

    name = "chancery.office"
    label = "office"

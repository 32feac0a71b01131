"""Registration with Django."""

from django.apps import AppConfig


class TenancyConfig(AppConfig):
    """The guards that every firm's table gets."""

    name = "chancery.tenancy"
    label = "tenancy"

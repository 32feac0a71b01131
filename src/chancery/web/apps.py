"""Registration with Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "chancery.web"
    label = "web"

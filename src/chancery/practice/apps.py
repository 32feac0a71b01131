"""Registration with Django."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Firms, people, contacts and matters."""

    name = "chancery.practice"
    label = "practice"

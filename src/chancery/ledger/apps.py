"""Registration with Django."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The client-money ledger."""

    name = "chancery.ledger"
    label = "ledger"

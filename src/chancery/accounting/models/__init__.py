"""Tables of the accounting connection, one file per noun."""

from chancery.accounting.models.chart import AccountUse, ChartAccount, SentDocument, TaxRate
from chancery.accounting.models.connection import Connection, Consent, PackageChoice, TokenPair

__all__ = [
    "AccountUse",
    "ChartAccount",
    "Connection",
    "Consent",
    "PackageChoice",
    "SentDocument",
    "TaxRate",
    "TokenPair",
]

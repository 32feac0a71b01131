"""Tables of the ledger: the books, and what proves them."""

from chancery.ledger.models.balances import Availability, Balance, Day
from chancery.ledger.models.books import DEBIT_KINDS, Account, AccountKind, Entry, Journal, Side
from chancery.ledger.models.closings import Closing, PeriodLock
from chancery.ledger.models.seals import Proof, Seal, Unsealed, UnsealedEvent

__all__ = [
    "DEBIT_KINDS",
    "Account",
    "AccountKind",
    "Availability",
    "Balance",
    "Closing",
    "Day",
    "Entry",
    "Journal",
    "PeriodLock",
    "Proof",
    "Seal",
    "Side",
    "Unsealed",
    "UnsealedEvent",
]

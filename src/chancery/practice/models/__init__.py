"""Tables of the practice, one file per noun."""

from chancery.practice.models.api import ApiAnswer, ApiToken
from chancery.practice.models.contact import Contact, ContactAddress, ContactIdentifier, ContactRole
from chancery.practice.models.firm import Firm, Person, User
from chancery.practice.models.help_answer import HelpAnswer
from chancery.practice.models.history import RecordChange
from chancery.practice.models.matter import Matter, MatterType
from chancery.practice.models.search_entry import SearchEntry

__all__ = [
    "ApiAnswer",
    "ApiToken",
    "Contact",
    "ContactAddress",
    "ContactIdentifier",
    "ContactRole",
    "Firm",
    "HelpAnswer",
    "Matter",
    "MatterType",
    "Person",
    "RecordChange",
    "SearchEntry",
    "User",
]

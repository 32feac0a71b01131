"""The contact that stands for the firm's own bank: which it is, and since when it has a name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.practice import contacts
from chancery.practice.models import Contact, RecordChange


@dataclass(frozen=True)
class OwnBank:
    """The contact, what it was called before its first renaming, and when that was."""

    id: UUID
    name: str
    called_before: str
    named_at: datetime | None


def of_firm() -> OwnBank | None:
    """Return the contact that stands for the firm's own bank, while there is one."""
    bank = Contact.objects.filter(stands_for_own_bank=True).first()
    if bank is None:
        return None
    acts = RecordChange.objects.filter(record_kind=contacts.KIND, record_id=bank.id)
    first = acts.filter(act=contacts.RENAMED).order_by("at", "id").first()
    if first is None:
        return OwnBank(bank.id, bank.name, called_before="", named_at=None)
    called_before, _ = first.changes["Name"]
    return OwnBank(bank.id, bank.name, called_before, first.at)

"""What pages may ask of trust accounting. Every list is ordered, and as long as a firm's set-up is."""

from collections.abc import Sequence
from uuid import UUID

from chancery.practice.contacts import Contact, RoleOfContact
from chancery.trust.models import SERIES, Receipt, TrustBankAccount, TrustLedger


def bank_accounts() -> Sequence[TrustBankAccount]:
    """Return the firm's trust accounts with their banks, the open ones first."""
    accounts = TrustBankAccount.objects.select_related("bank")
    return list(accounts.order_by("-status", "name", "id"))


def accounts_at(bank_id: UUID) -> Sequence[TrustBankAccount]:
    """Return the trust accounts whose bank is this contact, the open ones first."""
    accounts = TrustBankAccount.objects.filter(bank_id=bank_id)
    return list(accounts.order_by("-status", "name", "id"))


def has_accounts() -> bool:
    """Return whether the firm has a trust bank account, open or closed."""
    return TrustBankAccount.objects.exists()


def banks() -> Sequence[Contact]:
    """Return the contacts that are banks, by name."""
    contacts = Contact.objects.filter(roles__role=RoleOfContact.BANK)
    return list(contacts.order_by("name", "id"))


def matter_by_matter() -> Sequence[TrustBankAccount]:
    """Return the open accounts under which each matter has a bank account of its own."""
    accounts = TrustBankAccount.objects.filter(kind="controlled", number_shown="", status="open")
    return list(accounts.order_by("name", "id"))


def prefixes_taken() -> set[str]:
    """Return every prefix that a series of the firm has."""
    rows = TrustBankAccount.objects.values_list(*(f"{which}_prefix" for which in SERIES))
    return {prefix for row in rows for prefix in row}


def first_ledger() -> TrustLedger | None:
    """Return the client ledger that was opened first, with its matter."""
    ledgers = TrustLedger.objects.filter(matter__isnull=False).select_related("matter")
    return ledgers.order_by("opened_at", "id").first()


def first_receipt() -> Receipt | None:
    """Return the receipt that was taken first."""
    return Receipt.objects.order_by("at", "id").first()

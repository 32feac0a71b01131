"""The scopes that Xero knows, in words for the consent page, and what each allows."""

from collections.abc import Iterable

WORDS = {
    "openid": "know who you are",
    "profile": "see your name",
    "email": "see your e-mail address",
    "offline_access": "stay connected while you are away",
    "accounting.settings": "see and change accounts, tax rates and organisation settings",
    "accounting.settings.read": "see accounts, tax rates and organisation settings",
    "accounting.contacts": "see and change contacts",
    "accounting.contacts.read": "see contacts",
    "accounting.banktransactions": "see and change bank transactions and transfers",
    "accounting.banktransactions.read": "see bank transactions and transfers",
    "accounting.invoices": "see and change invoices and credit notes",
    "accounting.invoices.read": "see invoices and credit notes",
    "accounting.payments": "see and change payments",
    "accounting.payments.read": "see payments",
    "accounting.manualjournals": "see and change manual journals",
    "accounting.manualjournals.read": "see manual journals",
    "accounting.transactions": "see and change all transactions",
    "accounting.transactions.read": "see all transactions",
    "accounting.attachments": "see and change attached files",
    "accounting.attachments.read": "see attached files",
    "accounting.budgets.read": "see budgets",
    "accounting.reports.read": "see reports",
    "accounting.reports.aged.read": "see the aged reports",
    "accounting.reports.balancesheet.read": "see the balance sheet",
    "accounting.reports.banksummary.read": "see the bank summary",
    "accounting.reports.budgetsummary.read": "see the budget summary",
    "accounting.reports.executivesummary.read": "see the executive summary",
    "accounting.reports.profitandloss.read": "see the profit and loss report",
    "accounting.reports.taxreports.read": "see the tax reports",
    "accounting.reports.tenninetynine.read": "see the 1099 report",
    "accounting.reports.trialbalance.read": "see the trial balance",
    "accounting.journals.read": "see the general ledger",
    "files": "see and change the file library",
    "files.read": "see the file library",
    "assets": "see and change fixed assets",
    "assets.read": "see fixed assets",
    "projects": "see and change projects",
    "projects.read": "see projects",
}


def unknown(asked: Iterable[str]) -> list[str]:
    """Return the scopes that do not exist."""
    return sorted(scope for scope in asked if scope not in WORDS)


def in_words(asked: Iterable[str]) -> list[str]:
    """Say for a person what these scopes allow."""
    return [WORDS[scope] for scope in asked]


def allow(granted: Iterable[str], needed: str) -> bool:
    """Say whether the scopes granted cover what is needed; a scope covers its own `.read`."""
    held = set(granted)
    return needed in held or needed.removesuffix(".read") in held

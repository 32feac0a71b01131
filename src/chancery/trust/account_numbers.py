"""Tell by its number whether a bank account is one of the firm's trust accounts, however it is written."""

import re

from chancery.trust.models import TrustBankAccount

_NOT_TOLD_APART = re.compile(r"[^0-9A-Za-z]")


def bare(number: str) -> str:
    """Return a bank number without the spaces and dashes that people write it with."""
    return _NOT_TOLD_APART.sub("", number).upper()


def trust_account_with(number: str) -> str:
    """Return the name of the trust account with this number, or nothing."""
    return names_by_number().get(bare(number), "")


def names_by_number() -> dict[str, str]:
    """Return the names of the firm's trust accounts by their bare numbers."""
    known = TrustBankAccount.objects.exclude(number_shown="").order_by("id")
    return {bare(shown): name for shown, name in known.values_list("number_shown", "name")}

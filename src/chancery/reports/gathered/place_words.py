"""The words that differ from place to place, and those that are said where a place has none."""

from collections.abc import Mapping

from chancery.trust.rules.packs import Pack

NEUTRAL: Mapping[str, str] = {
    "money": "trust money",
    "pool_account": "trust account",
    "firm_account": "office account",
    "person": "client",
    "work_unit": "matter",
    "bill": "bill",
    "ledger": "client ledger",
    "cheque": "cheque",
    "bank": "bank",
    "deposit_identifier": "account number",
    "supervisor": "responsible lawyer",
    "interest_account": "controlled money account",
    "journal": "transfer",
    "reconciliation": "reconciliation",
}


def of(place: Pack | None) -> Mapping[str, str]:
    """Return the words of a place; what it has no word for is said as everywhere."""
    if place is None:
        return NEUTRAL
    return {key: getattr(place.terms, key) or word for key, word in NEUTRAL.items()}

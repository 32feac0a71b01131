"""What the law of the firm's place knows, so that a page is shown only where it means something."""

from chancery.trust import jurisdiction, settings


def known() -> frozenset[str]:
    """Return the names that ``Place.only_with`` asks for; nothing while no jurisdiction is chosen."""
    if jurisdiction.of_firm() is None:
        return frozenset()
    facts = {"advances": settings.policy().funds.advances.value}
    return frozenset(name for name, is_known in facts.items() if is_known)

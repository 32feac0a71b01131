"""What the law of the firm's place knows, so that a page is shown only where it means something."""

from chancery.trust import jurisdiction, settings
from chancery.trust.rules.policy_deposit import DepositKind


def known() -> frozenset[str]:
    """Return the names that ``Place.only_with`` asks for; nothing while no jurisdiction is chosen."""
    if jurisdiction.of_firm() is None:
        return frozenset()
    policy = settings.policy()
    facts = {
        "advances": policy.funds.advances.value,
        "own accounts": policy.pack.account_kind("controlled") is not None,
        "statutory deposit": policy.deposit.kind.value is not DepositKind.NONE,
        "transit money": policy.accounts.keeps_transit_register,
        "power money": policy.accounts.keeps_power_register,
    }
    return frozenset(name for name, is_known in facts.items() if is_known)

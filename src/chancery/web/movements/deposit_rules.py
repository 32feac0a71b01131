"""The rules of the place that decide about a statutory deposit."""

from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_deposit import DepositKind
from chancery.trust.rules.ruled import Ruled


def of(policy: Policy) -> "list[Ruled[object]]":
    """Return the rules to show, those only that the place's scheme has."""
    deposit = policy.deposit
    found: list[Ruled[object]] = [deposit.kind]
    if deposit.kind.value is DepositKind.QUARTERLY:
        found.append(deposit.formula)
    if deposit.due.rule:
        found.append(deposit.due)
    if deposit.restored.rule:
        found.append(deposit.restored)
    return found

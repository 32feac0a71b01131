"""From which day money received may be paid out again."""

from datetime import date

from chancery.trust.rules import calendars
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_clearing import Method


def clears_on(policy: Policy, method: Method, received_on: date) -> date:
    """Return the first day on which money received by a method counts as cleared.

    Rule: policy.clearing.hold; where no rule fixes days, the strictest that any place suggests.
    """
    hold = policy.clearing.hold.value.by_method[method]
    return calendars.add(received_on, hold, policy.pack)

"""Client money that lies still: when it is looked into, what is done first, and where it may go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.trust.rules import calendars
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_care import RESIDUAL_STEPS
from chancery.trust.rules.ruled import Words


@dataclass(frozen=True)
class Balance:
    """What one ledger holds and when it last moved."""

    ledger: str
    held: Money
    last_moved_on: date


@dataclass(frozen=True)
class Gift:
    """A balance that shall go to a charity, the conditions met, and the regulator's authority if any."""

    held: Money
    met: frozenset[str] = frozenset()
    authority: str = ""


@dataclass(eq=False)
class NeedsRegulatorsAuthority(Refusal):
    """The balance is more than may be given away without asking."""

    code: ClassVar[str] = "trust.needs_regulators_authority"

    held: Money
    limit: Money
    rule: str

    def __str__(self) -> str:
        return (
            f"{self.held} is held, and up to {self.limit} may go without asking."
            " Get the regulator's written authority and record it."
        )


@dataclass(eq=False)
class StepsMissing(Refusal):
    """Something that must be done first is not recorded as done."""

    code: ClassVar[str] = "trust.residual_steps_missing"

    missing: tuple[str, ...]
    rule: str

    def __str__(self) -> str:
        return f"Record first that this was done: {'; '.join(self.missing)}."


def dormant_on(policy: Policy, last_moved_on: date) -> date:
    """Return the day on which a balance that last moved on a day has lain still too long.

    Rule: policy.care.dormancy.
    """
    months = policy.care.dormancy.value.months
    return calendars.add_days(last_moved_on, months, "months", policy.pack)


def idle_since(policy: Policy, on: date) -> date:
    """Return the latest day of a last movement that has lain still too long on a day.

    Rule: policy.care.dormancy.
    """
    since = on
    while dormant_on(policy, since) > on:
        since -= max(timedelta(days=1), (dormant_on(policy, since) - on) // 2)
    while dormant_on(policy, since + timedelta(days=1)) <= on:
        since += timedelta(days=1)
    return since


def dormant(policy: Policy, balances: Iterable[Balance], on: date) -> tuple[Balance, ...]:
    """Return the balances that have lain still too long, the longest first; empty ledgers never do."""
    still = (
        each
        for each in balances
        if each.held.minor > 0 and dormant_on(policy, each.last_moved_on) <= on
    )
    return tuple(sorted(still, key=lambda each: (each.last_moved_on, each.ledger)))


def steps(policy: Policy) -> tuple[Words, ...]:
    """Return what the place asks for with such money, in its own words."""
    return tuple(words for words in policy.care.words if words.path in RESIDUAL_STEPS)


def may_give_to_charity(policy: Policy, gift: Gift) -> None:
    """Let a balance of an owner who is not found go to a charity within the limit of the place.

    Above the limit the regulator's authority stands in for it; the conditions are met either way.
    Rule: policy.care.charity. Refuses: NeedsRegulatorsAuthority, StepsMissing.
    """
    charity = policy.care.charity
    limit = policy.money(charity.value.limit)
    if gift.held > limit and not gift.authority.strip():
        raise NeedsRegulatorsAuthority(gift.held, limit, charity.rule)
    missing = tuple(each for each in charity.value.conditions if each not in gift.met)
    if missing:
        raise StepsMissing(missing, charity.rule)

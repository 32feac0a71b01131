"""How much of its own money a firm keeps with its clients', and who bears the bank's charges."""

from dataclasses import dataclass
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_funds import OwnFundsKind, PaidBy


@dataclass(eq=False)
class OwnFundsNotAllowed(Refusal):
    """The place lets no money of the firm lie with its clients'."""

    code: ClassVar[str] = "trust.own_funds_not_allowed"

    rule: str

    def __str__(self) -> str:
        return "The firm's own money may not be kept in this account; pay it to the office account."


@dataclass(eq=False)
class OwnFundsOverCap(Refusal):
    """The firm's own money would be more than the place allows."""

    code: ClassVar[str] = "trust.own_funds_over_cap"

    cap: Money
    would_hold: Money
    rule: str

    def __str__(self) -> str:
        return (
            f"The firm may keep {self.cap} of its own here; it would be {self.would_hold}."
            " Pay in less, or pay some out to the office account first."
        )


@dataclass(frozen=True)
class Charge:
    """Who bears a bank charge: the firm's own money here, and what the office owes; never a client."""

    from_float: Money
    shortage: Money
    office_restores: Money
    rule: str

    @property
    def is_covered(self) -> bool:
        """Tell whether no client's money is touched even until the office pays."""
        return not self.shortage.minor


def may_keep(policy: Policy, held: Money, added: Money) -> None:
    """Let the firm add its own money only as far as the place allows.

    Rule: policy.funds.own_funds. Refuses: OwnFundsNotAllowed, OwnFundsOverCap.
    """
    own = policy.funds.own_funds
    if own.value.kind is OwnFundsKind.NONE:
        raise OwnFundsNotAllowed(own.rule)
    if own.value.cap is not None and held + added > policy.money(own.value.cap):
        raise OwnFundsOverCap(policy.money(own.value.cap), held + added, own.rule)


def excess(policy: Policy, held: Money) -> Money:
    """Return by how much the firm's own money is more than the place allows; nothing is 0.00.

    Where only bank charges set the measure, no figure is fixed and none is exceeded.
    """
    nothing, own = Money(0, held.currency), policy.funds.own_funds.value
    if own.kind is OwnFundsKind.NONE:
        return max(held, nothing)
    if own.cap is None:
        return nothing
    return max(held - policy.money(own.cap), nothing)


def bank_charge(policy: Policy, charge: Money, float_held: Money) -> Charge:
    """Return who bears a charge that the bank took from the account.

    The firm's own money bears it as far as it goes. What goes beyond is a shortage that the office
    makes good; where the office bears charges, it makes good all of it. Rule: policy.funds.charges.
    """
    nothing, charges = Money(0, charge.currency), policy.funds.charges
    usable = policy.funds.own_funds.value.kind is not OwnFundsKind.NONE
    covered = min(charge, float_held) if usable else nothing
    by_office = charge if charges.value is PaidBy.OFFICE else charge - covered
    return Charge(covered, charge - covered, by_office, charges.rule)

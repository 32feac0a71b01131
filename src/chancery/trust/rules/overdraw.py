"""What becomes of money that leaves a client's ledger which does not hold it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from chancery.lib.money import Money, total
from chancery.lib.refusals import Refusal
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_ledger import Overdraw


@dataclass(eq=False)
class WouldOverdraw(Refusal):
    """A ledger holds less cleared money than is to leave it; other clients' money never helps out."""

    code: ClassVar[str] = "trust.would_overdraw"

    available: Money
    asked: Money
    shortage: Money
    rule: str

    def __str__(self) -> str:
        return (
            f"The ledger can pay {self.available}; {self.asked} was asked for, {self.shortage} more."
            " Wait for money to clear, or ask for less."
        )


@dataclass(eq=False)
class DishonorWouldOverdraw(Refusal):
    """Money that bounced is spent, and the place lets no ledger be overdrawn, not even recorded."""

    code: ClassVar[str] = "trust.dishonor_would_overdraw"

    shortage: Money
    rule: str

    def __str__(self) -> str:
        return (
            f"The money that bounced is spent; {self.shortage} is missing."
            " Record the firm's own money that makes it good first, then the dishonor."
        )


@dataclass(frozen=True)
class Dishonored:
    """What a dishonor takes from the ledger, and what is missing and recorded as an exception."""

    from_ledger: Money
    shortage: Money
    rule: str

    @property
    def is_exception(self) -> bool:
        """Tell whether the overdraw register and the pool's deficiency account take a part."""
        return self.shortage.minor > 0


@dataclass(frozen=True)
class Standing:
    """What ledgers hold, those below zero apart: a total that nets them hides a shortage."""

    positive_total: Money
    shortage: Money

    @property
    def is_short(self) -> bool:
        """Tell whether any ledger is below zero, whatever the others hold."""
        return self.shortage.minor > 0


def allow_withdrawal(policy: Policy, available: Money, asked: Money) -> None:
    """Let money leave a ledger only up to what it can pay, whatever others hold.

    A place that would let an overdrawing entry be recorded is no reason to make one on purpose.
    Rule: policy.ledger.overdraw. Refuses: WouldOverdraw.
    """
    if asked > available:
        rule = policy.ledger.overdraw.rule
        raise WouldOverdraw(available, asked, asked - available, rule)


def dishonor(policy: Policy, held: Money, bounced: Money) -> Dishonored:
    """Return what a dishonor does to a ledger: the bank has taken the money, whether held or not.

    Where the place lets it be recorded, what is missing is an exception. Rule:
    policy.ledger.overdraw. Refuses: DishonorWouldOverdraw.
    """
    overdraw = policy.ledger.overdraw
    taken = min(held, bounced)
    missing = bounced - taken
    if missing.minor and overdraw.value is Overdraw.BLOCK:
        raise DishonorWouldOverdraw(missing, overdraw.rule)
    return Dishonored(taken, missing, overdraw.rule)


def standing(balances: Iterable[Money], currency: str) -> Standing:
    """Return the total of what is held, and apart from it what is missing; never one less the other."""
    nothing = Money(0, currency)
    every = tuple(balances)
    return Standing(
        positive_total=total((each for each in every if each > nothing), currency),
        shortage=nothing - total((each for each in every if each < nothing), currency),
    )

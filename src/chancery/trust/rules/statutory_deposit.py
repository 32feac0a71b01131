"""How much of the pooled money a firm has to deposit, and by when, where its place has a scheme."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.trust.rules import calendars
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_deposit import DepositFormula, DepositKind
from chancery.trust.rules.ruled import say

_DAY = timedelta(days=1)
_PER_CENT = 100
_MONTHS_OF_A_QUARTER = 3
_HALF_YEARS = ((5, 31), (11, 30))
_QUARTERS = ((3, 31), (6, 30), (9, 30), (12, 31))
Counts = Literal["nothing", "quarter", "window"]


@dataclass(frozen=True)
class Period:
    """A stretch of days by whose lowest balance a deposit is found."""

    first: date
    last: date


@dataclass(frozen=True)
class Worked:
    """How an amount came about: which minimum counts, at how many per cent, rounded up to which step."""

    counts: Counts
    threshold: Money
    percent: int
    step: Money
    amount: Money


@dataclass(frozen=True)
class Due:
    """When a deposit is calculated and made, and whether the regulator published these days."""

    window_end: date
    calculate_on: date
    due_by: date
    is_published: bool


@dataclass(eq=False)
class AmountComesFromRegulator(Refusal):
    """The place has a scheme whose formula is not known here: the regulator says how much."""

    code: ClassVar[str] = "trust.deposit_amount_comes_from_regulator"

    scheme: str
    rule: str

    def __str__(self) -> str:
        return (
            f"The amount of the deposit ({self.scheme}) is not computed; enter what was notified."
        )


@dataclass(eq=False)
class NoStatutoryDeposit(Refusal):
    """The place has no such scheme."""

    code: ClassVar[str] = "trust.no_statutory_deposit"

    place: str

    def __str__(self) -> str:
        return f"{self.place} asks for no statutory deposit."


def require(policy: Policy) -> None:
    """Let a deposit be made only where the place has a scheme. Rule: policy.deposit.kind.

    Refuses: NoStatutoryDeposit.
    """
    if policy.deposit.kind.value is DepositKind.NONE:
        raise NoStatutoryDeposit(policy.pack.name)


def require_formula(policy: Policy) -> None:
    """Let an amount be computed only where its formula is known. Rule: policy.deposit.kind.

    Refuses: NoStatutoryDeposit, AmountComesFromRegulator.
    """
    require(policy)
    kind = policy.deposit.kind
    if kind.value is not DepositKind.QUARTERLY:
        raise AmountComesFromRegulator(say(kind.value), kind.rule)


def amount(policy: Policy, quarter_minimum: Money, window_minimum: Money) -> Money:
    """Return what has to be on deposit, from the lowest of bank and deposit together.

    The first minimum is that of the quarter, the second that of the window after it. Rule:
    policy.deposit.formula. Refuses: NoStatutoryDeposit, AmountComesFromRegulator.
    """
    return worked(policy, quarter_minimum, window_minimum).amount


def worked(policy: Policy, quarter_minimum: Money, window_minimum: Money) -> Worked:
    """Return the amount with how it came about.

    Rule: policy.deposit.formula. Refuses: NoStatutoryDeposit, AmountComesFromRegulator.
    """
    require_formula(policy)
    formula = policy.deposit.formula.value
    threshold, step = policy.money(formula.threshold), policy.money(formula.round_up_to)

    def counting(counts: Counts, percent: int, hundredths: int) -> Worked:
        found = _rounded(policy, formula, hundredths)
        return Worked(counts, threshold, percent, step, found)

    if quarter_minimum < threshold or window_minimum < threshold:
        return counting("nothing", 0, 0)
    if window_minimum >= quarter_minimum:
        return counting("quarter", _PER_CENT, quarter_minimum.minor * _PER_CENT)
    return counting("window", formula.percent, window_minimum.minor * formula.percent)


def periods(policy: Policy, today: date, count: int) -> list[Period]:
    """Return the latest periods that have ended, the last first; none where the regulator says how much.

    Rule: policy.deposit.kind.
    """
    months = {DepositKind.QUARTERLY: 3, DepositKind.HALF_YEARLY: 6}.get(policy.deposit.kind.value)
    if months is None:
        return []
    ends = _QUARTERS if months == _MONTHS_OF_A_QUARTER else _HALF_YEARS
    years = range(today.year, today.year - count - 1, -1)
    found = sorted((date(year, *end) for year in years for end in ends), reverse=True)
    ended = [last for last in found if last < today][:count]
    return [Period(calendars.months_before(last + _DAY, months), last) for last in ended]


def due(policy: Policy, quarter_end: date) -> Due:
    """Return the days of one quarter: the published ones, or else those that the rule counts to.

    Rule: policy.deposit.published, policy.deposit.due.
    """
    for row in policy.deposit.published.value:
        if row.quarter_end == quarter_end:
            return Due(row.window_end, row.calculate_on, row.due_by, is_published=True)
    window_end = calendars.add(quarter_end, policy.deposit.formula.value.window, policy.pack)
    calculate_on = calendars.add_days(window_end, 1, "banking_days", policy.pack)
    within = policy.deposit.due.value.within
    due_by = calendars.add(quarter_end, within, policy.pack) if within else calculate_on
    return Due(window_end, calculate_on, due_by, is_published=False)


def half_year_due(policy: Policy, year: int) -> tuple[tuple[date, date], ...]:
    """Return the two half-years that end in a year, each with the day by which it is deposited.

    Rule: policy.deposit.due. Refuses: NoStatutoryDeposit.
    """
    if policy.deposit.kind.value is not DepositKind.HALF_YEARLY:
        raise NoStatutoryDeposit(policy.pack.name)
    ends = (date(year, month, day) for month, day in _HALF_YEARS)
    return tuple((end, due(policy, end).due_by) for end in ends)


def half_year_base(balances: Iterable[Money], currency: str) -> Money:
    """Return the lowest total of trust account and combined account in a half-year; none is 0.00."""
    return min(balances, default=Money(0, currency))


def restore_by(policy: Policy, drawn_on: date) -> date:
    """Return the day by which a deposit that was drawn on is restored. Rule: policy.deposit.restored."""
    within = policy.deposit.restored.value.within
    return calendars.add(drawn_on, within, policy.pack) if within else drawn_on + _DAY


def _rounded(policy: Policy, formula: DepositFormula, hundredths: int) -> Money:
    """Return hundredths of a minor unit rounded up to the step, in whole numbers throughout."""
    step = policy.money(formula.round_up_to)
    steps = -(-hundredths // (step.minor * _PER_CENT))
    return Money(steps * step.minor, step.currency)

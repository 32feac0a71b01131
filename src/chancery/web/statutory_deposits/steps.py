"""The computation of a statutory deposit as a person follows it, each step with its figure and its rule."""

from dataclasses import dataclass
from datetime import timedelta

from chancery.lib.money import Money
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.statutory_deposit import Period
from chancery.trust.statutory_deposits import Asked, AskedHalfYear, Lowest
from chancery.web.shell import times


@dataclass(frozen=True)
class Step:
    """One step: what is found, how, the figure, and the rule."""

    title: str
    how: str
    figure: Money | None
    rule: str


def of_quarter(asked: Asked, period: Period, policy: Policy) -> list[Step]:
    """Return the steps from the lowest balances to what is still to be deposited."""
    rule = policy.deposit.formula.rule
    after = Period(period.last + timedelta(days=1), asked.due.window_end)
    so_far = "" if asked.is_final else ", so far"
    return [
        Step(
            "Lowest of the quarter",
            f"{_stretch(period)}: {_how(asked.quarter)}",
            asked.quarter.together,
            rule,
        ),
        Step(
            f"Lowest of the days after it{so_far}",
            f"{_stretch(after)}: {_how(asked.window)}",
            asked.window.together,
            rule,
        ),
        Step("Which counts", _which(asked), _counted(asked), rule),
        Step(
            "To be on deposit",
            f"rounded up to the next {asked.worked.step}" if asked.amount.minor else "none",
            asked.amount,
            rule,
        ),
        *_still(asked),
    ]


def of_half_year(asked: AskedHalfYear, period: Period, policy: Policy) -> list[Step]:
    """Return the base of the half-year, and what is on deposit: the regulator says the rest."""
    kind = policy.deposit.kind
    return [
        Step(
            "Lowest of the half-year",
            f"{_stretch(period)}: {_how(asked.base)}",
            asked.base.together,
            kind.rule,
        ),
        Step("On deposit now", "by our books", asked.on_deposit, ""),
        Step(
            "To be on deposit",
            "Not computed here: which part of the base is deposited is not established. Enter what was"
            " notified.",
            None,
            kind.rule,
        ),
    ]


def still_to_deposit(asked: Asked) -> Money | None:
    """Return what is still to be deposited; None where nothing is."""
    missing = asked.amount - asked.on_deposit
    return missing if missing.minor > 0 and asked.is_latest else None


def _still(asked: Asked) -> list[Step]:
    amount, there = asked.amount, asked.on_deposit
    stands = Step(f"On deposit on {times.day(asked.stands_on)}", "by our books", there, "")
    if amount > there:
        title = "Still to be deposited" if asked.is_latest else "Missing then"
        return [stands, Step(title, "the difference", amount - there, "")]
    if there > amount and asked.is_latest:
        return [stands, Step("May be drawn", "more is there than is asked", there - amount, "")]
    return [stands, Step("Still to be deposited", "nothing", Money(0, amount.currency), "")]


def _which(asked: Asked) -> str:
    worked = asked.worked
    if worked.counts == "nothing":
        return f"A lowest balance is below {worked.threshold}: no deposit is asked"
    enough = f"Neither is below {worked.threshold}"
    if worked.counts == "quarter":
        return f"{enough}, and the days after were never lower: the quarter's own counts, whole"
    return f"{enough}, and the days after were lower: {worked.percent} per cent of their lowest"


def _counted(asked: Asked) -> Money | None:
    counts = asked.worked.counts
    if counts == "nothing":
        return None
    return asked.quarter.together if counts == "quarter" else asked.window.together


def _how(lowest: Lowest) -> str:
    if lowest.on is None:
        return "no money was ever in the account"
    return f"on {times.day(lowest.on)} the bank held {lowest.bank} and the deposit {lowest.deposit}"


def _stretch(period: Period) -> str:
    return f"{times.day(period.first)} to {times.day(period.last)}"

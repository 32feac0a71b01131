"""Money over which the firm has a power for a client: a register of powers and of what was done by them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import firms, history, permissions
from chancery.practice.matters import Matter
from chancery.practice.people import Person
from chancery.trust import settings
from chancery.trust.models import PowerEntry as PowerEntry

KIND = "power"
_LIMITS = {"donor": 200, "account": 200, "words": 300}


@dataclass(eq=False)
class NoPowerRegister(Refusal):
    """The place asks for no register of powers."""

    code: ClassVar[str] = "trust.no_power_register"

    place: str

    def __str__(self) -> str:
        return f"{self.place} asks for no register of powers. Keep the power on the matter's file."


@dataclass(eq=False)
class PowerEnded(Refusal):
    """The power has ended."""

    code: ClassVar[str] = "trust.power_ended"

    def __str__(self) -> str:
        return "This power has ended. Enter the new power first, if there is one."


@dataclass(frozen=True)
class PowerDetails:
    """A power: who gave it, over which account, and in which words."""

    matter: Matter
    on: date
    donor: str
    account: str
    words: str
    currency: str


@dataclass(frozen=True)
class PowerAct:
    """What was done by a power: when, in which words; and the money that moved, if any."""

    on: date
    words: str
    amount: Money | None = None


def give(*, details: PowerDetails, by: Person, at: datetime, today: date) -> PowerEntry:
    """Enter a power that was given.

    Refuses: NotAllowed, NoPowerRegister, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    policy = settings.policy()
    if not policy.accounts.keeps_power_register:
        raise NoPowerRegister(policy.pack.name)
    problems = [
        Problem(part, f"Enter this, in at most {most} characters.")
        for part, most in _LIMITS.items()
        if not 0 < len(tidy(getattr(details, part))) <= most
    ]
    refuse_any(problems + _day_problems(details.on, today))
    entry = PowerEntry.objects.create(
        firm_id=by.firm_id,
        act="given",
        matter=details.matter,
        on=details.on,
        currency=details.currency,
        by=by,
        at=at,
        **{part: tidy(getattr(details, part)) for part in _LIMITS},
    )
    history.record(of=(KIND, entry.id), firm_id=by.firm_id, act="Given", by=by, at=at)
    return entry


def exercise(
    *, power: PowerEntry, done: PowerAct, by: Person, at: datetime, today: date
) -> PowerEntry:
    """Enter money that was moved by a power.

    Refuses: NotAllowed, PowerEnded, DetailsNotRight.
    """
    is_amount = done.amount is not None and done.amount.minor > 0
    refuse_any([] if is_amount else [Problem("amount", "Enter an amount above nought.")])
    return _later(power, "exercised", done, by=by, at=at, today=today)


def end(*, power: PowerEntry, done: PowerAct, by: Person, at: datetime, today: date) -> PowerEntry:
    """Enter that a power ended.

    Refuses: NotAllowed, PowerEnded, DetailsNotRight.
    """
    return _later(power, "ended", done, by=by, at=at, today=today)


def _later(
    power: PowerEntry, act: str, done: PowerAct, *, by: Person, at: datetime, today: date
) -> PowerEntry:
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    words = tidy(done.words)
    problem = Problem("words", "Say it in a few words, at most 300 characters.")
    wording = [] if 0 < len(words) <= _LIMITS["words"] else [problem]
    refuse_any(wording + _day_problems(done.on, today))
    firms.lock(by.firm_id)
    if PowerEntry.objects.filter(power=power, act="ended").exists():
        raise PowerEnded
    entry = PowerEntry.objects.create(
        firm_id=by.firm_id,
        act=act,
        power=power,
        matter=power.matter,
        on=done.on,
        amount_minor=done.amount.minor if done.amount else 0,
        currency=power.currency,
        words=words,
        by=by,
        at=at,
    )
    told = {"Words": ("", words)}
    history.record(
        of=(KIND, power.id), firm_id=by.firm_id, act=act.capitalize(), by=by, at=at, changes=told
    )
    return entry


def _day_problems(on: date, today: date) -> list[Problem]:
    return [] if on <= today else [Problem("on", "Choose today or an earlier day.")]

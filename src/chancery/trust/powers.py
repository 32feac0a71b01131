"""Money over which the firm has a power for a client: a register of powers and of what was done by them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger.faults import KeyNamesAnother
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
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.place} asks for no register of powers. Keep the power on the matter's file."


@dataclass(eq=False)
class NoSuchPower(Refusal):
    """This firm's register has no such power."""

    code: ClassVar[str] = "trust.no_such_power"

    def __str__(self) -> str:
        return "There is no such power. Go back to the register."


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


def visible(power_id: UUID) -> PowerEntry:
    """Return a power of this firm by its first row, with its matter, client and author at hand.

    Refuses: NoSuchPower.
    """
    given = PowerEntry.objects.select_related("matter__client", "by").filter(act="given")
    found = given.filter(pk=power_id).first()
    if found is None:
        raise NoSuchPower
    return found


def acts_of(power: PowerEntry) -> list[PowerEntry]:
    """Return what was done by a power and that it ended, the earliest day first."""
    return list(power.later.select_related("by").order_by("on", "at", "id"))


def give(*, details: PowerDetails, by: Person, at: datetime, today: date, key: str) -> PowerEntry:
    """Enter a power that was given; the same key returns the same power.

    Refuses: NotAllowed, NoPowerRegister, DetailsNotRight, KeyNamesAnother.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    policy = settings.policy()
    if not policy.accounts.keeps_power_register:
        raise NoPowerRegister(policy.pack.name, policy.accounts.types.rule)
    problems = [
        Problem(part, f"Enter this, in at most {most} characters.")
        for part, most in _LIMITS.items()
        if not 0 < len(tidy(getattr(details, part))) <= most
    ]
    refuse_any(problems + _day_problems(details.on, today))
    firms.lock(by.firm_id)
    facts: dict[str, object] = {
        "act": "given",
        "matter_id": details.matter.id,
        "on": details.on,
        "currency": details.currency,
        **{part: tidy(getattr(details, part)) for part in _LIMITS},
    }
    if done := _done_before(key, facts):
        return done
    entry = PowerEntry.objects.create(firm_id=by.firm_id, key=key, by=by, at=at, **facts)
    history.record(of=(KIND, entry.id), firm_id=by.firm_id, act="Given", by=by, at=at)
    return entry


def exercise(
    *, power: PowerEntry, done: PowerAct, by: Person, at: datetime, today: date, key: str
) -> PowerEntry:
    """Enter money that was moved by a power; the same key returns the same row.

    Refuses: NotAllowed, PowerEnded, DetailsNotRight, KeyNamesAnother.
    """
    is_amount = done.amount is not None and done.amount.minor > 0
    refuse_any([] if is_amount else [Problem("amount", "Enter an amount above nought.")])
    return _later(power, "exercised", done, by=by, at=at, today=today, key=key)


def end(
    *, power: PowerEntry, done: PowerAct, by: Person, at: datetime, today: date, key: str
) -> PowerEntry:
    """Enter that a power ended; the same key returns the same row.

    Refuses: NotAllowed, PowerEnded, DetailsNotRight, KeyNamesAnother.
    """
    return _later(power, "ended", done, by=by, at=at, today=today, key=key)


def _later(
    power: PowerEntry, act: str, done: PowerAct, *, by: Person, at: datetime, today: date, key: str
) -> PowerEntry:
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    words = tidy(done.words)
    problem = Problem("words", "Say it in a few words, at most 300 characters.")
    wording = [] if 0 < len(words) <= _LIMITS["words"] else [problem]
    refuse_any(wording + _day_problems(done.on, today, since=power.on))
    firms.lock(by.firm_id)
    facts: dict[str, object] = {
        "act": act,
        "power_id": power.id,
        "on": done.on,
        "amount_minor": done.amount.minor if done.amount else 0,
        "words": words,
    }
    if there := _done_before(key, facts):
        return there
    if PowerEntry.objects.filter(power=power, act="ended").exists():
        raise PowerEnded
    entry = PowerEntry.objects.create(
        firm_id=by.firm_id,
        matter_id=power.matter_id,
        currency=power.currency,
        key=key,
        by=by,
        at=at,
        **facts,
    )
    told = {"On": ("", f"{done.on:%-d %b %Y}"), "Words": ("", words)}
    if done.amount:
        told["Amount"] = ("", f"{power.currency} {done.amount}")
    history.record(
        of=(KIND, power.id), firm_id=by.firm_id, act=act.capitalize(), by=by, at=at, changes=told
    )
    return entry


def _done_before(key: str, facts: dict[str, object]) -> PowerEntry | None:
    """Return the row that stands under the key, if it says the same. Refuses: KeyNamesAnother."""
    there = PowerEntry.objects.filter(key=key).first()
    if there and any(getattr(there, name) != fact for name, fact in facts.items()):
        raise KeyNamesAnother(key)
    return there


def _day_problems(on: date, today: date, *, since: date | None = None) -> list[Problem]:
    if on > today:
        return [Problem("on", "Choose today or an earlier day.")]
    if since and on < since:
        return [
            Problem("on", f"The power was given on {since:%-d %b %Y}. Choose that day or later.")
        ]
    return []

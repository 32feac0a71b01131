"""Money that the firm handed on and never banked: a register, for the examiner."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.matters import Matter
from chancery.practice.people import Person
from chancery.trust import settings
from chancery.trust.models import TransitEntry as TransitEntry

KIND = "transit money"
_LIMITS = {"received_from": 200, "form": 60, "passed_to": 200, "direction": 200}


@dataclass(eq=False)
class NoTransitRegister(Refusal):
    """The place knows no money in transit."""

    code: ClassVar[str] = "trust.no_transit_register"

    place: str

    def __str__(self) -> str:
        return f"{self.place} knows no money that only passes through. Record it as a receipt."


@dataclass(eq=False)
class CashIsBanked(Refusal):
    """Cash never passes through: it goes to the general account first."""

    code: ClassVar[str] = "trust.cash_is_banked"

    rule: str

    def __str__(self) -> str:
        return "Cash is not handed on. Record it as a receipt into the general account first."


@dataclass(frozen=True)
class TransitDetails:
    """What came, from whom, in which form, and to whom it was handed on by which direction."""

    matter: Matter
    received_on: date
    received_from: str
    form: str
    amount: Money
    passed_on: date
    passed_to: str
    direction: str
    is_cash: bool = False


def record(*, details: TransitDetails, by: Person, at: datetime, today: date) -> TransitEntry:
    """Enter money in the register that was handed on.

    Refuses: NotAllowed, NoTransitRegister, CashIsBanked, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    policy = settings.policy()
    if not policy.accounts.keeps_transit_register:
        raise NoTransitRegister(policy.pack.name)
    if details.is_cash and policy.receipts.cash_first.value:
        raise CashIsBanked(policy.receipts.cash_first.rule)
    refuse_any(_problems(details, today))
    entry = TransitEntry.objects.create(
        firm_id=by.firm_id,
        matter=details.matter,
        received_on=details.received_on,
        amount_minor=details.amount.minor,
        currency=details.amount.currency,
        passed_on=details.passed_on,
        by=by,
        at=at,
        **{part: tidy(getattr(details, part)) for part in _LIMITS},
    )
    history.record(of=(KIND, entry.id), firm_id=by.firm_id, act="Entered", by=by, at=at)
    return entry


def _problems(details: TransitDetails, today: date) -> list[Problem]:
    found = [
        Problem(part, f"Enter this, in at most {most} characters.")
        for part, most in _LIMITS.items()
        if not 0 < len(tidy(getattr(details, part))) <= most
    ]
    if details.amount.minor <= 0:
        found.append(Problem("amount", "Enter an amount above nought."))
    if not details.received_on <= details.passed_on <= today:
        found.append(Problem("passed_on", "Money is handed on after it came, today or earlier."))
    return found

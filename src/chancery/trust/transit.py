"""Money that the firm handed on and never banked: a register, for the examiner."""

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
from chancery.trust.models import TransitEntry as TransitEntry

KIND = "transit money"
_LIMITS = {"received_from": 200, "form": 60, "passed_to": 200, "direction": 200}


@dataclass(eq=False)
class NoTransitRegister(Refusal):
    """The place knows no money in transit."""

    code: ClassVar[str] = "trust.no_transit_register"

    place: str
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.place} knows no money that only passes through. Record it as a receipt."


@dataclass(eq=False)
class NoSuchTransitEntry(Refusal):
    """This firm's register has no such entry."""

    code: ClassVar[str] = "trust.no_such_transit_entry"

    def __str__(self) -> str:
        return "There is no such entry. Go back to the register."


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


def visible(entry_id: UUID) -> TransitEntry:
    """Return an entry of this firm's register with its matter, client and author at hand.

    Refuses: NoSuchTransitEntry.
    """
    entries = TransitEntry.objects.select_related("matter__client", "by")
    found = entries.filter(pk=entry_id).first()
    if found is None:
        raise NoSuchTransitEntry
    return found


def record(
    *, details: TransitDetails, by: Person, at: datetime, today: date, key: str
) -> TransitEntry:
    """Enter money in the register that was handed on; the same key returns the same entry.

    Refuses: NotAllowed, NoTransitRegister, CashIsBanked, DetailsNotRight, KeyNamesAnother.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    policy = settings.policy()
    if not policy.accounts.keeps_transit_register:
        raise NoTransitRegister(policy.pack.name, policy.accounts.types.rule)
    if details.is_cash and policy.receipts.cash_first.value:
        raise CashIsBanked(policy.receipts.cash_first.rule)
    refuse_any(_problems(details, today))
    firms.lock(by.firm_id)
    facts = _facts(details)
    if done := TransitEntry.objects.filter(key=key).first():
        if any(getattr(done, name) != fact for name, fact in facts.items()):
            raise KeyNamesAnother(key)
        return done
    entry = TransitEntry.objects.create(firm_id=by.firm_id, key=key, by=by, at=at, **facts)
    history.record(of=(KIND, entry.id), firm_id=by.firm_id, act="Entered", by=by, at=at)
    return entry


def _facts(details: TransitDetails) -> dict[str, object]:
    return {
        "matter_id": details.matter.id,
        "received_on": details.received_on,
        "amount_minor": details.amount.minor,
        "currency": details.amount.currency,
        "passed_on": details.passed_on,
        **{part: tidy(getattr(details, part)) for part in _LIMITS},
    }


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

"""The checklist: which steps are done, which is next, who may do it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from chancery.practice.permissions import ALLOWED, Act
from chancery.web.home.facts import Fact, SetupFacts


@dataclass(frozen=True)
class Way:
    """The one button of a step: what it says, where it leads, and what one must be allowed."""

    says: str
    url: str
    act: Act


@dataclass(frozen=True)
class Step:
    """One step. It is done when ``since`` says since when; the first that is not is ``now``."""

    title: str
    text: str
    way: Way | None = None
    takes: str = ""
    since: datetime | None = None
    is_now: bool = False
    may_go: bool = False

    @property
    def state(self) -> str:
        """Return the step's look."""
        return "done" if self.since else "now" if self.is_now else ""

    @property
    def who_may(self) -> str:
        """Return whose step it is, for somebody who may not."""
        roles = sorted(ALLOWED[self.way.act]) if self.way else []
        names = " or ".join(str(role.label).split(",")[0].lower() for role in roles)
        return f"for a person who is {names}"


@dataclass(frozen=True)
class Doors:
    """Where the steps lead."""

    bank: str
    accounting: str
    trust: str
    add_trust_account: str
    office_accounts: str


def checklist(
    facts: SetupFacts,
    *,
    words: Mapping[str, str],
    doors: Doors,
    may: Callable[[Act], bool],
) -> tuple[Step, ...]:
    """Return every step in order; the first that is not done is the one to take now."""
    steps = (
        Step("The firm and its first person", facts.founded.words, since=facts.founded.at),
        _bank(facts, words, doors),
        _accounting(facts, doors),
        _rules(facts, words, doors),
        _trust_account(facts, words, doors),
        _office_account(facts, words, doors),
    )
    now = next((step for step in steps if not step.since), None)
    return tuple(
        replace(step, is_now=step is now, may_go=bool(step.way and may(step.way.act)))
        for step in steps
    )


def _bank(facts: SetupFacts, words: Mapping[str, str], doors: Doors) -> Step:
    way = Way("Name your bank", doors.bank, Act.EDIT_CONTACTS)
    text = f"Rename the contact Enter Your Bank Name to the bank that holds your {words['money']}"
    return _step("Name your bank", facts.bank, text, way, "about 1 minute")


def _accounting(facts: SetupFacts, doors: Doors) -> Step:
    says = "Connect Xero" if facts.package_half else "Choose accounting system"
    way = Way(says, doors.accounting, Act.MANAGE_ACCOUNTING)
    text = facts.package_half or "Xero, or none; it cannot be changed once something was sent there"
    return _step("Accounting system", facts.accounting, text, way, "about 2 minutes")


def _rules(facts: SetupFacts, words: Mapping[str, str], doors: Doors) -> Step:
    title, way = "Jurisdiction and system accounts", "Set jurisdiction"
    text = "Sets the rules, the words and the deadlines"
    done = None
    if facts.jurisdiction and facts.system_accounts:
        since = max(facts.jurisdiction.at, facts.system_accounts.at)
        done = Fact(f"{facts.jurisdiction.words}; {facts.system_accounts.words}", since)
    elif facts.jurisdiction:
        way = "Choose system accounts"
        text = f"{facts.jurisdiction.words} is set; the system accounts are not"
    door = Way(way, doors.trust, Act.MANAGE_TRUST_SETUP)
    return _step(title, done, text, door, "about 2 minutes")


def _trust_account(facts: SetupFacts, words: Mapping[str, str], doors: Doors) -> Step:
    pool = words["pool_account"]
    name = f"{pool} at the bank"
    if facts.trust_account_half:
        way = Way("See how far it is", doors.trust, Act.MANAGE_TRUST_SETUP)
        return _step(name.capitalize(), None, facts.trust_account_half, way, "")
    text = "Made in Xero for you, with a code" if facts.package == "xero" else "Its number and name"
    way = Way(f"Add the {pool}", doors.add_trust_account, Act.MANAGE_TRUST_SETUP)
    return _step(name.capitalize(), facts.trust_account, text, way, "about 1 minute")


def _office_account(facts: SetupFacts, words: Mapping[str, str], doors: Doors) -> Step:
    name = words["firm_account"]
    text = "The firm's own bank account, by its code"
    if facts.package == "xero":
        text = "Make it in Xero, give it a 3-digit code, then press Refresh… here"
    way = Way(f"Take the {name}", doors.office_accounts, Act.MANAGE_ACCOUNTING)
    return _step(name.capitalize(), facts.office_account, text, way, "about 2 minutes")


def _step(title: str, done: Fact | None, text: str, way: Way, takes: str) -> Step:
    if done:
        return Step(title, done.words, since=done.at)
    return Step(title, text, way=way if way.url else None, takes=takes)

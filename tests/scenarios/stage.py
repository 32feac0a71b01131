"""Where a scenario is acted: a firm in its place, and what its lines have named so far."""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from chancery.lib.money import Money
from chancery.practice import matters
from chancery.practice.models import Person
from chancery.trust import client_ledgers
from chancery.trust.models import Receipt, Transfer, TrustLedger, Withdrawal
from chancery.trust.requests import MoneyRequest
from chancery.trust.rules.packs import Pack, load
from money import NUMBERS, Trust, firm_in, open_trust
from scenarios.grammar import Line, ScenarioError
from world import acting, matter

_KINDS: dict[str, type[Receipt | Withdrawal | Transfer]] = {
    "R": Receipt,
    "W": Withdrawal,
    "T": Transfer,
}


@dataclass
class Stage:
    """A firm with one trust account; Bob prepares and releases, Lena and Alice approve."""

    place: Pack
    trust: Trust
    people: dict[str, Person]
    ledgers: dict[str, TrustLedger] = field(default_factory=dict)
    requests: dict[str, MoneyRequest] = field(default_factory=dict)
    protections: dict[str, UUID] = field(default_factory=dict)

    @classmethod
    def at(cls, place: str) -> "Stage":
        """Found the firm where scenarios play."""
        marlow = firm_in(place)
        trust = open_trust(marlow, place)
        people = {"Alice": marlow.alice, "Bob": marlow.bob, "Erin": marlow.erin}
        return cls(load(place), trust, people | {"Lena": trust.checker})

    def untouched(self) -> "Stage":
        """Return the stage for one scenario more; what is done there is taken back by the database."""
        return deepcopy(self)

    @property
    def number(self) -> dict[str, str]:
        """Return a bank account number as the place's banks have them."""
        return NUMBERS[self.place.country]

    @property
    def now(self) -> datetime:
        """Return the instant at which the line is acted."""
        return self.trust.at

    @property
    def today(self) -> date:
        """Return the day of the line."""
        return self.trust.today

    def person(self, line: Line, option: str = "by", otherwise: str = "Bob") -> Person:
        """Return who acts."""
        name = line.words(option, otherwise)
        if name not in self.people:
            raise ScenarioError(f"{line.where}: nobody is called {name}")
        return self.people[name]

    def money(self, figure: str) -> Money:
        """Return an amount of the place's currency."""
        return self.trust.money(figure)

    def minor(self, figure: str) -> int:
        """Return an amount in minor units."""
        return self.money(figure).minor

    def key(self, line: Line) -> str:
        """Return the key that the line names, or one of its own."""
        return line.words("key") or self.trust.key()

    def open(self, number: str) -> TrustLedger:
        """Return a matter's ledger; open both the first time that they are named."""
        if number not in self.ledgers:
            opened = matter(self.trust.maker, f"Matter {number}", number=number)
            with acting(self.trust.maker):
                found = matters.visible_to(self.trust.maker, opened.number)
                self.ledgers[number] = client_ledgers.open(
                    matter=found,
                    account_id=self.trust.account.id,
                    by=self.trust.maker,
                    at=self.now - timedelta(minutes=1),
                )
        return self.ledgers[number]

    def ledger(self, line: Line, number: str = "") -> TrustLedger:
        """Return the ledger of a matter that was named before."""
        number = number or line.subject
        if number not in self.ledgers:
            raise ScenarioError(f"{line.where}: no ledger was opened for {number}")
        return self.ledgers[number]

    def request(self, line: Line) -> MoneyRequest:
        """Return what was asked for under a name."""
        if line.subject not in self.requests:
            raise ScenarioError(f"{line.where}: nothing was asked for as {line.subject}")
        return self.requests[line.subject]

    def document(self, line: Line) -> Receipt | Withdrawal | Transfer:
        """Return the document with a number such as R-1."""
        kind = _KINDS.get(line.subject[:1])
        with acting(self.trust.maker):
            rows = kind.objects.select_related("account") if kind else None
            found = rows.filter(number_shown=line.subject).first() if rows is not None else None
        if found is None:
            raise ScenarioError(f"{line.where}: there is no document {line.subject}")
        return found

"""The firm where sequences are acted: founded once, and left as it was by each of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import Self, TypeVar

from django.db import connection

from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.practice.models import Person
from chancery.trust.models import TrustLedger
from money import Trust, firm_in, open_trust
from property.things import ACCOUNTS, LEDGERS, OTHERS, SHORT, Figures
from world import acting, charlie

T = TypeVar("T")
_OF_THE_ACCOUNT = {"deficiency": SHORT, "foundation_interest": OTHERS}
_DAYS = """SELECT a.id, a.kind, d.day, d.held_minor, d.available_minor FROM ledger_account a
  JOIN ledger_day d ON d.account_id = a.id WHERE a.pool_id = %s ORDER BY d.day"""


@dataclass
class Firm:
    """The firm, its people and three ledgers; every deed is done on ``today``."""

    trust: Trust
    people: dict[str, Person]
    ledgers: dict[str, TrustLedger]
    stranger: Person
    today: date

    @classmethod
    def at(cls, place: str, today: date) -> Self:
        """Found the firm of a place with its three ledgers."""
        marlow = firm_in(place)
        trust = open_trust(marlow, place)
        ledgers = {name: trust.ledger(f"Matter {name}") for name in LEDGERS}
        people = {"Alice": marlow.alice, "Bob": marlow.bob, "Lena": trust.checker}
        return cls(trust, people, ledgers, charlie(), today)

    def afresh(self) -> Self:
        """Return the ground for one sequence more."""
        return replace(self, trust=replace(self.trust, keys=count()))

    @property
    def now(self) -> datetime:
        """Return an instant of today."""
        return datetime(self.today.year, self.today.month, self.today.day, 2, tzinfo=UTC)

    def by(self, who: str, deed: Callable[[Person], T]) -> T | str:
        """Do a deed as a person; return what it returns, or the code by which it was refused."""
        person = self.people[who]
        try:
            with acting(person):
                return deed(person)
        except Refusal as refusal:
            return refusal.code

    def days(self) -> dict[str, dict[date, Figures]]:
        """Return the days of every ledger as the program keeps them."""
        names = {ledger.id: name for name, ledger in self.ledgers.items()}
        found: dict[str, dict[date, Figures]] = {name: {} for name in ACCOUNTS}
        with acting(self.people["Bob"]), connection.cursor() as cursor:
            cursor.execute(_DAYS, [self.trust.account.id])
            for account, kind, day, held, available in cursor.fetchall():
                name = _OF_THE_ACCOUNT.get(kind) or names[account]
                found[name][day] = Figures(held, available)
        return found

    def money(self, minor: int) -> Money:
        return Money(minor, self.trust.account.currency)

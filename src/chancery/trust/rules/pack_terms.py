"""The words a place uses for the trade's things, ready for the screen.

Three layers make a word: the one its sources use, a fallback where they gave none, and a single word
for the screen where the sources give alternatives ("matter / file"). Every page takes its words from
here; none is typed into a template.
"""

from dataclasses import dataclass, fields
from typing import Self

from chancery.trust.rules.pack_inheritance import Resolved


@dataclass(frozen=True)
class Terms:
    """Each neutral word of the code and the local word that people read."""

    money: str = ""
    pool_account: str = ""
    firm_account: str = ""
    person: str = ""
    work_unit: str = ""
    bill: str = ""
    ledger: str = ""
    cheque: str = ""
    bank: str = ""
    deposit_identifier: str = ""
    supervisor: str = ""
    interest_account: str = ""
    journal: str = ""
    reconciliation: str = ""
    extra: str = ""
    fallbacks: frozenset[str] = frozenset()
    """The names of the words that no source of the place gave."""

    @classmethod
    def of(cls, place: Resolved) -> Self:
        """Return a place's words."""
        words = {**place.terms, **place.fallback_terms, **place.screen_terms}
        known = {field.name for field in fields(cls)} - {"fallbacks"}
        chosen = {key: word for key, word in words.items() if key in known}
        return cls(**chosen, fallbacks=frozenset(place.fallback_terms))

    @property
    def people(self) -> str:
        """Return the plural of ``person``."""
        return _plural(self.person)

    @property
    def work_units(self) -> str:
        """Return the plural of ``work_unit``."""
        return _plural(self.work_unit)

    @property
    def bills(self) -> str:
        """Return the plural of ``bill``."""
        return _plural(self.bill)

    @property
    def ledgers(self) -> str:
        """Return the plural of ``ledger``."""
        return _plural(self.ledger)

    @property
    def cheques(self) -> str:
        """Return the plural of ``cheque``."""
        return _plural(self.cheque)

    @property
    def summary(self) -> str:
        """Return the four words that tell one place from another."""
        return f"{self.money}, {self.firm_account}, {self.bill}, {self.work_unit}"


def _plural(word: str) -> str:
    first, of, rest = word.partition(" of ")
    return f"{first}s{of}{rest}"

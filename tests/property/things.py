"""What the model speaks of: a place's law as far as it acts, money that moves, documents and requests."""

from dataclasses import dataclass, field
from datetime import date, timedelta

LEDGERS = ("A", "B", "C")
SHORT = "short"
OTHERS = "others"
ACCOUNTS = (*LEDGERS, SHORT, OTHERS)
BANK = "bank"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Law:
    """What differs from place to place, as far as the model acts."""

    place: str
    people: int
    records_shortages: bool
    interest_is_the_clients: bool
    holidays: frozenset[date]

    def clears(self, on: date) -> date:
        """Return the fifth business day after a day."""
        for _ in range(5):
            on += _DAY
            while on.weekday() > 4 or on in self.holidays:
                on += _DAY
        return on


NEW_SOUTH_WALES = Law(
    "au_nsw",
    people=1,
    records_shortages=True,
    interest_is_the_clients=False,
    holidays=frozenset({date(2026, 6, 8)}),
)
NEW_ZEALAND = Law(
    "nz",
    people=2,
    records_shortages=False,
    interest_is_the_clients=True,
    holidays=frozenset({date(2026, 6, 1), date(2026, 7, 10)}),
)


@dataclass(frozen=True)
class Move:
    """What an account holds more (or less) from a day on, and from which day that may be spent."""

    account: str
    minor: int
    on: date
    clears_on: date


@dataclass
class Document:
    """A receipt, a withdrawal or a transfer, and whether it was taken back."""

    kind: str
    on: date
    moves: tuple[Move, ...]
    is_cheque: bool = False
    is_taken_back: bool = False
    is_cleared_early: bool = False


@dataclass
class Asked:
    """A request as it stands."""

    kind: str
    source: str
    target: str
    minor: int
    authority: str
    hands: list[str]
    version: int = 1
    approvals: set[tuple[str, int]] = field(default_factory=set)
    is_done: bool = False
    is_called_off: bool = False

    @property
    def has_ended(self) -> bool:
        """Tell whether nothing more comes of it."""
        return self.is_done or self.is_called_off

    @property
    def behind(self) -> set[str]:
        """Return who approved it as it stands; nobody who had a hand in it counts."""
        return {who for who, version in self.approvals if version == self.version} - {*self.hands}


@dataclass(frozen=True)
class Figures:
    """What an account holds at the end of a day, and what of it may leave."""

    held: int
    available: int


@dataclass
class Tally:
    """Every amount that moved and every event that changed what may leave, and what they come to."""

    law: Law
    today: date = date(2026, 5, 4)
    moves: list[Move] = field(default_factory=list)
    events: list[tuple[str, int, date]] = field(default_factory=list)

    def days(self, account: str) -> list[date]:
        """Return every day on which anything changes for an account."""
        mine = [move for move in self.moves if move.account == account]
        later = [day for name, _, day in self.events if name == account]
        return sorted({*(move.on for move in mine), *(move.clears_on for move in mine), *later})

    def on(self, account: str, day: date) -> Figures:
        """Return what an account comes to at the end of a day."""
        mine = [move for move in self.moves if move.account == account]
        apart = sum(minor for name, minor, since in self.events if name == account and since <= day)
        return Figures(
            sum(move.minor for move in mine if move.on <= day),
            sum(move.minor for move in mine if move.clears_on <= day) + apart,
        )

    def spendable(self, account: str, on: date) -> int:
        """Return the least that is available on a day and on every later one."""
        later = [day for day in self.days(account) if day > on]
        return min(self.on(account, day).available for day in (on, *later))

    def bank(self, on: date) -> int:
        """Return what lies at the bank: all ledgers, less what is short."""
        ledgers = sum(self.on(each, on).held for each in (*LEDGERS, OTHERS))
        return ledgers - self.on(SHORT, on).held

    def holds(self, account: str) -> int:
        """Return what an account holds when everything has taken effect."""
        return self.on(account, date.max).held

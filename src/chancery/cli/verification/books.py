"""Recompute what every account held on every day, from entries and protections, and compare."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby, zip_longest

from chancery.cli.verification.findings import FirmReport
from chancery.cli.verification.snapshot import NULL, Row
from chancery.cli.verification.texts import Event, Line

_DAYS_NAMED = 20  # one changed entry puts every later day of its ledger out
_Days = dict[str, list[int]]  # a day, and by how much held and available move on it


@dataclass
class Account:
    """An account as its row says, and what entries and protections made of it."""

    id: str
    report: FirmReport
    firm: str
    side: str
    floored: bool
    pool: str
    days: _Days = field(default_factory=dict)
    last_moved_on: str = NULL
    is_closed: bool = False
    has_balance: bool = False
    days_were_seen: bool = False

    def move(self, day: str, held: int, available: int) -> None:
        """Let what is held and available change from a day on."""
        step = self.days.get(day)
        if step is None:
            self.days[day] = [held, available]
        else:
            step[0] += held
            step[1] += available

    def enter(self, line: Line) -> None:
        """Take in an entry."""
        amount = int(line.amount) if line.side == self.side else -int(line.amount)
        if line.clears_on == line.effective_on:
            self.move(line.effective_on, amount, amount)
        else:
            self.move(line.effective_on, amount, 0)
            self.move(line.clears_on, 0, amount)
        if self.last_moved_on == NULL or line.effective_on > self.last_moved_on:
            self.last_moved_on = line.effective_on

    def running(self) -> Iterable[tuple[str, int, int]]:
        """Yield each day that moved, with what was held and available at its end."""
        held = available = 0
        for day in sorted(self.days):
            step = self.days[day]
            held, available = held + step[0], available + step[1]
            yield day, held, available

    @property
    def held(self) -> int:
        """Return what is held now."""
        return sum(step[0] for step in self.days.values())


def take_events(accounts: dict[str, Account], events: Iterable[Event]) -> None:
    """Let protections and early clearances move what is available, and turns close accounts."""
    by_id = {event.id: event for event in events}
    closings: dict[str, list[Event]] = defaultdict(list)
    locks: dict[str, list[Event]] = defaultdict(list)
    for event in by_id.values():
        account = accounts.get(event.facts.get("account", ""))
        if event.kind == "availability" and account:
            _move_available(account, event, by_id)
        elif event.kind == "closing":
            closings[event.facts["account"]].append(event)
        elif event.kind == "periodlock":
            locks[event.facts["pool"]].append(event)
    for account_id, turns in [*closings.items(), *locks.items()]:
        if account := accounts.get(account_id):
            _take_turns(account, turns)


def _move_available(account: Account, event: Event, by_id: dict[str, Event]) -> None:
    facts, amount = event.facts, int(event.facts["amount_minor"])
    if facts["kind"] == "protect":
        account.move(facts["from_on"], 0, -amount)
        return
    account.move(facts["from_on"], 0, amount)
    if facts["kind"] == "clear_early":
        account.move(facts["until_on"], 0, -amount)
        return
    ended = by_id.get(facts["ends"])
    same = ("account", "amount_minor")
    if ended is None or [ended.facts[name] for name in same] != [facts[name] for name in same]:
        account.report.find(event.table, event.id, "it ends no protection of the same money")


def _take_turns(account: Account, turns: list[Event]) -> None:
    turns.sort(key=lambda event: int(event.facts["turn"]))
    for number, event in enumerate(turns, 1):
        if int(event.facts["turn"]) != number:
            account.report.find(
                event.table, event.id, f"it is turn {event.facts['turn']}, not {number}"
            )
            return
    if turns[-1].kind == "closing":
        account.is_closed = turns[-1].facts["is_closed"] == "yes"


def compare_days(accounts: dict[str, Account], rows: Iterable[Row], lost: FirmReport) -> None:
    """Hold each row of ledger_day, sorted by account and day, against what was recomputed."""
    for account_id, stored in groupby(rows, key=lambda row: row[0]):
        account = accounts.get(account_id)
        if account is None or not account.floored:
            lost.find("ledger_day", account_id, "there is no such ledger")
            continue
        account.days_were_seen = True
        _compare(account, list(stored))
    for account in accounts.values():
        if account.floored and not account.days_were_seen:
            _compare(account, [])


def _compare(account: Account, stored: list[Row]) -> None:
    report, there = account.report, {row[1]: row for row in stored}
    report.days += len(stored)
    expected = {day: (held, available) for day, held, available in account.running()}
    wrong = [
        (day, fact)
        for day in sorted({*there, *expected})
        if (fact := _difference(account, there.get(day), expected.get(day)))
    ]
    for day, fact in wrong[:_DAYS_NAMED]:
        report.find("ledger_day", f"{account.id} {day}", fact)
    if len(wrong) > _DAYS_NAMED:
        more = f"and so are {len(wrong) - _DAYS_NAMED} later days of this ledger"
        report.find("ledger_day", f"{account.id} {wrong[_DAYS_NAMED][0]}", more)
    for day, (held, available) in expected.items():
        if held < 0 or available < 0 or available > held:
            fact = f"by its entries it holds {held} on {day}, of which {available} may leave"
            report.find("ledger_account", account.id, fact)
            break


def _difference(account: Account, row: Row | None, expected: tuple[int, int] | None) -> str:
    if row is None:
        return "the day is missing"
    if expected is None:
        return "nothing moved on this day"
    if row[2] != account.firm:
        return "it stands in another firm than its ledger"
    stored = (int(row[3]), int(row[4]))
    if stored != expected:
        return (
            f"it says held {stored[0]}, available {stored[1]}; "
            f"entries and protections make it {expected[0]} and {expected[1]}"
        )
    return ""


def compare_balances(accounts: dict[str, Account], rows: Iterable[Row], lost: FirmReport) -> None:
    """Hold each row of ledger_balance against what was recomputed."""
    for account_id, firm, held, last_moved_on, is_closed in rows:
        account = accounts.get(account_id)
        if account is None or not account.floored:
            lost.find("ledger_balance", account_id, "there is no such ledger")
            continue
        account.has_balance = True
        stored = (firm, int(held), last_moved_on, is_closed == "t")
        expected = (account.firm, account.held, account.last_moved_on, account.is_closed)
        names = ("firm", "held", "last moved on", "is closed")
        for name, says, should in zip_longest(names, stored, expected):
            if says != should:
                account.report.find(
                    "ledger_balance", account_id, f"{name}: it says {says}, its entries {should}"
                )
    for account in accounts.values():
        if account.floored and not account.has_balance:
            account.report.find("ledger_balance", account.id, "the row is missing")
        if account.is_closed and account.held:
            account.report.find(
                "ledger_account", account.id, f"it is closed and holds {account.held}"
            )

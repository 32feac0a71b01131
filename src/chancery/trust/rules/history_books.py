"""Hold a whole imported history against the books: unknown matters, locked days, ledgers below zero.

Everything is judged at once, from facts that were read set by set; nothing stops at the first finding.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from chancery.lib.money import Money
from chancery.trust.rules.history_rows import OWN, PastKind, PastRow
from chancery.trust.rules.past_rows import Finding

Name = tuple[str, str, str]
"""By what the same row is known again: its kind, its reference, its matter."""


@dataclass(frozen=True)
class Day:
    """What a ledger holds, and may spend, at the end of a day that it moved on."""

    on: date
    held_minor: int
    available_minor: int


@dataclass(frozen=True)
class Books:
    """What a history is held against. ``clears_on`` gives, by method and day, from when money counts."""

    currency: str
    matters: frozenset[str]
    why_not: Mapping[str, str]
    closed: frozenset[str] = frozenset()
    locked_through: date | None = None
    opened_on: date | None = None
    taken: frozenset[Name] = frozenset()
    days: Mapping[str, tuple[Day, ...]] = field(default_factory=dict)
    clears_on: Mapping[int, date] = field(default_factory=dict)


Findings = dict[int, list[Finding]]


def name_of(row: PastRow) -> Name:
    """Return by what a row is known again."""
    return row.kind.value, row.reference, row.matter


def judge(rows: Iterable[PastRow], books: Books) -> Findings:
    """Return what is wrong with the rows, by their numbers; rows without a finding are left out."""
    found: Findings = defaultdict(list)
    seen: dict[Name, int] = {}
    movements: dict[str, list[_Move]] = defaultdict(list)
    for row in rows:
        findings = [
            *matters((row.matter, row.to_matter), books),
            *_day(row, books),
            *_again(row, books, seen),
        ]
        if findings:
            found[row.number] += findings
        for move in _moves(row, books):
            movements[move.ledger].append(move)
    for ledger, moves in movements.items():
        for number, finding in _shortages(ledger, moves, books):
            found[number].append(finding)
    return dict(found)


def matters(ends: tuple[str, str], books: Books) -> list[Finding]:
    """Return what is wrong with the matters that a row names."""
    found = []
    for number in ends:
        if not number or number == OWN:
            continue
        if number not in books.matters:
            words = f"No matter has the number {number}. Open it first, or correct the number."
            found.append(Finding("unknown_matter", words))
        elif number in books.why_not:
            found.append(Finding("matter_may_not", books.why_not[number]))
        elif number in books.closed:
            words = f"The ledger of matter {number} is closed. Open it again first."
            found.append(Finding("ledger_closed", words))
    return found


@dataclass(frozen=True)
class _Move:
    """What a row does to one ledger: a signed amount, and from when it counts as cleared."""

    ledger: str
    number: int
    on: date
    minor: int
    clears_on: date


def _moves(row: PastRow, books: Books) -> list[_Move]:
    sign = 1 if row.kind.brings else -1
    clears_on = books.clears_on.get(row.number, row.on) if sign > 0 else row.on
    moves = [_Move(row.matter, row.number, row.on, sign * row.amount_minor, clears_on)]
    if row.kind is PastKind.TRANSFER:
        moves.append(_Move(row.to_matter, row.number, row.on, row.amount_minor, row.on))
    return moves


def _day(row: PastRow, books: Books) -> list[Finding]:
    if books.locked_through and row.on <= books.locked_through:
        words = f"The account's period is locked through {books.locked_through:%-d %b %Y}."
        return [Finding("locked_period", words)]
    if books.opened_on and row.on <= books.opened_on:
        words = f"The opening balances of {books.opened_on:%-d %b %Y} hold this already."
        return [Finding("before_opening", words)]
    return []


def _again(row: PastRow, books: Books, seen: dict[Name, int]) -> list[Finding]:
    name = name_of(row)
    if not row.reference:
        return []
    if name in books.taken:
        words = f"An earlier import has a {row.kind} {row.reference} of this matter already."
        return [Finding("duplicate_reference", words)]
    if name in seen:
        words = f"Row {seen[name]} is a {row.kind} {row.reference} of this matter already."
        return [Finding("duplicate_reference", words)]
    seen[name] = row.number
    return []


def _shortages(ledger: str, moves: list[_Move], books: Books) -> Iterable[tuple[int, Finding]]:
    """Yield what takes a ledger below zero on a day, or spends what had not cleared by then."""
    held: dict[date, int] = defaultdict(int)
    cleared: dict[date, int] = defaultdict(int)
    taking: dict[date, list[int]] = defaultdict(list)
    for move in moves:
        held[move.on] += move.minor
        cleared[move.clears_on] += move.minor
        if move.minor < 0:
            taking[move.on].append(move.number)
    standing = list(books.days.get(ledger, ()))
    last: list[int] = []
    now_held = now_cleared = at = 0
    base = Day(date.min, 0, 0)
    for on in sorted({*held, *cleared, *(day.on for day in standing)}):
        while at < len(standing) and standing[at].on <= on:
            base, at = standing[at], at + 1
        now_held += held.get(on, 0)
        now_cleared += cleared.get(on, 0)
        last = taking.get(on) or last
        lacks = _lack(
            ledger, on, base.held_minor + now_held, base.available_minor + now_cleared, books
        )
        if lacks:
            yield from ((number, lacks) for number in last)
            last = []


def _lack(ledger: str, on: date, held: int, available: int, books: Books) -> Finding | None:
    whose = "The firm's own money" if ledger == OWN else f"The ledger of matter {ledger}"
    if held < 0:
        short = Money(-held, books.currency)
        words = f"{whose} would be {short} below zero on {on:%-d %b %Y}."
        return Finding("below_zero", words)
    if available < 0:
        short = Money(-available, books.currency)
        words = f"{whose} would spend {short} on {on:%-d %b %Y} that has not cleared by then."
        return Finding("uncleared", words)
    return None

"""Judge each journal by itself: whole, balanced within each pool, in its firm, and true to what it reverses."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chancery.cli.verification.books import Account
from chancery.cli.verification.findings import FirmReport
from chancery.cli.verification.snapshot import NULL, Row
from chancery.cli.verification.texts import Journal, Line

Place = tuple[
    str, int, str
]  # firm, number of the seal, journal: the order in which journals pass by
_BEFORE_ALL: Place = ("", 0, "")
_Kept = tuple[FirmReport, Journal, Sequence[Line]]


class Lines:
    """The entries, handed out journal by journal in the order in which journals pass by."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self._rows = rows
        self._next: Row | None = None
        self._place: Place = _BEFORE_ALL
        self._step()

    def of(self, place: Place) -> tuple[list[Line], list[Line]]:
        """Return the lines at this place, and those that were passed by: their journal is not there."""
        lost: list[Line] = []
        found: list[Line] = []
        while self._next is not None and self._place <= place:
            (found if self._place == place else lost).append(Line._make(self._next[2:]))
            self._step()
        return found, lost

    def _step(self) -> None:
        self._next = row = next(self._rows, None)
        if row is not None:
            self._place = (row[0], int(row[1]), row[2])


@dataclass
class Judge:
    """What journals are judged by, and the reversals that are judged when all have passed."""

    accounts: dict[str, Account]
    reversed_ones: set[str]
    cleared_early: dict[tuple[str, str], str]
    _originals: dict[str, _Kept] = field(default_factory=dict)
    _reversals: list[_Kept] = field(default_factory=list)

    def take(self, report: FirmReport, journal: Journal, lines: Sequence[Line]) -> None:
        """Judge one journal with its lines."""
        report.journals += 1
        report.entries += len(lines)
        if len(lines) != int(journal.entry_count) or any(
            line.line != str(number) for number, line in enumerate(lines, 1)
        ):
            fact = f"it has {len(lines)} lines of {journal.entry_count}"
            report.find("ledger_journal", journal.id, fact)
        if journal.narrative != NULL or journal.salt != NULL:
            said = bytes.fromhex(journal.salt + journal.narrative)
            if hashlib.sha256(said).hexdigest() != journal.narrative_digest:
                report.find("ledger_journal", journal.id, "its narrative is not what was recorded")
        sums: dict[str, int] = defaultdict(int)
        for line in lines:
            self._enter(report, journal, line, sums)
        for pool, total in sums.items():
            if total:
                report.find("ledger_journal", journal.id, f"it is out by {total} in pool {pool}")
        if journal.reverses != NULL:
            self._reversals.append((report, journal, lines))
        if journal.id in self.reversed_ones:
            self._originals[journal.id] = (report, journal, lines)

    def _enter(
        self, report: FirmReport, journal: Journal, line: Line, sums: dict[str, int]
    ) -> None:
        account = self.accounts.get(line.account)
        if account is None:
            report.find("ledger_entry", _row(line), "there is no such account")
            return
        amount = int(line.amount)
        sums[account.pool] += amount if line.side == "D" else -amount
        if not line.firm == journal.firm == account.firm:
            report.find("ledger_entry", _row(line), "it stands in another firm than its journal")
        if line.effective_on != journal.effective_on:
            report.find("ledger_entry", _row(line), "it has another day than its journal")
        if amount <= 0:
            report.find("ledger_entry", _row(line), f"its amount is {amount}")
        if account.floored:
            late = line.clears_on != line.effective_on
            if late and line.side != account.side and journal.reverses == NULL:
                report.find("ledger_entry", _row(line), "money that leaves claims to clear later")
            account.enter(line)

    def end(self) -> None:
        """Hold every reversal against what it reverses."""
        for report, journal, lines in self._reversals:
            original = self._originals.get(journal.reverses)
            if original is None:
                report.find("ledger_journal", journal.id, "what it reverses is not there")
            elif fact := self._no_mirror(journal, lines, original[1], original[2]):
                report.find("ledger_journal", journal.id, fact)

    def _no_mirror(
        self, journal: Journal, lines: Sequence[Line], original: Journal, before: Sequence[Line]
    ) -> str:
        if original.reverses != NULL:
            return "it reverses a reversal"
        if original.firm != journal.firm:
            return "it reverses a journal of another firm"
        if journal.effective_on < original.effective_on:
            return "it is dated before what it reverses"
        mirrored = [self._mirrored(line, journal.effective_on) for line in before]
        asked = [
            (line.line, line.account, line.side, line.amount, line.clears_on) for line in lines
        ]
        return "" if asked == mirrored else f"it is no mirror of journal {original.id}"

    def _mirrored(self, line: Line, on: str) -> tuple[str, str, str, str, str]:
        early = self.cleared_early.get((line.journal, line.line), line.clears_on)
        side = "D" if line.side == "C" else "C"
        return line.line, line.account, side, line.amount, max(on, min(line.clears_on, early))


def _row(line: Line) -> str:
    return f"{line.journal} line {line.line}"

"""Read everything once, in one snapshot, and return what is wrong in each firm."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from chancery.cli.verification import books, questions, texts
from chancery.cli.verification.books import Account
from chancery.cli.verification.chain import Chain
from chancery.cli.verification.findings import FirmReport
from chancery.cli.verification.journals import Judge, Lines
from chancery.cli.verification.snapshot import NULL, Snapshot
from chancery.cli.verification.texts import Event, Journal, Line, Seal

SEALED_WITHIN = timedelta(hours=1)
Write = Callable[[str], object]


@dataclass
class Examination:
    """One proof of all firms: what is gathered on the way."""

    snapshot: Snapshot
    at: datetime
    export: Write | None = None
    heads: list[tuple[int, str]] = field(default_factory=list)
    reports: dict[str, FirmReport] = field(default_factory=dict)
    heads_met: set[tuple[int, str]] = field(default_factory=set)
    _chains: dict[str, Chain] = field(default_factory=dict)
    _events: dict[str, Event] = field(default_factory=dict)
    _sealed: set[str] = field(default_factory=set)
    _known: dict[str, dict[int, str]] = field(default_factory=dict)

    def run(self) -> list[FirmReport]:
        """Examine everything; a report that belongs to no firm comes last, when it has findings."""
        for firm_id, name in self.snapshot.rows(questions.FIRMS):
            self.reports[firm_id] = FirmReport(firm_id, bytes.fromhex(name).decode())
        for firm_id, number, digest in self.snapshot.rows(questions.PROOFS):
            self._known.setdefault(firm_id, {}).setdefault(int(number), digest)
        self._events = dict(self._read_events())
        accounts = self._accounts()
        self._examine_journals(accounts)
        self._examine_waiting_events()
        books.take_events(accounts, self._events.values())
        books.compare_days(accounts, self.snapshot.rows(questions.DAYS), self._of(""))
        books.compare_balances(accounts, self.snapshot.rows(questions.BALANCES), self._of(""))
        for table, stray, firm_id in self.snapshot.rows(questions.STRAYS):
            self._of(firm_id).find(table, stray, "nothing like it is there to be sealed")
        for firm_id in {*self._chains, *self._known}:
            self._chain(firm_id).end()
        return [report for report in self.reports.values() if report.firm_id or report.findings]

    def _read_events(self) -> Iterable[tuple[str, Event]]:
        for kind, (names, query) in questions.EVENTS.items():
            for row in self.snapshot.rows(query):
                facts = dict(zip(names, row[4:], strict=True))
                yield row[0], Event(kind, row[0], row[1], row[2], facts, row[3] == "t")

    def _accounts(self) -> dict[str, Account]:
        found: dict[str, Account] = {}
        for event in self._events.values():
            if event.kind == "account":
                facts = event.facts
                found[event.id] = Account(
                    event.id,
                    self._of(event.firm),
                    event.firm,
                    facts["side"],
                    facts["floored"] == "yes",
                    facts["pool"],
                )
        return found

    def _examine_journals(self, accounts: dict[str, Account]) -> None:
        lines = Lines(self.snapshot.rows(questions.ENTRIES))
        reversed_ones = {row[0] for row in self.snapshot.rows(questions.REVERSED)}
        judge = Judge(accounts, reversed_ones, self._cleared_early())
        for row in self.snapshot.rows(questions.JOURNALS):
            journal = Journal._make(row[7:]) if row[7] != NULL else None
            seal = Seal(row[0], int(row[1]), *row[2:6]) if row[2] != NULL else None
            place = (row[0], int(row[1]), journal.id if journal else row[3])
            found, lost = lines.of(place)
            self._say_lost(lost)
            self._take(judge, seal, journal, found, waits=row[6] == "t")
        self._say_lost(lines.of(("~", 0, ""))[1])
        judge.end()

    def _cleared_early(self) -> dict[tuple[str, str], str]:
        return {
            (event.facts["journal"], event.facts["line"]): event.facts["from_on"]
            for event in self._events.values()
            if event.facts.get("kind") == "clear_early"
        }

    def _take(
        self,
        judge: Judge,
        seal: Seal | None,
        journal: Journal | None,
        lines: list[Line],
        *,
        waits: bool,
    ) -> None:
        if journal is not None:
            judge.take(self._of(journal.firm), journal, lines)
        else:
            self._say_lost(lines)
        if seal is not None:
            self._take_seal(seal, journal, lines)
            if waits:
                self._of(seal.firm).find("ledger_unsealed", seal.subject, "it is sealed already")
        elif journal is not None:
            self._waiting(
                self._of(journal.firm),
                "ledger_journal",
                journal.id,
                journal.recorded_at if waits else "",
            )

    def _take_seal(self, seal: Seal, journal: Journal | None, lines: list[Line]) -> None:
        chain, text = self._chain(seal.firm), None
        event = self._events.get(seal.subject)
        if seal.kind == "journal" and journal is not None:
            text = texts.of_journal(journal, lines)
        elif event is not None and event.kind == seal.kind:
            text = texts.of_event(event)
            if event.waits:
                chain.report.find("ledger_unsealedevent", event.id, "it is sealed already")
        else:
            fact = f"it was sealed as ledger_seal number {seal.number} and is gone"
            chain.report.find(f"ledger_{seal.kind}", seal.subject, fact)
        firm = journal.firm if journal else event.firm if event else seal.firm
        if firm != seal.firm:
            fact = f"it stands in another firm than its seal, number {seal.number}"
            chain.report.find(f"ledger_{seal.kind}", seal.subject, fact)
        chain.add(seal, text)
        self._sealed.add(seal.subject)
        if (seal.number, seal.digest) in self.heads:
            self.heads_met.add((seal.number, seal.digest))
        if self.export and text is not None:
            self.export(f"{texts.heading(seal)}{text}digest {seal.digest}\n\n")

    def _examine_waiting_events(self) -> None:
        for event in self._events.values():
            if event.id not in self._sealed:
                since = event.recorded_at if event.waits else ""
                self._waiting(self._of(event.firm), event.table, event.id, since)

    def _waiting(self, report: FirmReport, table: str, row: str, since: str) -> None:
        """Say that something is not sealed, where it should be; ``since`` is empty where it does not wait."""
        report.waiting += 1
        if not since:
            report.find(table, row, "it is neither sealed nor waiting for its seal")
        elif since < (self.at - SEALED_WITHIN).strftime("%Y-%m-%dT%H:%M:%S"):
            report.find(table, row, f"it waits for its seal since {since}: does the worker run?")

    def _say_lost(self, lines: Iterable[Line]) -> None:
        for line in lines:
            fact = "its journal is not there"
            self._of(line.firm).find("ledger_entry", f"{line.journal} line {line.line}", fact)

    def _of(self, firm_id: str) -> FirmReport:
        if firm_id not in self.reports:
            self.reports[firm_id] = FirmReport(firm_id, "no firm")
        return self.reports[firm_id]

    def _chain(self, firm_id: str) -> Chain:
        if firm_id not in self._chains:
            self._chains[firm_id] = Chain(self._of(firm_id), self._known.get(firm_id, {}))
        return self._chains[firm_id]

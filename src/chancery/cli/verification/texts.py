"""The written form of what is sealed, as docs/reference/seal.md has it: a second writing of it, in Python."""

from collections.abc import Sequence
from typing import NamedTuple

from chancery.cli.verification.snapshot import NULL


class Seal(NamedTuple):
    """A row of ledger_seal, as text."""

    firm: str
    number: int
    kind: str
    subject: str
    digest: str
    sealed_at: str


class Journal(NamedTuple):
    """A row of ledger_journal, as text; what may hold any character comes as hexadecimal."""

    id: str
    firm: str
    effective_on: str
    recorded_at: str
    kind: str
    actor: str
    key: str
    reverses: str
    narrative_digest: str
    salt: str
    narrative: str
    entry_count: str


class Line(NamedTuple):
    """A row of ledger_entry, as text."""

    journal: str
    line: str
    firm: str
    account: str
    side: str
    amount: str
    effective_on: str
    clears_on: str


class Event(NamedTuple):
    """Anything sealed but a journal: its facts are what is sealed, in order."""

    kind: str
    id: str
    firm: str
    recorded_at: str
    facts: dict[str, str]
    waits: bool

    @property
    def table(self) -> str:
        """Return the name of its table."""
        return f"ledger_{self.kind}"


def heading(seal: Seal) -> str:
    """Return what every sealed text begins with."""
    return f"chancery seal 1\nnumber {seal.number}\nsealed_at {seal.sealed_at}\nfirm {seal.firm}\n"


def of_journal(journal: Journal, lines: Sequence[Line]) -> str:
    """Return the written form of a journal with its lines."""
    head = (
        f"journal {journal.id}\neffective_on {journal.effective_on}\n"
        f"recorded_at {journal.recorded_at}\nkind {_plain(journal.kind)}\nactor {journal.actor}\n"
        f"key {_plain(journal.key)}\nreverses {_or_dash(journal.reverses)}\n"
        f"narrative_digest {journal.narrative_digest}\n"
    )
    return head + "".join(
        f"line {line.line} {line.account} {line.side} {line.amount} {line.clears_on}\n"
        for line in lines
    )


def of_event(event: Event) -> str:
    """Return the written form of anything but a journal."""
    facts = (f"{name} {_or_dash(value)}\n" for name, value in event.facts.items())
    return f"{event.kind} {event.id}\n" + "".join(facts)


def _plain(hexadecimal: str) -> str:
    said = bytes.fromhex(hexadecimal).decode()
    return said.replace("\\", "\\\\").replace("\n", "\\n")


def _or_dash(value: str) -> str:
    return "-" if value == NULL else value

"""What a proof finds: each thing names its table and row; and what it counted."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Finding:
    """One row that is not as it must be."""

    table: str
    row: str
    fact: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.fact}"


@dataclass
class FirmReport:
    """What was found in one firm's books, and the head of its chain; number 0 where nothing is sealed."""

    firm_id: str
    name: str
    journals: int = 0
    entries: int = 0
    days: int = 0
    waiting: int = 0
    head_number: int = 0
    head_digest: str = ""
    findings: list[Finding] = field(default_factory=list)

    def find(self, table: str, row: object, fact: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(table, str(row), fact))

    @property
    def head(self) -> str:
        """Return the head as it is printed elsewhere; nothing where nothing is sealed."""
        return f"{self.head_number}:{self.head_digest}" if self.head_number else ""

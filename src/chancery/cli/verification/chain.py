"""Walk a firm's chain of seals: no number lacks, and every digest follows from the one before."""

import hashlib
from dataclasses import dataclass, field

from chancery.cli.verification.findings import FirmReport
from chancery.cli.verification.texts import Seal, heading

_NOTHING = bytes(32)


@dataclass
class Chain:
    """The seals of one firm, one after the other.

    ``known`` are digests that were written down at earlier proofs, by number.
    """

    report: FirmReport
    known: dict[int, str]
    _before: bytes = _NOTHING
    _computed: bytes = _NOTHING  # what the seal before should have been
    _doubtful: Seal | None = None
    _follows: bool = True
    _passed: set[int] = field(default_factory=set)

    def add(self, seal: Seal, text: str | None) -> None:
        """Look at the next seal; ``text`` is None where what it sealed is not there, as was said."""
        report = self.report
        missing = seal.number - report.head_number - 1
        self._follows = missing == 0
        if missing:
            last = f" to {seal.number - 1}" if missing > 1 else ""
            report.find("ledger_seal", f"number {report.head_number + 1}{last}", "is missing")
        digest = bytes.fromhex(seal.digest)
        if text is not None and self._follows:
            self._check(seal, heading(seal) + text, digest)
        else:
            self._settle()
        if seal.number in self.known:
            self._recall(seal)
        self._before, report.head_number, report.head_digest = digest, seal.number, seal.digest

    def end(self) -> None:
        """Say what is still in doubt, and which seals of earlier proofs were not met."""
        self._settle()
        for number in sorted(set(self.known) - self._passed):
            fact = "was there at an earlier proof and is gone: the chain was cut"
            self.report.find("ledger_seal", f"number {number}", fact)

    def _check(self, seal: Seal, text: str, digest: bytes) -> None:
        written = text.encode()
        computed = hashlib.sha256(self._before + written).digest()
        if computed == digest:
            self._settle()
        elif self._doubtful and hashlib.sha256(self._computed + written).digest() == digest:
            fact = "its digest was changed: what it sealed and the seal after it agree on another"
            self.report.find("ledger_seal", f"number {self._doubtful.number}", fact)
            self._doubtful = None
        else:
            self._settle()
            self._doubtful = seal
        self._computed = computed

    def _settle(self) -> None:
        seal, self._doubtful = self._doubtful, None
        if seal is not None:
            lines = ", or a line of it," if seal.kind == "journal" else ""
            fact = f"it{lines} is not what was sealed as ledger_seal number {seal.number}"
            self.report.find(f"ledger_{seal.kind}", seal.subject, fact)

    def _recall(self, seal: Seal) -> None:
        self._passed.add(seal.number)
        if self.known[seal.number] != seal.digest:
            fact = "had another digest at an earlier proof: the chain was computed anew"
            self.report.find("ledger_seal", f"number {seal.number}", fact)

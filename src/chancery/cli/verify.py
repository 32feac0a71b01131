"""`chancery verify`: prove every balance, every journal and the chain of seals anew, from the rows."""

import argparse
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from chancery.cli import folders, running, say
from chancery.cli.folders import DataFolder
from chancery.cli.verification.examination import Examination
from chancery.cli.verification.findings import FirmReport
from chancery.cli.verification.snapshot import Snapshot
from chancery.lib import clock
from chancery.lib.refusals import Refusal

NAME = "verify"
SENTENCE = "Prove the books anew: every balance, every journal, and the chain of seals."


@dataclass(eq=False)
class HeadUnreadable(Refusal):
    """A head is not written as it is printed."""

    code = "cli.head_unreadable"

    head: str

    def __str__(self) -> str:
        return f"{self.head!r} is no head of a chain: write it as it was printed, NUMBER:DIGEST."


@dataclass(eq=False)
class NoSuchFirm(Refusal):
    """No firm has this name or identifier."""

    code = "cli.no_such_firm"

    firm: str

    def __str__(self) -> str:
        return f"There is no firm {self.firm!r}: give its name or its identifier, or none for all."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    folders.add_option(parser)
    parser.add_argument("--firm", help="the name or identifier of one firm (all firms)")
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="NUMBER:DIGEST",
        help="a head printed elsewhere, which the chain must still hold; may be given again",
    )
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the chain as text")


def run(options: argparse.Namespace) -> int:
    """Print every finding, or that all is well; return 1 when something was found.

    Refuses: NotRunning, HeadUnreadable, NoSuchFirm.
    """
    heads = [_head(text) for text in options.head]
    folder = DataFolder(options.data.absolute())
    address = running.address_of_verifier(folder)
    at = clock.now()
    with ExitStack() as stack:
        out = (
            stack.enter_context(options.export.open("w", encoding="utf-8"))
            if options.export
            else None
        )
        snapshot = stack.enter_context(Snapshot(address))
        examination = Examination(snapshot, at, out.write if out else None, heads)
        reports = _chosen(examination.run(), options.firm)
    found = _show(reports)
    for number, digest in heads:
        if (number, digest) not in examination.heads_met:
            found += 1
            say.line(
                f"The head {number}:{digest[:16]}… is in no chain here: "
                "the chain was cut before it, or computed anew."
            )
    _note(reports, folder, at)
    say.line("Something is wrong with the books." if found else "All is well.")
    return int(bool(found))


def _head(text: str) -> tuple[int, str]:
    number, colon, digest = text.strip().partition(":")
    try:
        if colon and len(bytes.fromhex(digest)) == 32:  # noqa: PLR2004 - SHA-256
            return int(number), digest.lower()
    except ValueError:
        pass
    raise HeadUnreadable(text)


def _chosen(reports: list[FirmReport], firm: str | None) -> list[FirmReport]:
    if firm is None:
        return reports
    chosen = [report for report in reports if firm in (report.name, report.firm_id)]
    if not chosen:
        raise NoSuchFirm(firm)
    return chosen


def _show(reports: Sequence[FirmReport]) -> int:
    for report in reports:
        say.line(
            f"{report.name} ({report.firm_id or 'of no firm'}): {report.journals:,} journals, "
            f"{report.entries:,} entries, {report.days:,} days; "
            f"{report.head_number:,} seals, {report.waiting:,} waiting"
        )
        if report.head:
            say.line(f"  head {report.head}")
        for finding in report.findings:
            say.line(f"  WRONG  {finding}")
    return sum(len(report.findings) for report in reports)


def _note(reports: Sequence[FirmReport], folder: DataFolder, at: datetime) -> None:
    """Leave word of the proof for the pages, and open a case of what is wrong, as the program's role."""
    if "DJANGO_SETTINGS_MODULE" not in os.environ:
        running.connect(folder)
    # Models can be imported only after the set-up.
    from chancery.ledger import proofs  # noqa: PLC0415
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415
    from chancery.trust import proof_cases  # noqa: PLC0415

    for report in reports:
        if not report.firm_id or report.name == "no firm":
            continue
        outcome = proofs.Outcome(
            report.head_number,
            bytes.fromhex(report.head_digest) or None,
            report.journals,
            report.entries,
            len(report.findings),
        )
        with firm_scope(UUID(report.firm_id)):
            proofs.note(outcome, at=at)
            findings = [str(finding) for finding in report.findings]
            proof_cases.look(firm_id=UUID(report.firm_id), at=at, findings=findings)

"""`chancery import`: post the history of a trust account from a CSV file, all of it or nothing."""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from chancery.cli import folders, running, say
from chancery.lib import clock
from chancery.lib.refusals import Refusal

if TYPE_CHECKING:
    from chancery.practice.people import Person
    from chancery.trust.bank_accounts import TrustBankAccount
    from chancery.trust.history_imports import HistoryImport

NAME = "import"
SENTENCE = "Import the history of a trust account from a CSV file: all rows, or none."
_PIECE = 1 << 16


@dataclass(eq=False)
class FileMissing(Refusal):
    """There is no such file, or it cannot be read."""

    code = "cli.file_missing"

    path: str

    def __str__(self) -> str:
        return f"{self.path} cannot be read. Check the path and the rights on it."


@dataclass(eq=False)
class NobodyKeepsBooks(Refusal):
    """The address names nobody who works in such a firm."""

    code = "cli.nobody_of_firm"

    email: str
    firm: str

    def __str__(self) -> str:
        if self.firm:
            return f"{self.email} does not work in a firm called {self.firm}. Correct one of them."
        return f"{self.email} works in no firm, or in several. Name the firm with --firm."


@dataclass(eq=False)
class NoAccountOfThisName(Refusal):
    """The firm has no trust account that is called so."""

    code = "cli.no_account_of_name"

    name: str
    known: tuple[str, ...]

    def __str__(self) -> str:
        known = "; ".join(self.known) or "none"
        return f"No trust account is called “{self.name}”. Choose one of: {known}."


@dataclass(eq=False)
class RowsToCorrect(Refusal):
    """Some rows cannot be posted, so nothing was."""

    code = "cli.rows_to_correct"

    rows: int

    def __str__(self) -> str:
        told = "One row is" if self.rows == 1 else f"{self.rows} rows are"
        return f"{told} to be corrected. Nothing was imported; correct the file and send it again."


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say which options the command takes."""
    folders.add_option(parser)
    parser.add_argument("file", type=Path, help="the CSV file; its columns stand in the how-to")
    parser.add_argument("--account", required=True, help="the trust account's name")
    parser.add_argument("--email", required=True, help="who imports: they must keep the books")
    parser.add_argument("--firm", default="", help="the firm's name, for who works in several")
    parser.add_argument("--check", action="store_true", help="say what is wrong and post nothing")


def run(options: argparse.Namespace) -> int:
    """Print every finding by its row, or post all rows and print what was posted.

    Refuses: NotRunning, FileMissing, NobodyKeepsBooks, NoAccountOfThisName, RowsToCorrect, and what
    reading and posting an import refuse.
    """
    running.connect(folders.prepare(options.data))
    # Models can be imported only after the set-up, and most commands need none of them.
    from chancery.lib import ids  # noqa: PLC0415
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415
    from chancery.trust import history_imports  # noqa: PLC0415

    person = _person(options.email, options.firm)
    with firm_scope(person.firm_id, user_id=person.user_id):
        at, today = clock.now(), clock.today(person.firm.time_zone)
        batch = history_imports.read(
            account=_account(options.account),
            name=options.file.name,
            chunks=_pieces(options.file),
            by=person,
            at=at,
            today=today,
        )
        _tell_findings(batch)
        if options.check:
            history_imports.discard(batch=batch, by=person, at=at)
            say.line(f"{batch.row_count} rows can be posted. Nothing was: that was a check.")
            return 0
        key = f"command:{ids.new()}"
        history_imports.post(batch=batch, by=person, at=at, today=today, key=key)
    say.line(f"{batch.row_count} rows of {options.file.name} are posted.")
    return 0


def _person(email: str, firm: str) -> "Person":
    from chancery.practice import people  # noqa: PLC0415 - as above
    from chancery.practice.people import User  # noqa: PLC0415
    from chancery.tenancy.scope import firm_scope  # noqa: PLC0415

    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        raise NobodyKeepsBooks(email, firm)
    with firm_scope(None, user_id=user.id):
        places = list(people.places_of(user))
    found = []
    for place in places:
        with firm_scope(place.firm_id, user_id=user.id):
            found.append(people.with_firm(place.id))
    named = [person for person in found if firm in ("", person.firm.name)]
    if len(named) != 1:
        raise NobodyKeepsBooks(email, firm)
    return named[0]


def _account(name: str) -> "TrustBankAccount":
    from chancery.trust import queries  # noqa: PLC0415 - as above

    accounts = {account.name: account for account in queries.bank_accounts()}
    if name not in accounts:
        raise NoAccountOfThisName(name, tuple(accounts))
    return accounts[name]


def _pieces(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                yield piece
    except OSError as error:
        raise FileMissing(str(file)) from error


def _tell_findings(batch: "HistoryImport") -> None:
    """Print what is wrong, row by row; then nothing is kept."""
    from chancery.trust import history_imports  # noqa: PLC0415 - as above

    for row in history_imports.rows_of(batch, only_faulty=True).iterator(chunk_size=2_000):
        for code, words in row.findings:
            say.complaint(f"row {row.number}: {words} ({code})")
    if batch.faulty_count:
        raise RowsToCorrect(batch.faulty_count)

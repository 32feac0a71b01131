"""Take over an account's history from elsewhere: read a file, look at it, post all of it or nothing, undo.

What is read is kept row by row in the file's own words; what is wrong with a row stands beside it. Posted,
each row is a journal and an imported movement that keep the source's own numbers as references: no official
receipt of today is given for money of the past.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from chancery.ledger import pools
from chancery.ledger.faults import KeyNamesAnother
from chancery.lib import comma_files
from chancery.lib.money import Money
from chancery.lib.problems import tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import (
    client_ledgers,
    history_entries,
    history_facts,
    history_files,
    jurisdiction,
    units,
)
from chancery.trust.history_facts import Judged
from chancery.trust.models import HistoryImport as HistoryImport
from chancery.trust.models import HistoryRow as HistoryRow
from chancery.trust.models import ImportState, MovementKind, TrustBankAccount
from chancery.trust.rules.history_rows import TABLE, PastKind
from chancery.trust.units import Unit

KIND = "history import"


@dataclass(eq=False)
class NoSuchImport(Refusal):
    """This firm has no such import."""

    code: ClassVar[str] = "trust.no_such_import"

    def __str__(self) -> str:
        return "There is no such import. Go back to the account's imports."


@dataclass(eq=False)
class ImportHasFindings(Refusal):
    """Some rows cannot be posted, so none is."""

    code: ClassVar[str] = "trust.import_has_findings"

    rows: int

    def __str__(self) -> str:
        told = "One row" if self.rows == 1 else f"{self.rows} rows"
        return (
            f"{told} cannot be posted as written, so none is. Correct the file and read it again; if"
            " the books were what lacked, check this import again."
        )


@dataclass(eq=False)
class ImportIsEmpty(Refusal):
    """The file has a heading and no rows."""

    code: ClassVar[str] = "trust.import_is_empty"

    def __str__(self) -> str:
        return "The file has no rows below its heading. Fill in the template and send it again."


@dataclass(eq=False)
class ImportStandsSo(Refusal):
    """The import is posted, or undone, already."""

    code: ClassVar[str] = "trust.import_stands_so"

    state: str

    def __str__(self) -> str:
        return f"This import is {self.state.lower()} already. Read the file again to begin anew."


@dataclass(eq=False)
class FileIsPostedAlready(Refusal):
    """The very same file was posted on this account, and stands."""

    code: ClassVar[str] = "trust.file_is_posted_already"

    name: str

    def __str__(self) -> str:
        return f"This file was posted already, as {self.name}. Undo that import first, or send another file."


def visible(import_id: UUID) -> HistoryImport:
    """Return an import of this firm.

    Refuses: NoSuchImport.
    """
    found = _imports().filter(pk=import_id).first()
    if found is None:
        raise NoSuchImport
    return found


def of_account(account: TrustBankAccount) -> list[HistoryImport]:
    """Return the imports of an account, the latest first, at most a hundred."""
    return list(_imports().filter(account=account).order_by("-read_at", "-id")[:100])


def rows_of(batch: HistoryImport, *, only_faulty: bool = False) -> QuerySet[HistoryRow]:
    """Return the rows of an import in the order of the file; only those with a finding if so asked."""
    rows = HistoryRow.objects.filter(batch=batch)
    return (rows.exclude(findings=[]) if only_faulty else rows).order_by("number")


def read(
    *,
    account: TrustBankAccount,
    name: str,
    chunks: Iterable[bytes],
    by: Person,
    at: datetime,
    today: date,
) -> HistoryImport:
    """Read a file and say of every row what is wrong with it; nothing is posted.

    Refuses: NotAllowed, AccountClosed, FileNotReadable, FileTooLarge, ColumnsMissing, ImportIsEmpty.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    client_ledgers.require_open(account)
    digest = hashlib.sha256()
    rows = list(comma_files.read(_digested(chunks, digest), TABLE))
    if not rows:
        raise ImportIsEmpty
    judged = history_facts.judge(account, rows, by=by, today=today)
    batch = HistoryImport.objects.create(
        firm_id=by.firm_id,
        account=account,
        name=tidy(name)[-200:] or "history.csv",
        digest=digest.hexdigest(),
        row_count=len(rows),
        read_by=by,
        read_at=at,
        **_summary(judged),
    )
    history_files.keep(batch, rows, judged)
    changes = {"File": ("", batch.name), "Rows": ("", str(len(rows)))}
    _record(batch, "Read a file of the past", by, at, changes)
    return batch


def check_again(*, batch: HistoryImport, by: Person, at: datetime, today: date) -> HistoryImport:
    """Hold the rows against the books as they are now, for instance after a matter was opened.

    Refuses: NotAllowed, ImportStandsSo.
    """
    batch = _held(batch, by=by)
    rows = history_files.rows_of(batch)
    judged = history_facts.judge(batch.account, rows, by=by, today=today)
    history_files.rewrite_findings(batch, judged)
    for column, value in _summary(judged).items():
        setattr(batch, column, value)
    batch.save(update_fields=[*_summary(judged)])
    return batch


def post(*, batch: HistoryImport, by: Person, at: datetime, today: date, key: str) -> HistoryImport:
    """Post every row of an import, or none; the ledgers that are missing are opened.

    The same key returns the import that it posted. Refuses: NotAllowed, ImportStandsSo, ImportHasFindings,
    FileIsPostedAlready, AccountClosed, PeriodLocked, LedgerBelowZero, LedgerClosed, KeyNamesAnother.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    client_ledgers.require_open(batch.account)
    jurisdiction.lock_firm(by.firm_id)
    if there := _imports().filter(key=key).first():
        if there.id != batch.id:
            raise KeyNamesAnother(key)
        return there
    batch = _held(batch, by=by)
    rows = history_files.rows_of(batch)
    judged = history_facts.judge(batch.account, rows, by=by, today=today)
    if judged.findings:
        raise ImportHasFindings(len(judged.findings))
    same = HistoryImport.objects.filter(account=batch.account, digest=batch.digest)
    if there := same.filter(state=ImportState.POSTED).first():
        raise FileIsPostedAlready(there.name)
    entries = history_entries.of_import(batch, judged, by=by, at=at)
    pools.hold(batch.account_id)
    batch.stood_before = pools.others(batch.account_id, unit=history_entries.unit_of(batch))
    units.post(batch.account, MovementKind.IMPORTED, entries, by=by, at=at, today=today)
    batch.state, batch.key, batch.posted_by, batch.posted_at = ImportState.POSTED, key, by, at
    batch.save(update_fields=["state", "key", "posted_by", "posted_at", "stood_before"])
    _record(batch, "Posted an import", by, at, _told(batch))
    return batch


def undo(*, batch: HistoryImport, reason: str, by: Person, at: datetime) -> HistoryImport:
    """Take the whole import back by linked reversals, while nothing was posted on the account since.

    Refuses: NotAllowed, DetailsNotRight, ImportStandsSo, OthersArePosted, PeriodLocked.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    batch = _held(batch, by=by, state=ImportState.POSTED)
    journals = list(HistoryRow.objects.filter(batch=batch).values_list("id", flat=True))
    unit = Unit(history_entries.unit_of(batch), batch.stood_before)
    kept = units.undo(batch.account, journals, unit=unit, reason=reason, by=by, at=at)
    batch.state, batch.undone_reason = ImportState.UNDONE, kept
    batch.undone_by, batch.undone_at = by, at
    batch.save(update_fields=["state", "undone_reason", "undone_by", "undone_at"])
    _record(batch, "Undid an import", by, at, {"File": ("", batch.name), "Why": ("", kept)})
    return batch


def discard(*, batch: HistoryImport, by: Person, at: datetime) -> None:
    """Throw away an import that was only read.

    Refuses: NotAllowed, ImportStandsSo.
    """
    batch = _held(batch, by=by)
    _record(batch, "Threw away what was read", by, at, {"File": ("", batch.name)})
    history_files.forget(batch)
    batch.delete()


def _imports() -> QuerySet[HistoryImport]:
    return HistoryImport.objects.select_related("account", "read_by", "posted_by", "undone_by")


def _held(
    batch: HistoryImport, *, by: Person, state: ImportState = ImportState.READ
) -> HistoryImport:
    """Return the import as it stands, held until commit."""
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    held = _imports().select_for_update(no_key=True, of=("self",)).filter(pk=batch.pk).first()
    if held is None:
        raise NoSuchImport
    if held.state != state:
        raise ImportStandsSo(held.get_state_display())
    return held


def _digested(chunks: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def _summary(judged: Judged) -> dict[str, Any]:
    days = [row.on for row in judged.rows]
    return {
        "faulty_count": len(judged.findings),
        "first_on": min(days, default=None),
        "last_on": max(days, default=None),
        "in_minor": sum(row.amount_minor for row in judged.rows if row.kind.brings),
        "out_minor": sum(
            row.amount_minor
            for row in judged.rows
            if not row.kind.brings and row.kind is not PastKind.TRANSFER
        ),
    }


def _told(batch: HistoryImport) -> history.Changes:
    currency = batch.account.currency
    return {
        "File": ("", batch.name),
        "Rows": ("", str(batch.row_count)),
        "In": ("", str(Money(batch.in_minor, currency))),
        "Out": ("", str(Money(batch.out_minor, currency))),
    }


def _record(
    batch: HistoryImport, act: str, by: Person, at: datetime, changes: history.Changes
) -> None:
    """Write it in the account's own story: an import that is thrown away leaves its trace there."""
    history.record(
        of=(KIND, batch.account_id),
        firm_id=batch.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )

"""The parts of an opening that is being prepared: what each ledger held, and what was outstanding."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.lib.comma_files import Row
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice import history
from chancery.practice.people import Person
from chancery.trust import many_ledgers
from chancery.trust.models import Opening, OpeningItem, OpeningLedger, TrustBankAccount
from chancery.trust.opening_drafts import draft, locale_of, record
from chancery.trust.rules import openings as rules
from chancery.trust.rules.openings import Book, Item, LedgerLine
from chancery.trust.rules.past_rows import Found

_FIELDS = {
    "bad_amount": "amount",
    "bad_date": "date",
    "future_date": "date",
    "after_opening": "date",
    "unknown_kind": "kind",
    "duplicate_number": "number",
    "too_long": "payee",
}


@dataclass(eq=False)
class FileHasFindings(Refusal):
    """Rows of the file cannot be kept; nothing of it was taken."""

    code: ClassVar[str] = "trust.file_has_findings"

    found: tuple[Found, ...]

    def __str__(self) -> str:
        rows = len({each.number for each in self.found})
        told = "One row" if rows == 1 else f"{rows} rows"
        return f"{told} of the file cannot be kept as written. Correct the file and send it again."


def ledgers_of(opening: Opening) -> list[OpeningLedger]:
    """Return the ledgers of an opening with their matters, by number."""
    rows = OpeningLedger.objects.select_related("matter__client").filter(opening=opening)
    return list(rows.order_by("matter__number", "id"))


def items_of(opening: Opening) -> list[OpeningItem]:
    """Return what was outstanding when an account opened, the oldest first."""
    return list(OpeningItem.objects.filter(opening=opening).order_by("on", "id"))


def put_ledger(
    *, account: TrustBankAccount, row: Row, by: Person, at: datetime, today: date
) -> None:
    """Add one ledger to the draft, or give the one that is there another amount.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished, DetailsNotRight.
    """
    opening = draft(account, by=by)
    lines, found = rules.ledger_lines([row], _book(opening, [row], by, today))
    refuse_any([Problem(field_of(each, "last_movement"), each.finding.words) for each in found])
    OpeningLedger.objects.filter(opening=opening, matter__number=lines[0].matter).delete()
    _keep_ledgers(opening, lines)
    record(opening, f"Entered the ledger of {lines[0].matter}", by, at, _sum_of(lines))


def put_ledgers(
    *, account: TrustBankAccount, rows: Iterable[Row], by: Person, at: datetime, today: date
) -> int:
    """Put the ledgers of a file in place of those in the draft; return how many.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished, FileHasFindings.
    """
    opening = draft(account, by=by)
    read = list(rows)
    lines, found = rules.ledger_lines(read, _book(opening, read, by, today))
    if found:
        raise FileHasFindings(tuple(found))
    OpeningLedger.objects.filter(opening=opening).delete()
    _keep_ledgers(opening, lines)
    record(opening, f"Read {len(lines)} ledgers from a file", by, at, _sum_of(lines))
    return len(lines)


def put_item(*, account: TrustBankAccount, row: Row, by: Person, at: datetime, today: date) -> None:
    """Add one outstanding item to the draft.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished, DetailsNotRight.
    """
    opening = draft(account, by=by)
    lines, found = rules.items([row], _book(opening, [], by, today))
    refuse_any([Problem(field_of(each, "date"), each.finding.words) for each in found])
    _keep_items(opening, lines)
    record(opening, "Entered an outstanding item", by, at, _sum_of(lines))


def put_items(
    *, account: TrustBankAccount, rows: Iterable[Row], by: Person, at: datetime, today: date
) -> int:
    """Put the outstanding items of a file in place of those in the draft; return how many.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished, FileHasFindings.
    """
    opening = draft(account, by=by)
    lines, found = rules.items(rows, _book(opening, [], by, today))
    if found:
        raise FileHasFindings(tuple(found))
    OpeningItem.objects.filter(opening=opening).delete()
    _keep_items(opening, lines)
    record(opening, f"Read {len(lines)} outstanding items from a file", by, at, _sum_of(lines))
    return len(lines)


def take_out(*, account: TrustBankAccount, part_id: UUID, by: Person, at: datetime) -> None:
    """Take one ledger or item out of the draft; one that is gone already is no trouble.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished.
    """
    opening = draft(account, by=by)
    for parts in (OpeningLedger.objects, OpeningItem.objects):
        part = parts.filter(opening=opening, pk=part_id).first()
        if part:
            amount = Money(part.amount_minor, account.currency)
            part.delete()
            record(opening, "Took a line out", by, at, {"Amount": (str(amount), "")})


def _book(opening: Opening, rows: Sequence[Row], by: Person, today: date) -> Book:
    numbers = {row.cells.get("matter", "") for row in rows}
    known = many_ledgers.known(opening.account, numbers)
    refused = many_ledgers.why_not(opening.account, known, of_the_past=False)
    return Book(
        on=opening.on,
        locale=locale_of(opening.account, by, today),
        matters=frozenset(known.matters),
        why_not={number: str(refusal) for number, refusal in refused.items()},
    )


def _keep_ledgers(opening: Opening, lines: Sequence[LedgerLine]) -> None:
    known = many_ledgers.known(opening.account, {line.matter for line in lines})
    OpeningLedger.objects.bulk_create(
        OpeningLedger(
            firm_id=opening.firm_id,
            opening=opening,
            matter=known.matters[line.matter],
            amount_minor=line.amount.minor,
            last_moved_on=line.last_moved_on,
        )
        for line in lines
    )


def _keep_items(opening: Opening, lines: Sequence[Item]) -> None:
    OpeningItem.objects.bulk_create(
        OpeningItem(
            firm_id=opening.firm_id,
            opening=opening,
            kind=line.kind,
            on=line.on,
            number=line.number,
            payee=line.payee,
            amount_minor=line.amount.minor,
        )
        for line in lines
    )


def field_of(found: Found, day: str) -> str:
    """Return which field of a part a finding is about; ``day`` is what the part calls its day."""
    name = _FIELDS.get(found.finding.code, "matter")
    return day if name == "date" else name


def _sum_of(lines: Sequence[LedgerLine | Item]) -> history.Changes:
    if not lines:
        return {}
    total = Money(sum(line.amount.minor for line in lines), lines[0].amount.currency)
    return {"Amount": ("", str(total))}

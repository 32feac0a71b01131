"""Prepare what a trust account opens with: the day and the bank's figure, the ledgers, what is outstanding.

A draft may be wrong for as long as it takes; nothing is posted before it agrees (``openings.finish``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Sum

from chancery.ledger import periods
from chancery.lib.comma_files import Row
from chancery.lib.money import Money
from chancery.lib.problems import Problem, refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, jurisdiction, many_ledgers
from chancery.trust.models import Opening as Opening
from chancery.trust.models import OpeningItem, OpeningLedger, OpeningState, TrustBankAccount
from chancery.trust.rules import openings as rules
from chancery.trust.rules.openings import Book, Item, LedgerLine, Proof
from chancery.trust.rules.past_rows import Found, Locale

KIND = "opening balances"
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
class NoOpening(Refusal):
    """No opening of this account is being prepared."""

    code: ClassVar[str] = "trust.no_opening"

    def __str__(self) -> str:
        return (
            "No opening balances are being prepared here. Begin with the day and the bank's figure."
        )


@dataclass(eq=False)
class OpeningIsFinished(Refusal):
    """The account's opening is finished; its parts change no more."""

    code: ClassVar[str] = "trust.opening_is_finished"

    on: date

    def __str__(self) -> str:
        return (
            f"The opening balances of {self.on:%-d %b %Y} are finished. Undo them first, while"
            " nothing else is posted, or put single entries right by reversing them."
        )


@dataclass(eq=False)
class FileHasFindings(Refusal):
    """Rows of the file cannot be kept; nothing of it was taken."""

    code: ClassVar[str] = "trust.file_has_findings"

    found: tuple[Found, ...]

    def __str__(self) -> str:
        rows = len({each.number for each in self.found})
        told = "One row" if rows == 1 else f"{rows} rows"
        return f"{told} of the file cannot be kept as written. Correct the file and send it again."


@dataclass(frozen=True)
class Figures:
    """The day as at which an account opens, what its bank's statement says, and the firm's own part."""

    on: date
    bank: Money
    own: Money


def standing(account: TrustBankAccount) -> Opening | None:
    """Return the opening of an account that is being prepared or is finished."""
    live = Opening.objects.select_related("account", "started_by", "finished_by")
    return live.filter(account=account).exclude(state=OpeningState.UNDONE).first()


def undone(account: TrustBankAccount) -> list[Opening]:
    """Return the openings of an account that were undone, the latest first."""
    ended = Opening.objects.select_related("undone_by").filter(
        account=account, state=OpeningState.UNDONE
    )
    return list(ended.order_by("-undone_at", "-id"))


def draft(account: TrustBankAccount, *, by: Person) -> Opening:
    """Return the opening that is being prepared, held until commit.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    live = Opening.objects.select_for_update(no_key=True, of=("self",)).select_related("account")
    found = live.filter(account=account).exclude(state=OpeningState.UNDONE).first()
    if found is None:
        raise NoOpening
    if found.state != OpeningState.DRAFT:
        raise OpeningIsFinished(found.on)
    return found


def set_figures(
    *, account: TrustBankAccount, figures: Figures, by: Person, at: datetime, today: date
) -> Opening:
    """Begin the opening of an account, or change the day and figures of the one in preparation.

    Refuses: NotAllowed, AccountClosed, DetailsNotRight, OpeningIsFinished.
    """
    permissions.require(by, permissions.Act.KEEP_MONEY_BOOKS)
    client_ledgers.require_open(account)
    refuse_any(_figure_problems(account, figures, today))
    jurisdiction.lock_firm(by.firm_id)
    before = standing(account)
    if before is None:
        return _begin(account, figures, by, at)
    kept = draft(account, by=by)
    refuse_any(_later_items(kept, figures))
    told = _told(kept)
    kept.on, kept.bank_minor, kept.own_minor = figures.on, figures.bank.minor, figures.own.minor
    kept.save(update_fields=["on", "bank_minor", "own_minor"])
    _record(kept, "Changed the figures", by, at, history.differences(told, _told(kept)))
    return kept


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
    refuse_any([Problem(_field(each, "last_movement"), each.finding.words) for each in found])
    OpeningLedger.objects.filter(opening=opening, matter__number=lines[0].matter).delete()
    _keep_ledgers(opening, lines)
    _record(opening, f"Entered the ledger of {lines[0].matter}", by, at, _sum_of(lines))


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
    _record(opening, f"Read {len(lines)} ledgers from a file", by, at, _sum_of(lines))
    return len(lines)


def put_item(*, account: TrustBankAccount, row: Row, by: Person, at: datetime, today: date) -> None:
    """Add one outstanding item to the draft.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished, DetailsNotRight.
    """
    opening = draft(account, by=by)
    lines, found = rules.items([row], _book(opening, [], by, today))
    refuse_any([Problem(_field(each, "date"), each.finding.words) for each in found])
    _keep_items(opening, lines)
    _record(opening, "Entered an outstanding item", by, at, _sum_of(lines))


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
    _record(opening, f"Read {len(lines)} outstanding items from a file", by, at, _sum_of(lines))
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
            _record(opening, "Took a line out", by, at, {"Amount": (str(amount), "")})


def discard(*, account: TrustBankAccount, by: Person, at: datetime) -> None:
    """Throw away the draft; nothing of it was posted.

    Refuses: NotAllowed, NoOpening, OpeningIsFinished.
    """
    opening = draft(account, by=by)
    _record(opening, "Threw the draft away", by, at, {})
    opening.delete()


def proof_of(opening: Opening) -> Proof:
    """Return the sum of an opening as it stands."""
    currency = opening.account.currency
    items = dict(
        OpeningItem.objects.filter(opening=opening)
        .values_list("kind")
        .annotate(total=Sum("amount_minor"))
    )
    ledgers = OpeningLedger.objects.filter(opening=opening).aggregate(total=Sum("amount_minor"))
    return Proof(
        bank=Money(opening.bank_minor, currency),
        deposits=Money(items.get("deposit", 0), currency),
        cheques=Money(items.get("cheque", 0), currency),
        ledgers=Money(ledgers["total"] or 0, currency),
        own=Money(opening.own_minor, currency),
    )


def locale_of(account: TrustBankAccount, by: Person, today: date) -> Locale:
    """Return how the firm writes its days and amounts."""
    return Locale(account.currency, today, month_first=by.firm.country == "US")


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


def _figure_problems(account: TrustBankAccount, figures: Figures, today: date) -> list[Problem]:
    found = []
    locked = periods.locked_through(account.id)
    if figures.on > today:
        found.append(Problem("on", "Choose today or an earlier day."))
    elif locked and figures.on <= locked:
        words = f"The account's period is locked through {locked:%-d %b %Y}. Choose a later day."
        found.append(Problem("on", words))
    return found


def _later_items(opening: Opening, figures: Figures) -> list[Problem]:
    """Return a problem where parts of the draft would be later than its day."""
    moved = OpeningLedger.objects.filter(opening=opening, last_moved_on__gt=figures.on)
    items = OpeningItem.objects.filter(opening=opening, on__gt=figures.on)
    words = "Ledgers or items of this draft are later than this day. Take them out first."
    return [Problem("on", words)] if moved.exists() or items.exists() else []


def _begin(account: TrustBankAccount, figures: Figures, by: Person, at: datetime) -> Opening:
    opening = Opening.objects.create(
        firm_id=by.firm_id,
        account=account,
        on=figures.on,
        bank_minor=figures.bank.minor,
        own_minor=figures.own.minor,
        started_by=by,
        started_at=at,
    )
    changes = {name: ("", str(value)) for name, value in _told(opening).items()}
    _record(opening, "Began the opening balances", by, at, changes)
    return opening


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


def _field(found: Found, day: str) -> str:
    name = _FIELDS.get(found.finding.code, "matter")
    return day if name == "date" else name


def _told(opening: Opening) -> dict[str, object]:
    currency = opening.account.currency
    return {
        "As at": f"{opening.on:%-d %b %Y}",
        "Bank statement": str(Money(opening.bank_minor, currency)),
        "The firm's own money": str(Money(opening.own_minor, currency)),
    }


def _sum_of(lines: Sequence[LedgerLine | Item]) -> history.Changes:
    if not lines:
        return {}
    total = Money(sum(line.amount.minor for line in lines), lines[0].amount.currency)
    return {"Amount": ("", str(total))}


def _record(opening: Opening, act: str, by: Person, at: datetime, changes: history.Changes) -> None:
    """Write it in the account's own story: a draft that is thrown away leaves its trace there."""
    history.record(
        of=(KIND, opening.account_id),
        firm_id=opening.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )

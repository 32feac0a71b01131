"""What an imported history posts: a journal for each row, and the ledgers that are missing."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Draft, Line
from chancery.practice.people import Person
from chancery.trust import client_ledgers, many_ledgers
from chancery.trust.history_facts import Judged
from chancery.trust.models import HistoryImport, HistoryRow, MovementKind, TrustBankAccount
from chancery.trust.rules.history_rows import OWN, PastKind, PastRow
from chancery.trust.units import Entry


def of_import(batch: HistoryImport, judged: Judged, *, by: Person, at: datetime) -> list[Entry]:
    """Return the entries of every row; ledgers that are missing are opened."""
    ledgers = _open_ledgers(batch.account, judged, by=by, at=at)
    journals = dict(HistoryRow.objects.filter(batch=batch).values_list("number", "id"))
    unit = unit_of(batch)
    return [
        Entry(
            draft=Draft(
                kind=MovementKind.IMPORTED,
                on=row.on,
                narrative=_narrative(row),
                key=f"{unit}:{row.number}",
                lines=_lines(batch.account_id, row, ledgers, judged.clears_on.get(row.number)),
                id=journals[row.number],
            ),
            ledger_id=ledgers[row.matter],
            amount_minor=row.amount_minor,
            reference=row.reference,
        )
        for row in judged.rows
    ]


def unit_of(batch: HistoryImport) -> str:
    """Return how the keys of an import's journals begin."""
    return f"import:{batch.id}"


def _open_ledgers(
    account: TrustBankAccount, judged: Judged, *, by: Person, at: datetime
) -> dict[str, UUID]:
    """Return the ledger of every name in the rows; those that are missing are opened."""
    known = judged.known
    missing = [one for one in known.matters.values() if one.id not in known.ledgers]
    opened = many_ledgers.open_all(account=account, matters=missing, by=by, at=at)
    of_matter = {**known.ledgers, **opened}
    found = {number: of_matter[matter.id].id for number, matter in known.matters.items()}
    if any(OWN in (row.matter, row.to_matter) for row in judged.rows):
        kind = AccountKind.OWN_FUNDS
        found[OWN] = client_ledgers.of_account(account=account, kind=kind, by=by, at=at).id
    return found


def _lines(
    bank: UUID, row: PastRow, ledgers: Mapping[str, UUID], clears_on: date | None
) -> tuple[Line, Line]:
    ledger, minor = ledgers[row.matter], row.amount_minor
    if row.kind is PastKind.TRANSFER:
        return Line(ledger, "D", minor), Line(ledgers[row.to_matter], "C", minor)
    if row.kind.brings:
        return Line(bank, "D", minor), Line(ledger, "C", minor, clears_on)
    return Line(ledger, "D", minor), Line(bank, "C", minor)


def _narrative(row: PastRow) -> str:
    """Return what a statement says of the row: what it was, its number elsewhere, with whom."""
    what = f"{row.kind.capitalize()} {row.reference}".strip()
    return f"{what}: {row.party}" if row.party else what

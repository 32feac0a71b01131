"""A ledger's statement as a page shows it and as it is printed, from the same lines."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from chancery.ledger import statements
from chancery.ledger.statements import Place, StatementLine, Stretch
from chancery.lib.money import Money
from chancery.reports import ledger_statements as printed
from chancery.reports.imprint import Imprint, Words
from chancery.trust import posted_documents, spendable
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.posted_documents import Posted
from chancery.web.shell import places

PER_PAGE = 50
PRINTED_AT_MOST = 20_000
_KINDS = {
    "receipt": "Receipt",
    "withdrawal": "Withdrawal",
    "transfer": "Transfer",
    "shortage": "Shortage",
    "reversal": "Reversal",
    "dishonor": "Dishonour",
    "stop": "Stopped",
    "stale": "Stale",
}


@dataclass(frozen=True)
class Row:
    """One movement; ``url`` leads to its document where there is a page of it."""

    on: date
    kind: str
    number: str
    url: str
    text: str
    money_in: Money | None
    money_out: Money | None
    balance: Money
    clears_on: date | None
    is_reversal: bool
    is_reversed: bool


@dataclass(frozen=True)
class Statement:
    """A page of a statement; ``forward`` is what was held before its first line."""

    rows: tuple[Row, ...]
    forward: Money
    total_in: Money
    total_out: Money
    closing: Money
    next_key: str
    is_later_page: bool


def page_of(ledger: TrustLedger, stretch: Stretch, *, after: str, today: date) -> Statement:
    """Return a page of the statement, after the place that the address names."""
    asked = replace(stretch, after=_place(after), limit=PER_PAGE + 1)
    lines = statements.of_account(ledger.id, asked)
    shown, has_more = lines[:PER_PAGE], len(lines) > PER_PAGE
    currency = ledger.account.currency
    forward = Money(_before(ledger, shown, asked), currency)
    total_in = Money(sum(line.in_minor for line in shown), currency)
    total_out = Money(sum(line.out_minor for line in shown), currency)
    return Statement(
        rows=_rows(shown, currency, today=today),
        forward=forward,
        total_in=total_in,
        total_out=total_out,
        closing=forward + total_in - total_out,
        next_key=_key(shown[-1].place) if has_more else "",
        is_later_page=asked.after != Place.START,
    )


def to_print(
    ledger: TrustLedger,
    stretch: Stretch,
    *,
    imprint: Imprint,
    words: Mapping[str, str],
    today: date,
) -> printed.LedgerStatement:
    """Return the whole statement of the days asked for, with the ledger as it stood on the last one."""
    matter = ledger.matter
    assert matter, "a client ledger has a matter"
    currency = ledger.account.currency
    lines = statements.of_account(ledger.id, replace(stretch, limit=PRINTED_AT_MOST))
    last_on = min(stretch.last_on, max(today, lines[-1].place.on) if lines else today)
    first_on = stretch.first_on
    if first_on == date.min:
        first_on = min(lines[0].place.on if lines else last_on, last_on)
    stands = spendable.of_ledger(ledger, on=last_on)
    opening = Money(_before(ledger, lines, stretch), currency)
    return printed.LedgerStatement(
        imprint=imprint,
        words=Words.of(words),
        title=f"Statement of {words['ledger']}",
        account=ledger.account.name,
        person=matter.client.name,
        person_address=(),
        matter=matter.number,
        description=matter.title,
        first_on=first_on,
        last_on=last_on,
        opening=opening,
        lines=tuple(_printed(row) for row in _rows(lines, currency, today=today)),
        closing=Money(lines[-1].balance_minor, currency) if lines else opening,
        cleared=stands.cleared,
        protected=stands.protected,
        available=stands.available,
        is_closed=stands.is_closed,
    )


def _before(ledger: TrustLedger, lines: list[StatementLine], stretch: Stretch) -> int:
    """Return what was held before the first line; without a line, on the last day asked for."""
    if lines:
        first = lines[0]
        return first.balance_minor - first.in_minor + first.out_minor
    last_on = min(stretch.last_on, date(9000, 1, 1))
    return spendable.of_ledger(ledger, on=last_on).held.minor


def _rows(lines: list[StatementLine], currency: str, *, today: date) -> tuple[Row, ...]:
    documents = posted_documents.of_journals([line.place.journal_id for line in lines])
    return tuple(
        _row(line, documents.get(line.place.journal_id), currency, today=today) for line in lines
    )


def _row(line: StatementLine, document: Posted | None, currency: str, *, today: date) -> Row:
    waits = line.in_minor and line.clears_on > today and not line.is_reversed
    return Row(
        on=line.place.on,
        kind=_KINDS.get(line.kind, line.kind.replace("_", " ").capitalize()),
        number=document.number if document else "",
        url=places.address(document.kind, document.id) if document else "",
        text=line.narrative,
        money_in=Money(line.in_minor, currency) if line.in_minor else None,
        money_out=Money(line.out_minor, currency) if line.out_minor else None,
        balance=Money(line.balance_minor, currency),
        clears_on=line.clears_on if waits else None,
        is_reversal=line.is_reversal,
        is_reversed=line.is_reversed,
    )


def _printed(row: Row) -> printed.StatementLine:
    kind = f"{row.kind}, reversed" if row.is_reversed else row.kind
    moved = (row.money_in, row.money_out, row.balance)
    return printed.StatementLine(row.on, row.number, kind, row.text, *moved)


def _key(place: Place) -> str:
    return f"{place.on.isoformat()}.{place.journal_id}.{place.line}"


def _place(key: str) -> Place:
    """Return the place that a key names; the start where it names none."""
    try:
        on, journal_id, line = key.split(".")
        return Place(date.fromisoformat(on), UUID(journal_id), int(line))
    except ValueError:
        return Place.START

"""Statements: the entries of a ledger or a trust account, line by line with the balance after each."""

from datetime import date
from typing import Annotated
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from chancery.api import limits
from chancery.api.cursors import Page, PageQuery, Pager
from chancery.api.money import shapes
from chancery.api.money.found import ACCOUNT, LEDGER
from chancery.api.money.shapes import Amount
from chancery.api.requests import ApiRequest
from chancery.api.shapes import Day
from chancery.api.tokens import Bearer
from chancery.ledger import statements
from chancery.ledger.statements import Place, StatementLine, Stretch
from chancery.practice.api_tokens import Scope
from chancery.trust import client_ledgers, posted_documents
from chancery.trust.posted_documents import Posted

router = Router(tags=["ledgers"])


class DocumentOfEntry(BaseModel):
    """The document by which an entry was posted; for a reversal, the one that it took back."""

    kind: str
    id: UUID
    number: str


class EntryOut(BaseModel):
    """One entry. ``in`` made the account hold more, ``out`` less; one of them is nought."""

    journal_id: UUID
    line: int
    on: date
    kind: str
    narrative: str
    into: Annotated[Amount, Field(alias="in")]
    out: Amount
    balance: Annotated[Amount, Field(description="What is held after this entry")]
    clears_on: date
    is_reversal: bool
    is_reversed: bool
    document: DocumentOfEntry | None


class EntryQuery(PageQuery):
    """Which days; both are included."""

    since: Day | None = None
    until: Day | None = None


@router.get(
    "/ledgers/{ledger_id}/entries",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[EntryOut],
    summary="The statement of a ledger",
    by_alias=True,
)
def list_ledger_entries(
    request: ApiRequest, ledger_id: UUID, asked: Query[EntryQuery]
) -> Page[EntryOut]:
    """Answer with the entries of a ledger by their legal day, then as they were posted.

    An entry that is dated back stands at its day: it may come before the place that a cursor names.
    """
    ledger = LEDGER.at(ledger_id)
    return _page(request, ledger.id, ledger.account.currency, asked)


@router.get(
    "/accounts/{account_id}/entries",
    auth=Bearer(Scope.LEDGERS_READ),
    response=Page[EntryOut],
    summary="The statement of a trust account",
    by_alias=True,
)
def list_account_entries(
    request: ApiRequest, account_id: UUID, asked: Query[EntryQuery]
) -> Page[EntryOut]:
    """Answer with the entries of the bank account itself, as the cash books have them."""
    account = ACCOUNT.at(account_id)
    if not client_ledgers.any_in(account):
        return Pager(request, asked).page([], "")
    return _page(request, account.id, account.currency, asked)


def _page(request: ApiRequest, of: UUID, currency: str, asked: EntryQuery) -> Page[EntryOut]:
    pager = Pager(request, asked)
    stretch = Stretch(
        first_on=asked.since or date.min,
        last_on=asked.until or date.max,
        after=_place(pager.after) if pager.after else Place.START,
        limit=asked.limit + 1,
    )
    lines = statements.of_account(of, stretch)
    kept, is_more = lines[: asked.limit], len(lines) > asked.limit
    documents = posted_documents.of_journals({line.place.journal_id for line in kept})
    items = [_shown(line, currency, documents.get(line.place.journal_id)) for line in kept]
    return pager.page(items, _written(kept[-1].place) if is_more else "")


def _written(place: Place) -> str:
    return f"{place.on.isoformat()}_{place.journal_id.hex}_{place.line}"


def _place(written: str) -> Place:
    try:
        on, journal_id, line = written.split("_")
        return Place(date.fromisoformat(on), UUID(journal_id), int(line))
    except ValueError as error:
        raise limits.CursorNotRight from error


def _shown(line: StatementLine, currency: str, document: Posted | None) -> EntryOut:
    named = document and DocumentOfEntry(kind=document.kind, id=document.id, number=document.number)
    return EntryOut.model_validate(
        {
            "journal_id": line.place.journal_id,
            "line": line.place.line,
            "on": line.place.on,
            "kind": line.kind,
            "narrative": line.narrative,
            "in": shapes.of_minor(line.in_minor, currency),
            "out": shapes.of_minor(line.out_minor, currency),
            "balance": shapes.of_minor(line.balance_minor, currency),
            "clears_on": line.clears_on,
            "is_reversal": line.is_reversal,
            "is_reversed": line.is_reversed,
            "document": named,
        }
    )

"""The parts of an opening: what each ledger held, and what was outstanding; one by one or all at once."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field, StringConstraints

from chancery.api import idempotency, problems
from chancery.api.cursors import Page, PageQuery, page_of
from chancery.api.money import shapes
from chancery.api.money.found import OPENING
from chancery.api.money.openings import READ, WRITE, OpeningOut, live, shown
from chancery.api.money.shapes import Amount, AmountIn, MatterOfLedger, Words200
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import NOT_NUL, Asked, Day
from chancery.lib.comma_files import Row
from chancery.lib.problems import DetailsNotRight, Problem
from chancery.trust import opening_parts, record_lists
from chancery.trust.opening_parts import FileHasFindings

router = Router(tags=["openings"])
LINES_AT_MOST = 2_000
Number = Annotated[str, StringConstraints(min_length=1, max_length=30, pattern=NOT_NUL)]
ItemNumber = Annotated[str, Field(max_length=40, pattern=NOT_NUL)]
ItemKind = Literal["cheque", "deposit"]


class OpeningLedgerIn(Asked):
    """What an account held for one matter at the end of the opening's day; ``matter`` is its number."""

    matter: Number
    amount: AmountIn
    last_moved_on: Day | None = None


class OpeningItemIn(Asked):
    """A cheque that was not presented, or a deposit that was not credited, on the opening's day."""

    kind: ItemKind
    on: Day
    number: ItemNumber = ""
    payee: Words200 = ""
    amount: AmountIn


class OpeningLedgersIn(Asked):
    """Every ledger of an opening, in place of those that stand there."""

    lines: Annotated[list[OpeningLedgerIn], Field(max_length=LINES_AT_MOST)]


class OpeningItemsIn(Asked):
    """Everything that was outstanding, in place of what stands there."""

    lines: Annotated[list[OpeningItemIn], Field(max_length=LINES_AT_MOST)]


class TakingOutIn(Asked):
    """The ledger or item that is taken out of the draft; one that is gone already is no trouble."""

    part_id: UUID


class OpeningLedgerOut(BaseModel):
    """What an account held for one matter."""

    id: UUID
    matter: MatterOfLedger
    amount: Amount
    last_moved_on: date | None


class OpeningItemOut(BaseModel):
    """What was outstanding when an account opened."""

    id: UUID
    kind: ItemKind
    on: date
    number: str
    payee: str
    amount: Amount


@router.get(
    "/openings/{opening_id}/ledgers",
    auth=READ,
    response=Page[OpeningLedgerOut],
    summary="List the ledgers of an opening",
)
def list_opening_ledgers(
    request: ApiRequest, opening_id: UUID, asked: Query[PageQuery]
) -> Page[OpeningLedgerOut]:
    """Answer with what the account opens with, matter by matter."""
    opening = OPENING.at(opening_id)
    currency = opening.account.currency
    lines = record_lists.opening_ledgers(opening.id)
    return page_of(
        request,
        lines,
        asked,
        lambda line: OpeningLedgerOut(
            id=line.id,
            matter=MatterOfLedger(
                id=line.matter.id, number=line.matter.number, title=line.matter.title
            ),
            amount=shapes.of_minor(line.amount_minor, currency),
            last_moved_on=line.last_moved_on,
        ),
    )


@router.get(
    "/openings/{opening_id}/items",
    auth=READ,
    response=Page[OpeningItemOut],
    summary="List what was outstanding at an opening",
)
def list_opening_items(
    request: ApiRequest, opening_id: UUID, asked: Query[PageQuery]
) -> Page[OpeningItemOut]:
    """Answer with the cheques that were not presented and the deposits that were not credited."""
    opening = OPENING.at(opening_id)
    currency = opening.account.currency
    told = ("id", "kind", "on", "number", "payee")
    return page_of(
        request,
        record_lists.opening_items(opening.id),
        asked,
        lambda item: OpeningItemOut(
            amount=shapes.of_minor(item.amount_minor, currency),
            **{name: getattr(item, name) for name in told},
        ),
    )


@router.post(
    "/openings/{opening_id}/ledgers",
    auth=WRITE,
    response=OpeningOut,
    summary="Put a ledger in an opening",
)
@idempotency.required
def put_opening_ledger(
    request: ApiRequest, opening_id: UUID, payload: OpeningLedgerIn
) -> OpeningOut:
    """Add a matter's ledger to the draft, or give the one that is there another amount."""
    account = live(opening_id)
    row = _ledger_row(payload, account.currency)
    with problems.naming(_named(_LEDGER_DAY)):
        opening_parts.put_ledger(account=account, row=row, **_who(request))
    return shown(opening_id)


@router.post(
    "/openings/{opening_id}/ledgers/all",
    auth=WRITE,
    response=OpeningOut,
    summary="Put all ledgers in an opening",
)
@idempotency.required
def put_opening_ledgers(
    request: ApiRequest, opening_id: UUID, payload: OpeningLedgersIn
) -> OpeningOut:
    """Put these ledgers in place of those in the draft: all of them, or none where one is not right."""
    account = live(opening_id)
    rows = [_ledger_row(one, account.currency, at) for at, one in enumerate(payload.lines)]
    _all(opening_parts.put_ledgers, _LEDGER_DAY, account=account, rows=rows, **_who(request))
    return shown(opening_id)


@router.post(
    "/openings/{opening_id}/items",
    auth=WRITE,
    response=OpeningOut,
    summary="Put an outstanding item in an opening",
)
@idempotency.required
def put_opening_item(request: ApiRequest, opening_id: UUID, payload: OpeningItemIn) -> OpeningOut:
    """Add what was outstanding on the opening's day to the draft."""
    account = live(opening_id)
    row = _item_row(payload, account.currency)
    with problems.naming(_named(_ITEM_DAY)):
        opening_parts.put_item(account=account, row=row, **_who(request))
    return shown(opening_id)


@router.post(
    "/openings/{opening_id}/items/all",
    auth=WRITE,
    response=OpeningOut,
    summary="Put all outstanding items in an opening",
)
@idempotency.required
def put_opening_items(request: ApiRequest, opening_id: UUID, payload: OpeningItemsIn) -> OpeningOut:
    """Put these items in place of those in the draft: all of them, or none where one is not right."""
    account = live(opening_id)
    rows = [_item_row(one, account.currency, at) for at, one in enumerate(payload.lines)]
    _all(opening_parts.put_items, _ITEM_DAY, account=account, rows=rows, **_who(request))
    return shown(opening_id)


@router.post(
    "/openings/{opening_id}/taking-out",
    auth=WRITE,
    response=OpeningOut,
    summary="Take a ledger or an item out of an opening",
)
@idempotency.required
def take_out_of_opening(request: ApiRequest, opening_id: UUID, payload: TakingOutIn) -> OpeningOut:
    """Take one part out of the draft."""
    opening_parts.take_out(
        account=live(opening_id), part_id=payload.part_id, by=request.person, at=request.at
    )
    return shown(opening_id)


_LEDGER_DAY = ("last_movement", "last_moved_on")
_ITEM_DAY = ("date", "on")
"""What the deeds call a part's day, and what a request calls it."""


def _who(request: ApiRequest) -> dict[str, Any]:
    return {"by": request.person, "at": request.at, "today": today(request)}


def _ledger_row(sent: OpeningLedgerIn, currency: str, at: int | None = None) -> Row:
    """Return a ledger as a row of the deeds, whose number is its place in what was sent."""
    cells = {
        "matter": sent.matter,
        "amount": str(shapes.money(sent.amount, currency, _amount_of(at))),
        "last_movement": sent.last_moved_on.isoformat() if sent.last_moved_on else "",
    }
    return Row(at or 0, cells, is_whole=True)


def _item_row(sent: OpeningItemIn, currency: str, at: int | None = None) -> Row:
    cells = {
        "kind": sent.kind,
        "date": sent.on.isoformat(),
        "number": sent.number,
        "payee": sent.payee,
        "amount": str(shapes.money(sent.amount, currency, _amount_of(at))),
    }
    return Row(at or 0, cells, is_whole=True)


def _amount_of(at: int | None) -> str:
    """Return where an amount stands: alone, or in a line of many."""
    return "amount" if at is None else f"lines.{at}.amount"


def _named(day: tuple[str, str]) -> Callable[[str], str]:
    theirs, ours = day
    return lambda field: ours if field == theirs else field


def _all(
    put: Callable[..., int], day: tuple[str, str], *, rows: Sequence[Row], **told: Any
) -> None:
    """Put every row, and say what is wrong with each under its place. Refuses: DetailsNotRight."""
    try:
        put(rows=rows, **told)
    except FileHasFindings as refusal:
        wrong = (
            Problem(
                f"lines.{one.number}.{_named(day)(opening_parts.field_of(one, day[0]))}",
                one.finding.words,
            )
            for one in refusal.found
        )
        raise DetailsNotRight(tuple(wrong)) from refusal

"""A history from elsewhere: send a file, read what is wrong with each row, post all of it, undo all of it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from chancery.api import idempotency, limits
from chancery.api.cursors import Page, PageQuery, Pager, page_together, refuse_unknown
from chancery.api.money import shapes
from chancery.api.money.found import ACCOUNT, IMPORT
from chancery.api.money.openings import READ, WRITE, UndoingIn
from chancery.api.money.shapes import AccountQuery, Amount, Words200
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Named, NothingIn
from chancery.trust import history_imports, history_jobs, record_lists
from chancery.trust.history_imports import HistoryImport, HistoryRow
from chancery.trust.history_jobs import Progress
from chancery.trust.rules.history_rows import TABLE

router = Router(tags=["history imports"])
State = Literal["read", "posted", "undone"]
_ABOUT = (
    f"The columns are {', '.join(TABLE.columns)}; needed are {', '.join(TABLE.needed)}. "
    f"At most {TABLE.limits}. It takes no key: nothing is posted by it, and a file that stands posted "
    "is not posted again."
)


class PostingOut(BaseModel):
    """Where the posting of a long import stands, which is the worker's; a short one is posted at once."""

    is_running: bool
    asked_at: datetime | None
    trouble: str
    stopped_because: str


class ImportOut(BaseModel):
    """A file of an account's past. It is posted as a whole, when no row of it has a finding."""

    id: UUID
    account: Named
    name: str
    sha256: str
    state: State
    row_count: int
    faulty_count: Annotated[int, Field(description="How many rows have a finding")]
    first_on: date | None
    last_on: date | None
    came_in: Amount
    went_out: Amount
    posting: PostingOut
    read_by: Named
    read_at: datetime
    posted_by: Named | None
    posted_at: datetime | None
    undone_by: Named | None
    undone_at: datetime | None
    undone_reason: str


class FindingOut(BaseModel):
    """One thing that is wrong with a row."""

    code: str
    detail: str


class HistoryRowOut(BaseModel):
    """One row of the file in its own words; ``number`` is its line, the heading being the first."""

    number: int
    date: str
    matter: str
    kind: str
    amount: str
    to_matter: str
    party: str
    reference: str
    method: str
    findings: list[FindingOut]


class FileQuery(BaseModel):
    """What the file is called; it is told again beside what was read."""

    model_config = ConfigDict(extra="forbid")

    name: Words200 = "history.csv"


class ImportQuery(AccountQuery):
    """What the list is narrowed to."""

    state: State | None = None


class RowQuery(PageQuery):
    """What the rows are narrowed to."""

    only_faulty: bool = False


@router.get(
    "/history-imports", auth=READ, response=Page[ImportOut], summary="List imported histories"
)
def list_history_imports(request: ApiRequest, asked: Query[ImportQuery]) -> Page[ImportOut]:
    """Answer with the files that were read, and how far each has come."""
    fitting = record_lists.history_imports(account=asked.account_id, state=asked.state)
    return page_together(request, fitting, asked, _shown)


@router.get(
    "/history-imports/{import_id}",
    auth=READ,
    response=ImportOut,
    summary="Read an imported history",
)
def read_history_import(request: ApiRequest, import_id: UUID) -> ImportOut:
    """Answer with one file, what was read of it, and whether it is posted."""
    return _shown([IMPORT.at(import_id)])[0]


@router.get(
    "/history-imports/{import_id}/rows",
    auth=READ,
    response=Page[HistoryRowOut],
    summary="List the rows of an imported history",
)
def list_history_rows(
    request: ApiRequest, import_id: UUID, asked: Query[RowQuery]
) -> Page[HistoryRowOut]:
    """Answer with the rows in the order of the file, each with everything that is wrong with it."""
    pager = Pager(request, asked)
    rows = history_imports.rows_of(IMPORT.at(import_id), only_faulty=asked.only_faulty)
    if pager.after:
        rows = rows.filter(number__gt=_number(pager.after))
    read = list(rows[: asked.limit + 1])
    kept, is_more = read[: asked.limit], len(read) > asked.limit
    return pager.page([_row(one) for one in kept], str(kept[-1].number) if is_more else "")


@router.post(
    "/accounts/{account_id}/history-imports",
    auth=WRITE,
    response={201: ImportOut},
    summary="Read a file of an account's history",
    description=f"Read the file and say of every row what is wrong with it; nothing is posted. {_ABOUT}",
)
@limits.takes_file(bytes_at_most=TABLE.bytes_at_most)
def read_history_file(
    request: ApiRequest, account_id: UUID, asked: Query[FileQuery], response: HttpResponse
) -> Status[ImportOut]:
    """Read the file and say of every row what is wrong with it; nothing is posted."""
    refuse_unknown(request, FileQuery)
    batch = history_imports.read(
        account=ACCOUNT.at(account_id),
        name=asked.name,
        chunks=limits.file_of(request),
        by=request.person,
        at=request.at,
        today=today(request),
    )
    response["Location"] = f"/api/v1/history-imports/{batch.id}"
    return Status(201, read_history_import(request, batch.id))


@router.post(
    "/history-imports/{import_id}/check",
    auth=WRITE,
    response=ImportOut,
    summary="Check an imported history again",
)
@idempotency.required
def check_history_import(request: ApiRequest, import_id: UUID, payload: NothingIn) -> ImportOut:
    """Hold the rows against the books as they are now, for instance after a matter was opened."""
    history_imports.check_again(
        batch=IMPORT.at(import_id), by=request.person, at=request.at, today=today(request)
    )
    return read_history_import(request, import_id)


@router.post(
    "/history-imports/{import_id}/posting",
    auth=WRITE,
    response={200: ImportOut, 202: ImportOut},
    summary="Post an imported history",
)
@idempotency.required
def post_history_import(
    request: ApiRequest, import_id: UUID, payload: NothingIn
) -> Status[ImportOut]:
    """Post every row, or none. A long file is left to the worker, which is 202: read it until it is posted."""
    batch, key = IMPORT.at(import_id), idempotency.deed_key(request)
    is_left = history_jobs.is_long(batch) and batch.state == "read"
    if is_left:
        history_jobs.request(batch=batch, by=request.person, at=request.at, key=key)
    else:
        day = today(request)
        history_imports.post(batch=batch, by=request.person, at=request.at, today=day, key=key)
    return Status(202 if is_left else 200, read_history_import(request, import_id))


@router.post(
    "/history-imports/{import_id}/undoing",
    auth=WRITE,
    response=ImportOut,
    summary="Undo an imported history",
)
@idempotency.required
def undo_history_import(request: ApiRequest, import_id: UUID, payload: UndoingIn) -> ImportOut:
    """Take the whole import back by linked reversals, while nothing was posted on the account since."""
    history_imports.undo(
        batch=IMPORT.at(import_id), reason=payload.reason, by=request.person, at=request.at
    )
    return read_history_import(request, import_id)


@router.post(
    "/history-imports/{import_id}/discarding",
    auth=WRITE,
    response={204: None},
    summary="Throw away what was read of a history",
)
@idempotency.required
def discard_history_import(
    request: ApiRequest, import_id: UUID, payload: NothingIn
) -> Status[None]:
    """Throw away a file that was only read; the account's own history keeps that it was there."""
    history_imports.discard(batch=IMPORT.at(import_id), by=request.person, at=request.at)
    return Status(204, None)


def _number(after: str) -> int:
    if not after.isdecimal():
        raise limits.CursorNotRight
    return int(after)


def _shown(batches: list[HistoryImport]) -> list[ImportOut]:
    progress = history_jobs.progress_of(batches)
    return [_one(batch, progress[batch.id]) for batch in batches]


def _one(batch: HistoryImport, posting: Progress) -> ImportOut:
    currency = batch.account.currency
    same = ("id", "name", "state", "row_count", "faulty_count", "first_on", "last_on")
    told = (*same, "read_at", "posted_at", "undone_at", "undone_reason")
    people = {
        name: shapes.person(who) if who else None
        for name in ("read_by", "posted_by", "undone_by")
        for who in [getattr(batch, name)]
    }
    return ImportOut.model_validate(
        {
            **{name: getattr(batch, name) for name in told},
            **people,
            "account": shapes.account(batch.account),
            "sha256": batch.digest,
            "came_in": shapes.of_minor(batch.in_minor, currency),
            "went_out": shapes.of_minor(batch.out_minor, currency),
            "posting": PostingOut(
                is_running=posting.is_running,
                asked_at=posting.asked_at,
                trouble=posting.trouble,
                stopped_because=posting.stopped_because,
            ),
        }
    )


def _row(row: HistoryRow) -> HistoryRowOut:
    findings = [FindingOut(code=code, detail=words) for code, words in row.findings]
    told = {name: getattr(row, name) for name in TABLE.columns}
    return HistoryRowOut(number=row.number, findings=findings, **told)

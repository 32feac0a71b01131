"""Importing an account's history: send a file, look at what was read, post all of it, undo all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.outbox import workers
from chancery.practice.permissions import Act, require
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import history_imports, history_jobs
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.history_imports import HistoryImport, HistoryRow, NoSuchImport
from chancery.trust.rules.history_rows import TABLE, PastKind
from chancery.trust.rules.policy_clearing import Method
from chancery.web.firm_of_request import FirmRequest
from chancery.web.openings import opening_frame as frame
from chancery.web.openings.forms import FileForm, KeyForm, ReasonForm, fresh_key
from chancery.web.openings.opening_pages import template_of
from chancery.web.shell import answers, keyset, spreadsheets, timeline
from chancery.web.shell.forms import tell

_LIST, _PAGE = "openings/imports.html", "openings/import.html"
_ORDER = ("number",)


@dataclass(frozen=True)
class ImportView:
    """An import as a list and its own page show it."""

    id: UUID
    url: str
    name: str
    rows: int
    faulty: int
    first_on: date | None
    last_on: date | None
    came_in: str
    went_out: str
    state: str
    state_words: str
    who: str
    at: datetime
    undone_reason: str


@dataclass(frozen=True)
class RowView:
    """One row of the file in its own words, and everything that is wrong with it."""

    number: int
    date: str
    matter: str
    kind: str
    amount: str
    to_matter: str
    party: str
    reference: str
    method: str
    findings: tuple[str, ...]


@require_http_methods(["GET", "HEAD", "POST"])
def imports_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the imports of an account and what a file looks like (GET); read a file (POST)."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    context = _list_context(request, account)
    if request.method != "POST":
        return answers.show(request, _LIST, context)
    require(request.person, Act.KEEP_MONEY_BOOKS)
    form = FileForm(request.POST, request.FILES)
    context["file_form"] = form
    if not form.is_valid():
        return answers.invalid(request, _LIST, context)
    sent = form.cleaned_data["file"]
    try:
        batch = history_imports.read(
            account=account,
            name=sent.name or "",
            chunks=sent.chunks(),
            by=request.person,
            at=clock.now(),
            today=frame.today(request),
        )
    except Refusal as refusal:
        return answers.refused(request, refusal, _LIST, context, title="File not read")
    return answers.go(request, "history_import", account.id, batch.id)


@require_http_methods(["GET", "HEAD", "POST"])
def import_page(request: FirmRequest, account_id: UUID, import_id: UUID) -> HttpResponse:
    """Show what was read, a page at a time (GET); post, check again, undo or throw away (POST)."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    batch = _import_of(account, import_id)
    if request.method != "POST":
        return answers.show(request, _PAGE, _context(request, account, batch))
    require(request.person, Act.KEEP_MONEY_BOOKS)
    acts = {"post": _post, "check": _check, "undo": _undo, "discard": _discard}
    return acts.get(request.POST.get("act", ""), _post)(request, account, batch)


@require_safe
def export(request: FirmRequest, account_id: UUID, import_id: UUID) -> HttpResponse:
    """Answer with the rows as CSV or XLSX, each with its findings; only the faulty ones if asked."""
    require(request.person, Act.READ_MONEY)
    batch = _import_of(frame.account_of(account_id), import_id)
    columns = (Column("row", "number"), *map(Column, TABLE.columns), Column("findings"))
    sheet = Sheet("History", columns, _cells(_rows(batch, request.GET.get("show", ""))))
    return spreadsheets.answer(request, "history", sheet)


@require_safe
def template(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Answer with the heading of a file to fill in."""
    frame.account_of(account_id)
    return template_of(TABLE, "history.csv")


def _post(request: FirmRequest, account: TrustBankAccount, batch: HistoryImport) -> HttpResponse:
    form = KeyForm(request.POST)
    if not form.is_valid():
        return answers.invalid(request, _PAGE, _context(request, account, batch))
    by, at, key = request.person, clock.now(), f"page:{form.cleaned_data['key']}"
    try:
        if history_jobs.is_long(batch):
            history_jobs.request(batch=batch, by=by, at=at, key=key)
        else:
            today = frame.today(request)
            history_imports.post(batch=batch, by=by, at=at, today=today, key=key)
            messages.info(request, f"{batch.row_count} rows are posted")
    except Refusal as refusal:
        context = _context(request, account, batch)
        return answers.refused(request, refusal, _PAGE, context, title="Not posted")
    return answers.go(request, "history_import", account.id, batch.id)


def _check(request: FirmRequest, account: TrustBankAccount, batch: HistoryImport) -> HttpResponse:
    try:
        history_imports.check_again(
            batch=batch, by=request.person, at=clock.now(), today=frame.today(request)
        )
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, _context(request, account, batch))
    return answers.go(request, "history_import", account.id, batch.id)


def _undo(request: FirmRequest, account: TrustBankAccount, batch: HistoryImport) -> HttpResponse:
    form = ReasonForm(request.POST)
    context = _context(request, account, batch) | {"form": form}
    if not form.is_valid():
        return answers.invalid(request, _PAGE, context)
    try:
        reason = form.cleaned_data["reason"]
        history_imports.undo(batch=batch, reason=reason, by=request.person, at=clock.now())
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return answers.invalid(request, _PAGE, context)
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, context, title="Not undone")
    messages.info(request, "The import is undone")
    return answers.go(request, "history_import", account.id, batch.id)


def _discard(request: FirmRequest, account: TrustBankAccount, batch: HistoryImport) -> HttpResponse:
    try:
        history_imports.discard(batch=batch, by=request.person, at=clock.now())
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGE, _context(request, account, batch))
    messages.info(request, "What was read is thrown away; nothing was posted")
    return answers.go(request, "history_imports", account.id)


def _import_of(account: TrustBankAccount, import_id: UUID) -> HistoryImport:
    try:
        batch = history_imports.visible(import_id)
    except NoSuchImport as refusal:
        raise Http404(str(refusal)) from refusal
    if batch.account_id != account.id:
        raise Http404("No import of this account.")
    return batch


def _list_context(request: FirmRequest, account: TrustBankAccount) -> dict[str, Any]:
    return frame.reader_of(request, account) | {
        "imports": [_view(account, batch) for batch in history_imports.of_account(account)],
        "file_form": FileForm(),
        "limits": TABLE.limits,
        "kinds": [kind.value for kind in PastKind],
        "methods": [method.value.replace("_", " ") for method in Method],
        "history": timeline.of(history_imports.KIND, account.id),
    }


def _context(
    request: FirmRequest, account: TrustBankAccount, batch: HistoryImport
) -> dict[str, Any]:
    show = request.GET.get("show", "")
    progress = history_jobs.progress(batch)
    export_url = reverse("history_import_export", args=[account.id, batch.id])
    return frame.reader_of(request, account) | {
        "batch": _view(account, batch),
        "progress": progress,
        "nobody_works": progress.is_running and not workers.is_anyone_working(at=clock.now()),
        "is_long": history_jobs.is_long(batch),
        "page": keyset.page_of(request, _rows(batch, show), _row_view, order=_ORDER),
        "shows_faulty": show == "faulty",
        "export_url": f"{export_url}?show={'faulty' if show == 'faulty' else ''}",
        "form": ReasonForm(),
        "key_form": fresh_key(),
        "history": timeline.of(history_imports.KIND, account.id),
    }


def _rows(batch: HistoryImport, show: str) -> QuerySet[HistoryRow]:
    return history_imports.rows_of(batch, only_faulty=show == "faulty")


def _cells(rows: QuerySet[HistoryRow]) -> Iterator[tuple[Cell, ...]]:
    for row in rows.iterator(chunk_size=5_000):
        told = tuple(getattr(row, name) for name in TABLE.columns)
        yield (row.number, *told, " ".join(words for _, words in row.findings))


def _row_view(row: HistoryRow) -> RowView:
    told = {name: getattr(row, name) for name in TABLE.columns}
    return RowView(number=row.number, findings=tuple(words for _, words in row.findings), **told)


def _view(account: TrustBankAccount, batch: HistoryImport) -> ImportView:
    return ImportView(
        id=batch.id,
        url=reverse("history_import", args=[account.id, batch.id]),
        name=batch.name,
        rows=batch.row_count,
        faulty=batch.faulty_count,
        first_on=batch.first_on,
        last_on=batch.last_on,
        came_in=frame.money(account, batch.in_minor),
        went_out=frame.money(account, batch.out_minor),
        state=batch.state,
        state_words=batch.get_state_display(),
        who=(batch.posted_by or batch.read_by).name,
        at=batch.undone_at or batch.posted_at or batch.read_at,
        undone_reason=batch.undone_reason,
    )

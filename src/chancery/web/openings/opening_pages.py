"""The wizard of opening balances: the figures, the ledgers, what is outstanding."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock, comma_files
from chancery.lib.comma_files import Table
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import opening_drafts, opening_parts
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.opening_drafts import Opening
from chancery.trust.opening_parts import FileHasFindings
from chancery.trust.rules.openings import ITEMS, LEDGERS
from chancery.web.firm_of_request import FirmRequest
from chancery.web.openings import opening_frame as frame
from chancery.web.openings import proof_view
from chancery.web.openings.forms import FiguresForm, FileForm, ItemForm, LedgerForm
from chancery.web.shell import answers
from chancery.web.shell.forms import tell
from chancery.web.shell.words import words_of

_FIGURES = "openings/figures.html"
_PAGES = {"opening_ledgers": "openings/ledgers.html", "opening_items": "openings/items.html"}
_TABLES = {"opening_ledgers": LEDGERS, "opening_items": ITEMS}


@require_http_methods(["GET", "HEAD", "POST"])
def figures_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the day and the statement's figure (GET), and keep them (POST)."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    form = _figures_form(request, account)
    context = frame.context_of(request, account, "opening") | {"form": form}
    if request.method != "POST":
        return answers.show(request, _FIGURES, context)
    require(request.person, Act.KEEP_MONEY_BOOKS)
    if not form.is_valid():
        return answers.invalid(request, _FIGURES, context)
    try:
        opening_drafts.set_figures(
            account=account,
            figures=form.figures(),
            by=request.person,
            at=clock.now(),
            today=frame.today(request),
        )
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return answers.invalid(request, _FIGURES, context)
    except Refusal as refusal:
        return answers.refused(request, refusal, _FIGURES, context)
    return answers.go(request, "opening_ledgers", account.id)


@require_http_methods(["GET", "HEAD", "POST"])
def ledgers_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the ledgers of the opening (GET); add one, read a file of them, or take one out (POST)."""
    return _parts_page(request, account_id, "opening_ledgers")


@require_http_methods(["GET", "HEAD", "POST"])
def items_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show what was outstanding (GET); add an item, read a file of them, or take one out (POST)."""
    return _parts_page(request, account_id, "opening_items")


@require_safe
def difference(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the proof as it would be with what stands in the fields."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    opening = opening_drafts.standing(account)
    proof = proof_view.as_typed(opening, account.currency, request.GET)
    return answers.show(request, "openings/proof.html", {"proof": proof, "account": account})


@require_safe
def template(request: FirmRequest, account_id: UUID, which: str) -> HttpResponse:
    """Answer with the heading of a file to fill in."""
    frame.account_of(account_id)
    table = LEDGERS if which == "ledgers" else ITEMS
    return template_of(table, f"opening-{which}.csv")


def template_of(table: Table, name: str) -> HttpResponse:
    """Return a file that has the heading of a table and nothing else."""
    heading = ",".join(table.columns)
    answer = HttpResponse(f"\ufeff{heading}\r\n".encode(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _parts_page(request: FirmRequest, account_id: UUID, name: str) -> HttpResponse:
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    opening = opening_drafts.standing(account)
    if opening is None and request.method != "POST":
        return answers.go(request, "opening", account.id)
    if request.method != "POST":
        return answers.show(request, _PAGES[name], _context(request, account, name))
    require(request.person, Act.KEEP_MONEY_BOOKS)
    act = request.POST.get("act", "")
    done = _take_out if act == "take_out" else _read_file if act == "file" else _put
    return done(request, account, name)


def _put(request: FirmRequest, account: TrustBankAccount, name: str) -> HttpResponse:
    form = _part_form(request, name, bound=True)
    context = _context(request, account, name) | {"form": form}
    if not form.is_valid():
        return answers.invalid(request, _PAGES[name], context)
    put: Callable[..., None] = (
        opening_parts.put_ledger if name == "opening_ledgers" else opening_parts.put_item
    )
    try:
        put(account=account, row=form.row(), **_said(request))
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return answers.invalid(request, _PAGES[name], context)
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGES[name], context)
    return answers.go(request, name, account.id)


def _read_file(request: FirmRequest, account: TrustBankAccount, name: str) -> HttpResponse:
    form = FileForm(request.POST, request.FILES)
    context = _context(request, account, name) | {"file_form": form}
    if not form.is_valid():
        return answers.invalid(request, _PAGES[name], context)
    put: Callable[..., int] = (
        opening_parts.put_ledgers if name == "opening_ledgers" else opening_parts.put_items
    )
    rows = comma_files.read(form.cleaned_data["file"].chunks(), _TABLES[name])
    try:
        count = put(account=account, rows=rows, **_said(request))
    except FileHasFindings as refusal:
        context |= frame.findings(refusal.found)
        return answers.refused(request, refusal, _PAGES[name], context, title="File not taken")
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGES[name], context, title="File not taken")
    messages.info(request, f"{count} rows were read from the file")
    return answers.go(request, name, account.id)


def _take_out(request: FirmRequest, account: TrustBankAccount, name: str) -> HttpResponse:
    try:
        part_id = UUID(request.POST.get("part", ""))
        opening_parts.take_out(account=account, part_id=part_id, by=request.person, at=clock.now())
    except ValueError:
        pass  # a page of long ago: what it names is gone, and the page shows what is there
    except Refusal as refusal:
        return answers.refused(request, refusal, _PAGES[name], _context(request, account, name))
    return answers.go(request, name, account.id)


def _said(request: FirmRequest) -> dict[str, Any]:
    return {"by": request.person, "at": clock.now(), "today": frame.today(request)}


def _figures_form(request: FirmRequest, account: TrustBankAccount) -> FiguresForm:
    words = words_of(request)
    if request.method == "POST":
        return FiguresForm(request.POST, currency=account.currency, words=words)
    opening = opening_drafts.standing(account)
    start = _start(account, opening) if opening else {}
    return FiguresForm(initial=start, currency=account.currency, words=words)


def _start(account: TrustBankAccount, opening: Opening) -> dict[str, Any]:
    own = frame.money(account, opening.own_minor) if opening.own_minor else ""
    return {"on": opening.on, "bank": frame.money(account, opening.bank_minor), "own": own}


def _part_form(request: FirmRequest, name: str, *, bound: bool = False) -> LedgerForm | ItemForm:
    kind = LedgerForm if name == "opening_ledgers" else ItemForm
    words = words_of(request)
    return kind(request.POST, words=words) if bound else kind(words=words)


def _context(request: FirmRequest, account: TrustBankAccount, name: str) -> dict[str, Any]:
    context = frame.context_of(request, account, name)
    opening: Opening | None = context["opening"]
    return context | {
        "form": _part_form(request, name),
        "file_form": FileForm(),
        "limits": _TABLES[name].limits,
        "rows": _rows(account, opening, name) if opening else [],
    }


def _rows(account: TrustBankAccount, opening: Opening, name: str) -> list[dict[str, Any]]:
    if name == "opening_ledgers":
        return [
            {
                "id": line.id,
                "number": line.matter.number,
                "title": line.matter.title,
                "client": line.matter.client.name,
                "moved": line.last_moved_on,
                "amount": frame.money(account, line.amount_minor),
            }
            for line in opening_parts.ledgers_of(opening)
        ]
    return [
        {
            "id": item.id,
            "is_cheque": item.kind == "cheque",
            "on": item.on,
            "number": item.number,
            "payee": item.payee,
            "amount": frame.money(account, item.amount_minor),
        }
        for item in opening_parts.items_of(opening)
    ]

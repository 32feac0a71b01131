"""Reading movements: a register, its file, and one movement with its history."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.lib.money import Money, total
from chancery.practice.permissions import Act, NotAllowed, allows, require
from chancery.reports import movement_vouchers, registers
from chancery.reports.imprint import Fact
from chancery.reports.registers import Register
from chancery.reports.sheets import Cell, Column
from chancery.trust import (
    account_ledgers,
    deficiencies,
    interest,
    jurisdiction,
    movement_list,
    movements,
    reversals,
    settings,
)
from chancery.trust.movement_list import MovementFilter
from chancery.trust.movements import Movement
from chancery.trust.rules.policy import Policy
from chancery.web.dormant.rows import rule_of
from chancery.web.firm_of_request import FirmRequest
from chancery.web.movements import kinds, papers, standing
from chancery.web.movements.filters import FilterForm
from chancery.web.movements.kinds import REGISTERS, MovementRegister
from chancery.web.movements.parts import parts_of, register_of
from chancery.web.movements.rows import MovementRow, row_of
from chancery.web.shell import keyset, pdfs, spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame

_LIST = "movements/list.html"
_PDF_ROWS = 20_000
_OTHERS = {
    "interest": (("Upload a file", "interest_upload"),),
    "statutory-deposit": (("What is due", "deposit_due"),),
}
"""Further pages of a register, each by what its link says."""


@require_safe
def register_page(request: FirmRequest, register: str) -> HttpResponse:
    """Show the movements of a register that fit, the latest first, and how things stand."""
    require(request.person, Act.READ_MONEY)
    listed, words = REGISTERS[register], words_of(request)
    told = {"title": listed.title.format_map(words), "told": listed.told.format_map(words)}
    if jurisdiction.of_firm() is None:
        return show(request, _LIST, {**told, "set_up_url": reverse("admin_trust")})
    policy = policy_of(listed)
    form = FilterForm(request.GET, register=listed)
    asked = form.asked()
    page = keyset.page_of(
        request,
        found_in(listed, asked),
        lambda one: row_of(one, listed),
        order=movement_list.ORDER,
    )
    context = {
        **told,
        "register": listed,
        "form": form,
        "page": page,
        "is_narrowed": bool(asked),
        "list_url": reverse("movement_list", args=[register]),
        "export_url": f"{reverse('movement_file', args=[register])}?{request.GET.urlencode()}",
        "acts": _acts(request, listed, policy),
        "others": _OTHERS.get(listed.slug, ()),
        "stands": standing.of(listed, policy, on=frame.today(request)),
        "currency": request.person.firm.currency,
        **may_keep(request),
        **rules_beside(listed, policy),
    }
    return show(request, _LIST, context)


@require_safe
def file(request: FirmRequest, register: str) -> HttpResponse:
    """Answer with the movements that fit, all of them, as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    listed = REGISTERS[register]
    policy = policy_of(listed)
    is_pdf = request.GET.get("format") == "pdf"
    found = found_in(listed, FilterForm(request.GET, register=listed).asked())
    at_most = _PDF_ROWS if is_pdf else spreadsheets.ROWS_AT_MOST
    own = found.filter(account__currency=request.person.firm.currency)[:at_most]
    rows = [row_of(one, listed) for one in own]
    doc = _register(request, listed, rows, policy)
    name = f"{listed.slug}-{frame.today(request).isoformat()}"
    if is_pdf:
        return frame.pdf(name, registers.render(doc))
    return spreadsheets.answer(request, name, registers.sheet(doc))


@require_safe
def movement(request: FirmRequest, movement_id: UUID) -> HttpResponse:
    """Show one movement with its figures and its history."""
    require(request.person, Act.READ_MONEY)
    found = movement_of(movement_id)
    listed = register_of(found)
    back = reversals.of_document(found)
    currency = found.account.currency
    context = {
        "moved": found,
        "amount": Money(found.amount_minor, currency),
        "parts": parts_of(found),
        "currency": currency,
        "title": listed.title.format_map(words_of(request)) if listed else "",
        "list_url": reverse("movement_list", args=[listed.slug]) if listed else "",
        "back": back,
        "case": deficiencies.of_movement(found),
        "may_reverse": allows(request.person, Act.REVERSE_MONEY),
        "history": timeline.of(movements.KIND, found.id),
    }
    return show(request, "movements/movement.html", context)


@require_safe
def pdf(request: FirmRequest, movement_id: UUID) -> HttpResponse:
    """Answer with one movement as a page to print, with both sides of its entry."""
    require(request.person, Act.READ_MONEY)
    found = movement_of(movement_id)
    name = f"{found.kind}-{found.on.isoformat()}"
    return pdfs.answer(name, movement_vouchers.render(papers.voucher_of(request, found)))


def found_in(listed: MovementRegister, asked: MovementFilter) -> QuerySet[Movement]:
    """Return the movements of a register that fit."""
    if listed.slug == "own-money":
        return movement_list.own_money(asked)
    return movement_list.found(listed.kinds, asked)


def movement_of(movement_id: UUID) -> Movement:
    """Return the movement that the address names, of the reader's firm only; else there is no such page."""
    try:
        found = movements.visible(movement_id)
    except movements.NoSuchMovement as missing:
        raise Http404(str(missing)) from missing
    return movement_list.found([movements.MovementKind(found.kind)], _EVERY).get(pk=found.pk)


def policy_of(listed: MovementRegister) -> Policy:
    """Return the firm's rules, on whose strength the register is there; else there is no such page."""
    policy = settings.policy()
    if not kinds.is_here(listed, policy):
        raise Http404("The place knows no such register.")
    return policy


def may_keep(request: FirmRequest, act: Act = Act.KEEP_MONEY_BOOKS) -> dict[str, Any]:
    """Return whether the reader may record here, and else who may."""
    may = allows(request.person, act)
    return {
        "may_keep": may,
        "read_only": "" if may else str(NotAllowed(act)),
    }


def rules_beside(listed: MovementRegister, policy: Policy) -> dict[str, Any]:
    """Return the rules of the place that stand beside a register and its forms."""
    return {"rules": [rule_of(one) for one in kinds.rules_of(listed, policy)], "place_words": ()}


_EVERY = MovementFilter()


def _acts(request: FirmRequest, listed: MovementRegister, policy: Policy) -> list[tuple[str, str]]:
    """Return what may be recorded, each with its address; an account that was chosen goes along."""
    words, account = words_of(request), request.GET.get("account", "")
    asked = f"?{urlencode({'account': account})}" if account else ""
    return [
        (act.in_words(act.title, words), reverse("movement_add", args=[act.slug]) + asked)
        for act in kinds.acts_of(listed, policy)
        if act.slug != "interest" or _is_ever_the_clients(policy)
    ]


def _is_ever_the_clients(policy: Policy) -> bool:
    """Return whether the firm has an account whose interest is the clients'."""
    pooled = policy.funds.interest.value
    accounts = account_ledgers.open_accounts()
    return any(interest.is_the_clients(account, pooled) for account in accounts)


def _register(
    request: FirmRequest, listed: MovementRegister, rows: list[MovementRow], policy: Policy
) -> Register:
    words, currency = words_of(request), request.person.firm.currency
    figures = [Column(one.title, "amount", currency) for one in listed.amounts]
    whose = [Column(words["work_unit"].capitalize(), "id"), Column(words["person"].capitalize())]
    named = whose if listed.names_ledger else []
    columns = (
        Column("Day", "date"),
        Column("What"),
        Column("Account"),
        *named,
        *figures,
        Column("In words"),
        Column("Reference"),
        Column("Recorded by"),
        Column("Taken back"),
    )
    told = [
        Fact(one.title, f"{one.in_words.capitalize()}. {one.rule}")
        for one in kinds.rules_of(listed, policy)
    ]
    return Register(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=listed.title.format_map(words),
        facts=(*told, Fact("Totals", "without what was taken back")),
        columns=columns,
        rows=tuple(_cells(row, listed) for row in rows),
        totals=_totals(rows, listed, currency) if rows else None,
        when_empty=f"{listed.when_empty}.",
    )


def _cells(row: MovementRow, listed: MovementRegister) -> tuple[Cell, ...]:
    whose = (row.ledger.number or row.ledger.title, row.ledger.client) if row.ledger else ("", "")
    named = whose if listed.names_ledger else ()
    said = (row.reason, row.reference, row.by, "yes" if row.is_reversed else "")
    return (row.on, row.what, row.account, *named, *row.amounts, *said)


def _totals(rows: list[MovementRow], listed: MovementRegister, currency: str) -> tuple[Cell, ...]:
    standing_rows = [row.amounts for row in rows if not row.is_reversed]
    columns = [[amounts[at] for amounts in standing_rows] for at in range(len(listed.amounts))]
    sums = [total((one for one in column if one), currency) for column in columns]
    before = 5 if listed.names_ledger else 3
    return ("Total", *[""] * (before - 1), *sums, "", "", "", "")

"""The trust accounts with their totals."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, allows, require
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import standings
from chancery.trust.standings import AccountStanding, Sum
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import places, spreadsheets
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame


@dataclass(frozen=True)
class AccountRow:
    """A trust account as a line of the list."""

    id: UUID
    name: str
    sub: str
    currency: str
    is_open: bool
    bank: str
    clients: str
    own: str
    shortage: str
    uncleared: str
    protected: str
    holding_count: int
    below_count: int
    is_short: bool
    is_equal: bool
    is_sound: bool
    locked_through: date | None


@require_safe
def accounts_page(request: FirmRequest) -> HttpResponse:
    """Show every trust account: what it holds and whose it is."""
    require(request.person, Act.READ_MONEY)
    on = frame.today(request)
    stood = standings.of_firm(on=on)
    context = {
        "rows": [row_of(one) for one in stood],
        "totals": totals_of(stood),
        "on": on,
        "export_url": f"{reverse('trust_accounts_export')}?",
        "add_url": places.address("trust_account_add"),
        "may_add": allows(request.person, Act.MANAGE_TRUST_SETUP),
    }
    return show(request, "trust_accounts/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the list as CSV or XLSX; its accounts are all of the firm's one currency."""
    require(request.person, Act.READ_MONEY)
    words = words_of(request)
    currency = request.person.firm.currency
    amounts = ("Held at the bank, by our books", f"Held for {words['person']}s", "The firm's own")
    others = ("Shortage", "Uncleared", "Protected")
    columns = (
        Column("Account"),
        Column("Number", "id"),
        Column("Status"),
        *(Column(title, "amount", currency) for title in (*amounts, *others)),
        Column("Ledgers with money", "number"),
        Column("Locked through", "date"),
    )
    stood = standings.of_firm(on=frame.today(request))
    rows = [_cells(one) for one in stood if one.account.currency == currency]
    return spreadsheets.answer(request, "accounts", Sheet("Accounts", columns, rows))


def row_of(one: AccountStanding) -> AccountRow:
    """Return an account for the page."""
    account = one.account
    bank = account.bank.name if account.bank else ""
    parts = (bank, account.get_kind_display(), account.number_shown)
    return AccountRow(
        id=account.id,
        name=account.name,
        sub=", ".join(part for part in parts if part),
        currency=account.currency,
        is_open=account.status == "open",
        bank=str(one.bank),
        clients=str(one.clients),
        own=str(one.own),
        shortage=str(one.shortage),
        uncleared=str(one.uncleared),
        protected=str(one.protected),
        holding_count=one.holding_count,
        below_count=one.below_count,
        is_short=bool(one.shortage.minor or one.below_count),
        is_equal=one.is_equal,
        is_sound=one.is_sound,
        locked_through=one.locked_through,
    )


def totals_of(stood: list[AccountStanding]) -> list[Sum]:
    """Return the totals row of each currency."""
    return standings.sums(stood)


def _cells(one: AccountStanding) -> tuple[Cell, ...]:
    account = one.account
    amounts = (one.bank, one.clients, one.own, one.shortage, one.uncleared, one.protected)
    told = (account.name, account.number_shown, account.get_status_display())
    return (*told, *amounts, one.holding_count, one.locked_through)

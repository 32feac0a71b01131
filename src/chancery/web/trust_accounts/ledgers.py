"""One trust account: its ledgers, narrowed, paged by key, with their totals."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, require
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust import ledger_list as listed
from chancery.trust import standings
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.ledger_list import Held, LedgerFilter
from chancery.trust.trial_balance import NAMES
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import keyset, places, spreadsheets
from chancery.web.shell.answers import show
from chancery.web.shell.forms import PlainForm
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame
from chancery.web.trust_accounts.overview import row_of as account_row_of

_SHOWN = (
    ("", "All"),
    ("holding", "With money"),
    ("empty", "Open, without money"),
    ("closed", "Closed"),
)


class FilterForm(PlainForm):
    """What the list is narrowed to; an unknown choice is as none."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    shown = forms.ChoiceField(label="Show", choices=_SHOWN, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input small"
        self.fields["text"].widget.attrs.update(size="14", maxlength="100")

    def asked(self) -> LedgerFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return LedgerFilter(text=typed.get("text", ""), shown=typed.get("shown", ""))


@dataclass(frozen=True)
class LedgerRow:
    """A ledger as a line of the list."""

    id: UUID
    number: str
    title: str
    client: str
    url: str
    held: str
    uncleared: str
    protected: str
    available: str
    last_moved_on: date | None
    is_closed: bool


@dataclass(frozen=True)
class _Facts:
    held: Mapping[UUID, tuple[Held, date | None]]
    closed: set[UUID]


@require_safe
def ledgers_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show an account's ledgers that fit, a page at a time."""
    require(request.person, Act.READ_MONEY)
    account, on = frame.account_of(account_id), frame.today(request)
    form = FilterForm(request.GET)
    asked = form.asked()
    found = listed.found(account, asked)
    page = keyset.page_of(request, found, lambda one: one, order=listed.ORDER)
    facts = _facts(page.rows, account, on)
    export_url = reverse("trust_account_ledgers_export", args=[account.id])
    context = {
        "account": frame.head_of(request, account),
        "standing": account_row_of(standings.of_accounts([account], on=on)[0]),
        "form": form,
        "page": page,
        "rows": [_row(ledger, facts) for ledger in page.rows],
        "totals": _totals(list(found), account, on),
        "on": on,
        "is_narrowed": bool(asked),
        "export_url": f"{export_url}?{request.GET.urlencode()}",
    }
    return show(request, "trust_accounts/ledgers.html", context)


@require_safe
def export(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Answer with the ledgers that fit, all of them, as CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    account, on = frame.account_of(account_id), frame.today(request)
    found = listed.found(account, FilterForm(request.GET).asked())
    ledgers = list(found[: spreadsheets.ROWS_AT_MOST])
    facts, words = _facts(ledgers, account, on), words_of(request)
    columns = (
        Column(words["work_unit"].capitalize(), "id"),
        Column("Title"),
        Column(words["person"].capitalize()),
        *(
            Column(title, "amount", account.currency)
            for title in ("Held", "Uncleared", "Protected", "Available")
        ),
        Column("Last movement", "date"),
        Column("Status"),
    )
    total = _totals(ledgers, account, on)
    totals = (None, "Total", None, *_amounts(total), None, None)
    rows = (_cells(ledger, facts) for ledger in ledgers)
    return spreadsheets.answer(request, "ledgers", Sheet(account.name, columns, rows, totals))


def _facts(ledgers: Iterable[TrustLedger], account: TrustBankAccount, on: date) -> _Facts:
    kept = list(ledgers)
    return _Facts(
        listed.held_by(kept, currency=account.currency, on=on),
        listed.closed_among([ledger.id for ledger in kept]),
    )


def _totals(ledgers: list[TrustLedger], account: TrustBankAccount, on: date) -> Held:
    held = listed.held_by(ledgers, currency=account.currency, on=on)
    return listed.sum_of([part for part, _ in held.values()], account.currency)


def _row(ledger: TrustLedger, facts: _Facts) -> LedgerRow:
    held, last_moved_on = facts.held[ledger.id]
    matter = ledger.matter
    return LedgerRow(
        id=ledger.id,
        number=matter.number if matter else "",
        title=matter.title if matter else NAMES.get(ledger.kind, ledger.kind),
        client=matter.client.name if matter else "",
        url=ledger_url(ledger),
        held=str(held.held),
        uncleared=str(held.uncleared),
        protected=str(held.protected),
        available=str(held.available),
        last_moved_on=last_moved_on,
        is_closed=ledger.id in facts.closed,
    )


def ledger_url(ledger: TrustLedger) -> str:
    """Return the address of a ledger's own page, or of its matter's while that is not built."""
    if ledger.matter is None:
        return ""
    own = places.address("ledger", ledger.matter.number, ledger.id)
    return own or reverse("matter", args=[ledger.matter.number])


def _cells(ledger: TrustLedger, facts: _Facts) -> tuple[Cell, ...]:
    row = _row(ledger, facts)
    held = facts.held[ledger.id][0]
    status = "closed" if row.is_closed else "open"
    return (row.number, row.title, row.client, *_amounts(held), row.last_moved_on, status)


def _amounts(held: Held) -> tuple[Cell, ...]:
    return held.held, held.uncleared, held.protected, held.available

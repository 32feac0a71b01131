"""A trust account's bank account by our books, line by line with its balance, paged by key."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.ledger import statements
from chancery.ledger.statements import Place, StatementLine, Stretch
from chancery.lib.money import Money
from chancery.practice.permissions import Act, require
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import spreadsheets
from chancery.web.shell.answers import show
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm
from chancery.web.trust_accounts import frame, places_of

_LINES = 50
_BATCH = 1000


class DaysForm(PlainForm):
    """From which day to which; a day that cannot be read asks nothing."""

    first_on = DayField(label="From", required=False)
    last_on = DayField(label="To", required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input small"
            assert isinstance(field.widget, forms.TextInput)
            field.widget.attrs["size"] = "11"

    def stretch(self, after: Place = Place.START, *, limit: int = _LINES) -> Stretch:
        """Return the days asked for, beginning after a place."""
        self.is_valid()
        typed = self.cleaned_data
        first, last = typed.get("first_on") or date.min, typed.get("last_on") or date.max
        return Stretch(first, last, after, limit)


@dataclass(frozen=True)
class Row:
    """A line of the statement; a movement that is not there is empty."""

    on: date
    kind: str
    narrative: str
    came_in: str
    went_out: str
    balance: str
    is_reversed: bool


@require_safe
def statement_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show a page of the statement."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    form = DaysForm(request.GET)
    after = places_of.after(request)
    found = _lines(account, form.stretch(after, limit=_LINES + 1))
    export_url = reverse("trust_account_statement_export", args=[account.id])
    is_narrowed = bool(request.GET.get("first_on") or request.GET.get("last_on"))
    context = {
        "account": frame.head_of(request, account),
        "form": form,
        "rows": [_row(line, account.currency) for line in found[:_LINES]],
        "is_first": after == Place.START,
        "next_url": places_of.next_url(request, found[_LINES - 1].place)
        if len(found) > _LINES
        else "",
        "first_url": places_of.first_url(request),
        "is_narrowed": is_narrowed,
        "export_url": f"{export_url}?{request.GET.urlencode()}",
    }
    return show(request, "trust_accounts/statement.html", context)


@require_safe
def export(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Answer with the statement for the days asked for, as CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    columns = (
        Column("Date", "date"),
        Column("Kind"),
        Column("Narrative"),
        *(Column(title, "amount", account.currency) for title in ("In", "Out", "Balance")),
    )
    sheet = Sheet(account.name, columns, _every_row(account, DaysForm(request.GET)))
    return spreadsheets.answer(request, "bank-account", sheet)


def _every_row(account: TrustBankAccount, form: DaysForm) -> Iterator[tuple[Cell, ...]]:
    after, count = Place.START, 0
    while count < spreadsheets.ROWS_AT_MOST:
        batch = _lines(account, form.stretch(after, limit=_BATCH))
        for line in batch:
            yield _cells(line, account.currency)
        if len(batch) < _BATCH:
            return
        after, count = batch[-1].place, count + len(batch)


def _lines(account: TrustBankAccount, stretch: Stretch) -> list[StatementLine]:
    """Return the lines; an account in which money never lay has no place in the ledger yet."""
    return statements.of_account(account.id, stretch) if places_of.has_pool(account) else []


def _row(line: StatementLine, currency: str) -> Row:
    return Row(
        on=line.place.on,
        kind=line.kind.replace("_", " ").capitalize(),
        narrative=line.narrative,
        came_in=str(Money(line.in_minor, currency)) if line.in_minor else "",
        went_out=str(Money(line.out_minor, currency)) if line.out_minor else "",
        balance=str(Money(line.balance_minor, currency)),
        is_reversed=line.is_reversed,
    )


def _cells(line: StatementLine, currency: str) -> tuple[Cell, ...]:
    moved = (Money(minor, currency) if minor else None for minor in (line.in_minor, line.out_minor))
    kind = line.kind.replace("_", " ")
    return (line.place.on, kind, line.narrative, *moved, Money(line.balance_minor, currency))

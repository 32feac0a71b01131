"""Reading a matter's money: its ledgers, what is held in each, and every movement."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.lib import clock
from chancery.lib.money import Money
from chancery.practice.matters import Matter
from chancery.practice.permissions import Act, allows
from chancery.reports import ledger_statements as printed
from chancery.reports.gathered import methods
from chancery.trust import client_ledgers, controlled_accounts, protections, queries, spendable
from chancery.trust.client_ledgers import NoSuchLedger, TrustLedger
from chancery.web.firm_of_request import FirmRequest
from chancery.web.matter_money import statement
from chancery.web.matter_money.forms import DaysForm
from chancery.web.matters.pages import matter_of
from chancery.web.matters.rows import row_of
from chancery.web.shell import pdfs, place_facts, places, spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of

_WAITING_SHOWN = 3


def ledger_of(matter: Matter, ledger_id: UUID) -> TrustLedger:
    """Return the ledger that the address names, of this matter only; else there is no such page."""
    try:
        ledger = client_ledgers.visible(ledger_id)
    except NoSuchLedger as missing:
        raise Http404("No such ledger.") from missing
    if ledger.matter_id != matter.id:
        raise Http404("No such ledger of this matter.")
    return ledger


@require_safe
def matter_money(request: FirmRequest, number: str) -> HttpResponse:
    """Show a matter's ledger: what is held, what of it may leave, and each movement."""
    matter = matter_of(request, number)
    ledgers = client_ledgers.of_matter(matter.id)
    context = {
        "matter": row_of(matter),
        "ledgers": ledgers,
        "may_open": allows(request.person, Act.OPEN_LEDGERS),
        "may_take": allows(request.person, Act.TAKE_RECEIPTS),
        "may_protect": allows(request.person, Act.PROTECT_MONEY),
        "has_accounts": queries.has_accounts(),
        "has_more_accounts": len(ledgers) < len(queries.bank_accounts()),
        "registers": _registers(request, matter),
    }
    if ledgers:
        context |= _of_ledger(request, _asked(request, ledgers))
    return show(request, "matter_money/ledger.html", context)


@require_safe
def export(request: FirmRequest, number: str, ledger_id: UUID) -> HttpResponse:
    """Answer with the statement of the days asked for, as CSV or XLSX."""
    found = _to_print(request, number, ledger_id)
    return spreadsheets.answer(request, f"ledger-{number}", printed.sheet(found))


@require_safe
def pdf(request: FirmRequest, number: str, ledger_id: UUID) -> HttpResponse:
    """Answer with the statement of the days asked for, to print."""
    found = _to_print(request, number, ledger_id)
    return pdfs.answer(f"ledger-{number}", printed.render(found))


def _to_print(request: FirmRequest, number: str, ledger_id: UUID) -> printed.LedgerStatement:
    ledger = ledger_of(matter_of(request, number), ledger_id)
    return statement.to_print(
        ledger,
        DaysForm(request.GET).stretch(),
        imprint=pdfs.imprint_of(request),
        words=words_of(request),
        today=clock.today(request.person.firm.time_zone),
    )


def _asked(request: FirmRequest, ledgers: list[TrustLedger]) -> TrustLedger:
    """Return the ledger that the address names, else the first."""
    asked = request.GET.get("ledger", "")
    return next((one for one in ledgers if str(one.id) == asked), ledgers[0])


def _of_ledger(request: FirmRequest, ledger: TrustLedger) -> dict[str, object]:
    today = clock.today(request.person.firm.time_zone)
    form = DaysForm(request.GET)
    first_on, last_on = form.asked()
    as_of = last_on or today
    days = {name: request.GET.get(name, "") for name in ("first_on", "last_on")}
    kept = request.GET.copy()
    kept.pop("after", None)
    assert ledger.matter, "a matter's ledger has it"
    args = [ledger.matter.number, ledger.id]
    return {
        "ledger": ledger,
        "currency": ledger.account.currency,
        "as_of": as_of,
        "form": form,
        "is_narrowed": bool(first_on or last_on),
        "stands": spendable.of_ledger(ledger, on=as_of),
        "waiting": _waiting(request, spendable.waiting(ledger, on=as_of)),
        "protections": _protections(ledger),
        "own_account": controlled_accounts.of_ledger(ledger),
        "statement": statement.page_of(
            ledger, form.stretch(), after=request.GET.get("after", ""), today=today
        ),
        "kept": kept.urlencode(),
        "export_url": f"{reverse('ledger_export', args=args)}?{_encoded(days)}",
        "pdf_url": f"{reverse('ledger_pdf', args=args)}?{_encoded(days)}",
        "history": timeline.of(client_ledgers.KIND, ledger.id, limit=20),
    }


def _registers(request: FirmRequest, matter: Matter) -> list[tuple[str, str]]:
    """Return the registers that tell of matters, each narrowed to this one."""
    words = words_of(request)
    shown = places.built(places.REGISTERS, place_facts.known())
    asked = urlencode({"text": matter.number})
    return [(place.called(words), f"{place.url}?{asked}") for place in shown if place.is_of_matter]


def _waiting(request: FirmRequest, found: list[spendable.Waiting]) -> list[str]:
    """Return in a few words each what has not cleared; of many, how many more."""
    words = words_of(request)
    said = [
        f"less {one.amount} by {methods.name_of(one.method, words).lower()} until"
        f" {one.clears_on:%-d %b %Y}"
        for one in found[:_WAITING_SHOWN]
    ]
    more = len(found) - _WAITING_SHOWN
    return [*said, f"and {more} more"] if more > 0 else said


def _protections(ledger: TrustLedger) -> list[tuple[protections.Protection, Money]]:
    currency = ledger.account.currency
    return [(one, Money(one.amount_minor, currency)) for one in protections.of_ledger(ledger)]


def _encoded(days: dict[str, str]) -> str:
    return urlencode({name: typed for name, typed in days.items() if typed})

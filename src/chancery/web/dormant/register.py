"""The register of money that lies still, as PDF, CSV or XLSX."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, require
from chancery.reports import registers
from chancery.reports.imprint import Fact
from chancery.reports.registers import Register
from chancery.reports.sheets import Cell, Column
from chancery.trust import dormant
from chancery.web.dormant.pages import FilterForm
from chancery.web.dormant.rows import DormantRow, rows_of
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import spreadsheets
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame

_PDF_ROWS = 20_000


@require_safe
def file(request: FirmRequest) -> HttpResponse:
    """Answer with the ledgers that fit."""
    require(request.person, Act.READ_MONEY)
    on, is_pdf = frame.today(request), request.GET.get("format") == "pdf"
    at_most = _PDF_ROWS if is_pdf else spreadsheets.ROWS_AT_MOST
    found = dormant.found(FilterForm(request.GET).asked(), on=on)[:at_most]
    doc = _register(request, rows_of(list(found), on=on))
    name = f"dormant-money-{on.isoformat()}"
    if is_pdf:
        return frame.pdf(name, registers.render(doc))
    return spreadsheets.answer(request, name, registers.sheet(doc))


def _register(request: FirmRequest, rows: list[DormantRow]) -> Register:
    words, currency = words_of(request), request.person.firm.currency
    dormancy = dormant.policy().care.dormancy
    columns = (
        Column("Last movement", "date"),
        Column(words["work_unit"].capitalize(), "id"),
        Column("Title"),
        Column(words["person"].capitalize()),
        Column("Responsible"),
        Column("Held", "amount", currency),
        Column("Last step"),
        Column("On", "date"),
        Column("What came of it"),
    )
    return Register(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=f"{words['money'].capitalize()} that lies still",
        facts=(Fact("Listed after", dormancy.in_words), Fact("Rule", dormancy.rule)),
        columns=columns,
        rows=tuple(_cells(row) for row in rows if row.held.currency == currency),
        when_empty="No balance has lain still that long.",
    )


def _cells(row: DormantRow) -> tuple[Cell, ...]:
    told = (row.last_moved_on, row.number, row.title, row.client, row.responsible, row.held)
    step = row.last_step
    return (*told, step.kind, step.on, step.words) if step else (*told, "none", None, "")

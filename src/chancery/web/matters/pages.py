"""Reading matters: the list, its export, and one matter."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice import contacts, matters
from chancery.practice import matter_list as listed
from chancery.practice.contacts import Contact
from chancery.practice.matters import Matter
from chancery.practice.permissions import Act, allows
from chancery.reports.sheets import Cell, Column, Sheet
from chancery.web.firm_of_request import FirmRequest
from chancery.web.matters.forms import FilterForm
from chancery.web.matters.rows import MatterRow, row_of
from chancery.web.shell import keyset, spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import plural, words_of


def matter_of(request: FirmRequest, number: str) -> Matter:
    """Return the matter that the address names, of the reader's firm only; else there is no such page."""
    try:
        return matters.visible_to(request.person, number)
    except Matter.DoesNotExist as missing:
        raise Http404("No such matter.") from missing


@require_safe
def matter_list(request: FirmRequest) -> HttpResponse:
    """Show the matters that fit, a page at a time."""
    form = FilterForm(request.GET, by=request.person)
    asked = form.asked()
    found = listed.found(request.person, asked)
    context = {
        "form": form,
        "page": keyset.page_of(request, found, row_of, order=listed.ORDER),
        "is_narrowed": bool(asked),
        "client": _client_name(request, asked.client),
        "export_url": f"{reverse('matter_export')}?{request.GET.urlencode()}",
        "may_edit": allows(request.person, Act.EDIT_MATTERS),
    }
    return show(request, "matters/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the matters that fit, all of them, as CSV or XLSX."""
    asked = FilterForm(request.GET, by=request.person).asked()
    found = listed.found(request.person, asked)[: spreadsheets.ROWS_AT_MOST]
    rows = (row_of(one) for one in found.iterator(chunk_size=2000))
    words = words_of(request)
    columns = (
        Column("Number", "id"),
        Column("Title"),
        Column(words["person"].capitalize()),
        Column("Type"),
        Column("Responsible"),
        Column("Reference", "id"),
        Column("Opened", "date"),
        Column("Status"),
    )
    sheet = Sheet(plural(words["work_unit"]).capitalize(), columns, map(_cells, rows))
    return spreadsheets.answer(request, "matters", sheet)


@require_safe
def matter(request: FirmRequest, number: str) -> HttpResponse:
    """Show one matter: what it is, for whom, and its history."""
    found = matter_of(request, number)
    context = {
        "matter": row_of(found),
        "history": timeline.of(matters.KIND, found.id),
        "may_edit": allows(request.person, Act.EDIT_MATTERS),
    }
    return show(request, "matters/matter.html", context)


def _client_name(request: FirmRequest, client_id: UUID | None) -> str:
    """Return whose matters are asked for; the address may name nobody, or somebody who is gone."""
    try:
        return contacts.visible_to(request.person, client_id).name if client_id else ""
    except Contact.DoesNotExist:
        return ""


def _cells(row: MatterRow) -> tuple[Cell, ...]:
    whose = (row.number, row.title, row.client, row.type, row.responsible)
    return (*whose, row.reference, row.opened_on, row.status_label)

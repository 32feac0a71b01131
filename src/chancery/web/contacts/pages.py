"""Reading contacts: the list, its export, and one contact with what hangs on it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.accounting import choices
from chancery.practice import contact_list as listed
from chancery.practice import contacts, matter_list
from chancery.practice.contact_list import ContactFilter
from chancery.practice.contacts import Contact
from chancery.practice.matter_list import MatterFilter
from chancery.practice.permissions import Act, allows
from chancery.reports.sheets import Column, Sheet
from chancery.trust import queries as trust
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.web.contacts.forms import FilterForm
from chancery.web.contacts.rows import row_of, view_of
from chancery.web.firm_of_request import FirmRequest
from chancery.web.matters.rows import row_of as matter_row_of
from chancery.web.payees import rows as payee_rows
from chancery.web.shell import keyset, spreadsheets, timeline, times
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of

_MATTERS_SHOWN = 10


@dataclass(frozen=True)
class AccountRow:
    """A trust bank account at this bank."""

    name: str
    kind: str
    number: str
    status: str


def contact_of(request: FirmRequest, contact_id: UUID) -> Contact:
    """Return the contact that the address names, of the reader's firm only; else there is no such page."""
    try:
        return contacts.visible_to(request.person, contact_id)
    except Contact.DoesNotExist as missing:
        raise Http404("No such contact.") from missing


@require_safe
def contact_list(request: FirmRequest) -> HttpResponse:
    """Show the contacts that fit, a page at a time."""
    words = words_of(request)
    form = FilterForm(request.GET, words=words)
    asked = form.asked()
    found = listed.found(request.person, asked)
    page = keyset.page_of(request, found, lambda one: row_of(one, words), order=listed.ORDER)
    context = {
        "form": form,
        "page": page,
        "is_narrowed": bool(asked),
        "asked_text": asked.text,
        "export_url": f"{reverse('contact_export')}?{request.GET.urlencode()}",
        "may_edit": allows(request.person, Act.EDIT_CONTACTS),
    }
    return show(request, "contacts/list.html", context)


@require_safe
def export(request: FirmRequest) -> HttpResponse:
    """Answer with the contacts that fit, all of them, as CSV or XLSX."""
    words = words_of(request)
    asked: ContactFilter = FilterForm(request.GET, words=words).asked()
    found = listed.found(request.person, asked)[: spreadsheets.ROWS_AT_MOST]
    rows = (row_of(one, words) for one in found.iterator(chunk_size=2000))
    titles = ("Name", "Kind", "Contact types", "E-mail", "Phone")
    sheet = Sheet(
        "Contacts",
        tuple(Column(title) for title in titles),
        ((row.name, row.kind, ", ".join(row.types), row.email, row.phone) for row in rows),
    )
    return spreadsheets.answer(request, "contacts", sheet)


@require_safe
def contact(request: FirmRequest, contact_id: UUID) -> HttpResponse:
    """Show one contact: its facts, its bank accounts or matters, its history."""
    found = contact_of(request, contact_id)
    of_client = matter_list.found(request.person, MatterFilter(client=found.id))
    context = {
        "contact": view_of(found, words_of(request), request.person.firm.country),
        "made_on": times.day_of(found.created_at, request.person.firm.time_zone),
        "open_url": f"{reverse('matter_add')}?client={found.id}",
        "accounts": [_account(account) for account in trust.accounts_at(found.id)],
        "matters": [matter_row_of(matter) for matter in of_client[:_MATTERS_SHOWN]],
        "matter_count": of_client.count(),
        "payee": payee_rows.of_contact(found.id, request.person),
        "has_package": choices.of_firm() is not None,
        "history": timeline.of(contacts.KIND, found.id),
        "may_edit": allows(request.person, Act.EDIT_CONTACTS),
    }
    return show(request, "contacts/contact.html", context)


def _account(account: TrustBankAccount) -> AccountRow:
    return AccountRow(
        name=account.name,
        kind=account.get_kind_display(),
        number=account.number_shown,
        status=account.get_status_display(),
    )

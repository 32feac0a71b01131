"""The registers beside the ledger as lists and files, all alike."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, require
from chancery.reports import registers
from chancery.reports.imprint import Fact
from chancery.reports.registers import Register
from chancery.trust import jurisdiction, register_lists, settings
from chancery.trust.rules.policy import Policy
from chancery.web.dormant.rows import rule_of
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import (
    controlled_rows,
    power_rows,
    protection_rows,
    shortage_rows,
    transit_rows,
)
from chancery.web.law_registers.filters import FilterForm
from chancery.web.law_registers.kinds import LawRegister
from chancery.web.movements.pages import may_keep
from chancery.web.shell import keyset, spreadsheets
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame

REGISTERS = {
    one.slug: one
    for one in (
        protection_rows.REGISTER,
        shortage_rows.REGISTER,
        controlled_rows.REGISTER,
        transit_rows.REGISTER,
        power_rows.REGISTER,
    )
}
_LIST = "law_registers/list.html"
_PDF_ROWS = 20_000


@require_safe
def register_page(request: FirmRequest, register: str) -> HttpResponse:
    """Show the records of a register that fit, the latest first."""
    require(request.person, Act.READ_MONEY)
    listed, words = REGISTERS[register], words_of(request)
    told = {"title": listed.title(words), "told": listed.told(words), "register": listed}
    if jurisdiction.of_firm() is None:
        return show(request, _LIST, {**told, "set_up_url": reverse("admin_trust")})
    policy = policy_of(listed)
    form = FilterForm(request.GET, register=listed)
    asked = form.asked()
    page = keyset.page_of(request, listed.found(asked), lambda one: one, order=register_lists.ORDER)
    context = {
        **told,
        "form": form,
        "filters": [field for field in form if not field.is_hidden],
        "page": page,
        "rows": listed.rows(request, list(page.rows)),
        "is_narrowed": bool(asked),
        "list_url": reverse("law_register", args=[register]),
        "export_url": f"{reverse('law_register_file', args=[register])}?{request.GET.urlencode()}",
        "add": listed.add(words),
        "add_url": reverse(listed.add_url),
        **may_keep(request, listed.act),
        **rules_beside(listed, policy),
    }
    return show(request, _LIST, context)


@require_safe
def file(request: FirmRequest, register: str) -> HttpResponse:
    """Answer with every row of the records that fit, as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    listed = REGISTERS[register]
    policy = policy_of(listed)
    is_pdf = request.GET.get("format") == "pdf"
    at_most = _PDF_ROWS if is_pdf else spreadsheets.ROWS_AT_MOST
    rows = listed.kept(FilterForm(request.GET, register=listed).asked())[:at_most]
    doc = _register(request, listed, list(rows), policy)
    name = f"{listed.slug}-{frame.today(request).isoformat()}"
    if is_pdf:
        return frame.pdf(name, registers.render(doc))
    return spreadsheets.answer(request, name, registers.sheet(doc))


def policy_of(listed: LawRegister) -> Policy:
    """Return the firm's rules, on whose strength the register is there; else there is no such page."""
    if jurisdiction.of_firm() is None:
        raise Http404("No jurisdiction is chosen yet.")
    policy = settings.policy()
    if not listed.is_here(policy):
        raise Http404("The place knows no such register.")
    return policy


def rules_beside(listed: LawRegister, policy: Policy) -> dict[str, Any]:
    """Return the rules of the place that stand beside a register and its forms."""
    rules = listed.rules(policy)
    ruled = {one.path for one in rules}
    told = [*policy.accounts.words, *policy.care.words]
    words = [one for one in told if one.path in listed.rule_words and one.path not in ruled]
    return {"rules": [rule_of(one) for one in rules], "place_words": words}


def _register(
    request: FirmRequest, listed: LawRegister, rows: list[Any], policy: Policy
) -> Register:
    words = words_of(request)
    told = [
        Fact(one.title, f"{one.in_words.capitalize()}. {one.rule}") for one in listed.rules(policy)
    ]
    return Register(
        imprint=frame.imprint(request),
        words=frame.document_words(request),
        title=listed.title(words),
        facts=tuple(told),
        columns=listed.columns(words, request.person.firm.currency),
        rows=tuple(listed.cells(one) for one in rows),
        when_empty=f"{listed.when_empty}.",
    )

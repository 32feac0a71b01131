"""Choose the accounting system, be told what that means, and back out while that is possible."""

from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods

from chancery.accounting import choices, connections, consents, departures
from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.permissions import Act
from chancery.tenancy.scope import firm_scope
from chancery.web.accounting.connection_pages import remember
from chancery.web.firm_of_request import FirmRequest, manages_transactions
from chancery.web.shell import answers

_PAGES = {"xero": "admin_xero", "standalone": "admin_standalone"}


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """Show the three options; once one is chosen, its page, or the way on to it."""
    choice = choices.of_firm()
    if choice is None:
        return answers.show(request, "accounting/choose.html", _may(request))
    if choice.package == "xero" and connections.of_firm() is None:
        return answers.show(request, "accounting/chosen.html", {**_may(request), "choice": choice})
    return answers.go(request, _PAGES[choice.package])


@require_http_methods(["GET", "POST"])
def choose(request: FirmRequest, package: str) -> HttpResponse:
    """Ask for what cannot be taken back; **I understand** chooses, and for Xero goes on to its page."""
    if package not in choices.LABELS:
        raise Http404("No such package.")
    permissions.require(request.person, Act.MANAGE_ACCOUNTING)
    context = {**_may(request), "package": package}
    if request.method == "GET":
        if choices.of_firm() is not None:
            return answers.go(request, "admin_accounting")
        return answers.show(request, "accounting/understand.html", context)
    try:
        with transaction.atomic():
            choices.choose(package=package, by=request.person, at=clock.now())
            if package == "standalone":
                return answers.go(request, "admin_standalone")
            began = consents.begin(by=request.person, at=clock.now())
    except Refusal as refusal:
        return answers.refused(
            request, refusal, "accounting/choose.html", _may(request), title="Not chosen"
        )
    remember(request, began.consent_id)
    return HttpResponseRedirect(began.address)


@manages_transactions
@require_http_methods(["GET", "POST"])
def back_out(request: FirmRequest) -> HttpResponse:
    """Ask, then take the choice back with all that hangs on it."""
    person = request.person
    with firm_scope(person.firm_id, user_id=person.user_id):
        permissions.require(person, Act.MANAGE_ACCOUNTING)
        choice, is_final = choices.of_firm(), choices.is_final()
        connection = connections.of_firm()
    if choice is None:
        return answers.go(request, "admin_accounting")
    context = {
        "label": choices.LABELS[choice.package],
        "is_xero": choice.package == "xero",
        "is_final": is_final,
        "connection": connection,
        "back_url": _PAGES[choice.package] if connection else "admin_accounting",
    }
    if request.method == "GET":
        return answers.show(request, "accounting/back_out.html", context)
    try:
        was_told = departures.back_out(by=person, at=clock.now())
    except Refusal as refusal:
        return answers.refused(
            request, refusal, "accounting/back_out.html", context, title="Not backed out"
        )
    return answers.go(request, _after(was_told=was_told))


def _after(*, was_told: bool) -> str:
    return "/admin/accounting/" if was_told else "/admin/accounting/?xero=not-told"


def _may(request: FirmRequest) -> dict[str, object]:
    return {
        "may_choose": permissions.allows(request.person, Act.MANAGE_ACCOUNTING),
        "was_not_told": request.GET.get("xero") == "not-told",
        "is_sandbox": consents.leads_to_sandbox(),
    }

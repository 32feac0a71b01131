"""The page of Admin > Trust accounting, and the choice of its system accounts."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from chancery.accounting import system_accounts
from chancery.accounting.accounts import UseOfAccount
from chancery.accounting.system_accounts import Wish
from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import jurisdiction
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers
from chancery.web.trust_setup import overview
from chancery.web.trust_setup.forms import CREATE, SystemAccountsForm
from chancery.web.trust_setup.system_view import system_form


@require_GET
def trust_page(request: FirmRequest) -> HttpResponse:
    """Show where the set-up stands."""
    return answers.show(request, overview.TEMPLATE, overview.context_of(request))


@require_http_methods(["GET", "POST"])
def system_page(request: FirmRequest) -> HttpResponse:
    """Show the card of the system accounts again (GET), or let accounts serve as them (POST)."""
    if request.method == "GET":
        context = overview.context_of(request)
        return answers.show(request, "trust_setup/system_card_renewed.html", context)
    require(request.person, Act.MANAGE_TRUST_SETUP)
    place = jurisdiction.of_firm()
    if place is None:
        raise jurisdiction.JurisdictionNotChosen
    form = system_form(place, request.POST)
    if not form.is_valid():
        context = overview.context_of(request, system_form=form)
        return answers.invalid(request, overview.TEMPLATE, context)
    try:
        system_accounts.save(wishes=_wishes(form), by=request.person, at=clock.now())
    except DetailsNotRight as refusal:
        for problem in refusal.problems:
            form.add_error(problem.field, problem.words)
        context = overview.context_of(request, system_form=form)
        return answers.invalid(request, overview.TEMPLATE, context)
    except Refusal as refusal:
        context = overview.context_of(request, system_form=form)
        return answers.refused(request, refusal, overview.TEMPLATE, context)
    messages.info(request, "System accounts saved")
    return answers.go(request, "admin_trust")


def _wishes(form: SystemAccountsForm) -> dict[UseOfAccount, Wish]:
    """Return what was chosen; what was left out stays as it is."""
    chosen = {UseOfAccount(name): value for name, value in form.cleaned_data.items() if value}
    return {use: "create" if value == CREATE else UUID(value) for use, value in chosen.items()}

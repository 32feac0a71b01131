"""Add a trust bank account in the window over the page."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from chancery.accounting import candidates, choices, trust_accounts
from chancery.accounting.trust_accounts import GlAccount, Opening
from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.firms import Firm
from chancery.practice.permissions import Act, require
from chancery.trust import bank_accounts, jurisdiction, queries
from chancery.trust.rules.packs import Pack
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers
from chancery.web.trust_setup import account_form, account_help, overview
from chancery.web.trust_setup.account_form import BankAccountForm, Offers
from chancery.web.trust_setup.forms import AUTO_CREATE, CHOOSE_ACCOUNT, CREATE, Choices


@require_http_methods(["GET", "POST"])
def add_page(request: FirmRequest) -> HttpResponse:
    """Show the window over the page (GET), or open the account (POST)."""
    require(request.person, Act.MANAGE_TRUST_SETUP)
    if request.method == "GET" and not (choices.of_firm() and jurisdiction.of_firm()):
        return answers.go(request, "admin_trust")  # that page says what comes first
    offers = _offers(request)
    if request.method == "GET":
        start = account_form.of_new(offers.banks, queries.prefixes_taken())
        return _window(request, BankAccountForm(initial=start, offers=offers), offers)
    form = BankAccountForm(request.POST, offers=offers)
    if not form.is_valid():
        return _window(request, form, offers)
    try:
        opened = trust_accounts.open_bank_account(
            opening=_opening(form), by=request.person, at=clock.now()
        )
    except DetailsNotRight as refusal:
        form.blame(refusal)
        return _window(request, form, offers)
    except Refusal as refusal:
        context = _window_context(request, form, offers)
        return answers.refused(request, refusal, overview.TEMPLATE, context)
    messages.info(request, account_help.told(f"{opened.account.name} is added", opened))
    return answers.go(request, "admin_trust")


@require_GET
def wording(request: FirmRequest) -> HttpResponse:
    """Show what the place asks of the name that is being typed, and whether it has it."""
    asked, place = request.GET, jurisdiction_of_firm()
    view = account_help.wording_of(
        place, asked.get("kind", ""), asked.get("name", ""), request.person.firm
    )
    return answers.show(request, "trust_setup/wording.html", {"wording": view})


def _window(request: FirmRequest, form: BankAccountForm, offers: Offers) -> HttpResponse:
    context = _window_context(request, form, offers)
    if form.is_bound:
        return answers.invalid(request, overview.TEMPLATE, context)
    return answers.show(request, overview.TEMPLATE, context)


def _window_context(request: FirmRequest, form: BankAccountForm, offers: Offers) -> dict[str, Any]:
    help_ = account_help.of_form(form, offers, request.person.firm)
    return overview.context_of(request) | {"window": {"form": form, "help": help_}}


def _offers(request: FirmRequest) -> Offers:
    """Return what may be chosen; an account that was asked for and is gone leaves nothing chosen."""
    place, banks = jurisdiction_of_firm(), queries.banks()
    gl_accounts = _gl_accounts(request.person.firm)
    if request.method == "GET" or gl_accounts is None:
        return Offers(place, banks, gl_accounts)
    asked = request.POST.get("gl_account", "")
    if asked in dict(gl_accounts):
        return Offers(place, banks, gl_accounts)
    choose_first = [("", CHOOSE_ACCOUNT), *gl_accounts]
    return Offers(place, banks, choose_first, gl_account_gone=_why_gone(asked))


def _why_gone(asked: str) -> str:
    try:
        return candidates.why_not_for_trust_bank(UUID(asked))
    except ValueError:
        return ""


def _gl_accounts(firm: Firm) -> Choices | None:
    """Return what may stand for the account in the package; None where no package is used."""
    choice = choices.of_firm()
    if choice is None:
        raise choices.NothingIsChosen
    if choice.package == "standalone":
        return None
    unused = candidates.for_trust_bank(firm.currency)
    return [(CREATE, AUTO_CREATE), *((str(account.id), str(account)) for account in unused)]


def _opening(form: BankAccountForm) -> Opening:
    typed = form.cleaned_data
    gl_account: GlAccount = None
    if asked := typed.get("gl_account"):
        gl_account = "create" if asked == CREATE else UUID(asked)
    status: bank_accounts.Status = "closed" if typed["status"] == "closed" else "open"
    return Opening(form.details(), status, gl_account)


def jurisdiction_of_firm() -> Pack:
    """Return the firm's place. Refuses: JurisdictionNotChosen."""
    place = jurisdiction.of_firm()
    if place is None:
        raise jurisdiction.JurisdictionNotChosen
    return place

"""Office accounts: in use, offered by Xero, still without a code; entered by hand without a package."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chancery.accounting import choices, connections, office_accounts
from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.office import bank_accounts
from chancery.office.bank_accounts import Details
from chancery.practice import permissions
from chancery.practice.permissions import Act
from chancery.trust import jurisdiction
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers
from chancery.web.shell.forms import PlainForm


class ByHand(PlainForm):
    """An office account of a firm that uses no package."""

    name = forms.CharField(label="Account name", max_length=150)
    code = forms.CharField(label="Code", max_length=10, help_text="Three digits, such as 090.")
    number = forms.CharField(label="Account number", max_length=60, required=False)


@require_GET
def index(request: FirmRequest) -> HttpResponse:
    """Show the office accounts and what Xero offers."""
    choice = choices.of_firm()
    if choice is not None and choice.package == "standalone":
        return answers.go(request, "admin_standalone")
    return answers.show(request, "accounting/office_accounts.html", _accounts(request))


@require_http_methods(["GET", "POST"])
def use(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Use an account of Xero's as an office account (POST); ask first about its name (GET)."""
    if request.method == "GET":
        return _ask_about_name(request, account_id)
    try:
        office_accounts.use(
            chart_account_id=account_id,
            even_though_named_trust=request.POST.get("even_though_named_trust") == "yes",
            by=request.person,
            at=clock.now(),
        )
    except office_accounts.NoSuchChartAccount as missing:
        raise Http404("No such account in the chart.") from missing
    except Refusal as refusal:
        return answers.refused(
            request,
            refusal,
            "accounting/office_accounts.html",
            _accounts(request),
            title="Not taken",
        )
    return answers.go(request, "office_accounts")


def _ask_about_name(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Say what the name says, and ask whether the account is the firm's own all the same."""
    permissions.require(request.person, Act.MANAGE_ACCOUNTING)
    try:
        account = office_accounts.visible(account_id)
    except office_accounts.NoSuchChartAccount as missing:
        raise Http404("No such account in the chart.") from missing
    trust_words = office_accounts.named_trust(account)
    if not trust_words:
        return answers.go(request, "office_accounts")
    context = _accounts(request) | {"asked": account, "trust_words": trust_words}
    return answers.show(request, "accounting/office_accounts.html", context)


@require_POST
def stop_using(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Give up an office account that nothing here refers to."""
    try:
        office_accounts.stop_using(office_account_id=account_id, by=request.person, at=clock.now())
    except bank_accounts.NoSuchOfficeAccount as missing:
        raise Http404("No such office account.") from missing
    except Refusal as refusal:
        return answers.refused(
            request,
            refusal,
            "accounting/office_accounts.html",
            _accounts(request),
            title="Not given up",
        )
    return answers.go(
        request, "office_accounts"
    )  # which leads on to the page of a firm without a package


@require_http_methods(["GET", "POST"])
def standalone(request: FirmRequest) -> HttpResponse:
    """Show a firm without a package its choice and its office accounts, and enter one by hand."""
    choice = choices.of_firm()
    if choice is None or choice.package != "standalone":
        return answers.go(request, "admin_accounting")
    form = ByHand(request.POST if request.method == "POST" else None)
    context = {**_accounts(request), "choice": choice, "form": form}
    if request.method == "GET":
        return answers.show(request, "accounting/standalone.html", context)
    if not form.is_valid():
        return answers.invalid(request, "accounting/standalone.html", context)
    entered = form.cleaned_data
    details = Details(
        name=entered["name"],
        code=entered["code"],
        number_shown=entered["number"],
        currency=request.person.firm.currency,
    )
    try:
        office_accounts.enter(details=details, by=request.person, at=clock.now())
    except Refusal as refusal:
        return answers.refused(request, refusal, "accounting/standalone.html", context)
    return answers.go(request, "admin_standalone")


def _accounts(request: FirmRequest) -> dict[str, object]:
    offered = office_accounts.offered()
    named = jurisdiction.trust_words_in(account.name for account in offered)
    return {
        "accounts": bank_accounts.of_firm(),
        "offered": [(account, named.get(account.name, "")) for account in offered],
        "without_code": office_accounts.without_code(),
        "connection": connections.of_firm(),
        "may_manage": (may_manage := permissions.allows(request.person, Act.MANAGE_ACCOUNTING)),
        "may_stop": may_manage and not choices.is_final(),
        "may_refresh": permissions.allows(request.person, Act.REFRESH_ACCOUNTING),
    }

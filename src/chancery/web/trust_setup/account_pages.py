"""One trust bank account: change it on its page, close it, open it again, and see where it stands."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from chancery.accounting import trust_accounts
from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.permissions import Act, require
from chancery.trust import bank_accounts, queries
from chancery.trust.bank_accounts import NoSuchAccount, TrustBankAccount
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers, timeline
from chancery.web.trust_setup import account_form, account_help, overview
from chancery.web.trust_setup.account_form import BankAccountForm, Offers
from chancery.web.trust_setup.add_account_pages import jurisdiction_of_firm
from chancery.web.trust_setup.forms import ReasonForm

PAGE = "trust_setup/account.html"
CLOSING = "trust_setup/closing.html"


@require_http_methods(["GET", "POST"])
def account_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show an account with its history (GET), or change it (POST)."""
    account = _account(account_id)
    offers = _offers(account)
    if request.method == "GET":
        start = account_form.of_account(account, offers.place)
        form = BankAccountForm(initial=start, offers=offers)
        return answers.show(request, PAGE, _page_context(request, account, form))
    require(request.person, Act.MANAGE_TRUST_SETUP)
    form = BankAccountForm(request.POST, offers=offers)
    if not form.is_valid():
        return answers.invalid(request, PAGE, _page_context(request, account, form))
    try:
        changed = trust_accounts.change_bank_account(
            account_id=account.id,
            details=form.details(),
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
        )
    except DetailsNotRight as refusal:
        form.blame(refusal)
        return answers.invalid(request, PAGE, _page_context(request, account, form))
    except Refusal as refusal:
        newest = _on_newest(account, form, offers)
        return answers.refused(request, refusal, PAGE, _page_context(request, account, newest))
    messages.info(request, account_help.told(f"{changed.account.name} is saved", changed))
    return answers.go(request, "admin_trust")


@require_GET
def standing(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the account's row again, as it stands now."""
    row = overview.account_views(
        [_account(account_id)], jurisdiction_of_firm(), request.person.firm
    )[0]
    context = overview.context_of(request) | {"account": row}
    return answers.show(request, "trust_setup/account_row_renewed.html", context)


@require_http_methods(["GET", "POST"])
def closing_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Ask why the account is closed, or opened again (GET), and do it (POST)."""
    account = _account(account_id)
    require(request.person, Act.MANAGE_TRUST_SETUP)
    form = ReasonForm(request.POST or None)
    context = {"account": account, "form": form, "closes": account.status == "open"}
    if request.method == "GET":
        return answers.show(request, CLOSING, context)
    turn = bank_accounts.close if request.POST.get("turn") == "close" else bank_accounts.reopen
    form.is_valid()
    reason = form.cleaned_data.get("reason", "")
    try:
        turned = turn(account_id=account.id, reason=reason, by=request.person, at=clock.now())
    except bank_accounts.ReasonMissing as refusal:
        form.add_error("reason", str(refusal))
        return answers.invalid(request, CLOSING, context)
    except Refusal as refusal:
        return answers.refused(request, refusal, CLOSING, context, title="Not done")
    messages.info(request, f"{turned.name} is {turned.status}")
    return answers.go(request, "admin_trust")


def _account(account_id: UUID) -> TrustBankAccount:
    try:
        return bank_accounts.visible(account_id)
    except NoSuchAccount as refusal:
        raise Http404(str(refusal)) from refusal


def _offers(account: TrustBankAccount) -> Offers:
    """Return what may be chosen: every bank, and the account's own even if it is none any more."""
    banks = list(queries.banks())
    if account.bank and account.bank not in banks:
        banks.append(account.bank)
    return Offers(jurisdiction_of_firm(), banks, asks_status=False)


def _page_context(
    request: FirmRequest, account: TrustBankAccount, form: BankAccountForm
) -> dict[str, Any]:
    offers = _offers(account)
    row = overview.account_views([account], offers.place, request.person.firm)[0]
    allowed = permissions.allows(request.person, Act.MANAGE_TRUST_SETUP)
    return {
        "account": row,
        "form": form,
        "help": account_help.of_form(form, offers, request.person.firm, kept=row.kept),
        "may_change": allowed,
        "read_only": "" if allowed else str(permissions.NotAllowed(Act.MANAGE_TRUST_SETUP)),
        "history": timeline.of(bank_accounts.KIND, account.id),
    }


def _on_newest(account: TrustBankAccount, form: BankAccountForm, offers: Offers) -> BankAccountForm:
    """Return what was typed on the account as it stands now, so that saving again goes through."""
    newest_version = bank_accounts.visible(account.id).version
    typed = {**dict(form.data.items()), "version": str(newest_version)}
    newest = BankAccountForm(typed, offers=offers)
    newest.is_valid()
    return newest

"""Opening a matter's own bank account, changing its details, and reading one with all its versions."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.ledger.statements import Stretch
from chancery.practice.permissions import Act, allows, require
from chancery.reports import registers
from chancery.trust import client_ledgers, controlled_accounts, jurisdiction, queries, spendable
from chancery.trust.controlled_accounts import ControlledAccount
from chancery.trust.rules import bank_numbers
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import own_account_paper, recording
from chancery.web.law_registers.controlled_rows import REGISTER
from chancery.web.law_registers.forms import ChangeForm, OwnAccountForm
from chancery.web.law_registers.pages import policy_of, rules_beside
from chancery.web.matter_money import statement
from chancery.web.movements.pages import may_keep
from chancery.web.shell import spreadsheets, timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame
from chancery.web.trust_setup import account_help


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Ask for which matter an account is opened, where, and by which direction; open it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    policy = policy_of(REGISTER)
    if not queries.matter_by_matter():
        return show(request, "law_registers/no_umbrella.html", {"list_url": _list_url()})
    told: dict[str, Any] = {"person": request.person, "words": words_of(request), "policy": policy}
    form = recording.form_of(
        request, lambda data, initial: OwnAccountForm(data, initial=initial, **told), {}
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        account = form.accounts[form.cleaned_data["account"]]
        matter = form.matter_found()
        opened = controlled_accounts.open(
            matter=matter, account=account, details=form.details(), **who
        )
        said = account_help.told(f"The account of {matter.number} is open", opened)
        return opened.account.ledger, "own_account", said

    context = {
        "title": REGISTER.add(words_of(request)),
        "asks_matter": True,
        "list_url": _list_url(),
        **rules_beside(REGISTER, policy),
    }
    return recording.answer(request, form, deed, "law_registers/own_account_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: FirmRequest, ledger_id: UUID) -> HttpResponse:
    """Ask for the changed details of an account; the earlier ones stay in the register."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    kept = _account_of(ledger_id)
    policy = policy_of(REGISTER)
    words = words_of(request)
    form = recording.form_of(
        request,
        lambda data, initial: ChangeForm(data, initial=initial, policy=policy, words=words),
        _as_typed(kept),
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        changed = controlled_accounts.change(ledger=kept.ledger, details=form.details(), **who)
        said = account_help.told("The changed details are in the register", changed)
        return kept.ledger, "own_account", said

    context = {
        "title": f"Change the details of {kept.name}",
        "kept": kept,
        "list_url": _list_url(),
        **rules_beside(REGISTER, policy),
    }
    return recording.answer(request, form, deed, "law_registers/own_account_form.html", context)


@require_safe
def account(request: FirmRequest, ledger_id: UUID) -> HttpResponse:
    """Show an account as it now stands, what it holds, its earlier details and its history."""
    require(request.person, Act.READ_MONEY)
    kept = _account_of(ledger_id)
    turns = controlled_accounts.turns_of(kept.ledger)
    file_url = reverse("own_account_file", args=[ledger_id])
    day = recording.today(request)
    context = {
        "kept": kept,
        "turns": turns,
        "held_for": turns[-1].reason,
        "matter": kept.ledger.matter,
        "stands": spendable.of_ledger(kept.ledger, on=day),
        "statement": statement.page_of(
            kept.ledger, Stretch(), after=request.GET.get("after", ""), today=day
        ),
        "currency": kept.ledger.account.currency,
        "may_take": allows(request.person, Act.TAKE_RECEIPTS),
        "list_url": _list_url(),
        "print_url": f"{file_url}?format=pdf",
        "export_url": f"{file_url}?",
        "history": timeline.of(client_ledgers.KIND, kept.ledger_id),
        **may_keep(request),
    }
    return show(request, "law_registers/own_account.html", context)


@require_safe
def file(request: FirmRequest, ledger_id: UUID) -> HttpResponse:
    """Answer with the register of one account as PDF, CSV or XLSX."""
    require(request.person, Act.READ_MONEY)
    kept = _account_of(ledger_id)
    turns = controlled_accounts.turns_of(kept.ledger)
    turns[0].ledger = kept.ledger
    doc = own_account_paper.register_of(request, turns)
    name = f"own-account-{recording.today(request).isoformat()}"
    if request.GET.get("format") == "pdf":
        return frame.pdf(name, registers.render(doc))
    return spreadsheets.answer(request, name, registers.sheet(doc))


def _account_of(ledger_id: UUID) -> ControlledAccount:
    """Return the account of a ledger of the reader's firm; else there is no such page."""
    try:
        ledger = client_ledgers.visible(ledger_id)
    except client_ledgers.NoSuchLedger as missing:
        raise Http404(str(missing)) from missing
    kept = controlled_accounts.of_ledger(ledger)
    if kept is None:
        raise Http404("This ledger has no bank account of its own.")
    kept.ledger = ledger
    return kept


def _as_typed(kept: ControlledAccount) -> dict[str, Any]:
    place = jurisdiction.of_firm()
    fields = place.bank_number_fields if place else ()
    shown = {
        f"number_{field.key}": bank_numbers.read(field.check, kept.number[field.key]).display
        for field in fields
        if kept.number.get(field.key)
    }
    return {
        "bank": str(kept.bank_id),
        "name": kept.name,
        "direction": kept.direction,
        "direction_on": kept.direction_on,
        **shown,
    }


def _list_url() -> str:
    return reverse("law_register", args=[REGISTER.slug])

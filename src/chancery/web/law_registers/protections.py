"""Protecting money of a ledger, releasing it, and reading one protected amount."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib.money import Money
from chancery.practice.permissions import Act, require
from chancery.trust import account_ledgers, protections, spendable
from chancery.trust.protections import Protection
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import recording
from chancery.web.law_registers.protection_forms import ProtectForm, ReleaseForm
from chancery.web.law_registers.protection_rows import REGISTER, whose_money
from chancery.web.movements.pages import may_keep
from chancery.web.shell import timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Ask which money may not leave and why; protect it. Looking protects nothing."""
    require(request.person, Act.PROTECT_MONEY)
    if not account_ledgers.open_accounts():
        return show(request, "receipts/no_account.html")
    words = words_of(request)

    def build(data: Any, initial: dict[str, Any]) -> ProtectForm:
        if data is None and (ledger := request.GET.get("ledger")):
            return ProtectForm.about(ledger, words=words, initial=initial)
        return ProtectForm(data, words=words, initial=initial)

    form = recording.form_of(request, build, {})

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        ledger, amount = form.parts[0]
        reason = form.cleaned_data["reason"]
        made = protections.protect(ledger=ledger, amount=amount, reason=reason, **who)
        return made, "protection", "The money is protected."

    context = {
        "list_url": _list_url(),
        "line": form.line(1),
        "currency": form.currency,
        **_effect(request),
    }
    return recording.answer(request, form, deed, "law_registers/protection_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: FirmRequest, protection_id: UUID) -> HttpResponse:
    """Ask why a protected amount may leave again; release it."""
    require(request.person, Act.PROTECT_MONEY)
    kept = _protection_of(protection_id)
    form = recording.form_of(request, lambda data, initial: ReleaseForm(data, initial=initial), {})

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        del who["key"]  # an amount is released once, whichever form says so
        protections.release(protection=kept, reason=form.cleaned_data["reason"], **who)
        return kept, "protection", "The money may leave again."

    context = {"list_url": _list_url(), **_shown(kept)}
    return recording.answer(request, form, deed, "law_registers/protection_release.html", context)


@require_safe
def protection(request: FirmRequest, protection_id: UUID) -> HttpResponse:
    """Show one protected amount, its ledger as it stands, its end and its history."""
    require(request.person, Act.READ_MONEY)
    kept = _protection_of(protection_id)
    file_url = reverse("law_register_file", args=[REGISTER.slug])
    context = {
        "list_url": _list_url(),
        "stands": spendable.of_ledger(kept.ledger, on=recording.today(request)),
        "print_url": f"{file_url}?only={kept.id}&format=pdf",
        "history": timeline.of(protections.KIND, kept.id),
        **_shown(kept),
        **may_keep(request, Act.PROTECT_MONEY),
    }
    return show(request, "law_registers/protection.html", context)


def _shown(kept: Protection) -> dict[str, Any]:
    whose, of_whom = whose_money(kept.ledger)
    currency = kept.ledger.account.currency
    return {
        "kept": kept,
        "end": getattr(kept, "end", None),
        "matter": kept.ledger.matter,
        "whose": whose,
        "of_whom": of_whom,
        "amount": Money(kept.amount_minor, currency),
        "currency": currency,
    }


def _effect(request: FirmRequest) -> dict[str, Any]:
    """Return what the form as typed would do to its ledger, where a ledger is chosen."""
    if request.method != "POST":
        return {}
    typed = ProtectForm(request.POST, words=words_of(request), initial={})
    typed.is_valid()
    if not typed.parts:
        return {}
    ledger, amount = typed.parts[0]
    stands = spendable.of_ledger(ledger, on=recording.today(request))
    return {"stands": stands, "asked": amount, "left": stands.available - amount}


def _protection_of(protection_id: UUID) -> Protection:
    """Return the amount that the address names, of the reader's firm only; else there is no such page."""
    try:
        return protections.visible(protection_id)
    except protections.NoSuchProtection as missing:
        raise Http404(str(missing)) from missing


def _list_url() -> str:
    return reverse("law_register", args=[REGISTER.slug])

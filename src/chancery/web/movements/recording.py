"""Recording a movement: the form, what it would do, and the deed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock, ids
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import (
    account_ledgers,
    advances,
    bank_charges,
    interest,
    own_funds,
    statutory_deposits,
)
from chancery.trust.movements import Movement
from chancery.web.firm_of_request import FirmRequest
from chancery.web.movements import effects
from chancery.web.movements.forms import AccountForm, AdvanceForm, InterestForm
from chancery.web.movements.kinds import ACTS, REGISTERS, RecordedAct
from chancery.web.movements.pages import policy_of, rules_beside
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.forms import tell
from chancery.web.shell.words import words_of

_FORM = "movements/form.html"
_BROUGHT = ("account", "matter_text_1", "ledger_1", "amount", "reason")
AnyForm = AccountForm | InterestForm | AdvanceForm


_ON_ACCOUNT: dict[str, Callable[..., Movement]] = {
    "interest-for-others": interest.hold_for_others,
    "interest-paid-on": interest.pay_on,
    "own-money-in": own_funds.pay_in,
    "own-money-out": own_funds.pay_out,
    "deposit-made": statutory_deposits.make,
    "deposit-drawn": statutory_deposits.draw,
}
_ON_LEDGER: dict[str, Callable[..., Movement]] = {
    "advance": advances.lend,
    "advance-back": advances.recover,
}


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: FirmRequest, act: str) -> HttpResponse:
    """Show the form of an act; record what it brings. Buttons that only show post nothing."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    recorded = ACTS[act]
    listed = REGISTERS[recorded.register]
    policy = policy_of(listed)
    if not account_ledgers.open_accounts():
        return show(request, "receipts/no_account.html")
    form = _form(request, recorded)
    form.fields["reason"].help_text = recorded.in_words(recorded.reason, words_of(request))
    context = {
        "form": form,
        "act": recorded,
        "title": recorded.in_words(recorded.title, words_of(request)),
        "told": recorded.in_words(recorded.told, words_of(request)),
        "list_title": listed.title.format_map(words_of(request)),
        "list_url": reverse("movement_list", args=[listed.slug]),
        "currency": form.currency,
        "has_lines": not isinstance(form, AccountForm),
        "may_split": isinstance(form, InterestForm),
        **rules_beside(listed, policy),
    }
    if request.method == "POST" and request.POST.get("act") not in ("look", "more"):
        return _post(request, recorded, form, context)
    if request.method == "POST":
        looked = _bound(request, recorded)
        context["effect"] = effects.of(recorded, looked, today=_today(request))
    return show(request, _FORM, context)


def _post(
    request: FirmRequest, act: RecordedAct, form: AnyForm, context: dict[str, Any]
) -> HttpResponse:
    context["effect"] = effects.of(act, form, today=_today(request))
    if not form.is_valid():
        return invalid(request, _FORM, context)
    try:
        made = _deed(request, act, form)
    except DetailsNotRight as refusal:
        beside = form.beside_fields(refusal) if isinstance(form, InterestForm) else refusal
        tell(form, beside)
        return invalid(request, _FORM, context)
    except Refusal as refusal:
        return refused(request, refusal, _FORM, context, title="Not recorded")
    if len(made) == 1:
        messages.info(request, f"{made[0].number_shown} is posted.")
        return go(request, "movement", made[0].id)
    messages.info(request, f"Interest of {len(made)} ledgers is posted.")
    return go(request, "movement_list", act.register)


def _deed(request: FirmRequest, act: RecordedAct, form: AnyForm) -> list[Movement]:
    told: dict[str, Any] = {
        "said": form.said(),
        "by": request.person,
        "at": clock.now(),
        "today": _today(request),
        "key": str(form.cleaned_data["key"]),
    }
    if isinstance(form, AdvanceForm):
        ledger, amount = form.parts[0]
        return [_ON_LEDGER[act.slug](ledger=ledger, amount=amount, **told)]
    account = form.account_chosen
    assert account, "an account is open, and chosen"
    if isinstance(form, InterestForm):
        return interest.credit_clients(account=account, shares=form.shares(), **told)
    amount = form.cleaned_data["amount"]
    if act.slug == "bank-charge":
        return [bank_charges.record(account=account, charge=amount, **told)]
    return [_ON_ACCOUNT[act.slug](account=account, amount=amount, **told)]


def _form(request: FirmRequest, act: RecordedAct) -> AnyForm:
    """Return the form: fresh, bound to what is to be posted, or with what was typed, not judged yet."""
    if request.method != "POST":
        brought = {name: request.GET[name] for name in _BROUGHT if name in request.GET}
        return _class_of(act)(
            words=words_of(request), initial={"on": _today(request), "key": ids.new(), **brought}
        )
    if request.POST.get("act") not in ("look", "more"):
        return _bound(request, act)
    typed = request.POST.dict()
    if request.POST.get("act") == "more":
        typed["count"] = str(_lines(_bound(request, act)) + 1)
    return _class_of(act)(words=words_of(request), initial=typed)


def _bound(request: FirmRequest, act: RecordedAct) -> AnyForm:
    return _class_of(act)(request.POST, words=words_of(request), initial={})


def _lines(form: AnyForm) -> int:
    return form.count if isinstance(form, InterestForm) else 0


def _class_of(act: RecordedAct) -> type[AccountForm] | type[InterestForm] | type[AdvanceForm]:
    if act.slug == "interest":
        return InterestForm
    return AdvanceForm if act.slug in _ON_LEDGER else AccountForm


def _today(request: FirmRequest) -> date:
    return clock.today(request.person.firm.time_zone)

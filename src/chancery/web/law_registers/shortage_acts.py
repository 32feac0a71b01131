"""Recording a shortage by hand, and what is done about one: cause, restoration, notification, its end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from chancery.practice.permissions import Act, require
from chancery.trust import account_ledgers, deficiencies, deficiency_steps, shortfalls
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import recording
from chancery.web.law_registers.pages import policy_of, rules_beside
from chancery.web.law_registers.shortage_forms import RestoreForm, StepForm
from chancery.web.law_registers.shortage_rows import REGISTER
from chancery.web.law_registers.shortages import case_of, told_of
from chancery.web.movements.forms import AccountForm
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of


@dataclass(frozen=True)
class StepAct:
    """Something that is noted of a case: its deed, its words on the form and after it."""

    deed: Callable[..., object]
    title: str
    button: str
    hint: str
    said: str
    has_reference: bool = False


STEPS = {
    "cause": StepAct(
        deficiency_steps.explain,
        "Say what caused it",
        "Record the cause",
        "What happened, and what keeps it from happening again",
        "The cause is in the register.",
    ),
    "notification": StepAct(
        deficiency_steps.notify,
        "Record that the regulator was told",
        "Record the notification",
        "Whom, how, and of what",
        "The notification is in the register.",
        has_reference=True,
    ),
    "closing": StepAct(
        deficiency_steps.close,
        "Close the case",
        "Close the case",
        "What settled it; where the regulator was not told, why not",
        "The case is closed.",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Ask what the bank lacks, as a line of its statement shows; record it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    if not account_ledgers.open_accounts():
        return show(request, "receipts/no_account.html")
    words = words_of(request)
    form = recording.form_of(
        request,
        lambda data, initial: AccountForm(data, words=words, initial=initial),
        {"on": recording.today(request)},
    )
    form.fields["reason"].label = "What the statement shows"
    form.fields["reason"].help_text = "Such as: withdrawn by somebody unknown, told to the bank"

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        account = form.account_chosen
        assert account, "an account is open, and chosen"
        amount = form.cleaned_data["amount"]
        made = deficiencies.record(account=account, amount=amount, said=form.said(), **who)
        return made, "shortage", "The shortage is in the register."

    context = {
        "list_url": reverse("law_register", args=[REGISTER.slug]),
        "currency": form.currency,
        **rules_beside(REGISTER, policy_of(REGISTER)),
    }
    return recording.answer(request, form, deed, "law_registers/shortage_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: FirmRequest, deficiency_id: UUID) -> HttpResponse:
    """Ask what of the firm's money makes a shortage good; record it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    case = case_of(deficiency_id)
    form = recording.form_of(
        request,
        lambda data, initial: RestoreForm(
            data, initial=initial, currency=shortfalls.currency_of(case)
        ),
        {"on": recording.today(request), "amount": str(shortfalls.missing(case))},
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        amount = form.cleaned_data["amount"]
        deficiencies.restore(case=case, amount=amount, said=form.said(), **who)
        return case, "shortage", "The restoration is posted."

    context = {**told_of(case), **rules_beside(REGISTER, policy_of(REGISTER))}
    return recording.answer(request, form, deed, "law_registers/shortage_restore.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def note(request: FirmRequest, deficiency_id: UUID, step: str) -> HttpResponse:
    """Ask for a step about a case in words; record it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    case, act = case_of(deficiency_id), STEPS[step]
    form = recording.form_of(
        request,
        lambda data, initial: StepForm(
            data, initial=initial, has_reference=act.has_reference, hint=act.hint
        ),
        {"on": recording.today(request)},
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        act.deed(case=case, noted=form.noted(), **who)
        return case, "shortage", act.said

    context = {
        "act": act,
        **told_of(case),
        **rules_beside(REGISTER, policy_of(REGISTER)),
    }
    return recording.answer(request, form, deed, "law_registers/shortage_step.html", context)

"""The list of money that lies still, and one ledger with what was done about it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, NotAllowed, allows, require
from chancery.trust import client_ledgers, dormant, jurisdiction
from chancery.trust.client_ledgers import TrustLedger
from chancery.trust.dormant import DormantFilter, StepDetails, StepKind
from chancery.trust.rules import residual
from chancery.web.dormant.rows import rows_of, rule_of, step_row
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import keyset, timeline
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm
from chancery.web.trust_accounts import frame

_LIST = "dormant/list.html"
_ONE = "dormant/ledger.html"
_STEPS = (("", "All"), ("none", "Nothing done yet"), ("some", "Steps taken"))


class FilterForm(PlainForm):
    """What the list is narrowed to; an unknown choice is as none."""

    text = forms.CharField(label="Find", max_length=100, required=False)
    steps = forms.ChoiceField(label="Steps", choices=_STEPS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "input small"

    def asked(self) -> DormantFilter:
        """Return what is asked for."""
        self.is_valid()
        typed = self.cleaned_data
        return DormantFilter(text=typed.get("text", ""), steps=typed.get("steps", ""))


class StepForm(PlainForm):
    """What was done about the money."""

    kind = forms.ChoiceField(label="What was done", choices=StepKind.choices)
    on = DayField(label="On")
    words = forms.CharField(label="In a few words", widget=forms.Textarea({"rows": 2}))
    authority = forms.CharField(
        label="The regulator's authority",
        required=False,
        help_text="Its date and reference, where it was given",
    )
    met = forms.MultipleChoiceField(
        label="Conditions of the place that are met",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, conditions: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if conditions:
            field = self.fields["met"]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(one, one.capitalize()) for one in conditions]
        else:
            del self.fields["met"]

    def details(self) -> StepDetails:
        """Return what was typed."""
        typed = self.cleaned_data
        return StepDetails(
            kind=StepKind(typed["kind"]),
            on=typed["on"],
            words=typed["words"],
            authority=typed["authority"],
            met=frozenset(typed.get("met", ())),
        )


@require_safe
def dormant_list(request: FirmRequest) -> HttpResponse:
    """Show the ledgers whose money lies still, the longest first."""
    require(request.person, Act.READ_MONEY)
    if jurisdiction.of_firm() is None:
        return show(request, _LIST, {"set_up_url": reverse("admin_trust")})
    form, on = FilterForm(request.GET), frame.today(request)
    asked, policy = form.asked(), dormant.policy()
    found = dormant.found(asked, on=on)
    page = keyset.page_of(request, found, lambda one: one, order=dormant.ORDER)
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page.rows, on=on),
        "is_narrowed": bool(asked),
        "export_url": f"{reverse('dormant_money_file')}?{request.GET.urlencode()}",
        "rules": [rule_of(policy.care.dormancy), rule_of(policy.care.charity)],
        "place_words": residual.steps(policy),
        "place": policy.pack.label,
    }
    return show(request, _LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_page(request: FirmRequest, ledger_id: UUID) -> HttpResponse:
    """Show what was done about one ledger's money (GET); write down a step (POST)."""
    require(request.person, Act.READ_MONEY)
    ledger, today = _ledger(ledger_id), frame.today(request)
    charity = dormant.policy().care.charity
    posted = request.POST if request.method == "POST" else None
    form = StepForm(posted, conditions=charity.value.conditions, initial={"on": today})
    context = _context(request, ledger, form)
    if request.method != "POST":
        return show(request, _ONE, context)
    require(request.person, Act.LOOK_INTO_DORMANT)
    if not form.is_valid():
        return invalid(request, _ONE, context)
    try:
        dormant.record(
            ledger_id=ledger.id,
            details=form.details(),
            by=request.person,
            at=clock.now(),
            today=today,
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _ONE, context)
    messages.info(request, "The step is written down")
    return go(request, "dormant_ledger", ledger.id)


def _ledger(ledger_id: UUID) -> TrustLedger:
    try:
        ledger = client_ledgers.visible(ledger_id)
    except client_ledgers.NoSuchLedger as refusal:
        raise Http404(str(refusal)) from refusal
    if ledger.matter is None:
        raise Http404("No client's ledger.")
    return ledger


def _context(request: FirmRequest, ledger: TrustLedger, form: StepForm) -> dict[str, Any]:
    policy = dormant.policy()
    currency = ledger.account.currency
    return {
        "ledger": rows_of([ledger], on=frame.today(request))[0],
        "currency": currency,
        "form": form,
        "steps": [
            step_row(step, currency) for step in dormant.steps_of([ledger.id]).get(ledger.id, [])
        ],
        "rules": [rule_of(policy.care.dormancy), rule_of(policy.care.charity)],
        "may_record": allows(request.person, Act.LOOK_INTO_DORMANT),
        "who_may": str(NotAllowed(Act.LOOK_INTO_DORMANT)),
        "history": timeline.of(client_ledgers.KIND, ledger.id),
    }

"""Admin > Trust accounting > Settings: the firm's stricter values, its habits, the types that hold money."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib import clock
from chancery.lib.money import Money, NotAnAmount
from chancery.lib.refusals import Refusal
from chancery.practice import matters
from chancery.practice.permissions import Act, NotAllowed, allows, require
from chancery.trust import holding_types, jurisdiction, settings
from chancery.trust.rules.overrides import OVERRIDABLE, Overridable
from chancery.trust.rules.policy_coverage import every_setting
from chancery.trust.rules.ruled import Reading, Ruled
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.forms import PlainForm
from chancery.web.trust_setup.value_form import ValueForm, initial_of

_LIST = "trust_setup/settings.html"
_ONE = "trust_setup/setting.html"
_HABITS = "trust_setup/habits.html"
_TYPES = "trust_setup/holding_types.html"


@dataclass(frozen=True)
class SettingRow:
    """A setting: what the place asks, how far that is known, and the firm's own where it is stricter."""

    path: str
    title: str
    hint: str
    place: str
    rule: str
    confidence: str
    is_known: bool
    note: str
    own: str


class HabitsForm(PlainForm):
    """What the firm does beside the rules."""

    uses_deposit_slips = forms.BooleanField(label="Uses deposit slips", required=False)
    daily_limit = forms.CharField(
        label="One person releases in a day at most",
        required=False,
        help_text="Empty: no limit. So that splitting a payment does not dodge another limit.",
    )

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency

    def clean_daily_limit(self) -> Money | None:
        """Return the limit as money."""
        typed = self.cleaned_data["daily_limit"].strip()
        try:
            return Money.parse(typed, self.currency) if typed else None
        except NotAnAmount as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class TypesForm(PlainForm):
    """The types of work whose matters may hold client money."""

    types = forms.MultipleChoiceField(
        label="May hold money",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None ticked: every type may.",
    )


@require_safe
def settings_page(request: FirmRequest) -> HttpResponse:
    """Show every setting that the firm may tighten, its habits, and the types that hold money."""
    if jurisdiction.of_firm() is None:
        return show(request, _LIST, {"is_early": True})
    kept = settings.habits(request.person.firm.currency)
    chosen = holding_types.named()
    types = [one.name for one in matters.types_of(request.person) if one.id in chosen]
    rows = [_row(setting) for setting in OVERRIDABLE.values()]
    context = {
        "rows": rows,
        "unsure_count": sum(not row.is_known for row in rows),
        "habits": kept,
        "currency": request.person.firm.currency,
        "types": types,
        "may_change": allows(request.person, Act.MANAGE_TRUST_SETUP),
        "who_may": str(NotAllowed(Act.MANAGE_TRUST_SETUP)),
        "history": timeline.of(settings.KIND, request.person.firm_id),
    }
    return show(request, _LIST, context)


@require_http_methods(["GET", "HEAD", "POST"])
def setting_page(request: FirmRequest, path: str) -> HttpResponse:
    """Show one setting with the place's rule (GET); set it more strictly, or as the place has it (POST)."""
    setting = OVERRIDABLE.get(path)
    if setting is None:
        raise Http404("No such setting.")
    place = _place(setting)
    own = settings.policy_values().get(path)
    posted = request.POST if request.method == "POST" else None
    start = {} if own is None else initial_of(setting.kind, own)
    form = ValueForm(posted, setting=setting, place=place, initial=start)
    context: dict[str, Any] = {
        "row": _row(setting),
        "form": form,
        "may_change": allows(request.person, Act.MANAGE_TRUST_SETUP),
        "who_may": str(NotAllowed(Act.MANAGE_TRUST_SETUP)),
    }
    if request.method != "POST":
        return show(request, _ONE, context)
    require(request.person, Act.MANAGE_TRUST_SETUP)
    clears = request.POST.get("act") == "clear"
    if not clears and not form.is_valid():
        return invalid(request, _ONE, context)
    value = None if clears else form.value()
    try:
        settings.set_stricter(path=path, value=value, by=request.person, at=clock.now())
    except Refusal as refusal:
        return form_refused(request, refusal, _ONE, context)
    messages.info(request, "The value of the place holds again" if clears else "Saved")
    return go(request, "admin_trust_settings")


@require_http_methods(["GET", "HEAD", "POST"])
def habits_page(request: FirmRequest) -> HttpResponse:
    """Show the firm's habits (GET), or set them (POST)."""
    require(request.person, Act.MANAGE_TRUST_SETUP)
    currency = request.person.firm.currency
    kept = settings.habits(currency)
    start = {
        "uses_deposit_slips": kept.uses_deposit_slips,
        "daily_limit": str(kept.daily_limit or ""),
    }
    posted = request.POST if request.method == "POST" else None
    form = HabitsForm(posted, currency=currency, initial=start)
    context = {"form": form, "currency": currency}
    if request.method != "POST":
        return show(request, _HABITS, context)
    if not form.is_valid():
        return invalid(request, _HABITS, context)
    try:
        settings.set_habits(by=request.person, at=clock.now(), **form.cleaned_data)
    except Refusal as refusal:
        return form_refused(request, refusal, _HABITS, context)
    messages.info(request, "Saved")
    return go(request, "admin_trust_settings")


@require_http_methods(["GET", "HEAD", "POST"])
def types_page(request: FirmRequest) -> HttpResponse:
    """Show which types of work may hold money (GET), or name them (POST)."""
    require(request.person, Act.MANAGE_TRUST_SETUP)
    posted = request.POST if request.method == "POST" else None
    form = TypesForm(posted, initial={"types": [str(one) for one in holding_types.named()]})
    field = form.fields["types"]
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = [(str(one.id), one.name) for one in matters.types_of(request.person)]
    history = timeline.of(holding_types.KIND, request.person.firm_id)
    context = {"form": form, "history": history}
    if request.method != "POST":
        return show(request, _TYPES, context)
    if not form.is_valid():
        return invalid(request, _TYPES, context)
    chosen = [UUID(one) for one in form.cleaned_data["types"]]
    holding_types.let(type_ids=chosen, by=request.person, at=clock.now())
    messages.info(request, "Saved")
    return go(request, "admin_trust_settings")


def _row(setting: Overridable) -> SettingRow:
    place, effective = _place(setting), _reading().of(_of_path(setting.path))
    return SettingRow(
        path=setting.path,
        title=setting.title,
        hint=setting.hint,
        place=place.in_words,
        rule=place.rule,
        confidence=place.confidence or "",
        is_known=place.is_known,
        note=place.note,
        own=effective.in_words if effective.is_firms else "",
    )


def _place(setting: Overridable) -> Ruled[object]:
    return _reading().place(_of_path(setting.path))


def _reading() -> Reading:
    return Reading(settings.policy().pack, settings.policy_values())


def _of_path(path: str) -> Any:
    return next(one for one in every_setting() if one.path == path)

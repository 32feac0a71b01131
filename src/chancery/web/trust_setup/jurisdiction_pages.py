"""Choose the jurisdiction, and read all that its pack says."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import NotAllowed
from chancery.trust import jurisdiction
from chancery.trust.rules import pack_values, packs
from chancery.trust.rules.packs import FlatParameter, Pack
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers, timeline
from chancery.web.trust_setup import facts, overview
from chancery.web.trust_setup.facts import Citation, Fact
from chancery.web.trust_setup.forms import JurisdictionForm, grouped_places

CONFIDENCES = (("high", "High"), ("medium", "Medium"), ("low", "Low"))
BASES = (
    ("rule_text", "The rule was read"),
    ("regulator_guidance", "The regulator's guidance was read"),
    ("secondary", "Someone else's account was read"),
    ("derived", "Concluded from what was read"),
    ("recall", "Remembered, not checked"),
)


@dataclass(frozen=True)
class Value:
    """One value of a pack as the list shows it."""

    section: str
    name: str
    text: str
    citations: tuple[Citation, ...]
    confidence: str
    basis: str
    note: str
    stated_by: str


@dataclass(frozen=True)
class Filters:
    """What the reader asks to see; empty means all."""

    words: str
    confidence: str
    basis: str

    def lets_through(self, value: Value, flat: FlatParameter) -> bool:
        """Tell whether a value is one of those asked for."""
        told = f"{value.section} {value.name} {value.text} {value.note}".casefold()
        return (
            self.words.casefold() in told
            and self.confidence in ("", flat.parameter.confidence)
            and self.basis in ("", flat.parameter.basis)
        )


@require_http_methods(["GET", "POST"])
def jurisdiction_page(request: FirmRequest) -> HttpResponse:
    """Show every value of a place's pack (GET), or choose the place (POST)."""
    return _choose(request) if request.method == "POST" else _read(request)


@require_GET
def facts_of_place(request: FirmRequest) -> HttpResponse:
    """Show the facts of a place that is being considered, before it is saved."""
    asked = request.GET.get("jurisdiction", "")
    place = overview.place_view(packs.choose(asked)) if asked else None
    return answers.show(request, "trust_setup/facts.html", {"place": place})


def _choose(request: FirmRequest) -> HttpResponse:
    form = JurisdictionForm(request.POST, country=request.person.firm.country)
    if not form.is_valid():
        context = overview.context_of(request, jurisdiction_form=form)
        return answers.invalid(request, "trust_setup/overview.html", context)
    try:
        place = jurisdiction.choose(
            code=form.cleaned_data["jurisdiction"], by=request.person, at=clock.now()
        )
    except NotAllowed as refusal:
        return answers.not_allowed(request, refusal)
    except Refusal as refusal:
        context = overview.context_of(request, jurisdiction_form=form)
        return answers.refused(request, refusal, "trust_setup/overview.html", context)
    messages.info(request, f"{place.label} applies now")
    return answers.go(request, "admin_trust")


def _read(request: FirmRequest) -> HttpResponse:
    own = jurisdiction.of_firm()
    asked = request.GET.get("place", own.code if own else "")
    place = packs.choose(asked) if asked else None
    groups = grouped_places(request.person.firm.country, has_none=False)
    context: dict[str, object] = {"groups": groups, "place": place, "own": own}
    if place:
        context |= _pack_context(request, place)
        if own is place:
            context["history"] = timeline.of(jurisdiction.KIND, request.person.firm_id)
    return answers.show(request, "trust_setup/jurisdiction.html", context)


def _pack_context(request: FirmRequest, place: Pack) -> dict[str, object]:
    filters = Filters(
        words=request.GET.get("q", "").strip(),
        confidence=request.GET.get("confidence", ""),
        basis=request.GET.get("basis", ""),
    )
    values = [(_value(flat, place), flat) for flat in place.parameters()]
    shown = [value for value, flat in values if filters.lets_through(value, flat)]
    return {
        "thin_view": overview.place_view(place),
        "filters": filters,
        "values": shown,
        "value_count": len(values),
        "confidences": CONFIDENCES,
        "bases": BASES,
        "account_facts": tuple(facts.accounts(place)),
        "word_facts": _words(place),
    }


def _value(flat: FlatParameter, place: Pack) -> Value:
    section, _, name = flat.path.partition(".")
    parameter = flat.parameter
    stated_by = packs.load(parameter.stated_by)
    return Value(
        section=pack_values.say(section).capitalize(),
        name=pack_values.say(name),
        text=pack_values.say(parameter.value),
        citations=facts.cited(parameter.authority, flat.sources),
        confidence=parameter.confidence,
        basis=dict(BASES)[parameter.basis],
        note=parameter.note or "",
        stated_by="" if stated_by.code == place.code else stated_by.label,
    )


def _words(place: Pack) -> tuple[Fact, ...]:
    """Return each word of the screen; one that no source gave says that it is ours."""
    terms = place.terms
    return tuple(
        Fact(label, getattr(terms, key), (), "low" if key in terms.fallbacks else "medium")
        for key, label in _WORD_LABELS
    )


_WORD_LABELS = (
    ("money", "Money held for others"),
    ("pool_account", "Account for all of it"),
    ("interest_account", "Account for one person's"),
    ("firm_account", "The firm's own account"),
    ("person", "For whom"),
    ("work_unit", "For what"),
    ("bill", "What is asked for the work"),
    ("ledger", "Record of one person's money"),
    ("cheque", "Paper to pay with"),
    ("journal", "From one record to another"),
    ("reconciliation", "The month's proof"),
    ("supervisor", "Who answers for it"),
)

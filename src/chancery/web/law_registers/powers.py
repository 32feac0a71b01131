"""Recording a power over money, what was done by it and its end; reading one power."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib.money import Money, total
from chancery.practice.permissions import Act, require
from chancery.trust import powers
from chancery.trust.powers import PowerEntry
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import recording
from chancery.web.law_registers.forms import PowerActForm, PowerForm
from chancery.web.law_registers.pages import policy_of, rules_beside
from chancery.web.law_registers.power_rows import REGISTER
from chancery.web.movements.pages import may_keep
from chancery.web.shell import timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of

_ACTS = {"use": powers.exercise, "end": powers.end}
_TITLES = {"use": "Record what was done", "end": "Record that it ended"}
_SAID = {"use": "It is in the register.", "end": "The power has ended."}


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Ask which power was given; enter it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    policy = policy_of(REGISTER)
    told: dict[str, Any] = {"person": request.person, "words": words_of(request)}
    form = recording.form_of(
        request,
        lambda data, initial: PowerForm(data, initial=initial, **told),
        {"on": recording.today(request)},
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        made = powers.give(details=form.details(), **who)
        return made, "power", "The power is in the register."

    context = {
        "list_url": reverse("law_register", args=[REGISTER.slug]),
        **rules_beside(REGISTER, policy),
    }
    return recording.answer(request, form, deed, "law_registers/power_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: FirmRequest, power_id: UUID, done: str) -> HttpResponse:
    """Ask what was done by a power, or how it ended; enter it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    power = _power_of(power_id)
    policy = policy_of(REGISTER)
    form = recording.form_of(
        request,
        lambda data, initial: PowerActForm(
            data, initial=initial, currency=power.currency, moves=done == "use"
        ),
        {"on": recording.today(request)},
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        _ACTS[done](power=power, done=form.done(), **who)
        return power, "power", _SAID[done]

    context = {
        "power": power,
        "title": _TITLES[done],
        "moves": done == "use",
        "list_url": reverse("law_register", args=[REGISTER.slug]),
        **rules_beside(REGISTER, policy),
    }
    return recording.answer(request, form, deed, "law_registers/power_act.html", context)


@require_safe
def power(request: FirmRequest, power_id: UUID) -> HttpResponse:
    """Show one power, all that was done by it, and its history."""
    require(request.person, Act.READ_MONEY)
    found = _power_of(power_id)
    acts = powers.acts_of(found)
    moved = [Money(one.amount_minor, found.currency) for one in acts if one.amount_minor]
    file_url = reverse("law_register_file", args=[REGISTER.slug])
    context = {
        "power": found,
        "acts": [(one, Money(one.amount_minor, found.currency)) for one in acts],
        "ended": next((one for one in acts if one.act == "ended"), None),
        "moved": total(moved, found.currency),
        "currency": found.currency,
        "list_url": reverse("law_register", args=[REGISTER.slug]),
        "print_url": f"{file_url}?only={found.id}&format=pdf",
        "history": timeline.of(powers.KIND, found.id),
        **may_keep(request),
    }
    return show(request, "law_registers/power.html", context)


def _power_of(power_id: UUID) -> PowerEntry:
    """Return the power that the address names, of the reader's firm only; else there is no such page."""
    try:
        return powers.visible(power_id)
    except powers.NoSuchPower as missing:
        raise Http404(str(missing)) from missing

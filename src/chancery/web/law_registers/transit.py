"""Recording money in transit, and reading one entry of its register."""

from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from chancery.lib.money import Money
from chancery.practice.permissions import Act, require
from chancery.trust import transit
from chancery.web.firm_of_request import FirmRequest
from chancery.web.law_registers import recording
from chancery.web.law_registers.forms import TransitForm
from chancery.web.law_registers.pages import policy_of, rules_beside
from chancery.web.law_registers.transit_rows import REGISTER
from chancery.web.shell import timeline
from chancery.web.shell.answers import show
from chancery.web.shell.words import words_of


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: FirmRequest) -> HttpResponse:
    """Ask what came and was handed on; enter it."""
    require(request.person, Act.KEEP_MONEY_BOOKS)
    policy = policy_of(REGISTER)
    day = recording.today(request)
    told: dict[str, Any] = {"person": request.person, "words": words_of(request)}
    form = recording.form_of(
        request,
        lambda data, initial: TransitForm(data, initial=initial, **told),
        {"received_on": day, "passed_on": day},
    )

    def deed(who: dict[str, Any]) -> tuple[Model, str, str]:
        made = transit.record(details=form.details(), **who)
        return made, "transit_entry", "The transit money is in the register."

    context = {
        "list_url": reverse("law_register", args=[REGISTER.slug]),
        **rules_beside(REGISTER, policy),
    }
    return recording.answer(request, form, deed, "law_registers/transit_form.html", context)


@require_safe
def entry(request: FirmRequest, entry_id: UUID) -> HttpResponse:
    """Show one entry of the register with its history."""
    require(request.person, Act.READ_MONEY)
    try:
        found = transit.visible(entry_id)
    except transit.NoSuchTransitEntry as missing:
        raise Http404(str(missing)) from missing
    file_url = reverse("law_register_file", args=[REGISTER.slug])
    context = {
        "entry": found,
        "amount": Money(found.amount_minor, found.currency),
        "list_url": reverse("law_register", args=[REGISTER.slug]),
        "print_url": f"{file_url}?only={found.id}&format=pdf",
        "history": timeline.of(transit.KIND, found.id),
    }
    return show(request, "law_registers/transit_entry.html", context)

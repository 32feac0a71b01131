"""The registers of a firm, a card each."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from chancery.practice.permissions import Act, require
from chancery.trust import jurisdiction
from chancery.web.firm_of_request import FirmRequest
from chancery.web.registers import cards
from chancery.web.shell import place_facts, places
from chancery.web.shell.answers import show


@require_safe
def hub(request: FirmRequest) -> HttpResponse:
    """Show every register that the firm's place knows; before a place is chosen, the way to choose one."""
    require(request.person, Act.READ_MONEY)
    if jurisdiction.of_firm() is None:
        return show(request, "registers/hub.html", {"set_up_url": reverse("admin_trust")})
    shown = places.built(places.REGISTERS, place_facts.known())
    context = {"cards": [cards.of(request, place) for place in shown]}
    return show(request, "registers/hub.html", context)

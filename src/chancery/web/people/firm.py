"""Admin > Firm: the firm's name, place and money."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import firms
from chancery.practice.firms import FirmDetails
from chancery.practice.permissions import Act, allows, require
from chancery.trust import queries as trust
from chancery.web.firm_of_request import FirmRequest
from chancery.web.people.forms import FirmForm
from chancery.web.shell import timeline
from chancery.web.shell.answers import form_refused, go, invalid, show

_PAGE = "people/firm.html"


@require_http_methods(["GET", "HEAD", "POST"])
def firm(request: FirmRequest) -> HttpResponse:
    """Show the firm's details, as a form to whoever may change them; save what it brings."""
    kept = request.person.firm
    posted = request.POST if request.method == "POST" else None
    form = FirmForm(posted, firm=kept, has_accounts=trust.has_accounts())
    context: dict[str, Any] = {
        "form": form,
        "version": kept.version,
        "facts": FirmDetails.of(kept).facts(),
        "history": timeline.of(firms.KIND, kept.id),
        "may_edit": allows(request.person, Act.MANAGE_FIRM),
    }
    if request.method != "POST":
        return show(request, _PAGE, context)
    require(request.person, Act.MANAGE_FIRM)
    if not form.is_valid():
        return invalid(request, _PAGE, context)
    try:
        firms.change(
            firm=kept,
            details=form.details(),
            version=form.cleaned_data["version"] or 0,
            by=request.person,
            at=clock.now(),
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _PAGE, context)
    messages.info(request, "The firm's details are saved.")
    return go(request, "admin_firm")

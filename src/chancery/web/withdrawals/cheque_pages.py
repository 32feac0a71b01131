"""A cheque that was stopped or went stale: its money goes back to the ledger that it came from."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import reversals, withdrawals
from chancery.trust.reversals import Kind, ReversalDetails
from chancery.web.firm_of_request import FirmRequest
from chancery.web.requests.effects import effect_of
from chancery.web.shell import timeline
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.forms import tell
from chancery.web.shell.words import words_of
from chancery.web.withdrawals.forms import ChequeForm
from chancery.web.withdrawals.pages import withdrawal_of
from chancery.web.withdrawals.rows import view_of

_PAGE = "withdrawals/cheque.html"
_KINDS: dict[str, Kind] = {"stop": "stop", "stale": "stale"}


@require_http_methods(["GET", "HEAD", "POST"])
def cheque(request: FirmRequest, withdrawal_id: UUID, kind: str) -> HttpResponse:
    """Ask when and why (GET); give the money back to its ledger (POST)."""
    found = withdrawal_of(withdrawal_id)
    require(request.person, Act.REVERSE_MONEY)
    if kind not in _KINDS or found.cheque_number is None:
        raise Http404("No such cheque.")
    today = clock.today(request.person.firm.time_zone)
    form = ChequeForm(request.POST if request.method == "POST" else None, initial={"on": today})
    paid = view_of(found, words_of(request))
    context = {
        "form": form,
        "paid": paid,
        "kind": kind,
        "effect": effect_of(found.ledger, paid.row.amount, today, is_out=False),
        "history": timeline.of(withdrawals.KIND, found.id),
    }
    if request.method != "POST":
        return show(request, _PAGE, context)
    if not form.is_valid():
        return invalid(request, _PAGE, context)
    details = ReversalDetails(_KINDS[kind], form.cleaned_data["on"], form.cleaned_data["reason"])
    try:
        reversals.reverse(
            document=found, details=details, by=request.person, at=clock.now(), today=today
        )
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return invalid(request, _PAGE, context)
    except Refusal as refusal:
        return refused(request, refusal, _PAGE, context, title="Not taken back")
    messages.info(request, f"The money of {found.number_shown} is back in its ledger.")
    return go(request, "withdrawal", found.id)

"""The informed stop before money leaves: what, how much, to whom, with what effect; then it leaves."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import releases, withdrawals
from chancery.trust.releases import Release, StepUpNeeded
from chancery.trust.requests import OPEN_STATES, MoneyRequest
from chancery.web.firm_of_request import FirmRequest
from chancery.web.requests import view
from chancery.web.requests.pages import request_of
from chancery.web.shell.answers import go, invalid, refused, show
from chancery.web.shell.forms import tell
from chancery.web.shell.words import words_of
from chancery.web.sign_in import step_up
from chancery.web.withdrawals.forms import ReleaseForm

_PAGE = "withdrawals/release.html"


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: FirmRequest, request_id: UUID) -> HttpResponse:
    """Show everything that somebody must know before money leaves (GET); let it leave (POST)."""
    found = request_of(request_id)
    require(request.person, Act.RELEASE_MONEY)
    if found.state not in OPEN_STATES:
        return go(request, "request", found.id)
    form = _form(request, found)
    if request.method != "POST":
        return show(request, _PAGE, context_of(request, found, form))
    if not form.is_valid():
        return invalid(request, _PAGE, context_of(request, found, form))
    try:
        left = withdrawals.release(
            request_id=found.id,
            how=_how(request, form),
            by=request.person,
            at=clock.now(),
            today=clock.today(request.person.firm.time_zone),
        )
    except DetailsNotRight as refusal:
        tell(form, refusal)
        return invalid(request, _PAGE, context_of(request, found, form))
    except Refusal as refusal:
        context = context_of(request, found, form)
        return refused(request, refusal, _PAGE, context, title="Not released")
    messages.info(request, f"{left.number_shown} is released.")
    return go(request, "withdrawal", left.id)


def context_of(request: FirmRequest, found: MoneyRequest, form: ReleaseForm) -> dict[str, Any]:
    """Return what the stop shows; ``sign_in_url`` is empty while the password was just entered."""
    today = clock.today(request.person.firm.time_zone)
    return {
        "form": form,
        "asked": view.of(found, request.person, words_of(request), today),
        "sign_in_url": sign_in_url(request),
    }


def sign_in_url(request: FirmRequest) -> str:
    """Return where the password is entered again, or nothing where it was within the last minutes."""
    try:
        releases.require_step_up(_just(request), clock.now())
    except StepUpNeeded:
        return step_up.address(request.path)
    return ""


def _form(request: FirmRequest, found: MoneyRequest) -> ReleaseForm:
    today = clock.today(request.person.firm.time_zone)
    number = withdrawals.next_cheque_number(found)
    start = {"on": today, "number": number, "version": found.version}
    posted = request.POST if request.method == "POST" else None
    return ReleaseForm(posted, asked=found, words=words_of(request), initial=start)


def _how(request: FirmRequest, form: ReleaseForm) -> Release:
    typed = form.cleaned_data
    return Release(
        on=typed["on"],
        stepped_up_at=step_up.entered_at(request),
        cheque_number=typed.get("number"),
        version=typed["version"],
        confirms=form.confirms(),
        witness=typed.get("witness", ""),
    )


def _just(request: FirmRequest) -> Release:
    today = clock.today(request.person.firm.time_zone)
    return Release(on=today, stepped_up_at=step_up.entered_at(request))

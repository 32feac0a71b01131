"""The buttons that end a trouble with an account in the package: each one act, each one account at the end."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from chancery.accounting import remedies
from chancery.accounting.accounts import AccountUse
from chancery.accounting.remedies import NoSuchUse, NotOffered
from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, NotAllowed, require
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import answers
from chancery.web.trust_setup import overview
from chancery.web.trust_setup.forms import RenameForm

RENAME = "trust_setup/rename.html"


@require_POST
def remedy(request: FirmRequest, use_id: UUID) -> HttpResponse:
    """Do the one act that was pressed: try again, restore the archived account, use the existing one."""
    use = _use(use_id)
    acts: dict[str, Callable[[], None]] = {
        "retry": partial(remedies.retry, use=use, by=request.person, at=clock.now()),
        "restore": partial(remedies.restore_archived, use=use, by=request.person, at=clock.now()),
        "use_existing": partial(remedies.use_offered, use=use, by=request.person, at=clock.now()),
    }
    asked = request.POST.get("remedy", "")
    try:
        if asked not in acts:
            raise NotOffered
        acts[asked]()
    except NotAllowed as refusal:
        return answers.not_allowed(request, refusal)
    except Refusal as refusal:
        context = overview.context_of(request)
        return answers.refused(request, refusal, overview.TEMPLATE, context, title="Not done")
    return answers.go(request, "admin_trust")


@require_http_methods(["GET", "POST"])
def rename_page(request: FirmRequest, use_id: UUID) -> HttpResponse:
    """Ask for another name (GET), and have the account made under it (POST)."""
    require(request.person, Act.MANAGE_TRUST_SETUP)
    use = _use(use_id)
    if request.method == "GET":
        form = RenameForm(initial={"name": use.wanted.get("name", "")})
        return answers.show(request, RENAME, {"form": form, "use": use})
    form = RenameForm(request.POST)
    context = {"form": form, "use": use}
    if not form.is_valid():
        return answers.invalid(request, RENAME, context)
    try:
        remedies.rename_and_retry(
            use=use, name=form.cleaned_data["name"], by=request.person, at=clock.now()
        )
    except Refusal as refusal:
        return answers.refused(request, refusal, RENAME, context)
    messages.info(request, f"{use.get_use_display()} is asked for under its new name")
    return answers.go(request, "admin_trust")


def _use(use_id: UUID) -> AccountUse:
    try:
        return remedies.visible(use_id)
    except NoSuchUse as refusal:
        raise Http404(str(refusal)) from refusal

"""Go to Xero's consent page, come back, choose an organisation, and disconnect: the doors that call Xero."""

from http import HTTPStatus
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chancery.accounting import choices, connections, consents, departures
from chancery.lib import clock
from chancery.lib.refusals import Outage, Refusal
from chancery.practice import permissions
from chancery.practice.permissions import Act, NotAllowed
from chancery.tenancy.scope import firm_scope
from chancery.web.firm_of_request import FirmRequest, manages_transactions
from chancery.web.shell import answers
from chancery.web.shell.refusals import view_of

_CONSENT = "accounting_consent"


def remember(request: FirmRequest, consent_id: UUID) -> None:
    """Bind a consent to this browser's session."""
    request.session[_CONSENT] = str(consent_id)


@require_POST
def consent(request: FirmRequest) -> HttpResponse:
    """Send the person to Xero's consent page, to connect or to connect again."""
    choice = choices.of_firm()
    if choice is None or choice.package != "xero":
        raise connections.XeroIsNotChosen
    began = consents.begin(by=request.person, at=clock.now())
    remember(request, began.consent_id)
    return HttpResponseRedirect(began.address)


@manages_transactions
@require_GET
def come_back(request: FirmRequest) -> HttpResponse:
    """Take the person back from Xero's page: connected, to a choice, or told why not."""
    answer = consents.Answer(
        state=request.GET.get("state", ""),
        code=request.GET.get("code", ""),
        error=request.GET.get("error", ""),
    )
    if not (answer.state or answer.code or answer.error):
        return answers.go(request, "admin_accounting")
    try:
        connection = consents.finish(
            answer=answer, consent_id=_remembered(request), by=request.person, now=clock.now
        )
    except (Refusal, Outage) as refusal:
        return _not_connected(request, refusal)
    if connection is None:
        return answers.go(request, "xero_organisations")
    request.session.pop(_CONSENT, None)
    return answers.go(request, "admin_xero")


@manages_transactions
@require_http_methods(["GET", "POST"])
def organisations(request: FirmRequest) -> HttpResponse:
    """Let the person choose one of the organisations that they allowed."""
    person, consent_id = request.person, _remembered(request)
    if consent_id is None:
        return answers.go(request, "admin_accounting")
    try:
        if request.method == "POST":
            wanted = request.POST.get("organisation", "")
            consents.choose(consent_id=consent_id, organisation_id=wanted, by=person, now=clock.now)
            request.session.pop(_CONSENT, None)
            return answers.go(request, "admin_xero")
        with firm_scope(person.firm_id, user_id=person.user_id):
            permissions.require(person, Act.MANAGE_ACCOUNTING)
            found = consents.to_choose_from(consent_id=consent_id, by=person, at=clock.now())
    except consents.ConsentIsStale as refusal:
        request.session.pop(_CONSENT, None)
        return _not_connected(request, refusal)
    except (Refusal, Outage) as refusal:
        return _not_connected(request, refusal, may_choose_another=True)
    return answers.show(request, "accounting/organisations.html", {"organisations": found})


@manages_transactions
@require_http_methods(["GET", "POST"])
def disconnect(request: FirmRequest) -> HttpResponse:
    """Ask, then end the connection; the choice of package stays."""
    person = request.person
    with firm_scope(person.firm_id, user_id=person.user_id):
        permissions.require(person, Act.MANAGE_ACCOUNTING)
        connection = connections.of_firm()
        is_live = connections.is_live()
    if connection is None or not is_live:
        return answers.go(request, "admin_accounting")
    if request.method == "GET":
        return answers.show(request, "accounting/disconnect.html", {"connection": connection})
    was_told = departures.disconnect(by=person, at=clock.now())
    return answers.go(request, f"/admin/accounting/xero/{'' if was_told else '?xero=not-told'}")


def _remembered(request: FirmRequest) -> UUID | None:
    kept = request.session.get(_CONSENT)
    return UUID(kept) if kept else None


def _not_connected(
    request: FirmRequest, refusal: Refusal | Outage, *, may_choose_another: bool = False
) -> HttpResponse:
    """Answer with the page that says why the firm is not connected, and the way to try again."""
    if isinstance(refusal, NotAllowed):
        return answers.not_allowed(request, refusal)
    context = {
        "refusal": view_of(refusal, title="Xero is not connected"),
        "may_choose_another": may_choose_another,
    }
    is_outage = isinstance(refusal, Outage)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_outage else HTTPStatus.CONFLICT
    return answers.show(request, "accounting/not_connected.html", context, status=status)

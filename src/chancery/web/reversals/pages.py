"""Take a document back: what that does to each ledger is said before it is done."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.money import Money
from chancery.lib.problems import DetailsNotRight
from chancery.lib.refusals import Refusal
from chancery.practice.permissions import Act, require
from chancery.trust import posted_documents, reversals, settings
from chancery.trust.movements import NoSuchMovement
from chancery.trust.receipts import NoSuchReceipt
from chancery.trust.reversals import Kind, ReversalDetails, Reversible
from chancery.trust.rules.policy_ledger import Overdraw
from chancery.trust.transfers import NoSuchTransfer
from chancery.trust.withdrawals import NoSuchWithdrawal
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import places, timeline
from chancery.web.shell.answers import form_refused, go, invalid, refused, show
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm

_FORM = "reversals/form.html"
_MISSING = (NoSuchReceipt, NoSuchWithdrawal, NoSuchTransfer, NoSuchMovement)
_WORDS: dict[Kind, str] = {
    "reversal": "It was a mistake: no such money moved",
    "dishonor": "It bounced: the bank took the money back",
    "stop": "It was stopped before it was paid",
    "stale": "It was never presented and is stale",
}


class ReversalForm(PlainForm):
    """How a document is taken back, from which day, and why."""

    kind = forms.ChoiceField(label="What happened", widget=forms.RadioSelect)
    on = DayField(label="Day")
    reason = forms.CharField(label="Reason", max_length=300)

    def __init__(self, *args: Any, kinds: tuple[Kind, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, _WORDS[kind]) for kind in kinds]


@dataclass(frozen=True)
class Foreseen:
    """What one way of taking the document back does, ledger by ledger."""

    title: str
    effects: list[reversals.Effect]
    missing: Money
    is_recorded: bool
    rule: str


@require_http_methods(["GET", "HEAD", "POST"])
def reversal(request: FirmRequest, kind: str, document_id: UUID) -> HttpResponse:
    """Say what taking the document back would do; take it back with a reason."""
    document = _document(kind, document_id)
    require(request.person, Act.REVERSE_MONEY)
    today = clock.today(request.person.firm.time_zone)
    kinds = reversals.kinds_for(document)
    form = ReversalForm(
        request.POST if request.method == "POST" else None,
        kinds=kinds,
        initial={"kind": kinds[0], "on": today},
    )
    context = _context(kind, document, form, kinds, today)
    if request.method != "POST":
        return show(request, _FORM, context)
    if not form.is_valid():
        return invalid(request, _FORM, context)
    typed = form.cleaned_data
    try:
        reversals.reverse(
            document=document,
            details=ReversalDetails(typed["kind"], typed["on"], typed["reason"]),
            by=request.person,
            at=clock.now(),
            today=today,
        )
    except DetailsNotRight as refusal:
        return form_refused(request, refusal, _FORM, context)
    except Refusal as refusal:
        return refused(request, refusal, _FORM, context, title="Not taken back")
    messages.info(request, f"{document.number_shown} is taken back. Both entries stay.")
    return go(request, _address(kind, document))


def _document(kind: str, document_id: UUID) -> Reversible:
    try:
        return posted_documents.find(kind, document_id)
    except _MISSING as missing:
        raise Http404("No such document.") from missing


def _context(
    kind: str,
    document: Reversible,
    form: ReversalForm,
    kinds: tuple[Kind, ...],
    today: date,
) -> dict[str, Any]:
    done = reversals.of_document(document)
    return {
        "document": document,
        "amount": Money(document.amount_minor, document.account.currency),
        "currency": document.account.currency,
        "form": form,
        "done": done,
        "foreseen": [] if done else _foreseen(document, kinds, today),
        "back_url": _address(kind, document),
        "history": timeline.of(kind, document.id),
    }


def _foreseen(document: Reversible, kinds: tuple[Kind, ...], today: date) -> list[Foreseen]:
    """Return the effect of each way; a way that does the same as the one before is not said again."""
    overdraw = settings.policy().ledger.overdraw
    found: list[Foreseen] = []
    for kind in kinds:
        effects = reversals.foresee(document=document, kind=kind, on=today)
        missing = Money(sum(one.missing.minor for one in effects), document.account.currency)
        is_recorded = kind == "dishonor" and overdraw.value is not Overdraw.BLOCK
        one = Foreseen(_WORDS[kind], effects, missing, is_recorded, overdraw.rule)
        if missing.minor or not found:
            found.append(one)
    return found


def _address(kind: str, document: Reversible) -> str:
    """Return the document's own page; where that is not built, the ledger it stands in."""
    if own := places.address(kind, document.id):
        return own
    ledger = getattr(document, "ledger", None) or getattr(document, "source", None)
    if ledger and ledger.matter:
        return places.address("matter_money", ledger.matter.number)
    return places.address("home")

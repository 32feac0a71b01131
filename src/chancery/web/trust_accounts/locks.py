"""Which days of an account are locked; administrators lock and reopen, each time with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.permissions import Act, require
from chancery.trust import period_locks
from chancery.trust.period_locks import LONGEST_REASON, Turn
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import times
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.days import DayField
from chancery.web.shell.forms import PlainForm
from chancery.web.trust_accounts import frame

_PAGE = "trust_accounts/locks.html"


class LockForm(PlainForm):
    """Through which day, and why; no day opens everything again."""

    through = DayField(label="Through", required=False)
    reason = forms.CharField(label="Why", max_length=LONGEST_REASON, required=False)
    act = forms.ChoiceField(choices=[("lock", "Lock"), ("reopen", "Reopen")])

    def clean(self) -> dict[str, Any]:
        """Ask for a day where days are to be locked."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("act") == "lock"
            and not cleaned.get("through")
            and not self.has_error("through")
        ):
            self.add_error("through", "Enter a day such as 30 Sep 2026")
        return cleaned


@dataclass(frozen=True)
class Row:
    """One locking or opening."""

    act: str
    through: date | None
    reason: str
    who: str
    at: datetime


@require_http_methods(["GET", "HEAD", "POST"])
def locks_page(request: FirmRequest, account_id: UUID) -> HttpResponse:
    """Show the locked days with who locked them and why (GET); lock or open days (POST)."""
    require(request.person, Act.READ_MONEY)
    account = frame.account_of(account_id)
    form = LockForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "account": frame.head_of(request, account),
        "form": form,
        "through": period_locks.locked_through(account.id),
        "turns": [_row(turn) for turn in period_locks.turns(account.id, reader=request.person)],
        "may_lock": permissions.allows(request.person, Act.MANAGE_TRUST_SETUP),
        "who_may": str(permissions.NotAllowed(Act.MANAGE_TRUST_SETUP)),
    }
    if request.method != "POST":
        return show(request, _PAGE, context)
    require(request.person, Act.MANAGE_TRUST_SETUP)
    if not form.is_valid():
        return invalid(request, _PAGE, context)
    try:
        told = _turn(request, account_id, form.cleaned_data)
    except Refusal as refusal:
        return form_refused(request, refusal, _PAGE, context)
    messages.info(request, told)
    return go(request, "trust_account_locks", account_id)


def _turn(request: FirmRequest, account_id: UUID, typed: dict[str, Any]) -> str:
    """Do what was asked, and say what is so now."""
    through, reason, by, at = typed["through"], typed["reason"], request.person, clock.now()
    if typed["act"] == "lock":
        today = frame.today(request)
        period_locks.lock(
            account_id=account_id, through=through, reason=reason, by=by, at=at, today=today
        )
        return f"Locked through {times.day(through)}"
    period_locks.reopen(account_id=account_id, through=through, reason=reason, by=by, at=at)
    return f"Open after {times.day(through)}" if through else "Every day is open"


def _row(turn: Turn) -> Row:
    act = "Locked" if turn.is_lock else "Opened again"
    return Row(act, turn.locked_through, turn.reason, turn.who, turn.at)

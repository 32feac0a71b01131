"""Profile > API tokens: leave for programs to act as oneself. A secret is shown once, on a page of its own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chancery.lib import clock
from chancery.lib.refusals import Refusal
from chancery.practice import api_tokens
from chancery.practice.api_tokens import NAME_AT_MOST, ApiToken, Scope
from chancery.practice.people import Person, Role
from chancery.web.firm_of_request import FirmRequest
from chancery.web.shell import times, told_once
from chancery.web.shell.answers import form_refused, go, invalid, show
from chancery.web.shell.forms import PlainForm

_PAGE = "profile/tokens.html"
_IN_SESSION = "api-token-to-tell"
_NO_END = "none"
_ENDS = {"30": "In 30 days", "90": "In 90 days", "365": "In a year", _NO_END: "Never"}
_NOUNS = {
    Scope.CONTACTS_READ: "Read contacts",
    Scope.CONTACTS_WRITE: "Enter and change contacts",
    Scope.MATTERS_READ: "Read matters",
    Scope.MATTERS_WRITE: "Open and change matters",
    Scope.LEDGERS_READ: "Read client money: accounts, ledgers, what was posted",
    Scope.LEDGERS_WRITE: "Open and close ledgers",
    Scope.RECEIPTS_WRITE: "Record receipts, put them on deposit slips, ask to clear them early",
    Scope.RECEIPTS_CLEAR: "Confirm or decline what others asked to clear early",
    Scope.PAYEES_READ: "Read payees' bank details",
    Scope.PAYEES_WRITE: "Enter payees' bank details",
    Scope.PAYEES_CHECK: "Record the call that checked bank details",
    Scope.REQUESTS_READ: "Read requests",
    Scope.REQUESTS_WRITE: "Ask for money to move",
    Scope.REQUESTS_APPROVE: "Approve and reject what others asked for",
    Scope.WITHDRAWALS_RELEASE: "Release approved withdrawals",
    Scope.TRANSFERS_RELEASE: "Make approved transfers",
    Scope.REVERSALS_WRITE: "Reverse",
    Scope.PROTECTIONS_WRITE: "Protect money",
    Scope.MOVEMENTS_WRITE: "Record interest, charges, own money, restorations",
    Scope.REGISTERS_WRITE: "Record money in transit, powers over money, and what is done about shortages",
    Scope.OPENINGS_WRITE: "Enter opening balances, take over history",
}


class TokenForm(PlainForm):
    """What the token is called, what it is for, and when it ends. An examiner is offered what reads."""

    name = forms.CharField(
        label="Name", max_length=NAME_AT_MOST, help_text="Such as the program that will use it"
    )
    scopes = forms.MultipleChoiceField(label="Scopes", widget=forms.CheckboxSelectMultiple)
    ends = forms.ChoiceField(label="Ends", choices=list(_ENDS.items()), initial="90")
    password = forms.CharField(
        label="Your password",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="Only for a token that lets money leave, which then does so without asking you again: "
        f"it ends within {api_tokens.RELEASES_FOR.days} days",
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in Scope if one.only_reads or not by.has_role(Role.EXAMINER)]
        field = self.fields["scopes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.value, f"{_NOUNS[one]} ({one})") for one in offered]

    def expires_at(self, now: datetime) -> datetime | None:
        """Return the chosen end."""
        days = self.cleaned_data["ends"]
        return None if days == _NO_END else now + timedelta(days=int(days))


@dataclass(frozen=True)
class TokenRow:
    """A token as the list shows it."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[str, ...]
    is_read_only: bool
    made_on: date
    ends_on: date | None
    has_ended: bool
    last_used_on: date | None


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: FirmRequest) -> HttpResponse:
    """Show one's own tokens and a form for one more; make what it brings, and lead to its secret."""
    person = request.person
    form = TokenForm(request.POST if request.method == "POST" else None, by=person)
    context = {"form": form, "tokens": _rows(person)}
    if request.method != "POST":
        return show(request, _PAGE, context)
    if not form.is_valid():
        return invalid(request, _PAGE, context)
    now = clock.now()
    try:
        made = api_tokens.make(
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=form.expires_at(now),
            password_at=now if _knows_password(request, form.cleaned_data["password"]) else None,
            by=person,
            at=now,
        )
    except Refusal as refusal:
        return form_refused(request, refusal, _PAGE, context)
    told = {"token": str(made.token.id), "secret": made.secret.reveal()}
    told_once.keep(request, _IN_SESSION, told)
    return go(request, "api_token_secret", made.token.id)


@never_cache
@require_GET
def secret(request: FirmRequest, token_id: UUID) -> HttpResponse:
    """Show, this once, the secret of a token that was made just now."""
    found = _token_of(request, token_id)
    told = told_once.take(request, _IN_SESSION)
    if told is None or told["token"] != str(found.id):
        messages.info(request, f"The secret of {found.name} was shown once and is not kept.")
        return go(request, "api_tokens")
    context = {"token": _row(found, request.person), "secret": told["secret"]}
    return show(request, "profile/token_secret.html", context)


@require_POST
def revocation(request: FirmRequest, token_id: UUID) -> HttpResponse:
    """End one of one's own tokens."""
    found = _token_of(request, token_id)
    try:
        api_tokens.revoke(token=found, by=request.person, at=clock.now())
    except Refusal as refusal:
        context = {"form": TokenForm(by=request.person), "tokens": _rows(request.person)}
        return form_refused(request, refusal, _PAGE, context)
    messages.info(request, f"{found.name} is revoked.")
    return go(request, "api_tokens")


def _knows_password(request: FirmRequest, typed: str) -> bool:
    """Return whether this is the person's own password; who guesses too often is not heard for a while."""
    if not typed or not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return False
    return request.person.user.check_password(typed)


def _token_of(request: FirmRequest, token_id: UUID) -> ApiToken:
    try:
        return api_tokens.visible_to(request.person, token_id)
    except ApiToken.DoesNotExist as missing:
        raise Http404("No such token.") from missing


def _rows(person: Person) -> list[TokenRow]:
    return [_row(token, person) for token in api_tokens.of_person(person)]


def _row(token: ApiToken, person: Person) -> TokenRow:
    zone = person.firm.time_zone
    return TokenRow(
        id=token.id,
        name=token.name,
        prefix=token.prefix,
        scopes=tuple(token.scopes),
        is_read_only=token.is_read_only,
        made_on=times.day_of(token.created_at, zone),
        ends_on=times.day_of(token.expires_at, zone) if token.expires_at else None,
        has_ended=token.expires_at is not None and token.expires_at <= clock.now(),
        last_used_on=times.day_of(token.last_used_at, zone) if token.last_used_at else None,
    )

"""What pages may ask of the chart and of what is on its way: ordered, bounded, already in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from chancery.accounting import accounts, refreshing
from chancery.accounting.models import AccountUse, ChartAccount
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType
from chancery.outbox import queries as outbox
from chancery.outbox.messages import Message

SHOWS = {
    "all": "All accounts",
    "used": "Used here",
    "banks": "Bank accounts",
    "no-code": "Bank accounts without a code",
    "gone": "Archived or no longer in Xero",
}
_WITHOUT_CODE = Q(type=AccountType.BANK, code="", is_active=True)


@dataclass(frozen=True)
class AccountLine:
    """One account of the chart: what it is, what it serves as here, and how it stands."""

    code: str
    name: str
    type: str
    used_as: str
    is_office: bool
    state: str
    mark: str


@dataclass(frozen=True)
class MessageLine:
    """One thing on its way: what, what it becomes, how it stands, and why it waits or is stopped."""

    id: UUID
    what: str
    becomes: str
    state: str
    mark: str
    because: str
    is_stopped: bool
    is_account: bool


def accounts_shown(*, show: str, text: str) -> QuerySet[ChartAccount]:
    """Return the accounts that a filter asks for: first what serves here, then what needs a person."""
    found = ChartAccount.objects.select_related("account_use")
    match show:
        case "used":
            found = found.filter(account_use__isnull=False)
        case "banks":
            found = found.filter(type=AccountType.BANK)
        case "no-code":
            found = found.filter(_WITHOUT_CODE)
        case "gone":
            found = found.filter(is_active=False)
    if text:
        found = found.filter(Q(code__istartswith=text) | Q(name__icontains=text))
    place = Case(
        When(account_use__isnull=False, then=Value(0)),
        When(_WITHOUT_CODE, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return found.order_by(place, "code", "name", "id")


def account_line(account: ChartAccount) -> AccountLine:
    """Return an account in words."""
    use: AccountUse | None = getattr(account, "account_use", None)
    state, mark = _standing(account, use)
    return AccountLine(
        code=account.code,
        name=account.name,
        type=account.type.replace("_", " ").capitalize(),
        used_as=use.get_use_display() if use else "",
        is_office=bool(use and use.use == UseOfAccount.OFFICE_BANK),
        state=state,
        mark=mark,
    )


def under_way() -> Sequence[MessageLine]:
    """Return what is on its way to the package or stopped; a refresh is told of apart."""
    found = outbox.open_messages(but=[refreshing.TOPIC])
    uses = AccountUse.objects.in_bulk([m.subject_id for m in found if m.topic == accounts.TOPIC])
    return [_message_line(message, uses.get(message.subject_id)) for message in found]


def _standing(account: ChartAccount, use: AccountUse | None) -> tuple[str, str]:
    if account.gone_at is not None:
        return "No longer in Xero", "bad" if use else "open"
    if not account.is_active:
        return "Archived in Xero", "bad" if use else "open"
    if account.type == AccountType.BANK and not account.code:
        return "Needs a code in Xero", "warn"
    return ("Ready", "ok") if use else ("Not used here", "open")


def _message_line(message: Message, use: AccountUse | None) -> MessageLine:
    state, mark = _progress(message)
    is_account = message.topic == accounts.TOPIC
    what, becomes = "Something to send", "A document"
    if use is not None:
        what = str(use.wanted.get("name") or use.get_use_display())
        becomes = "A new account"
    return MessageLine(
        id=message.id,
        what=what,
        becomes=becomes,
        state=state,
        mark=mark,
        because=message.trouble,
        is_stopped=message.state == "needs_person",
        is_account=is_account,
    )


def _progress(message: Message) -> tuple[str, str]:
    if message.state == "needs_person":
        return "Stopped", "bad"
    if message.state == "in_flight":
        return "Sending", "busy"
    if message.trouble:
        return "Tried again later", "warn"
    return "Waits its turn", "open"

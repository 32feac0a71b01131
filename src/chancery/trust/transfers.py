"""Move money from one client ledger to another of the same account, by someone's written authority."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import balances, posting
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import releases, requests, settings
from chancery.trust.models import MoneyRequest
from chancery.trust.models import Transfer as Transfer
from chancery.trust.releases import Release as Release
from chancery.trust.requests import RequestKind
from chancery.trust.rules import overdraw

KIND = "transfer"
LANE = "documents"


@dataclass(eq=False)
class NoSuchTransfer(Refusal):
    """This firm has no such transfer."""

    code: ClassVar[str] = "trust.no_such_transfer"

    def __str__(self) -> str:
        return "There is no such transfer. Go back to the list."


@dataclass(eq=False)
class NotATransfer(Refusal):
    """The request asks for something else than a transfer."""

    code: ClassVar[str] = "trust.request_is_no_transfer"

    kind: str

    def __str__(self) -> str:
        return f"This is a request for a {self.kind.lower()}, not for a transfer. Open it from the list."


@dataclass(eq=False)
class WrittenAuthorityMissing(Refusal):
    """Money moves between ledgers only by a written authority."""

    code: ClassVar[str] = "trust.written_authority_missing"

    rule: str

    def __str__(self) -> str:
        return "A transfer needs a written authority. Enter its reference, then make the transfer."


def visible(transfer_id: UUID) -> Transfer:
    """Return a transfer of this firm with both ledgers.

    Refuses: NoSuchTransfer.
    """
    transfers = Transfer.objects.select_related(
        "account", "by", "source__matter__client", "target__matter__client", "request"
    )
    found = transfers.filter(pk=transfer_id).first()
    if found is None:
        raise NoSuchTransfer
    return found


def make(*, request_id: UUID, how: Release, by: Person, at: datetime, today: date) -> Transfer:
    """Make an approved transfer; making it again returns the one that was made.

    Refuses: NotAllowed, StepUpNeeded, NoSuchRequest, RequestHasEnded, NotATransfer,
    WrittenAuthorityMissing, WouldOverdraw, PeriodLocked, LedgerClosed, and what ``releases`` refuses.
    """
    permissions.require(by, permissions.Act.RELEASE_MONEY)
    releases.require_step_up(how, at)
    if made := Transfer.objects.filter(request_id=request_id).first():
        return visible(made.id)
    request = requests.lock(request_id)
    _may_move(request, how, by=by, today=today)
    assert request.target_id, "a request for a transfer has a target"
    amount = Money(request.amount_minor, request.account.currency)
    held = balances.lock([request.ledger_id, request.target_id], on=how.on)[request.ledger_id]
    available = Money(held.spendable_minor, amount.currency)
    overdraw.allow_withdrawal(settings.policy(), available, amount)
    lines = (
        Line(request.ledger_id, "D", amount.minor),
        Line(request.target_id, "C", amount.minor),
    )
    narrative = f"Transfer by authority {request.authority}: {request.reason}"
    draft = Draft(KIND, how.on, narrative, f"{KIND}:{request.id}", lines)
    posting.post([draft], by=by.id, at=at)
    return _write(request, how, draft, by=by, at=at, today=today)


def _may_move(request: MoneyRequest, how: Release, *, by: Person, today: date) -> None:
    if request.kind != RequestKind.TRANSFER:
        raise NotATransfer(request.get_kind_display())
    releases.require_ready(request, how, by=by, today=today)
    authority = settings.policy().accounts.written_authority
    if authority.value and not request.authority:
        raise WrittenAuthorityMissing(authority.rule)


def _write(
    request: MoneyRequest, how: Release, draft: Draft, *, by: Person, at: datetime, today: date
) -> Transfer:
    assert request.target_id, "a request for a transfer has a target"
    requests.finish(request, by=by, at=at)
    transfer_id = ids.new()
    history.record(
        of=(KIND, transfer_id),
        firm_id=by.firm_id,
        act="Posted",
        by=by,
        at=at,
        changes=releases.signed(how, by),
    )
    message = messages.Draft(
        "trust.transfer", transfer_id, f"trust.transfer:{transfer_id}", LANE, is_held=True
    )
    messages.enqueue(message, firm_id=by.firm_id, at=at)
    Transfer.objects.create(
        id=transfer_id,
        firm_id=by.firm_id,
        account_id=request.account_id,
        number=0,  # the database gives it
        journal_id=draft.id,
        on=how.on,
        made_on=today,
        amount_minor=request.amount_minor,
        reason=request.reason,
        by=by,
        at=at,
        source_id=request.ledger_id,
        target_id=request.target_id,
        authority=request.authority,
        request=request,
    )
    return visible(transfer_id)

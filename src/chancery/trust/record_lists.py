"""Every kind of record of client money as a list that can be narrowed, for programs. Reads only."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet, Subquery

from chancery.ledger import accounts
from chancery.lib.refusals import Refusal
from chancery.trust import clearances as early
from chancery.trust import deposit_slips as slips
from chancery.trust import shortfalls
from chancery.trust.models import (
    ClearanceAnswer,
    ClearanceRequest,
    ControlledAccount,
    Deficiency,
    DepositSlip,
    DepositSlipLine,
    HistoryImport,
    Movement,
    Opening,
    OpeningItem,
    OpeningLedger,
    PayeeDetails,
    PowerEntry,
    Protection,
    Receipt,
    Reversal,
    Transfer,
    TransitEntry,
    TrustBankAccount,
    TrustLedger,
    Withdrawal,
)

Record = TypeVar("Record", bound=Model)


@dataclass(eq=False)
class NoSuchReversal(Refusal):
    """This firm has no such reversal."""

    code: ClassVar[str] = "trust.no_such_reversal"

    def __str__(self) -> str:
        return "There is no such reversal. Go back to the list."


@dataclass(frozen=True)
class Narrowed:
    """What a list of documents is narrowed to; None asks nothing."""

    account: UUID | None = None
    ledger: UUID | None = None
    since: date | None = None
    until: date | None = None


def bank_accounts(status: str | None = None) -> QuerySet[TrustBankAccount]:
    """Return the firm's trust accounts, closed ones too."""
    return _fitting(TrustBankAccount.objects.select_related("bank"), status=status)


def ledgers(
    *, account: UUID | None, matter: str | None, kind: str | None, is_closed: bool | None
) -> QuerySet[TrustLedger]:
    """Return the ledgers that fit, with their matters; ``matter`` is its number."""
    found = TrustLedger.objects.select_related("account", "matter__client")
    if is_closed is not None:
        closed = accounts.closed()
        found = found.filter(pk__in=closed) if is_closed else found.exclude(pk__in=closed)
    return _fitting(found, account_id=account, matter__number=matter, kind=kind)


def receipts(asked: Narrowed, method: str | None) -> QuerySet[Receipt]:
    """Return the receipts that fit; ``reversal_id`` is what took one back.

    ``cleared_early`` is the day from which a second person let one count as cleared.
    """
    found = _taken_back("receipt", Receipt.objects.select_related("account", "by"))
    confirmed = ClearanceAnswer.objects.filter(request__receipt=OuterRef("pk"), is_confirmed=True)
    found = found.annotate(cleared_early=Subquery(confirmed.values("on")[:1]))
    found = _fitting(found, **_days(asked), lines__ledger_id=asked.ledger, method=method)
    return found.prefetch_related("lines__ledger__matter")


def not_cleared(receipts: QuerySet[Receipt], *, on: date) -> QuerySet[Receipt]:
    """Return those of listed receipts that stand and do not count as cleared on a day."""
    stands: dict[str, Any] = {"cleared_early": None, "reversal_id": None}
    return receipts.filter(clears_on__gt=on, **stands)


def clearances(*, receipt: UUID | None, is_answered: bool | None) -> QuerySet[ClearanceRequest]:
    """Return questions whether receipts count as cleared before their day, with their answers."""
    is_open = None if is_answered is None else not is_answered
    return _fitting(early.found(), receipt_id=receipt, answer__isnull=is_open)


def deposit_slips(*, account: UUID | None, is_banked: bool | None) -> QuerySet[DepositSlip]:
    """Return the deposit slips with what lies on each, by the receipts' numbers."""
    is_open = None if is_banked is None else not is_banked
    lines = DepositSlipLine.objects.select_related("receipt").order_by("receipt__number")
    listed = slips.found(account).prefetch_related(Prefetch("lines", lines))
    return _fitting(listed, banked_on__isnull=is_open)


def payees(*, contact: UUID | None, is_latest: bool | None) -> QuerySet[PayeeDetails]:
    """Return contacts' bank details in every version; ``is_latest`` tells those that now stand."""
    later = PayeeDetails.objects.filter(contact=OuterRef("contact"), turn__gt=OuterRef("turn"))
    named = PayeeDetails.objects.select_related("contact", "entered_by", "check_made__by")
    found = named.annotate(is_latest=~Exists(later))
    return _fitting(found, contact_id=contact, is_latest=is_latest)


def withdrawals(asked: Narrowed, method: str | None) -> QuerySet[Withdrawal]:
    """Return the withdrawals that fit; ``reversal_id`` is what took one back."""
    named = Withdrawal.objects.select_related("account", "by", "ledger__matter")
    found = _taken_back("withdrawal", named)
    return _fitting(found, **_days(asked), ledger_id=asked.ledger, method=method)


def transfers(asked: Narrowed) -> QuerySet[Transfer]:
    """Return the transfers that fit, by either ledger; ``reversal_id`` is what took one back."""
    named = Transfer.objects.select_related("account", "by", "source__matter", "target__matter")
    found = _fitting(_taken_back("transfer", named), **_days(asked))
    if asked.ledger:
        found = found.filter(Q(source_id=asked.ledger) | Q(target_id=asked.ledger))
    return found


def movements(asked: Narrowed, kind: str | None) -> QuerySet[Movement]:
    """Return the movements that fit; ``reversal_id`` is what took one back."""
    named = Movement.objects.select_related("account", "by", "ledger__matter")
    found = _taken_back("movement", named)
    return _fitting(found, **_days(asked), ledger_id=asked.ledger, kind=kind)


def reversals(asked: Narrowed, kind: str | None) -> QuerySet[Reversal]:
    """Return what took documents back."""
    return _fitting(Reversal.objects.select_related("account", "by"), **_days(asked), kind=kind)


def reversal(reversal_id: UUID) -> Reversal:
    """Return a reversal of this firm.

    Refuses: NoSuchReversal.
    """
    found = Reversal.objects.select_related("account", "by").filter(pk=reversal_id).first()
    if found is None:
        raise NoSuchReversal
    return found


def protections(*, ledger: UUID | None, has_ended: bool | None) -> QuerySet[Protection]:
    """Return protected amounts, those that ended too."""
    found = Protection.objects.select_related("ledger__account", "ledger__matter", "by", "end__by")
    ended = None if has_ended is None else not has_ended
    return _fitting(found, ledger_id=ledger, end__isnull=ended)


def deficiencies(account: UUID | None) -> QuerySet[Deficiency]:
    """Return the shortages with all that was done about them."""
    return _fitting(shortfalls.cases().prefetch_related("steps__by"), account_id=account)


def openings(*, account: UUID | None, state: str | None) -> QuerySet[Opening]:
    """Return what accounts opened with, drafts and what was undone too."""
    named = ("account", "started_by", "finished_by", "undone_by")
    return _fitting(Opening.objects.select_related(*named), account_id=account, state=state)


def opening_ledgers(opening: UUID) -> QuerySet[OpeningLedger]:
    """Return what an account opened with, matter by matter."""
    return OpeningLedger.objects.select_related("matter").filter(opening_id=opening)


def opening_items(opening: UUID) -> QuerySet[OpeningItem]:
    """Return what was outstanding when an account opened."""
    return OpeningItem.objects.filter(opening_id=opening)


def history_imports(*, account: UUID | None, state: str | None) -> QuerySet[HistoryImport]:
    """Return the files of the past that were read, and how far each has come."""
    named = ("account", "read_by", "posted_by", "undone_by")
    return _fitting(HistoryImport.objects.select_related(*named), account_id=account, state=state)


def controlled_accounts(account: UUID | None) -> QuerySet[ControlledAccount]:
    """Return matters' own bank accounts, every version of their details."""
    found = ControlledAccount.objects.select_related("ledger__matter", "bank", "by")
    return _fitting(found, ledger__account_id=account)


def transit_entries(matter: str | None) -> QuerySet[TransitEntry]:
    """Return money that was handed on."""
    return _fitting(TransitEntry.objects.select_related("matter", "by"), matter__number=matter)


def power_entries(matter: str | None) -> QuerySet[PowerEntry]:
    """Return powers and what was done by them."""
    return _fitting(PowerEntry.objects.select_related("matter", "by"), matter__number=matter)


def _days(asked: Narrowed) -> dict[str, Any]:
    return {"account_id": asked.account, "on__gte": asked.since, "on__lte": asked.until}


def _fitting(found: QuerySet[Record], **wanted: Any) -> QuerySet[Record]:
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def _taken_back(kind: str, found: QuerySet[Record]) -> QuerySet[Record]:
    back = Reversal.objects.filter(document_kind=kind, document_id=OuterRef("pk"))
    marked: Any = found.annotate(reversal_id=Subquery(back.values("id")[:1]))
    return cast("QuerySet[Record]", marked)

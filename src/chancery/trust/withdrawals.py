"""Let money leave: to a third party, to the client, or to the firm for its bill.

What leaves was asked for, approved by as many as must, and is released by a person who has just signed
in again. The ledger is held while it is decided; the cents that may leave are those available on the
day and on every later one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from chancery.ledger import balances, posting
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import releases, requests, settings
from chancery.trust.models import MoneyRequest, Reversal, TrustLedger
from chancery.trust.models import Withdrawal as Withdrawal
from chancery.trust.releases import STEP_UP_LASTS as STEP_UP_LASTS
from chancery.trust.releases import Release as Release
from chancery.trust.releases import StepUpNeeded as StepUpNeeded
from chancery.trust.releases import next_cheque_number as next_cheque_number
from chancery.trust.requests import RequestKind
from chancery.trust.rules import overdraw
from chancery.trust.rules.policy_payments import PaymentMethod as PaymentMethod
from chancery.trust.rules.ruled import say

KIND = "withdrawal"
LANE = "documents"
_PAYS_OUT = (RequestKind.WITHDRAWAL, RequestKind.BILL)


@dataclass(eq=False)
class NoSuchWithdrawal(Refusal):
    """This firm has no such withdrawal."""

    code: ClassVar[str] = "trust.no_such_withdrawal"

    def __str__(self) -> str:
        return "There is no such withdrawal. Go back to the list."


@dataclass(eq=False)
class NotAPayment(Refusal):
    """The request asks for something else than money to leave."""

    code: ClassVar[str] = "trust.request_is_no_payment"

    kind: str

    def __str__(self) -> str:
        return f"This is a request for a {self.kind.lower()}, not for a payment. Open it from the list."


@dataclass(eq=False)
class ChequeNumberTaken(Refusal):
    """The number of a cheque is used once in an account."""

    code: ClassVar[str] = "trust.cheque_number_taken"

    number: int

    def __str__(self) -> str:
        return f"Cheque {self.number} of this account was used already. Enter the number on the cheque."


@dataclass(eq=False)
class NotEnoughAtBank(Refusal):
    """The ledger holds the money, and the bank account does not: it lies on deposit or is missing."""

    code: ClassVar[str] = "trust.not_enough_at_bank"

    at_bank: Money
    asked: Money

    def __str__(self) -> str:
        return (
            f"The bank account holds {self.at_bank}; {self.asked} is to leave it. Draw on the deposit or"
            " restore what is missing first."
        )


@dataclass(frozen=True)
class _Left:
    """What was decided of a payment that leaves."""

    how: Release
    draft: Draft
    cheque_number: int | None


def visible(withdrawal_id: UUID) -> Withdrawal:
    """Return a withdrawal of this firm.

    Refuses: NoSuchWithdrawal.
    """
    withdrawals = Withdrawal.objects.select_related(
        "account", "by", "ledger__matter__client", "request"
    )
    found = withdrawals.filter(pk=withdrawal_id).first()
    if found is None:
        raise NoSuchWithdrawal
    return found


def release(*, request_id: UUID, how: Release, by: Person, at: datetime, today: date) -> Withdrawal:
    """Let an approved payment leave; releasing it again returns the withdrawal that left.

    Refuses: NotAllowed, StepUpNeeded, NoSuchRequest, RequestHasEnded, NotAPayment, ChequeNumberTaken,
    WouldOverdraw, PeriodLocked, and all that ``releases`` refuses.
    """
    permissions.require(by, permissions.Act.RELEASE_MONEY)
    releases.require_step_up(how, at)
    if known := Withdrawal.objects.filter(request_id=request_id).first():
        return visible(known.id)
    request = requests.lock(request_id)
    policy = settings.policy()
    _require_payment(request)
    releases.require_ready(request, how, by=by, today=today)
    releases.require_may_leave(request, how, policy, by=by, today=today)
    cheque_number = _cheque_number(request, how)
    amount = Money(request.amount_minor, request.account.currency)
    held = balances.lock([request.ledger_id], on=how.on)[request.ledger_id]
    overdraw.allow_withdrawal(policy, Money(held.spendable_minor, amount.currency), amount)
    _bank_can_pay(request, amount, how.on)
    draft = _draft(request, how.on)
    posting.post([draft], by=by.id, at=at)
    left = _Left(how, draft, cheque_number)
    return _write(request, left, by=by, at=at, today=today)


def _require_payment(request: MoneyRequest) -> None:
    if request.kind not in _PAYS_OUT:
        raise NotAPayment(request.get_kind_display())


def _cheque_number(request: MoneyRequest, how: Release) -> int | None:
    """Return the number of the cheque, if there is one; the firm's row is held, so it stays free."""
    if request.method != PaymentMethod.CHEQUE:
        return None
    number = how.cheque_number or next_cheque_number(request)
    if Withdrawal.objects.filter(account_id=request.account_id, cheque_number=number).exists():
        raise ChequeNumberTaken(number)
    return number


def _bank_can_pay(request: MoneyRequest, amount: Money, on: date) -> None:
    """Refuse what the bank cannot pay, that day or later, because money lies on deposit or is missing."""
    elsewhere = (AccountKind.STATUTORY_DEPOSIT, AccountKind.DEFICIENCY)
    if not TrustLedger.objects.filter(account=request.account, kind__in=elsewhere).exists():
        return
    at_bank = Money(balances.lowest_of_bank(request.account_id, on=on), amount.currency)
    if amount > at_bank:
        raise NotEnoughAtBank(at_bank, amount)


def _draft(request: MoneyRequest, on: date) -> Draft:
    minor = request.amount_minor
    lines = (Line(request.ledger_id, "D", minor), Line(request.account_id, "C", minor))
    narrative = f"Paid to {request.payee or 'the firm'}: {request.reason}"
    return Draft(KIND, on, narrative, f"{KIND}:{request.id}", lines)


def _write(
    request: MoneyRequest, left: _Left, *, by: Person, at: datetime, today: date
) -> Withdrawal:
    requests.finish(request, by=by, at=at)
    withdrawal_id = ids.new()
    history.record(
        of=(KIND, withdrawal_id),
        firm_id=by.firm_id,
        act="Released",
        by=by,
        at=at,
        changes=_told(left.how, by),
    )
    message = messages.Draft(
        "trust.withdrawal", withdrawal_id, f"trust.withdrawal:{withdrawal_id}", LANE, is_held=True
    )
    messages.enqueue(message, firm_id=by.firm_id, at=at)
    details = request.payee_details
    Withdrawal.objects.create(
        id=withdrawal_id,
        firm_id=by.firm_id,
        account_id=request.account_id,
        number=0,  # the database gives it
        journal_id=left.draft.id,
        on=left.how.on,
        made_on=today,
        amount_minor=request.amount_minor,
        reason=request.reason,
        by=by,
        at=at,
        ledger_id=request.ledger_id,
        request=request,
        method=request.method,
        purpose=request.kind,
        payee=request.payee or by.firm.name,
        payee_number_shown=details.number_shown if details else "",
        cheque_number=left.cheque_number,
        bill=request.details if request.kind == RequestKind.BILL else {},
    )
    return visible(withdrawal_id)


def _told(how: Release, by: Person) -> history.Changes:
    """Return what the person said of the payment, for its history."""
    told = releases.signed(how, by)
    if how.witness.strip():
        told["Cash handed over before"] = ("", how.witness.strip())
    if how.confirms:
        told["Said of the cheque"] = ("", say(how.confirms))
    return told


def taken_back(withdrawal_id: UUID) -> Withdrawal:
    """Return a payment by cheque that was stopped or went stale, to be issued anew.

    Refuses: NoSuchWithdrawal.
    """
    found = visible(withdrawal_id)
    back = Reversal.objects.filter(document_id=withdrawal_id, kind__in=("stop", "stale"))
    if not back.exists():
        raise NoSuchWithdrawal
    return found

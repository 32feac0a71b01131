"""Let money leave: to a third party, to the client, or to the firm for its bill.

What leaves was asked for, approved by as many as must, and is released by a person who has just signed
in again. The ledger is held while it is decided; the cents that may leave are those available on the
day and on every later one.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.db.models import Max

from chancery.ledger import balances, posting
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.outbox import messages
from chancery.practice import firms, history, permissions
from chancery.practice.people import Person
from chancery.trust import client_ledgers, costs_facts, payees, requests, settings
from chancery.trust.models import MoneyRequest, TrustLedger
from chancery.trust.models import Withdrawal as Withdrawal
from chancery.trust.requests import RequestKind
from chancery.trust.rules import costs, overdraw
from chancery.trust.rules import withdrawals as rules
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_payments import PaymentMethod as PaymentMethod

KIND = "withdrawal"
LANE = "documents"
STEP_UP_LASTS = timedelta(minutes=10)
_PAYS_OUT = (RequestKind.WITHDRAWAL, RequestKind.BILL)


@dataclass(eq=False)
class NoSuchWithdrawal(Refusal):
    """This firm has no such withdrawal."""

    code: ClassVar[str] = "trust.no_such_withdrawal"

    def __str__(self) -> str:
        return "There is no such withdrawal. Go back to the list."


@dataclass(eq=False)
class StepUpNeeded(Refusal):
    """Money leaves only when the person has just shown again who they are."""

    code: ClassVar[str] = "trust.step_up_needed"

    def __str__(self) -> str:
        return "Enter your password again before money leaves, then release the payment."


@dataclass(eq=False)
class NotAPayment(Refusal):
    """The request asks for something else than money to leave."""

    code: ClassVar[str] = "trust.request_is_no_payment"

    kind: str

    def __str__(self) -> str:
        return f"This is a request for a {self.kind.lower()}, not for a payment. Open it from the list."


@dataclass(eq=False)
class PaidOnWrongDay(Refusal):
    """A payment is dated today or earlier."""

    code: ClassVar[str] = "trust.paid_on_wrong_day"

    def __str__(self) -> str:
        return "A payment is dated today or earlier. Choose the day on which it leaves."


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
class Release:
    """How an approved payment leaves: on which day, by which cheque, by whom just signed in."""

    on: date
    stepped_up_at: datetime | None
    cheque_number: int | None = None


def visible(withdrawal_id: UUID) -> Withdrawal:
    """Return a withdrawal of this firm.

    Refuses: NoSuchWithdrawal.
    """
    withdrawals = Withdrawal.objects.select_related("account", "by", "ledger__matter__client")
    found = withdrawals.filter(pk=withdrawal_id).first()
    if found is None:
        raise NoSuchWithdrawal
    return found


def release(*, request_id: UUID, how: Release, by: Person, at: datetime, today: date) -> Withdrawal:
    """Let an approved payment leave; releasing it again returns the withdrawal that left.

    Refuses: NotAllowed, StepUpNeeded, NoSuchRequest, RequestHasEnded, NotAPayment, ApprovalsMissing,
    PaymentMethodNotAllowed, PayeeNotVerified, DailyTotalExceeded, WouldOverdraw, PaidOnWrongDay,
    AccountClosed, PeriodLocked, and for a bill all that ``rules.costs`` refuses.
    """
    permissions.require(by, permissions.Act.RELEASE_MONEY)
    require_step_up(how, at)
    if left := Withdrawal.objects.filter(request_id=request_id).first():
        return visible(left.id)
    request = requests.lock(request_id)
    policy = settings.policy()
    _may_leave(request, how, policy, by=by, today=today)
    amount = Money(request.amount_minor, request.account.currency)
    held = balances.lock([request.ledger_id], on=how.on)[request.ledger_id]
    overdraw.allow_withdrawal(policy, Money(held.spendable_minor, amount.currency), amount)
    _bank_can_pay(request, amount, how.on)
    draft = _draft(request, how.on)
    posting.post([draft], by=by.id, at=at)
    return _write(request, how, draft, by=by, at=at, today=today)


def released_today(by: Person, today: date, currency: str) -> list[Money]:
    """Return what a person released on a day, reversed or not."""
    amounts = Withdrawal.objects.filter(by=by, made_on=today, account__currency=currency)
    return [Money(minor, currency) for minor in amounts.values_list("amount_minor", flat=True)]


def next_cheque_number(account_id: UUID) -> int:
    """Return the number after the highest cheque of an account; the first cheque is number 1."""
    found = Withdrawal.objects.filter(account_id=account_id).aggregate(last=Max("cheque_number"))
    return (found["last"] or 0) + 1


def require_step_up(how: Release, at: datetime) -> None:
    """Let money leave only for a person who signed in again within the last minutes.

    Refuses: StepUpNeeded.
    """
    if how.stepped_up_at is None or at - how.stepped_up_at > STEP_UP_LASTS:
        raise StepUpNeeded


def _may_leave(
    request: MoneyRequest, how: Release, policy: Policy, *, by: Person, today: date
) -> None:
    if request.kind not in _PAYS_OUT:
        raise NotAPayment(request.get_kind_display())
    if how.on > today:
        raise PaidOnWrongDay
    client_ledgers.require_open(request.account)
    rules.may_release(
        policy,
        requests.prepared(request),
        requests.approvals(request),
        requests.people_who_may_approve(by),
    )
    rules.allow_method(policy, PaymentMethod(request.method))
    if request.payee_details and request.method == PaymentMethod.ELECTRONIC:
        payees.require_verified(request.payee_details)
    if request.kind == RequestKind.BILL:
        costs.may_take_costs(policy, costs_facts.of(request), how.on)
    _within_daily_total(request, by, today)


def _within_daily_total(request: MoneyRequest, by: Person, today: date) -> None:
    currency = request.account.currency
    firms.lock(by.firm_id)
    limit = settings.habits(currency).daily_limit
    if limit is not None:
        amount = Money(request.amount_minor, currency)
        rules.within_daily_total(limit, released_today(by, today, currency), amount)


def _bank_can_pay(request: MoneyRequest, amount: Money, on: date) -> None:
    """Refuse what the bank cannot pay because a part of the money lies on deposit or is missing."""
    elsewhere = (AccountKind.STATUTORY_DEPOSIT, AccountKind.DEFICIENCY)
    if not TrustLedger.objects.filter(account=request.account, kind__in=elsewhere).exists():
        return
    at_bank = Money(balances.of_bank(request.account_id, on=on), amount.currency)
    if amount > at_bank:
        raise NotEnoughAtBank(at_bank, amount)


def _draft(request: MoneyRequest, on: date) -> Draft:
    minor = request.amount_minor
    lines = (Line(request.ledger_id, "D", minor), Line(request.account_id, "C", minor))
    narrative = f"Paid to {request.payee or 'the firm'}: {request.reason}"
    return Draft(KIND, on, narrative, f"{KIND}:{request.id}", lines)


def _write(
    request: MoneyRequest, how: Release, draft: Draft, *, by: Person, at: datetime, today: date
) -> Withdrawal:
    requests.finish(request, by=by, at=at)
    withdrawal_id = ids.new()
    history.record(of=(KIND, withdrawal_id), firm_id=by.firm_id, act="Released", by=by, at=at)
    message = messages.Draft(
        "trust.withdrawal", withdrawal_id, f"trust.withdrawal:{withdrawal_id}", LANE, is_held=True
    )
    messages.enqueue(message, firm_id=by.firm_id, at=at)
    is_cheque = request.method == PaymentMethod.CHEQUE
    number = how.cheque_number or next_cheque_number(request.account_id)
    details = request.payee_details
    Withdrawal.objects.create(
        id=withdrawal_id,
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
        ledger_id=request.ledger_id,
        request=request,
        method=request.method,
        purpose=request.kind,
        payee=request.payee or by.firm.name,
        payee_number_shown=details.number_shown if details else "",
        cheque_number=number if is_cheque else None,
        bill=request.details if request.kind == RequestKind.BILL else {},
    )
    return visible(withdrawal_id)

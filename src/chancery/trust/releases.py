"""What must be so before approved money moves: who stands behind it, how it leaves, and to whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from chancery.lib.money import Money
from chancery.lib.problems import refuse_any
from chancery.lib.refusals import Refusal
from chancery.practice import firms, history
from chancery.practice.people import Person
from chancery.trust import approvals, client_ledgers, costs_facts, payees, settings
from chancery.trust.models import MoneyRequest, Withdrawal
from chancery.trust.models.requests import RequestKind, RequestState
from chancery.trust.request_details import TO_CLIENT, is_client
from chancery.trust.rules import costs
from chancery.trust.rules import withdrawals as rules
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_payments import ChequeRule, PaymentMethod
from chancery.trust.rules.withdrawals import Cheque

STEP_UP_LASTS = timedelta(minutes=10)
CONFIRMED = (ChequeRule.PRACTICE_NAME, ChequeRule.HAND_SIGNED, ChequeRule.LAWYER_SIGNS)
"""What only the person who holds the cheque can say of it."""
_TO_WHOEVER_HOLDS_IT = frozenset({"cash", "bearer", "cash or bearer"})


@dataclass(eq=False)
class StepUpNeeded(Refusal):
    """Money leaves only when the person has just shown again who they are."""

    code: ClassVar[str] = "trust.step_up_needed"

    def __str__(self) -> str:
        return "Enter your password again before money leaves, then release the payment."


@dataclass(eq=False)
class PaidOnWrongDay(Refusal):
    """A payment is dated today or earlier."""

    code: ClassVar[str] = "trust.paid_on_wrong_day"

    def __str__(self) -> str:
        return "A payment is dated today or earlier. Choose the day on which it leaves."


@dataclass(eq=False)
class QuestionIsOpen(Refusal):
    """Somebody who may approve asked something that nobody has answered."""

    code: ClassVar[str] = "trust.question_is_open"

    def __str__(self) -> str:
        return (
            "An approver asked for information. Answer it on the request; then it can be released."
        )


@dataclass(eq=False)
class NotAsSeen(Refusal):
    """The request was edited after the person opened its release."""

    code: ClassVar[str] = "trust.released_as_it_was"

    def __str__(self) -> str:
        return "The request was edited after you opened it. Look at it again and release it then."


@dataclass(eq=False)
class PayeeDetailsMissing(Refusal):
    """An electronic payment goes to bank details that somebody heard from the payee."""

    code: ClassVar[str] = "trust.payee_details_missing"

    payee: str

    def __str__(self) -> str:
        return (
            f"The request names no bank details of {self.payee}. Enter them with the contact, have them"
            " checked, and edit the request to use them."
        )


@dataclass(eq=False)
class NotTheClient(Refusal):
    """Money paid back to the client goes to the client of the matter."""

    code: ClassVar[str] = "trust.payee_is_not_the_client"

    payee: str

    def __str__(self) -> str:
        return (
            f"{self.payee} is not the client of this matter."
            " Edit the request: choose the client, or ask for a payment to a third party."
        )


@dataclass(frozen=True)
class Release:
    """How approved money moves: on which day, by which cheque, by whom just signed in.

    ``version`` is the request's as the person saw it; None where nobody looked at a page. ``confirms``
    is what they say of the cheque in their hands; ``witness`` saw cash handed over and signed for it.
    ``token`` names the program's token by which money moves: whoever gave it entered their password for
    that, so that nobody signs in again.
    """

    on: date
    stepped_up_at: datetime | None
    cheque_number: int | None = None
    version: int | None = None
    confirms: frozenset[ChequeRule] = frozenset()
    witness: str = ""
    token: str = ""


def require_step_up(how: Release, at: datetime) -> None:
    """Let money leave only for a person who signed in again within the last minutes, or by their token.

    Refuses: StepUpNeeded.
    """
    if how.token:
        return
    if how.stepped_up_at is None or not timedelta(0) <= at - how.stepped_up_at <= STEP_UP_LASTS:
        raise StepUpNeeded


def require_ready(request: MoneyRequest, how: Release, *, by: Person, today: date) -> None:
    """Let a request be done only as it was seen, on a day that has come, with enough people behind it.

    Refuses: NotAsSeen, PaidOnWrongDay, QuestionIsOpen, AccountClosed, ApprovalsMissing.
    """
    if how.version is not None and how.version != request.version:
        raise NotAsSeen
    if how.on > today:
        raise PaidOnWrongDay
    if request.state == RequestState.NEEDS_INFORMATION:
        raise QuestionIsOpen
    client_ledgers.require_open(request.account)
    approvals.require_enough(request, by, on=today)


def require_may_leave(
    request: MoneyRequest, how: Release, policy: Policy, *, by: Person, today: date
) -> None:
    """Let money leave only in a way, to a payee and within limits that the place and the firm allow.

    The firm's row is held from here: one at a time draws on a daily total and takes a cheque's number.

    Refuses: PaymentMethodNotAllowed, DetailsNotRight, NotTheClient, PayeeDetailsMissing,
    PayeeDetailsChanged, PayeeNotVerified, DailyTotalExceeded, and all that ``rules.costs`` refuses.
    """
    firms.lock(by.firm_id)
    rules.allow_method(
        policy, PaymentMethod(request.method), is_witnessed=bool(how.witness.strip())
    )
    if request.method == PaymentMethod.CHEQUE:
        refuse_any(rules.cheque_problems(policy, cheque_of(request, how, today)))
    _require_payee(request)
    if request.kind == RequestKind.BILL:
        costs.may_take_costs(policy, costs_facts.as_it_stands(request), how.on)
    _require_within_daily_total(request, by, today)


def cheque_of(request: MoneyRequest, how: Release, today: date) -> Cheque:
    """Return the cheque that is about to be issued, as the rules judge it."""
    payee = request.payee or request.account.firm.name
    return Cheque(
        payee=payee,
        number=str(how.cheque_number or next_cheque_number(request)),
        dated_on=how.on,
        issued_on=today,
        has_practice_name=ChequeRule.PRACTICE_NAME in how.confirms,
        is_to_cash=payee.casefold() in _TO_WHOEVER_HOLDS_IT,
        client_authority=request.authority,
        is_signed_by_hand=ChequeRule.HAND_SIGNED in how.confirms,
        is_signed_by_lawyer=ChequeRule.LAWYER_SIGNS in how.confirms,
    )


def signed(how: Release, by: Person) -> history.Changes:
    """Return by what the person was known, in the firm's time, for the history of what moved."""
    if how.token:
        return {"By the API token": ("", how.token)}
    assert how.stepped_up_at, "money leaves only after a step-up"
    entered = how.stepped_up_at.astimezone(ZoneInfo(by.firm.time_zone))
    return {"Password entered at": ("", f"{entered:%H:%M}")}


def next_cheque_number(request: MoneyRequest) -> int:
    """Return the number after the highest cheque of the request's account; the first is number 1."""
    cheques = Withdrawal.objects.filter(
        account_id=request.account_id, cheque_number__isnull=False
    ).order_by("-cheque_number")
    return (cheques.values_list("cheque_number", flat=True).first() or 0) + 1


def released_today(by: Person, today: date, currency: str) -> list[Money]:
    """Return what a person released on a day, reversed or not."""
    amounts = Withdrawal.objects.filter(by=by, made_on=today, account__currency=currency)
    return [Money(minor, currency) for minor in amounts.values_list("amount_minor", flat=True)]


def _require_payee(request: MoneyRequest) -> None:
    details = request.payee_details
    if request.details.get(TO_CLIENT) and not is_client(request.ledger, request.payee, details):
        raise NotTheClient(request.payee)
    goes_to_us = request.kind == RequestKind.BILL
    if request.method != PaymentMethod.ELECTRONIC or goes_to_us:
        return
    if details is None:
        raise PayeeDetailsMissing(request.payee)
    payees.require_verified(details)
    payees.require_latest(details)


def _require_within_daily_total(request: MoneyRequest, by: Person, today: date) -> None:
    currency = request.account.currency
    limit = settings.habits(currency).daily_limit
    if limit is not None:
        amount = Money(request.amount_minor, currency)
        rules.within_daily_total(limit, released_today(by, today, currency), amount)

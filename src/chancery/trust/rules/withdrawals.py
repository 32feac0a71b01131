"""Who must stand behind a payment, how it may be paid, and what its cheque must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from chancery.lib.money import Money, total
from chancery.lib.problems import Problem
from chancery.lib.refusals import Refusal
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_payments import CashCheque, CashOut, ChequeRule, PaymentMethod
from chancery.trust.rules.ruled import say

NO_SELF_APPROVAL = "Two-person release: nobody approves what they prepared"


@dataclass(frozen=True)
class Prepared:
    """A payment as it now stands: who prepared it, and how often it was changed since.

    ``hands`` are all who asked for it or edited it, whoever was the last: none of them approves it.
    """

    by: str
    amount: Money
    version: int = 1
    maker_may_sign: bool = False
    hands: frozenset[str] = frozenset()

    def was_prepared_by(self, person: str) -> bool:
        """Tell whether somebody had a hand in the payment."""
        return person == self.by or person in self.hands


@dataclass(frozen=True)
class Approval:
    """That a person approved a payment as it stood at one version."""

    by: str
    version: int


@dataclass(frozen=True)
class Cheque:
    """A cheque as it is about to be issued."""

    payee: str
    number: str
    dated_on: date
    issued_on: date
    has_practice_name: bool
    is_to_cash: bool = False
    client_authority: str = ""
    is_signed_by_hand: bool = True
    is_signed_by_lawyer: bool = True


@dataclass(eq=False)
class OwnApproval(Refusal):
    """The person who prepared a payment cannot approve it."""

    code: ClassVar[str] = "trust.own_approval"
    rule = NO_SELF_APPROVAL

    def __str__(self) -> str:
        return "You prepared this payment; somebody else who may approve has to."


@dataclass(eq=False)
class AlreadyApproved(Refusal):
    """The person has approved the payment as it stands."""

    code: ClassVar[str] = "trust.already_approved"

    def __str__(self) -> str:
        return "You approved this payment already; another person has to."


@dataclass(eq=False)
class ApprovedAsItWas(Refusal):
    """The payment was changed since the person saw it."""

    code: ClassVar[str] = "trust.approved_as_it_was"

    def __str__(self) -> str:
        return "The payment was changed since you opened it. Look at it again and approve it then."


@dataclass(eq=False)
class ApprovalsMissing(Refusal):
    """Fewer people stand behind a payment than must."""

    code: ClassVar[str] = "trust.approvals_missing"

    given: int
    needed: int
    rule: str

    def __str__(self) -> str:
        return f"{self.given} of {self.needed} approvals are given; ask for the rest."


@dataclass(eq=False)
class PaymentMethodNotAllowed(Refusal):
    """Client money is not paid out in this way."""

    code: ClassVar[str] = "trust.payment_method_not_allowed"

    method: str
    allowed: str
    rule: str

    def __str__(self) -> str:
        return f"Client money is not paid out by {self.method} here; use one of: {self.allowed}."


@dataclass(eq=False)
class DailyTotalExceeded(Refusal):
    """The person would release more in a day than they may."""

    code: ClassVar[str] = "trust.daily_total_exceeded"

    limit: Money
    left: Money

    def __str__(self) -> str:
        return (
            f"You may release {self.limit} in a day; {self.left} is left today."
            " Ask somebody whose limit is higher."
        )


def approvals_needed(
    policy: Policy, amount: Money, *, maker_may_sign: bool, people_who_may_sign: int
) -> int:
    """Return how many others have to approve a payment of an amount.

    The one who prepares a payment stands behind it if they may sign. Rule: policy.payments.release.
    """
    release = policy.payments.release.value
    people = release.people if amount > policy.money(release.over) or not release.over else 1
    if people_who_may_sign <= 1 and release.alone:
        people = min(people, release.alone)
    return max(people - maker_may_sign, 0)


def may_approve(prepared: Prepared, approvals: Iterable[Approval], by: str, version: int) -> None:
    """Let a person approve a payment only as it stands, once, and never their own.

    Refuses: OwnApproval, ApprovedAsItWas, AlreadyApproved.
    """
    if prepared.was_prepared_by(by):
        raise OwnApproval
    if version != prepared.version:
        raise ApprovedAsItWas
    if by in standing(prepared, approvals):
        raise AlreadyApproved


def standing(prepared: Prepared, approvals: Iterable[Approval]) -> frozenset[str]:
    """Return who approved the payment as it stands; a change since then made theirs void."""
    return frozenset(
        each.by
        for each in approvals
        if each.version == prepared.version and not prepared.was_prepared_by(each.by)
    )


def may_release(
    policy: Policy, prepared: Prepared, approvals: Iterable[Approval], people_who_may_sign: int
) -> None:
    """Let a payment go only when as many people stand behind it as must.

    Refuses: ApprovalsMissing.
    """
    needed = approvals_needed(
        policy,
        prepared.amount,
        maker_may_sign=prepared.maker_may_sign,
        people_who_may_sign=people_who_may_sign,
    )
    given = len(standing(prepared, approvals))
    if given < needed:
        raise ApprovalsMissing(given, needed, policy.payments.release.rule)


def within_daily_total(limit: Money | None, released: Iterable[Money], amount: Money) -> None:
    """Let a person release an amount only within what they may in a day; None means no limit.

    Refuses: DailyTotalExceeded.
    """
    if limit is None:
        return
    left = limit - total(released, limit.currency)
    if amount > left:
        raise DailyTotalExceeded(limit, max(left, Money(0, limit.currency)))


def allow_method(policy: Policy, method: PaymentMethod, *, is_witnessed: bool = False) -> None:
    """Let money be paid out only in a way that the place allows; cash perhaps before a witness.

    Rule: policy.payments.methods and policy.payments.cash_out.
    Refuses: PaymentMethodNotAllowed.
    """
    methods, cash = policy.payments.methods, policy.payments.cash_out
    if method in methods.value:
        return
    is_cash = method is PaymentMethod.CASH
    if is_cash and cash.value is CashOut.WITNESSED_SIGNATURE and is_witnessed:
        return
    rule = cash.rule if is_cash else methods.rule
    raise PaymentMethodNotAllowed(say(method), say(methods.value), rule)


def cheque_problems(policy: Policy, cheque: Cheque) -> list[Problem]:
    """Return everything that is wrong with a cheque by the rules of the place.

    Rule: policy.payments.cheque and policy.payments.cash_cheque.
    """
    asked = policy.payments.cheque.value.rules
    found = [problem for rule, problem in _wrong(cheque) if rule in asked]
    return found + _to_cash(policy, cheque)


def cheque_marks(policy: Policy) -> tuple[tuple[str, ...], ...]:
    """Return the wordings that a cheque bears, one of each."""
    return policy.payments.cheque.value.marks


def _wrong(cheque: Cheque) -> Iterable[tuple[ChequeRule, Problem]]:
    if not cheque.payee.strip():
        yield ChequeRule.NAMED_PAYEE, Problem("payee", "Name the payee; no cheque goes to bearer.")
        yield ChequeRule.NEVER_BLANK, Problem("payee", "A cheque is never issued blank.")
    if not cheque.number.strip():
        yield ChequeRule.NUMBERED, Problem("number", "Enter the number printed on the cheque.")
    if cheque.dated_on > cheque.issued_on:
        yield (
            ChequeRule.NEVER_POST_DATED,
            Problem("dated_on", "A cheque is never dated after the day it is issued."),
        )
    if not cheque.has_practice_name:
        yield ChequeRule.PRACTICE_NAME, Problem("practice_name", "A cheque bears the firm's name.")
    if not cheque.is_signed_by_hand:
        yield ChequeRule.HAND_SIGNED, Problem("signature", "A cheque is signed by hand.")
    if not cheque.is_signed_by_lawyer:
        yield ChequeRule.LAWYER_SIGNS, Problem("signature", "A lawyer of the firm signs a cheque.")


def _to_cash(policy: Policy, cheque: Cheque) -> list[Problem]:
    if not cheque.is_to_cash:
        return []
    if policy.payments.cash_cheque.value is CashCheque.NEVER:
        return [Problem("payee", "A cheque is never made out to cash.")]
    if not cheque.client_authority.strip():
        return [Problem("client_authority", "A cheque to cash needs the client's written word.")]
    return []

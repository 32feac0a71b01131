"""Who stands behind a request: whose hands prepared it, who approved it as it is, how many are missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from chancery.lib.money import Money
from chancery.practice import people, permissions
from chancery.practice.people import Person
from chancery.trust import settings
from chancery.trust.models import MoneyRequest, RequestStep, Withdrawal
from chancery.trust.models.requests import RequestKind
from chancery.trust.rules import withdrawals as rules
from chancery.trust.rules.withdrawals import Approval, Prepared

_PREPARES = ("asked", "edited")


@dataclass(frozen=True)
class Behind:
    """How many approvals a request has as it stands, how many it needs, and by which rule."""

    given: int
    needed: int
    rule: str

    @property
    def missing(self) -> int:
        """Return how many are still to come."""
        return max(self.needed - self.given, 0)


def prepared(request: MoneyRequest, *, on: date | None = None) -> Prepared:
    """Return who prepared a request, and its version, as approvals are judged by.

    With a day, the amount counts what left that day from the same ledger to the same payee: a payment
    cut in parts needs as many people as the whole.
    """
    amount = request.amount_minor + (_left_on(request, on) if on else 0)
    steps = [step for step in _steps(request) if step.act in _PREPARES]
    last = steps[-1].by
    return Prepared(
        by=str(last.id),
        amount=Money(amount, request.account.currency),
        version=request.version,
        maker_may_sign=permissions.allows(last, permissions.Act.APPROVE_MONEY),
        hands=frozenset(str(step.by_id) for step in steps),
    )


def given(request: MoneyRequest) -> list[Approval]:
    """Return every approval that was ever given, with the version it was given to."""
    return [
        Approval(str(step.by_id), step.version)
        for step in _steps(request)
        if step.act == "approved"
    ]


def behind(request: MoneyRequest, by: Person, *, on: date | None = None) -> Behind:
    """Return how far the approvals of a request have come. Money that comes in needs one."""
    made = prepared(request, on=on)
    standing = len(rules.standing(made, given(request)))
    if request.kind == RequestKind.RECEIPT:
        return Behind(standing, 1, rules.NO_SELF_APPROVAL)
    policy = settings.policy()
    needed = rules.approvals_needed(
        policy,
        made.amount,
        maker_may_sign=made.maker_may_sign,
        people_who_may_sign=len(who_may_approve(by)),
    )
    return Behind(standing, needed, policy.payments.release.rule)


def require_enough(request: MoneyRequest, by: Person, *, on: date | None = None) -> None:
    """Let a request be done only when as many people stand behind it as must.

    Refuses: ApprovalsMissing.
    """
    stands = behind(request, by, on=on)
    if stands.missing:
        raise rules.ApprovalsMissing(stands.given, stands.needed, stands.rule)


def who_may_approve(by: Person) -> list[Person]:
    """Return the people of the firm who may approve now."""
    working = people.who_work(by)
    return [one for one in working if permissions.allows(one, permissions.Act.APPROVE_MONEY)]


def who_still_may(request: MoneyRequest, by: Person) -> Collection[Person]:
    """Return who may still approve a request: not who prepared it, not who approved it as it is."""
    made = prepared(request)
    done = made.hands | rules.standing(made, given(request))
    return [one for one in who_may_approve(by) if str(one.id) not in done]


def _steps(request: MoneyRequest) -> list[RequestStep]:
    steps = RequestStep.objects.filter(request=request).select_related("by")
    return list(steps.order_by("at", "id"))


def _left_on(request: MoneyRequest, on: date) -> int:
    same = Withdrawal.objects.filter(ledger_id=request.ledger_id, made_on=on, purpose=request.kind)
    if request.kind == RequestKind.WITHDRAWAL:
        same = same.filter(payee=request.payee)
    return same.aggregate(all=Sum("amount_minor"))["all"] or 0

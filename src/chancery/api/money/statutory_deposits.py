"""Statutory deposits: what is due, step by step; deposits made and drawn."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict

from chancery.api import idempotency
from chancery.api.cursors import refuse_unknown
from chancery.api.money import shapes
from chancery.api.money.found import ACCOUNT
from chancery.api.money.movements import MovementIn, MovementOut, made, moved, said
from chancery.api.money.shapes import Amount
from chancery.api.requests import ApiRequest, today
from chancery.api.shapes import Day
from chancery.api.tokens import Bearer
from chancery.lib.problems import Problem, refuse_any
from chancery.practice.api_tokens import Scope
from chancery.trust import settings, statutory_deposits
from chancery.trust.rules import statutory_deposit
from chancery.trust.statutory_deposits import Lowest

router = Router(tags=["movements"])
_WRITE = Bearer(Scope.MOVEMENTS_WRITE)
_PERIODS = 40


class QuarterQuery(BaseModel):
    """The last day of the quarter; the latest that has ended where none is sent."""

    model_config = ConfigDict(extra="forbid")

    quarter_end: Day | None = None


class LowestOut(BaseModel):
    """The lowest of bank and deposit together; ``on`` is null where no money was ever in the account."""

    on: date | None
    bank: Amount
    deposit: Amount
    together: Amount


class DepositDueOut(BaseModel):
    """What a quarter asks to be on deposit, by the firm's own books.

    ``counts`` says which minimum the amount comes from; ``is_final`` whether its days have ended.
    ``on_deposit`` is as of ``stands_on``: today, or for an earlier quarter the day it was due.
    """

    quarter_end: date
    window_end: date
    calculate_on: date
    due_by: date
    is_published: bool
    quarter: LowestOut
    window: LowestOut
    threshold: Amount
    counts: Literal["nothing", "quarter", "window"]
    percent: int
    round_up_to: Amount
    amount: Amount
    on_deposit: Amount
    stands_on: date
    is_final: bool
    rule: str


@router.get(
    "/accounts/{account_id}/statutory-deposit",
    auth=Bearer(Scope.LEDGERS_READ),
    response=DepositDueOut,
    summary="What is due on statutory deposit",
)
def read_deposit_due(
    request: ApiRequest, account_id: UUID, asked: Query[QuarterQuery]
) -> DepositDueOut:
    """Answer with the computation for a quarter that has ended, where the place has the formula."""
    refuse_unknown(request, QuarterQuery)
    account, day = ACCOUNT.at(account_id), today(request)
    policy = settings.policy()
    statutory_deposit.require_formula(policy)
    ends = [one.last for one in statutory_deposit.periods(policy, day, _PERIODS)]
    end = asked.quarter_end or ends[0]
    words = "Send the last day of a quarter that has ended within ten years."
    refuse_any([] if end in ends else [Problem("quarter_end", words)])
    found = statutory_deposits.asked(account=account, quarter_end=end, today=day)
    due, worked = found.due, found.worked
    return DepositDueOut(
        quarter_end=end,
        window_end=due.window_end,
        calculate_on=due.calculate_on,
        due_by=due.due_by,
        is_published=due.is_published,
        quarter=_lowest(found.quarter),
        window=_lowest(found.window),
        threshold=shapes.amount(worked.threshold),
        counts=worked.counts,
        percent=worked.percent,
        round_up_to=shapes.amount(worked.step),
        amount=shapes.amount(found.amount),
        on_deposit=shapes.amount(found.on_deposit),
        stands_on=found.stands_on,
        is_final=found.is_final,
        rule=policy.deposit.formula.rule,
    )


@router.post(
    "/movements/deposits-made",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Record a statutory deposit",
)
@idempotency.required
def make_statutory_deposit(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record money of an account that went to its statutory deposit, where the place has a scheme."""
    return made(response, statutory_deposits.make(**moved(payload), **said(request, payload)))


@router.post(
    "/movements/deposits-drawn",
    auth=_WRITE,
    response={201: MovementOut},
    summary="Record money drawn from a statutory deposit",
)
@idempotency.required
def draw_statutory_deposit(
    request: ApiRequest, payload: MovementIn, response: HttpResponse
) -> Status[MovementOut]:
    """Record money that came back from the statutory deposit, as far as it goes."""
    return made(response, statutory_deposits.draw(**moved(payload), **said(request, payload)))


def _lowest(found: Lowest) -> LowestOut:
    return LowestOut(
        on=found.on,
        bank=shapes.amount(found.bank),
        deposit=shapes.amount(found.deposit),
        together=shapes.amount(found.together),
    )

"""Whether the firm may take its costs from a client's money on a day, by the rules of its place."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from chancery.lib.money import Money
from chancery.trust.rules import calendars
from chancery.trust.rules import costs_refusals as refusals
from chancery.trust.rules.policy import Policy
from chancery.trust.rules.policy_costs import Need, Route
from chancery.trust.rules.ruled import say

_DAY = timedelta(days=1)


class ClientKind(StrEnum):
    """What kind of client the costs are of."""

    PERSON = "person"
    COMMERCIAL = "commercial"
    GOVERNMENT = "government"


@dataclass(frozen=True)
class CostsFacts:
    """All that a decision on costs rests on; a day that is None has not come.

    ``owed`` is what the bill still asks for. ``earned_on`` is the day by which the work was done.
    """

    amount: Money
    route: Route = Route.BILL
    bill: str = ""
    owed: Money | None = None
    delivered_on: date | None = None
    mentions_withdrawal: bool = False
    objected_on: date | None = None
    review_applied_for: bool = False
    authority: str = ""
    authority_on: date | None = None
    is_spoken: bool = False
    confirmed_on: date | None = None
    noticed_on: date | None = None
    invoice: str = ""
    invoiced_on: date | None = None
    paid_for_client_on: date | None = None
    client_kind: ClientKind = ClientKind.PERSON
    earned_on: date | None = None


def may_take_costs(policy: Policy, facts: CostsFacts, on: date) -> None:
    """Let costs be taken only on a ground that the place knows, with all that the ground needs.

    Rule: policy.costs.routes, and for a bill policy.costs.mention, waiting and lapse.
    Refuses: GroundNotKnown, BillNotDelivered, BillDoesNotMentionWithdrawal, WaitingPeriodRuns,
    BillObjected, CostsExceedBill, AuthorityMissing, AuthorityNotConfirmed, NoticeMissing,
    InvoiceMissing, NotPaidForClient, NotACommercialClient, NotEarned.
    """
    routes = policy.costs.routes
    if facts.route not in routes.value.needs:
        known = ", ".join(say(route) for route in routes.value.needs)
        raise refusals.GroundNotKnown(say(facts.route), known, routes.rule)
    needs = routes.value.needs[facts.route]
    for need in Need:
        if need in needs:
            _CHECKS[need](policy, facts, on)


def first_allowed_on(policy: Policy, delivered_on: date) -> date:
    """Return the first day on which a bill given on a day may be paid if nobody objects."""
    span = policy.costs.waiting.value.span
    if not span.n:
        return delivered_on
    return calendars.add(delivered_on, span, policy.pack) + _DAY


def objection_lapses_on(policy: Policy, delivered_on: date) -> date | None:
    """Return the first day on which an objection counts no longer; None where it always does."""
    after = policy.costs.lapse.value.after
    return calendars.add(delivered_on, after, policy.pack) + _DAY if after else None


def take_by(policy: Policy, entitled_on: date) -> date:
    """Return the day by which costs that the firm may take should have left client money."""
    return calendars.add(entitled_on, policy.costs.take_within.value, policy.pack)


def _bill(policy: Policy, facts: CostsFacts, on: date) -> None:
    delivered = _come(facts.delivered_on, on)
    if not facts.bill or delivered is None:
        raise refusals.BillNotDelivered(facts.bill or "(none)", policy.costs.routes.rule)
    if facts.owed is not None and facts.amount > facts.owed:
        raise refusals.CostsExceedBill(
            facts.bill, facts.owed, facts.amount, policy.costs.routes.rule
        )
    if policy.costs.mention.value and not facts.mentions_withdrawal:
        raise refusals.BillDoesNotMentionWithdrawal(facts.bill, policy.costs.mention.rule)
    _objection(policy, facts, delivered, on)
    first = first_allowed_on(policy, delivered)
    if on < first:
        raise refusals.WaitingPeriodRuns(facts.bill, first, policy.costs.waiting.rule)


def _objection(policy: Policy, facts: CostsFacts, delivered_on: date, on: date) -> None:
    """Refuse while an objection made in time stands; a review applied for keeps it standing."""
    objected = _come(facts.objected_on, on)
    if objected is None or objected >= first_allowed_on(policy, delivered_on):
        return
    lapses = None if facts.review_applied_for else objection_lapses_on(policy, delivered_on)
    if lapses is None or on < lapses:
        raise refusals.BillObjected(facts.bill, objected, lapses, policy.costs.waiting.rule)


def _authority(policy: Policy, facts: CostsFacts, on: date) -> None:
    given = _come(facts.authority_on, on)
    if not facts.authority or given is None:
        raise refusals.AuthorityMissing(policy.costs.routes.rule)
    if facts.is_spoken and _come(facts.confirmed_on, on) is None:
        by = _confirm_by(policy, given)
        if by is None or on > by:
            raise refusals.AuthorityNotConfirmed(by or given, policy.costs.confirm.rule)


def _confirm_by(policy: Policy, given_on: date) -> date | None:
    """Return the last day to confirm spoken instructions; None where they have to be confirmed first."""
    within = policy.costs.confirm.value.within
    return calendars.add(given_on, within, policy.pack) if within and within.n else None


def _invoice(policy: Policy, facts: CostsFacts, on: date) -> None:
    if not facts.invoice or _come(facts.invoiced_on, on) is None:
        raise refusals.InvoiceMissing(policy.costs.routes.rule)


def _notice(policy: Policy, facts: CostsFacts, on: date) -> None:
    if _come(facts.noticed_on, on) is None:
        raise refusals.NoticeMissing(policy.costs.routes.rule)


def _paid(policy: Policy, facts: CostsFacts, on: date) -> None:
    if _come(facts.paid_for_client_on, on) is None:
        raise refusals.NotPaidForClient(policy.costs.routes.rule)


def _commercial(policy: Policy, facts: CostsFacts, on: date) -> None:
    if facts.client_kind is ClientKind.PERSON:
        raise refusals.NotACommercialClient(policy.costs.routes.rule)


def _earned(policy: Policy, facts: CostsFacts, on: date) -> None:
    if _come(facts.earned_on, on) is None:
        raise refusals.NotEarned(policy.costs.routes.rule)


def _come(day: date | None, on: date) -> date | None:
    """Return a day if it is recorded and not after the day of the withdrawal."""
    return day if day is not None and day <= on else None


_CHECKS: dict[Need, Callable[[Policy, CostsFacts, date], None]] = {
    Need.BILL_DELIVERED: _bill,
    Need.INVOICE: _invoice,
    Need.AUTHORITY: _authority,
    Need.NOTICE: _notice,
    Need.PAID_FOR_CLIENT: _paid,
    Need.COMMERCIAL_CLIENT: _commercial,
    Need.EARNED: _earned,
}

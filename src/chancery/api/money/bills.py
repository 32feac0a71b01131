"""What a request to pay the firm's own bill says of the bill, as the rules on costs ask for it."""

from typing import Annotated, Any

from pydantic import Field, StrictBool

from chancery.api.money import shapes
from chancery.api.money.shapes import AmountIn, Words200
from chancery.api.shapes import Asked, Day
from chancery.lib.money import Money
from chancery.trust import costs_facts
from chancery.trust.rules.costs import ClientKind, CostsFacts
from chancery.trust.rules.policy_costs import Route


class BillIn(Asked):
    """The ground on which costs are taken, and what the place asks to be so on that ground."""

    route: Annotated[Route, Field(description="The ground")] = Route.BILL
    bill: Annotated[Words200, Field(description="The bill's number")] = ""
    owed: Annotated[AmountIn | None, Field(description="What the bill still asks for")] = None
    delivered_on: Day | None = None
    mentions_withdrawal: StrictBool = False
    objected_on: Day | None = None
    review_applied_for: StrictBool = False
    authority: Words200 = ""
    authority_on: Day | None = None
    is_spoken: StrictBool = False
    confirmed_on: Day | None = None
    noticed_on: Day | None = None
    invoice: Words200 = ""
    invoiced_on: Day | None = None
    paid_for_client_on: Day | None = None
    client_kind: ClientKind = ClientKind.PERSON
    earned_on: Day | None = None


def to_details(sent: BillIn, amount: Money) -> dict[str, object]:
    """Return what a request keeps of the bill. Refuses: DetailsNotRight."""
    told = {name: getattr(sent, name) for name in BillIn.model_fields if name != "owed"}
    owed = shapes.money(sent.owed, amount.currency, "bill.owed") if sent.owed else None
    return costs_facts.to_details(CostsFacts(amount=amount, owed=owed, **told))


def sent_by(kept: dict[str, Any], currency: str) -> BillIn:
    """Return what a request keeps of a bill in the form in which it is sent."""
    owed = kept.get("owed")
    told = {name: kept[name] for name in BillIn.model_fields if name in kept and name != "owed"}
    if owed is not None:
        told["owed"] = {"minor": owed, "currency": currency}
    return BillIn.model_validate(told)

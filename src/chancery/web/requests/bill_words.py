"""The facts of a bill in words: each fact once, for forms and pages alike."""

from collections.abc import Mapping
from datetime import date

from chancery.lib.money import Money
from chancery.trust.requests import MoneyRequest
from chancery.trust.rules.costs import ClientKind
from chancery.trust.rules.policy_costs import Route
from chancery.trust.rules.ruled import say
from chancery.web.shell import times


def routes(words: Mapping[str, str]) -> dict[str, str]:
    """Return on what ground costs are taken, in words."""
    return {
        Route.BILL: f"A {words['bill']} that was delivered",
        Route.AUTHORITY: f"The {words['person']}'s instruction",
        Route.REIMBURSEMENT: "Money that the firm paid out for them",
        Route.COMMERCIAL_OR_GOVERNMENT: f"A commercial or government {words['person']}",
        Route.EARNED: "Fees that are earned",
    }


def labels(words: Mapping[str, str]) -> dict[str, str]:
    """Return what each fact is called."""
    bill, money = words["bill"], words["money"]
    return {
        "bill": f"Number of the {bill}",
        "owed": "Still owed of it",
        "delivered_on": "Delivered on",
        "delivered_by": "Delivered by",
        "mentions_withdrawal": f"It says that {money} will be used",
        "objected_on": "Objected to on",
        "review_applied_for": "A review was applied for",
        "authority": "Authority",
        "authority_on": "Given on",
        "is_spoken": "It was spoken",
        "confirmed_on": "Confirmed in writing on",
        "noticed_on": "Notice given on",
        "invoice": "Number of the invoice",
        "invoiced_on": "Invoice given on",
        "paid_for_client_on": f"Paid for the {words['person']} on",
        "client_kind": f"Kind of {words['person']}",
        "earned_on": "Earned by",
    }


def client_kinds() -> list[tuple[str, str]]:
    """Return the kinds of client that a ground may ask for."""
    return [(kind.value, kind.value.capitalize()) for kind in ClientKind]


def facts_of(request: MoneyRequest, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what a request keeps beside its amount, each fact with its label."""
    kept = request.details
    named = {**labels(words), "route": "Ground", "reissue_number": "In place of"}
    told = {name: _say(name, value, request, words) for name, value in kept.items()}
    return tuple((named[name], words_) for name, words_ in told.items() if name in named)


def _say(name: str, value: object, request: MoneyRequest, words: Mapping[str, str]) -> str:
    if value is True:
        return "Yes"
    if name == "owed" and isinstance(value, int):
        return str(Money(value, request.account.currency))
    if name == "route":
        return routes(words)[Route(str(value))]
    if name.endswith("_on"):
        return times.day(date.fromisoformat(str(value)))
    return say(ClientKind(str(value))) if name == "client_kind" else str(value)

"""When a place lets the firm take its costs from client money."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pydantic import JsonValue

from chancery.trust.rules import readers
from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words, say
from chancery.trust.rules.spans import Due, Span, longer, sooner


class Route(StrEnum):
    """The ground on which costs are taken."""

    BILL = "bill"
    AUTHORITY = "authority"
    REIMBURSEMENT = "reimbursement"
    COMMERCIAL_OR_GOVERNMENT = "commercial_or_government"
    EARNED = "earned"


class Need(StrEnum):
    """One thing that must be so before costs are taken on a ground."""

    BILL_DELIVERED = "bill_delivered"
    INVOICE = "invoice"
    AUTHORITY = "authority"
    NOTICE = "notice"
    PAID_FOR_CLIENT = "paid_for_client"
    COMMERCIAL_CLIENT = "commercial_client"
    EARNED = "earned"


@dataclass(frozen=True)
class Routes:
    """The grounds that a place knows, and what each needs."""

    needs: Mapping[Route, frozenset[Need]]

    def __str__(self) -> str:
        return "; ".join(f"{say(route)} ({say(needs)})" for route, needs in self.needs.items())


@dataclass(frozen=True)
class Waiting:
    """How long the firm waits after the bill is given; who waits, waits for an objection."""

    span: Span
    objection_cancels: bool = False

    def __str__(self) -> str:
        return f"{self.span}, stopped by an objection" if self.objection_cancels else f"{self.span}"


@dataclass(frozen=True)
class Lapse:
    """When an objection counts no longer, unless a review was applied for; never without a span."""

    after: Span | None = None

    def __str__(self) -> str:
        return (
            f"{self.after} after the bill, unless a review is applied for"
            if self.after
            else "never"
        )


def _routes(value: JsonValue) -> Routes | None:
    routes = readers.part(value, "routes")
    if not isinstance(routes, dict) or set(routes) - set(Route):
        return None
    needs = {Route(name): readers.names(asked) or () for name, asked in routes.items()}
    return Routes(
        MappingProxyType(
            {route: frozenset(Need(each) for each in asked) for route, asked in needs.items()}
        )
    )


def _as_strict(one: Routes, other: Routes) -> bool:
    """Tell whether every ground of the first asks all that some ground of the other asks."""
    return all(
        any(_with_invoice(mine) >= theirs for theirs in other.needs.values())
        for mine in one.needs.values()
    )


def _with_invoice(needs: frozenset[Need]) -> frozenset[Need]:
    """Count a delivered bill as an invoice issued before."""
    return needs | {Need.INVOICE} if Need.BILL_DELIVERED in needs else needs


def _waiting(value: JsonValue) -> Waiting | None:
    within = readers.part(value, "waiting") or value
    span = Span.read(within)
    if span is None:
        return None
    return Waiting(span, objection_cancels=span.n > 0)


def _waits_longer(one: Waiting, other: Waiting) -> bool:
    return longer(one.span, other.span)


def _lapse(value: JsonValue) -> Lapse | None:
    span = Span.read(value)
    return Lapse(span) if span else None


def _lapses_later(one: Lapse, other: Lapse) -> bool:
    if one.after is None:
        return True
    return other.after is not None and longer(one.after, other.after)


def _confirm(value: JsonValue) -> Due | None:
    return Due.read(readers.part(value, "confirm_in_writing_within"))


ROUTES = Setting(
    paths=("costs_withdrawal.methods", "costs_withdrawal.conditions"),
    title="Costs are taken on",
    read=_routes,
    is_as_strict=_as_strict,
    strictest=Routes(
        MappingProxyType(
            {Route.BILL: frozenset({Need.BILL_DELIVERED, Need.AUTHORITY, Need.EARNED})}
        )
    ),
)
WAITING = Setting(
    paths=("costs_withdrawal.waiting_period", "costs_withdrawal.conditions"),
    title="Wait after the bill is given",
    read=_waiting,
    is_as_strict=_waits_longer,
    strictest=Waiting(Span(7, "business_days"), objection_cancels=True),
)
MENTION = Setting(
    paths=("costs_withdrawal.bill_must_mention_withdrawal", "costs_withdrawal.conditions"),
    title="The bill says that money will be withdrawn",
    read=readers.flag("mention"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
LAPSE = Setting(
    paths=("costs_withdrawal.objection_lapses",),
    title="An objection lapses",
    read=_lapse,
    is_as_strict=_lapses_later,
    strictest=Lapse(),
)
CONFIRM = Setting(
    paths=("costs_withdrawal.verbal_instructions",),
    title="Spoken instructions are confirmed in writing",
    read=_confirm,
    is_as_strict=sooner,
    strictest=Due(Span(0)),
)
TAKE_WITHIN = Setting(
    paths=("costs_withdrawal.must_withdraw_within",),
    title="Costs the firm may take leave client money within",
    read=Span.read,
    is_as_strict=lambda one, other: longer(other, one),
    strictest=Span(1, "months"),
)
BILL_RECORD = Setting(
    paths=("costs_withdrawal.central_bill_record",),
    title="A central record of bills",
    read=readers.flag("central_bill_record"),
    is_as_strict=readers.is_yes,
    strictest=True,
)
SETTINGS = (ROUTES, WAITING, MENTION, LAPSE, CONFIRM, TAKE_WITHIN, BILL_RECORD)
WORDS = {
    "costs_withdrawal.methods": "Grounds for taking costs",
    "costs_withdrawal.conditions": "Before costs are taken",
    "costs_withdrawal.bill_content": "What a bill holds",
    "costs_withdrawal.disbursements": "Unpaid disbursements",
    "costs_withdrawal.prepaid_fees": "Fees paid in advance",
    "costs_withdrawal.waiting_period": "Waiting after the bill",
    "account.flat_fee_exception": "Flat fees",
}


@dataclass(frozen=True)
class CostsPolicy:
    """When costs may be taken."""

    routes: Ruled[Routes]
    waiting: Ruled[Waiting]
    mention: Ruled[bool]
    lapse: Ruled[Lapse]
    confirm: Ruled[Due]
    take_within: Ruled[Span]
    bill_record: Ruled[bool]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "CostsPolicy":
        """Return what a place asks before costs are taken."""
        return cls(
            routes=reading.of(ROUTES),
            waiting=reading.of(WAITING),
            mention=reading.of(MENTION),
            lapse=reading.of(LAPSE),
            confirm=reading.of(CONFIRM),
            take_within=reading.of(TAKE_WITHIN),
            bill_record=reading.of(BILL_RECORD),
            words=reading.words(WORDS),
        )

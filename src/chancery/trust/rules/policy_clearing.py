"""How long money of each kind waits before it may be paid out.

Almost no rule fixes days: where a place names none for a kind of payment, the longest that any
place names for paper stands in. What arrives in cash or is seen in the account has arrived.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from pydantic import JsonValue

from chancery.trust.rules.ruled import Reading, Ruled, Setting, Words
from chancery.trust.rules.spans import Span, longer


class Method(StrEnum):
    """How money came in."""

    CASH = "cash"
    CHEQUE = "cheque"
    BANK_CHEQUE = "bank_cheque"
    ELECTRONIC = "electronic"
    CARD = "card"
    DIRECT_DEPOSIT = "direct_deposit"


@dataclass(frozen=True)
class Holds:
    """The time that money of each method waits."""

    by_method: Mapping[Method, Span]

    def __str__(self) -> str:
        return "; ".join(
            f"{method.value.replace('_', ' ')}: {span}" for method, span in self.by_method.items()
        )


def _holds(value: JsonValue) -> Holds | None:
    if not isinstance(value, dict) or not value or set(value) - set(Method):
        return None
    spans = {Method(name): Span.read(written) for name, written in value.items()}
    read = {method: span for method, span in spans.items() if span is not None}
    return Holds(MappingProxyType(read)) if len(read) == len(spans) else None


def _as_long(one: Holds, other: Holds) -> bool:
    """Tell whether no method that the first names waits less than in the second."""
    return all(
        longer(span, other.by_method[method])
        for method, span in one.by_method.items()
        if method in other.by_method
    )


def _completed(own: Holds, base: Holds) -> Holds:
    return Holds(MappingProxyType({**base.by_method, **own.by_method}))


_PAPER = Span(5, "business_days")

HOLD = Setting(
    paths=("receipts.hold",),
    title="Money received waits",
    read=_holds,
    is_as_strict=_as_long,
    strictest=Holds(
        MappingProxyType(
            {
                Method.CASH: Span(0),
                Method.CHEQUE: _PAPER,
                Method.BANK_CHEQUE: _PAPER,
                Method.ELECTRONIC: Span(0),
                Method.CARD: _PAPER,
                Method.DIRECT_DEPOSIT: Span(0),
            }
        )
    ),
    completed=_completed,
)
SETTINGS = (HOLD,)
WORDS = {"receipts.hold": "Waiting for money to clear"}


@dataclass(frozen=True)
class ClearingPolicy:
    """When money counts as cleared."""

    hold: Ruled[Holds]
    words: tuple[Words, ...]

    @classmethod
    def of(cls, reading: Reading) -> "ClearingPolicy":
        """Return what a place asks about clearing."""
        return cls(hold=reading.of(HOLD), words=reading.words(WORDS))

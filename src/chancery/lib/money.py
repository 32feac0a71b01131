"""Amounts of money: whole minor units and a currency, never a float, never a sign by accident."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.numbers import get_currency_precision

from chancery.lib.refusals import Refusal

LARGEST_MINOR = 10**15  # ten trillion of a currency with cents: far below what a bigint holds
_AMOUNT = re.compile(r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<part>[0-9]+))?")


@dataclass(eq=False)
class NotAnAmount(Refusal):
    """What was typed is no amount of this currency."""

    code = "money.not_an_amount"

    typed: str
    currency: str

    def __str__(self) -> str:
        example = Money(125000, self.currency) if digits(self.currency) else "1,250"
        return f"“{self.typed}” is no amount of {self.currency}. Enter one such as {example}."


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units (cents) of one currency; adding two currencies is a bug."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, typed: str, currency: str) -> "Money":
        """Return the amount that was typed, such as ``1,250.00``; not negative, no part of a cent.

        Refuses: NotAnAmount.
        """
        found = _AMOUNT.fullmatch(typed.strip().lstrip("$£€").strip())
        places = digits(currency)
        if not found or len(found["part"] or "") > places:
            raise NotAnAmount(typed.strip()[:40], currency)
        whole, part = found["whole"].replace(",", ""), (found["part"] or "").ljust(places, "0")
        minor = int(whole + part)
        if minor > LARGEST_MINOR:
            raise NotAnAmount(typed.strip()[:40], currency)
        return cls(minor, currency)

    @classmethod
    def of_whole(cls, units: int, currency: str) -> "Money":
        """Return an amount of whole units, such as a limit of 500 dollars."""
        return cls(units * 10 ** digits(currency), currency)

    def __add__(self, other: "Money") -> "Money":
        assert self.currency == other.currency, "two currencies are never added"
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        assert self.currency == other.currency, "two currencies are never subtracted"
        return Money(self.minor - other.minor, self.currency)

    def __str__(self) -> str:
        """Return the figure as a page shows it, without its currency: ``1,250.00`` or ``−650.00``."""
        places = digits(self.currency)
        amount = Decimal(abs(self.minor)).scaleb(-places)
        return f"{'−' if self.minor < 0 else ''}{amount:,.{places}f}"

    def share(self, parts: int) -> tuple["Money", ...]:
        """Return the amount in equal parts; the odd cents go to the first parts, one each."""
        assert parts > 0, "an amount is shared among somebody"
        each, odd = divmod(self.minor, parts)
        return tuple(Money(each + (at < odd), self.currency) for at in range(parts))

    @property
    def decimal(self) -> Decimal:
        """Return the amount in whole units, exactly, for a spreadsheet or a message to others."""
        return Decimal(self.minor).scaleb(-digits(self.currency))


def total(amounts: Iterable[Money], currency: str) -> Money:
    """Return the sum of amounts of one currency; nothing is 0.00."""
    return sum(amounts, Money(0, currency))


@cache
def digits(currency: str) -> int:
    """Return how many decimals the currency has: 2 for AUD, 0 for JPY."""
    return get_currency_precision(currency)

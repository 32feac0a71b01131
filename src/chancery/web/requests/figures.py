"""Amounts as sentences and tiles show them: with the sign of their currency."""

from babel.numbers import get_currency_symbol

from chancery.lib.money import Money


def signed(amount: Money, country: str) -> str:
    """Return an amount with its sign as the firm's country writes it, such as $1,250.00."""
    symbol = sign_of(amount.currency, country)
    gap = " " if symbol[-1:].isalpha() else ""
    return f"{symbol}{gap}{amount}"


def sign_of(currency: str, country: str) -> str:
    """Return the sign of a currency, or its code where the country has none for it."""
    return get_currency_symbol(currency, locale=f"en_{country}")

"""How money came in, as the screen names it in the firm's words."""

from collections.abc import Mapping

from chancery.trust.receipts import Method


def name_of(method: str, words: Mapping[str, str]) -> str:
    """Return the name of a form of money, such as "Cheque" or "Check"."""
    cheque = words["cheque"]
    names = {
        Method.CASH: "Cash",
        Method.CHEQUE: cheque.capitalize(),
        Method.BANK_CHEQUE: f"Bank {cheque}",
        Method.ELECTRONIC: "Electronic transfer",
        Method.CARD: "Card",
        Method.DIRECT_DEPOSIT: "Direct deposit",
    }
    return names[Method(method)]


def all_of(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return every form of money with its name, what is cleared at once first."""
    order = (
        *(Method.DIRECT_DEPOSIT, Method.ELECTRONIC, Method.CHEQUE),
        *(Method.BANK_CHEQUE, Method.CASH, Method.CARD),
    )
    return [(method.value, name_of(method, words)) for method in order]

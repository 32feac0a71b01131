"""How money came in and how it is paid, in the firm's words."""

from collections.abc import Mapping

from chancery.trust.receipts import Method
from chancery.trust.rules.policy_payments import PaymentMethod


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


def payment(kept: str, words: Mapping[str, str]) -> str:
    """Return how money is paid; nothing where it is not said."""
    return payments(words).get(kept, "")


def payments(words: Mapping[str, str]) -> dict[str, str]:
    """Return every way of payment with its name."""
    return {
        PaymentMethod.ELECTRONIC: "Electronic transfer",
        PaymentMethod.CHEQUE: words["cheque"].capitalize(),
        PaymentMethod.CASH: "Cash",
    }

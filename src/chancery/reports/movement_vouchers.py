"""The voucher of a movement: interest, a bank charge, the firm's own money, an advance."""

from dataclasses import dataclass
from datetime import date

from chancery.lib.money import Money
from chancery.reports import pdf
from chancery.reports.imprint import Cancellation, Fact, Imprint, Words


@dataclass(frozen=True)
class Figure:
    """One figure of a movement, by its name."""

    label: str
    amount: Money


@dataclass(frozen=True)
class MovementVoucher:
    """A movement as it is printed; ``amount`` is what the bank moved, ``figures`` what that is made of."""

    imprint: Imprint
    words: Words
    title: str
    account: str
    on: date
    amount: Money
    figures: tuple[Figure, ...]
    facts: tuple[Fact, ...]
    cancelled: Cancellation | None = None


def render(doc: MovementVoucher) -> bytes:
    """Return the voucher as PDF."""
    return pdf.render("movement_voucher.typ", doc, currency=doc.amount.currency)

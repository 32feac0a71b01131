"""The official receipt for client money: what the law of the place wants on it, and no more."""

from dataclasses import dataclass
from datetime import date

from chancery.lib.money import Money, total
from chancery.reports import pdf
from chancery.reports.amount_words import in_words
from chancery.reports.imprint import Cancellation, Imprint, Words


@dataclass(frozen=True)
class ReceiptLine:
    """The part of a receipt that is held for one matter."""

    client: str
    matter: str
    description: str
    amount: Money


@dataclass(frozen=True)
class Receipt:
    """A receipt as it is printed; the title and the literals are the place's own words."""

    imprint: Imprint
    words: Words
    title: str
    literals: tuple[str, ...]
    number: str
    account: str
    made_out_on: date
    received_on: date
    amount: Money
    form_of_money: str
    received_from: str
    reason: str
    lines: tuple[ReceiptLine, ...]
    made_out_by: str
    clears_on: date | None = None
    cancelled: Cancellation | None = None

    def __post_init__(self) -> None:
        currency = self.amount.currency
        assert total((line.amount for line in self.lines), currency) == self.amount


def render(doc: Receipt) -> bytes:
    """Return the receipt as PDF."""
    return pdf.render(
        "receipt.typ",
        doc,
        currency=doc.amount.currency,
        amount_in_words=in_words(doc.amount),
        received_on=doc.received_on if doc.received_on != doc.made_out_on else None,
    )

"""The requisition of a withdrawal, and the record of its payment: who asked, approved and released."""

from dataclasses import dataclass
from datetime import date, datetime

from chancery.lib.money import Money
from chancery.reports import pdf
from chancery.reports.imprint import Cancellation, Fact, Imprint, Step, Words


@dataclass(frozen=True)
class Callback:
    """How the payee's bank details were confirmed, on a number known before."""

    called_by: str
    called_at: datetime
    number: str
    spoke_with: str
    result: str


@dataclass(frozen=True)
class Requisition:
    """A withdrawal as it is printed; the balances are those of the matter's ledger."""

    imprint: Imprint
    words: Words
    title: str
    number: str
    status: str
    account: str
    on: date
    amount: Money
    payee: str
    bank_details: tuple[Fact, ...]
    method: str
    reason: str
    client: str
    matter: str
    description: str
    before: Money
    after: Money
    steps: tuple[Step, ...]
    rule: str
    cheque_number: str = ""
    callback: Callback | None = None
    cancelled: Cancellation | None = None

    def __post_init__(self) -> None:
        assert self.before - self.amount == self.after


def render(doc: Requisition) -> bytes:
    """Return the requisition as PDF."""
    return pdf.render("requisition.typ", doc, currency=doc.amount.currency)

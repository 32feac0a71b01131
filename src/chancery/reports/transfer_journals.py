"""The journal of a transfer between two matters: both ledgers before and after, and who allowed it."""

from dataclasses import dataclass
from datetime import date

from chancery.lib.money import Money
from chancery.reports import pdf
from chancery.reports.imprint import Cancellation, Imprint, Step, Words


@dataclass(frozen=True)
class LedgerSide:
    """One of the two ledgers of a transfer."""

    client: str
    matter: str
    description: str
    before: Money
    after: Money


@dataclass(frozen=True)
class TransferJournal:
    """A transfer as it is printed, with the reference of the written authority."""

    imprint: Imprint
    words: Words
    title: str
    number: str
    account: str
    on: date
    amount: Money
    reason: str
    authority: str
    source: LedgerSide
    target: LedgerSide
    steps: tuple[Step, ...]
    rule: str
    authority_on: date | None = None
    cancelled: Cancellation | None = None

    def __post_init__(self) -> None:
        assert self.source.before - self.amount == self.source.after
        assert self.target.before + self.amount == self.target.after


def render(doc: TransferJournal) -> bytes:
    """Return the journal as PDF."""
    return pdf.render("transfer_journal.typ", doc, currency=doc.amount.currency)

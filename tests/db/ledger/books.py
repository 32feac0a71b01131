"""A bank account with two client ledgers, and short ways to post into them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chancery.ledger import accounts, posting
from chancery.ledger.accounts import AccountKind
from chancery.ledger.posting import Draft, Line
from chancery.lib import ids
from chancery.practice.models import Person
from world import LATER, acting


@dataclass(frozen=True)
class Books:
    """One pool: the bank, Ann's ledger and Ben's, kept by a person of their firm."""

    keeper: Person
    bank: UUID
    ann: UUID
    ben: UUID

    def receipt(self, ledger: UUID, minor: int, on: date, clears_on: date | None = None) -> Draft:
        """Return a receipt to be."""
        lines = (Line(self.bank, "D", minor), Line(ledger, "C", minor, clears_on))
        return Draft("receipt", on, "From Ann", str(ids.new()), lines)

    def withdrawal(self, ledger: UUID, minor: int, on: date) -> Draft:
        """Return a withdrawal to be."""
        lines = (Line(ledger, "D", minor), Line(self.bank, "C", minor))
        return Draft("withdrawal", on, "To the court", str(ids.new()), lines)

    def post(self, *drafts: Draft) -> list[posting.Posted]:
        """Post as the keeper's firm does."""
        with acting(self.keeper):
            return posting.post(drafts, by=self.keeper.id, at=LATER)


def open_books(keeper: Person) -> Books:
    """Open a pool with two client ledgers in the keeper's firm."""
    with acting(keeper):
        bank = accounts.open_pool(
            bank_id=ids.new(), firm_id=keeper.firm_id, currency="AUD", at=LATER
        ).id
        ann, ben = (
            accounts.open_in(pool_id=bank, kind=AccountKind.CLIENT, at=LATER) for _ in range(2)
        )
    return Books(keeper, bank, ann, ben)

"""What the bank does to the firm's client money, and what goes round every deed."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.db import DatabaseError

from chancery.ledger import posting
from chancery.ledger.models import Entry
from chancery.ledger.posting import Draft, Line
from chancery.ledger.reversals import mirror
from chancery.practice.models import Person
from chancery.trust import (
    bank_charges,
    interest,
    own_funds,
)
from chancery.trust.models import Receipt, Transfer, Withdrawal
from chancery.trust.movements import Said
from property.firm import Firm
from world import acting

T = TypeVar("T")


class BankSide(Firm):
    """A firm whose bank pays and takes, and whose ledger somebody tries to go round."""

    # What the bank does

    def interest(self, name: str, minor: int, on: date) -> object:
        """Credit a client with interest."""
        nothing = self.money(0)
        shares = [interest.Share(self.ledgers[name], self.money(minor), nothing, nothing)]
        return self._moved(interest.credit_clients, on, shares=shares)

    def held_for_others(self, minor: int, on: date) -> object:
        """Hold interest for the fund that it belongs to."""
        return self._moved(interest.hold_for_others, on, amount=self.money(minor))

    def paid_on(self, minor: int, on: date) -> object:
        """Pay the fund what is its own."""
        return self._moved(interest.pay_on, on, amount=self.money(minor))

    def charge(self, minor: int, on: date) -> object:
        """Record what the bank took for itself."""
        return self._moved(bank_charges.record, on, charge=self.money(minor))

    def own_money(self, minor: int, on: date) -> object:
        """Pay in the firm's own money."""
        return self._moved(own_funds.pay_in, on, amount=self.money(minor))

    # What goes round the deeds

    def reverse_behind(self, document: Receipt | Withdrawal | Transfer, on: date) -> object:
        """Post a mirror of a document's journal without asking the deed."""
        return self.by(
            "Bob",
            lambda by: posting.post(
                [
                    mirror(
                        journal_id=document.journal_id,
                        kind="reversal",
                        on=on,
                        narrative="Again",
                        key=f"again-{self.trust.key()}",
                    )
                ],
                by=by.id,
                at=self.now,
            ),
        )

    def pay_behind(self, name: str, minor: int, on: date) -> object:
        """Post a payment without asking the deed."""
        lines = (
            Line(self.ledgers[name].id, "D", minor),
            Line(self.trust.account.id, "C", minor),
        )
        draft = Draft("withdrawal", on, "Behind", f"behind-{self.trust.key()}", lines)
        return self.by("Bob", lambda by: posting.post([draft], by=by.id, at=self.now))

    def post_out_of_balance(self, name: str) -> object:
        """Post a journal whose sides differ."""
        ledger = self.ledgers[name].id
        lines = (
            Line(self.trust.account.id, "D", 3),
            Line(ledger, "C", 2),
            Line(ledger, "C", 2),
        )
        draft = Draft("receipt", self.today, "Lopsided", f"lopsided-{self.trust.key()}", lines)
        return self._refused(lambda by: posting.post([draft], by=by.id, at=self.now))

    def write_over(self, document: Receipt | Withdrawal | Transfer) -> object:
        """Change an amount that is posted, as the program's own role."""

        def change(_by: Person) -> None:
            Entry.objects.filter(journal_id=document.journal_id).update(amount_minor=1)

        return self._refused(change)

    def entries_seen_by_a_stranger(self) -> int:
        """Count the entries that another firm sees."""
        with acting(self.stranger):
            return Entry.objects.count()

    def _refused(self, act: Callable[[Person], object]) -> object:
        """Return that the database refused an act, or what came of it."""
        try:
            return self.by("Bob", act)
        except DatabaseError:
            return "refused"

    def _moved(self, deed: Callable[..., T], on: date, **given: object) -> T | str:
        said, key = Said(on, "As the bank says"), self.trust.key()
        return self.by(
            "Bob",
            lambda by: deed(
                account=self.trust.account, said=said, by=by, at=self.now, today=self.today,
                key=key, **given,
            ),
        )  # fmt: skip

"""Where a sequence of deeds is acted: a firm founded once, of which every sequence leaves no trace."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from typing import TypeVar

from django.db import DatabaseError, connection

from chancery.ledger import holds, periods, posting
from chancery.ledger.models import Entry
from chancery.ledger.posting import Draft, Line
from chancery.ledger.reversals import mirror
from chancery.lib.money import Money
from chancery.lib.refusals import Refusal
from chancery.practice.models import Person
from chancery.trust import (
    bank_charges,
    client_ledgers,
    interest,
    own_funds,
    receipts,
    requests,
    reversals,
    settings,
    transfers,
    withdrawals,
)
from chancery.trust.models import Receipt, Transfer, TrustLedger, Withdrawal
from chancery.trust.movements import Said
from chancery.trust.receipts import Method, Part, ReceiptDetails
from chancery.trust.requests import MoneyRequest, RequestDetails, RequestKind
from chancery.trust.reversals import Kind, ReversalDetails
from chancery.trust.rules.policy_payments import ChequeRule
from chancery.trust.withdrawals import Release
from money import Trust, firm_in, open_trust
from property.model import ACCOUNTS, LEDGERS, OTHERS, SHORT, Figures
from world import acting, charlie

T = TypeVar("T")
_OF_THE_ACCOUNT = {"deficiency": SHORT, "foundation_interest": OTHERS}
_DAYS = """SELECT a.id, a.kind, d.day, d.held_minor, d.available_minor FROM ledger_account a
  JOIN ledger_day d ON d.account_id = a.id WHERE a.pool_id = %s ORDER BY d.day"""


@dataclass
class Ground:
    """The firm, its people and three ledgers; every deed is done on ``today``."""

    trust: Trust
    people: dict[str, Person]
    ledgers: dict[str, TrustLedger]
    stranger: Person
    today: date

    @classmethod
    def at(cls, place: str, today: date) -> "Ground":
        """Found the firm of a place with its three ledgers."""
        marlow = firm_in(place)
        trust = open_trust(marlow, place)
        ledgers = {name: trust.ledger(f"Matter {name}") for name in LEDGERS}
        people = {"Alice": marlow.alice, "Bob": marlow.bob, "Lena": trust.checker}
        return cls(trust, people, ledgers, charlie(), today)

    def afresh(self) -> "Ground":
        """Return the ground for one sequence more."""
        return replace(self, trust=replace(self.trust, keys=count()))

    @property
    def now(self) -> datetime:
        """Return an instant of today."""
        return datetime(self.today.year, self.today.month, self.today.day, 2, tzinfo=UTC)

    def by(self, who: str, deed: Callable[[Person], T]) -> T | str:
        """Do a deed as a person; return what it returns, or the code by which it was refused."""
        person = self.people[who]
        try:
            with acting(person):
                return deed(person)
        except Refusal as refusal:
            return refusal.code

    def receive(self, parts: dict[str, int], on: date, method: Method, key: str) -> Receipt | str:
        """Take a receipt for some ledgers."""
        given = [Part(self.ledgers[name].id, self._money(minor)) for name, minor in parts.items()]
        details = ReceiptDetails(
            self.trust.account.id, tuple(given), on, method, "Ann Client", "On account"
        )
        return self.by(
            "Bob",
            lambda by: receipts.take(
                details=details, by=by, at=self.now, today=self.today, key=key
            ),
        )

    def ask(
        self, who: str, source: str, minor: int, target: str, authority: str
    ) -> MoneyRequest | str:
        """Ask for a payment, or for a transfer where a target is named."""
        details = self._details(source, minor, target, authority)
        key = self.trust.key()
        return self.by(who, lambda by: requests.ask(details=details, by=by, at=self.now, key=key))

    def edit(self, request: MoneyRequest, who: str, minor: int, seen: int) -> MoneyRequest | str:
        """Change the amount that is asked for."""
        before = request
        details = RequestDetails(
            RequestKind(before.kind),
            before.ledger,
            self._money(minor),
            before.reason,
            before.method,
            before.payee,
            target=before.target,
            authority=before.authority,
        )
        return self.by(
            who,
            lambda by: requests.edit(
                request_id=request.id, details=details, version=seen, by=by, at=self.now
            ),
        )

    def approve(self, request: MoneyRequest, who: str, seen: int) -> MoneyRequest | str:
        """Approve what is asked for."""
        return self.by(
            who,
            lambda by: requests.approve(request_id=request.id, version=seen, by=by, at=self.now),
        )

    def release(
        self, request: MoneyRequest, who: str, on: date, *, is_signed_in_again: bool = True
    ) -> Withdrawal | Transfer | str:
        """Pay or move what was asked for."""
        signed_in = self.now if is_signed_in_again else None
        how = Release(on, signed_in, confirms=frozenset(ChequeRule))
        moves = request.kind == RequestKind.TRANSFER
        deed = transfers.make if moves else withdrawals.release
        return self.by(
            who,
            lambda by: deed(request_id=request.id, how=how, by=by, at=self.now, today=self.today),
        )

    def take_back(
        self, document: Receipt | Withdrawal | Transfer, kind: Kind, on: date
    ) -> reversals.Reversal | str:
        """Take a document back."""
        details = ReversalDetails(kind, on, "As the bank says")
        return self.by(
            "Bob",
            lambda by: reversals.reverse(
                document=document, details=details, by=by, at=self.now, today=self.today
            ),
        )

    def protect(self, name: str, minor: int, on: date) -> object:
        """Set money apart."""
        account = self.ledgers[name].id
        return self.by(
            "Bob",
            lambda by: holds.protect(
                account_id=account, amount_minor=minor, on=on, by=by.id, at=self.now
            ),
        )

    def unprotect(self, kept: object, on: date) -> object:
        """Let money go that was set apart."""
        return self.by(
            "Bob",
            lambda by: holds.unprotect(protection_id=kept, on=on, by=by.id, at=self.now),  # type: ignore[arg-type]  # an id, as protect gave it
        )

    def clear_early(self, receipt: Receipt, parts: int, on: date) -> object:
        """Count every part of a receipt as cleared."""

        def clear(by: Person) -> None:
            for line in range(2, parts + 2):
                holds.clear_early(
                    journal_id=receipt.journal_id, line=line, on=on, by=by.id, at=self.now
                )

        return self.by("Bob", clear)

    def lock(self, through: date) -> object:
        """Lock the days of the account through a day."""
        pool = self.trust.account.id
        return self.by(
            "Alice",
            lambda by: periods.lock(
                pool_id=pool, through=through, reason="Reconciled", by=by.id, at=self.now
            ),
        )

    def reopen_days(self, through: date | None) -> object:
        """Open days of the account again."""
        pool = self.trust.account.id
        return self.by(
            "Alice",
            lambda by: periods.reopen(
                pool_id=pool, through=through, reason="A line lacks", by=by.id, at=self.now
            ),
        )

    def turn(self, name: str, how: str) -> object:
        """Close a ledger, or open it again."""
        deed = client_ledgers.close if how == "close" else client_ledgers.reopen
        ledger = self.ledgers[name]
        return self.by("Bob", lambda by: deed(ledger=ledger, reason="So", by=by, at=self.now))

    def limit(self, minor: int | None) -> object:
        """Set what one person may release in a day."""
        most = None if minor is None else self._money(minor)
        habits = settings.Habits(stricter={}, daily_limit=most)
        return self.by("Alice", lambda by: settings.change(to=habits, by=by, at=self.now))

    def days(self) -> dict[str, dict[date, Figures]]:
        """Return the days of every ledger as the program keeps them."""
        names = {ledger.id: name for name, ledger in self.ledgers.items()}
        found: dict[str, dict[date, Figures]] = {name: {} for name in ACCOUNTS}
        with acting(self.people["Bob"]), connection.cursor() as cursor:
            cursor.execute(_DAYS, [self.trust.account.id])
            for account, kind, day, held, available in cursor.fetchall():
                name = _OF_THE_ACCOUNT.get(kind) or names[account]
                found[name][day] = Figures(held, available)
        return found

    # What the bank does

    def interest(self, name: str, minor: int, on: date) -> object:
        """Credit a client with interest."""
        nothing = self._money(0)
        shares = [interest.Share(self.ledgers[name], self._money(minor), nothing, nothing)]
        return self._moved(interest.credit_clients, on, shares=shares)

    def held_for_others(self, minor: int, on: date) -> object:
        """Hold interest for the fund that it belongs to."""
        return self._moved(interest.hold_for_others, on, amount=self._money(minor))

    def paid_on(self, minor: int, on: date) -> object:
        """Pay the fund what is its own."""
        return self._moved(interest.pay_on, on, amount=self._money(minor))

    def charge(self, minor: int, on: date) -> object:
        """Record what the bank took for itself."""
        return self._moved(bank_charges.record, on, charge=self._money(minor))

    def own_money(self, minor: int, on: date) -> object:
        """Pay in the firm's own money."""
        return self._moved(own_funds.pay_in, on, amount=self._money(minor))

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

    def _details(self, source: str, minor: int, target: str, authority: str) -> RequestDetails:
        moves = bool(target)
        return RequestDetails(
            kind=RequestKind.TRANSFER if moves else RequestKind.WITHDRAWAL,
            ledger=self.ledgers[source],
            amount=self._money(minor),
            reason="Settlement",
            method="" if moves else "cheque",
            payee="" if moves else "Vendor",
            target=self.ledgers[target] if moves else None,
            authority=authority,
        )

    def _money(self, minor: int) -> Money:
        return Money(minor, self.trust.account.currency)

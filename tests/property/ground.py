"""Every deed that people do to client money, as a person does it: what it returns, or why it is refused."""

from datetime import date

from chancery.trust import (
    clearances,
    client_ledgers,
    period_locks,
    protections,
    receipts,
    requests,
    reversals,
    settings,
    transfers,
    withdrawals,
)
from chancery.trust.clearances import Evidence
from chancery.trust.models import Protection, Receipt, Transfer, Withdrawal
from chancery.trust.receipts import Method, Part, ReceiptDetails
from chancery.trust.requests import MoneyRequest, RequestDetails, RequestKind
from chancery.trust.reversals import Kind, ReversalDetails
from chancery.trust.rules.policy_payments import ChequeRule
from chancery.trust.withdrawals import Release
from property.bank_side import BankSide


class Ground(BankSide):
    """The firm and all that is done there by its people."""

    def receive(self, parts: dict[str, int], on: date, method: Method, key: str) -> Receipt | str:
        """Take a receipt for some ledgers."""
        given = [Part(self.ledgers[name].id, self.money(minor)) for name, minor in parts.items()]
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
            self.money(minor),
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
        """Set money apart, on a day."""
        ledger, key = self.ledgers[name], f"protection-{self.trust.key()}"
        return self.by(
            "Bob",
            lambda by: protections.protect(
                ledger=ledger,
                amount=self.money(minor),
                reason="Stamp duty",
                by=by,
                at=self.now,
                today=on,
                key=key,
            ),
        )

    def unprotect(self, kept: Protection, on: date) -> object:
        """Let money go that was set apart."""
        return self.by(
            "Bob",
            lambda by: protections.release(
                protection=kept, reason="Paid", by=by, at=self.now, today=on
            ),
        )

    def clear_early(self, receipt: Receipt, on: date) -> object:
        """Let Bob ask that a receipt counts as cleared, and Lena confirm it, on a day."""
        evidence = Evidence("The bank's letter", "77120")
        asked = self.by(
            "Bob",
            lambda by: clearances.ask(
                receipt=receipt, evidence=evidence, by=by, at=self.now, today=on
            ),
        )
        if isinstance(asked, str):
            return asked
        return self.by(
            "Lena",
            lambda by: clearances.confirm(receipt=receipt, by=by, at=self.now, today=on),
        )

    def lock(self, through: date) -> object:
        """Lock the days of the account through a day."""
        account = self.trust.account.id
        return self.by(
            "Alice",
            lambda by: period_locks.lock(
                account_id=account,
                through=through,
                reason="Reconciled",
                by=by,
                at=self.now,
                today=self.today,
            ),
        )

    def reopen_days(self, through: date | None) -> object:
        """Open days of the account again."""
        account = self.trust.account.id
        return self.by(
            "Alice",
            lambda by: period_locks.reopen(
                account_id=account, through=through, reason="A line lacks", by=by, at=self.now
            ),
        )

    def call_off(self, request: MoneyRequest, who: str, deed: str) -> object:
        """Reject a request, or take it back."""
        act = requests.reject if deed == "reject" else requests.withdraw
        return self.by(
            who, lambda by: act(request_id=request.id, words="Not now.", by=by, at=self.now)
        )

    def turn(self, name: str, how: str) -> object:
        """Close a ledger, or open it again."""
        deed = client_ledgers.close if how == "close" else client_ledgers.reopen
        ledger = self.ledgers[name]
        return self.by("Bob", lambda by: deed(ledger=ledger, reason="So", by=by, at=self.now))

    def limit(self, minor: int | None) -> object:
        """Set what one person may release in a day."""
        most = None if minor is None else self.money(minor)
        habits = settings.Habits(stricter={}, daily_limit=most)
        return self.by("Alice", lambda by: settings.change(to=habits, by=by, at=self.now))

    def _details(self, source: str, minor: int, target: str, authority: str) -> RequestDetails:
        moves = bool(target)
        return RequestDetails(
            kind=RequestKind.TRANSFER if moves else RequestKind.WITHDRAWAL,
            ledger=self.ledgers[source],
            amount=self.money(minor),
            reason="Settlement",
            method="" if moves else "cheque",
            payee="" if moves else "Vendor",
            target=self.ledgers[target] if moves else None,
            authority=authority,
        )

"""Client money of Marlow & Finch: a trust account with ledgers, and ways to move money as people do."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import world
from chancery.ledger import balances
from chancery.lib import clock
from chancery.lib.money import Money
from chancery.practice import matters
from chancery.practice.models import Contact, Matter, Person
from chancery.practice.models.contact import RoleOfContact
from chancery.practice.models.firm import Role
from chancery.trust import (
    bank_accounts,
    client_ledgers,
    deposit_slips,
    jurisdiction,
    receipts,
    requests,
    reversals,
    withdrawals,
)
from chancery.trust.account_details import AccountDetails
from chancery.trust.models import Receipt, TrustBankAccount, TrustLedger, Withdrawal
from chancery.trust.receipts import Method, Part, ReceiptDetails
from chancery.trust.requests import RequestDetails, RequestKind
from chancery.trust.reversals import Kind, ReversalDetails, Reversible
from chancery.trust.rules.numbering import Series
from chancery.trust.rules.packs import load
from chancery.trust.rules.policy_payments import ChequeRule
from chancery.trust.withdrawals import Release
from world import Marlow, acting, ask_in, contact, matter

FIRST = date(2026, 9, 1)
NUMBERS: dict[str, dict[str, str]] = {
    "AU": {"bsb": "062-000", "account": "12345678"},
    "CA": {"institution": "003", "transit": "00042", "account": "1234567"},
    "GB": {"sort_code": "20-00-00", "account": "12345678"},
    "HK": {"account": "123456789012"},
    "IE": {"iban": "IE29 AIBK 9311 5212 3456 78"},
    "NZ": {"account": "12-3456-0123456-00"},
    "SG": {"account": "1234567890"},
    "US": {"routing": "021000021", "account": "12345678"},
    "ZA": {"account": "1234567890"},
}


@dataclass
class Trust:
    """A firm's trust account and who works on it; every act is dated ``today``, which tests move on.

    ``maker`` prepares and releases, ``checker`` approves: two people, as the law wants them. Where the
    law wants two behind every payment, the ``owner`` approves as well.
    """

    owner: Person
    maker: Person
    checker: Person
    account: TrustBankAccount
    today: date = FIRST
    keys: Any = field(default_factory=count)

    @property
    def at(self) -> datetime:
        """Return noon of today in Sydney, as an instant."""
        return datetime(self.today.year, self.today.month, self.today.day, 2, tzinfo=UTC)

    def money(self, figure: str) -> Money:
        """Return an amount of the account's currency."""
        return Money.parse(figure, self.account.currency)

    def ledger(self, title: str = "Purchase", *, client: Contact | None = None) -> TrustLedger:
        """Open a matter and its ledger."""
        opened = matter(self.maker, title, client=client or contact(self.maker, f"{title} Client"))
        with acting(self.maker):
            found = matters.visible_to(self.maker, opened.number)
            return client_ledgers.open(
                matter=found, account_id=self.account.id, by=self.maker, at=self.at
            )

    def receive(
        self, ledger: TrustLedger, figure: str, method: Method = Method.DIRECT_DEPOSIT, **more: Any
    ) -> Receipt:
        """Take a receipt for one ledger today."""
        details = ReceiptDetails(
            account_id=more.pop("account_id", self.account.id),
            parts=more.pop("parts", (Part(ledger.id, self.money(figure)),)),
            received_on=more.pop("on", self.today),
            method=method,
            received_from=more.pop("received_from", "Ann Client"),
            reason=more.pop("reason", "Deposit"),
            **more,
        )
        with acting(self.maker):
            return receipts.take(
                details=details, by=self.maker, at=self.at, today=self.today, key=self.key()
            )

    def ask(self, ledger: TrustLedger, figure: str, **more: Any) -> requests.MoneyRequest:
        """Ask for a withdrawal to a third party by cheque, unless told otherwise."""
        details = RequestDetails(
            kind=more.pop("kind", RequestKind.WITHDRAWAL),
            ledger=ledger,
            amount=self.money(figure),
            reason=more.pop("reason", "Stamp duty"),
            method=more.pop("method", "cheque"),
            payee=more.pop("payee", "Revenue NSW"),
            **more,
        )
        with acting(self.maker):
            return requests.ask(details=details, by=self.maker, at=self.at, key=self.key())

    def approve(self, request: requests.MoneyRequest) -> requests.MoneyRequest:
        """Let the checker approve a request as it stands."""
        with acting(self.checker):
            return requests.approve(
                request_id=request.id, version=request.version, by=self.checker, at=self.at
            )

    def release(self, request: requests.MoneyRequest, on: date | None = None) -> Withdrawal:
        """Let the maker release an approved payment; a cheque is as every place wants it."""
        how = Release(on or self.today, self.at, confirms=frozenset(ChequeRule))
        with acting(self.maker):
            return withdrawals.release(
                request_id=request.id,
                how=how,
                by=self.maker,
                at=self.at,
                today=self.today,
            )

    def pay(self, ledger: TrustLedger, figure: str, **more: Any) -> Withdrawal:
        """Ask, approve and release a withdrawal."""
        on = more.pop("on", None)
        return self.release(self.approve(self.ask(ledger, figure, **more)), on)

    def reverse(self, document: Reversible, kind: Kind = "reversal") -> reversals.Reversal:
        """Take a document back today."""
        with acting(self.maker):
            return reversals.reverse(
                document=document,
                details=ReversalDetails(kind, self.today, "Entered by mistake"),
                by=self.maker,
                at=self.at,
                today=self.today,
            )

    def held(self, ledger: TrustLedger) -> str:
        """Return what a ledger holds today, as a figure."""
        with acting(self.maker):
            standing = balances.of_accounts([ledger.id], on=self.today)[ledger.id]
        return str(Money(standing.held_minor, self.account.currency))

    def available(self, ledger: TrustLedger) -> str:
        """Return what may leave a ledger today, as a figure."""
        with acting(self.maker):
            standing = balances.of_accounts([ledger.id], on=self.today)[ledger.id]
        return str(Money(standing.available_minor, self.account.currency))

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.today += timedelta(days=days)

    def key(self) -> str:
        """Return a key that was not used before."""
        return f"test-{next(self.keys)}"


@dataclass(frozen=True)
class Held:
    """Money of one matter: its ledger, a check that waits to clear, and the slip that it lies on."""

    ledger: TrustLedger
    receipt: Receipt
    slip: deposit_slips.DepositSlip


def of_matter(by: Person, account: TrustBankAccount, opened: Matter) -> Held:
    """Receive a check for a matter today and put it on a slip; one person does it all."""
    today, at = clock.today(by.firm.time_zone), clock.now()
    with acting(by):
        found = matters.visible_to(by, opened.number)
        ledger = client_ledgers.open(matter=found, account_id=account.id, by=by, at=at)
        details = ReceiptDetails(
            account_id=account.id,
            parts=(Part(ledger.id, Money.parse("1,200.00", account.currency)),),
            received_on=today,
            method=Method.CHEQUE,
            received_from="Ann Client",
            reason="On account of costs",
        )
        receipt = receipts.take(details=details, by=by, at=at, today=today, key=str(ledger.id))
        slip = deposit_slips.put_on(account=account, receipt_ids=[receipt.id], by=by, at=at)
    return Held(ledger, receipt, slip)


def firm_in(place: str) -> Marlow:
    """Found Marlow & Finch where a place is: in its country, currency and time."""
    pack = load(place)
    return world.marlow(pack.currency, pack.country, pack.time_zone or "UTC")


def open_trust(marlow: Marlow, place: str = "au_nsw") -> Trust:
    """Choose a jurisdiction and open a general trust account; Bob prepares, Lena approves."""
    owner, maker = marlow.alice, marlow.bob
    checker = ask_in(owner, "Lena Wu", "lena@marlow.example", Role.LAWYER)
    bank = contact(owner, "Harbour Bank", RoleOfContact.BANK)
    pack = load(place)
    details = AccountDetails(
        name="Marlow & Finch law practice trust account",
        kind="current",
        bank_id=bank.id,
        number=NUMBERS[pack.country],
        receipt=Series("R-", 1),
        withdrawal=Series("W-", 1),
        transfer=Series("T-", 1),
    )
    at = datetime(2026, 8, 31, 2, tzinfo=UTC)
    with acting(owner):
        jurisdiction.choose(code=place, by=owner, at=at)
        account = bank_accounts.open_account(details=details, by=owner, at=at).account
    return Trust(owner, maker, checker, account)


def umbrella(owner: Person) -> TrustBankAccount:
    """Open the account under which each matter has a bank account of its own."""
    details = AccountDetails(
        name="Marlow & Finch controlled money",
        kind="controlled",
        bank_id=None,
        number={},
        receipt=Series("CR-", 1),
        withdrawal=Series("CW-", 1),
        transfer=Series("CT-", 1),
    )
    at = datetime(2026, 9, 1, tzinfo=UTC)
    with acting(owner):
        return bank_accounts.open_account(details=details, by=owner, at=at).account

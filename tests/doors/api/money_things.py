"""Client money of Marlow & Finch for the API's tests: each record is made when it is first asked for.

Bob prepares, Lena approves; everything is dated yesterday, so that the API's own instants come after it.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

import past
import registered
import world
from chancery.lib import clock
from chancery.practice.models import Contact, Matter, Person
from chancery.practice.models.contact import RoleOfContact
from chancery.trust import (
    bank_charges,
    clearances,
    client_ledgers,
    deficiencies,
    deposit_slips,
    interest,
    movements,
    payees,
    protections,
    requests,
)
from chancery.trust.models import (
    ClearanceRequest,
    ControlledAccount,
    Deficiency,
    DepositSlip,
    HistoryImport,
    MoneyRequest,
    Movement,
    Opening,
    OpeningLedger,
    PayeeDetails,
    PowerEntry,
    Protection,
    Receipt,
    Reversal,
    Transfer,
    TransitEntry,
    TrustBankAccount,
    TrustLedger,
    Withdrawal,
)
from chancery.trust.receipts import Method
from chancery.trust.releases import Release
from chancery.trust.requests import RequestKind
from chancery.trust.rules.policy_payments import ChequeRule
from chancery.trust.transfers import make
from money import Trust, open_trust, umbrella
from world import Marlow, acting


def open_account(marlow: Marlow) -> Trust:
    """Open the firm's trust account, to work on yesterday."""
    trust = open_trust(marlow)
    trust.today = clock.today("Australia/Sydney") - timedelta(days=1)
    return trust


@dataclass
class MoneyThings:
    """A trust account with money in it, and every kind of record there is."""

    owner: Person
    trust: Trust

    @classmethod
    def of(cls, marlow: Marlow) -> "MoneyThings":
        """Open the firm's trust account."""
        return cls(marlow.alice, open_account(marlow))

    @cached_property
    def ledger(self) -> TrustLedger:
        """Return a ledger that holds 1,000.00."""
        ledger = self.trust.ledger()
        self.trust.receive(ledger, "1,000.00")
        return ledger

    @cached_property
    def other(self) -> TrustLedger:
        """Return a ledger that holds nothing."""
        return self.trust.ledger("Sale")

    @cached_property
    def closed(self) -> TrustLedger:
        """Return a ledger that is closed."""
        ledger = self.trust.ledger("Old lease")
        with acting(self.owner):
            client_ledgers.close(ledger=ledger, reason="Done", by=self.owner, at=self.trust.at)
        return ledger

    @cached_property
    def receipt(self) -> Receipt:
        """Return a receipt of 10.00."""
        return self.trust.receive(self.ledger, "10.00")

    @cached_property
    def asked(self) -> MoneyRequest:
        """Return a request that nobody has approved."""
        return self.trust.ask(self.ledger, "50.00")

    @cached_property
    def own(self) -> MoneyRequest:
        """Return a request that Alice asked for."""
        details = requests.RequestDetails(
            kind=RequestKind.WITHDRAWAL,
            ledger=self.ledger,
            amount=self.trust.money("5.00"),
            reason="Search fee",
            method="cheque",
            payee="Land registry",
        )
        with acting(self.owner):
            return requests.ask(
                details=details, by=self.owner, at=self.trust.at, key=self.trust.key()
            )

    @cached_property
    def questioned(self) -> MoneyRequest:
        """Return a request of which something was asked back."""
        asked = self.trust.ask(self.ledger, "60.00")
        with acting(self.trust.checker):
            return requests.ask_back(
                request_id=asked.id, words="Which?", by=self.trust.checker, at=self.trust.at
            )

    @cached_property
    def approved(self) -> MoneyRequest:
        """Return an approved payment."""
        return self.trust.approve(self.trust.ask(self.ledger, "70.00"))

    @cached_property
    def approved_transfer(self) -> MoneyRequest:
        """Return an approved transfer."""
        asked = self.trust.ask(
            self.ledger,
            "20.00",
            kind=RequestKind.TRANSFER,
            target=self.other,
            authority="Letter of 1 Sep",
            method="",
            payee="",
        )
        return self.trust.approve(asked)

    @cached_property
    def withdrawal(self) -> Withdrawal:
        """Return a payment that left."""
        return self.trust.pay(self.ledger, "80.00")

    @cached_property
    def transfer(self) -> Transfer:
        """Return a transfer that was made."""
        how = Release(self.trust.today, self.trust.at, confirms=frozenset(ChequeRule))
        with acting(self.trust.maker):
            return make(
                request_id=self.approved_transfer.id,
                how=how,
                by=self.trust.maker,
                at=self.trust.at,
                today=self.trust.today,
            )

    @cached_property
    def reversal(self) -> Reversal:
        """Return what took a receipt back."""
        return self.trust.reverse(self.trust.receive(self.ledger, "30.00"))

    @cached_property
    def protection(self) -> Protection:
        """Return a protected amount."""
        trust = self.trust
        with acting(trust.maker):
            return protections.protect(
                ledger=self.ledger,
                amount=trust.money("40.00"),
                reason="Stamp duty",
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )

    @cached_property
    def movement(self) -> Movement:
        """Return a bank charge, which left a shortage."""
        trust = self.trust
        assert self.ledger
        with acting(trust.maker):
            return bank_charges.record(
                account=trust.account,
                charge=trust.money("3.00"),
                said=movements.Said(trust.today, "Fee of August"),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )

    @cached_property
    def deficiency(self) -> Deficiency:
        """Return the shortage that a bank charge left."""
        with acting(self.owner):
            case = Deficiency.objects.select_related("account").get(source_id=self.movement.id)
            return deficiencies.visible(case.id)

    @cached_property
    def restored(self) -> Deficiency:
        """Return a shortage that was restored and is not closed."""
        trust, case = self.trust, registered.shortage(self.trust, "4.00")
        with acting(trust.maker):
            return deficiencies.restore(
                case=case,
                amount=trust.money("4.00"),
                said=movements.Said(trust.today, "From the office account"),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )

    @cached_property
    def interest_held(self) -> Movement:
        """Return interest that waits to be paid on."""
        trust = self.trust
        with acting(trust.maker):
            return interest.hold_for_others(
                account=trust.account,
                amount=trust.money("9.00"),
                said=movements.Said(trust.today, "As the bank says"),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )

    @cached_property
    def umbrella(self) -> TrustBankAccount:
        """Return the account under which matters have bank accounts of their own."""
        return umbrella(self.owner)

    @cached_property
    def own_bank(self) -> Contact:
        """Return the bank at which matters have accounts of their own."""
        return world.contact(self.owner, "Second Bank", RoleOfContact.BANK)

    @cached_property
    def own_account(self) -> ControlledAccount:
        """Return a matter's own bank account."""
        return registered.own_account(self.trust, self.umbrella, self.own_bank)

    @cached_property
    def transit(self) -> TransitEntry:
        """Return money that was handed on."""
        return registered.transit_entry(self.trust)

    @cached_property
    def power(self) -> PowerEntry:
        """Return a power that was given."""
        return registered.power(self.trust)

    @cached_property
    def deposited(self) -> Movement:
        """Return money on statutory deposit."""
        assert self.ledger
        return registered.deposit(self.trust, "9.00")

    @cached_property
    def cheque(self) -> Receipt:
        """Return a cheque of 25.00 that has not cleared and lies on no slip."""
        return self.trust.receive(self.ledger, "25.00", Method.CHEQUE)

    @cached_property
    def clearance(self) -> ClearanceRequest:
        """Return what Bob asked about a cheque that has not cleared."""
        trust, receipt = self.trust, self.trust.receive(self.ledger, "26.00", Method.CHEQUE)
        evidence = clearances.Evidence("The bank's list shows it paid", "NB 4711")
        with acting(trust.maker):
            return clearances.ask(
                receipt=receipt,
                evidence=evidence,
                by=trust.maker,
                at=trust.at,
                today=trust.today,
            )

    @cached_property
    def slip(self) -> DepositSlip:
        """Return an open slip with a cheque of 27.00 on it."""
        trust, receipt = self.trust, self.trust.receive(self.ledger, "27.00", Method.CHEQUE)
        with acting(trust.maker):
            return deposit_slips.put_on(
                account=trust.account, receipt_ids=[receipt.id], by=trust.maker, at=trust.at
            )

    @property
    def carried(self) -> Receipt:
        """Return the receipt that lies on the open slip."""
        with acting(self.owner):
            return deposit_slips.receipts_on(self.slip)[0]

    @cached_property
    def payee(self) -> PayeeDetails:
        """Return bank details that Bob entered and nobody checked."""
        trust, contact = self.trust, world.contact(self.owner, "Harbour Builders")
        with acting(trust.maker):
            return payees.enter(
                contact=contact,
                account_name="Harbour Builders Pty Ltd",
                number={"bsb": "062-000", "account": "87654321"},
                by=trust.maker,
                at=trust.at,
            )

    @cached_property
    def old_matter(self) -> Matter:
        """Return a matter that has no ledger."""
        return world.matter(self.owner, "Old purchase")

    @cached_property
    def opening(self) -> Opening:
        """Return the draft of an opening that agrees: 100.00 of one matter, at the bank."""
        opening = past.begin(self.trust, "100.00")
        past.put_ledger(self.trust, self.old_matter.number, "100.00")
        return opening

    @property
    def opening_line(self) -> OpeningLedger:
        """Return the one ledger of the draft."""
        with acting(self.owner):
            return OpeningLedger.objects.get(opening=self.opening)

    @cached_property
    def finished_opening(self) -> Opening:
        """Return the opening, finished."""
        assert self.opening
        return past.finish(self.trust)

    @cached_property
    def undone_opening(self) -> Opening:
        """Return the opening, undone."""
        assert self.finished_opening
        return past.undo(self.trust)

    @cached_property
    def history(self) -> HistoryImport:
        """Return a history of one row that was read and has no finding."""
        number = self.old_matter.number
        return past.read(self.trust, f"2026-05-04,{number},receipt,100.00,,Ann Client,R1,")

    @cached_property
    def posted_history(self) -> HistoryImport:
        """Return the history, posted."""
        return past.post(self.trust, self.history)

"""Money on its way in Marlow & Finch: one of each record that pages of payments show."""

from dataclasses import dataclass

import world
from chancery.practice.models.firm import Role
from chancery.trust import bank_charges, payees, transfers
from chancery.trust.models import (
    MoneyRequest,
    Movement,
    PayeeDetails,
    Transfer,
    TrustBankAccount,
    TrustLedger,
    Withdrawal,
)
from chancery.trust.movements import Said
from chancery.trust.releases import Release
from chancery.trust.requests import RequestKind
from money import Trust
from world import Marlow, acting


@dataclass(frozen=True)
class Moved:
    """What was asked for, what left, what moved, what the bank took, and where a payee is paid to."""

    request: MoneyRequest
    withdrawal: Withdrawal
    transfer: Transfer
    payee_details: PayeeDetails
    charge: Movement


def of(marlow: Marlow, account: TrustBankAccount) -> Moved:
    """Let Bob ask and release and Lena approve, on this account."""
    checker = world.ask_in(marlow.alice, "Lena Wu", "lena@marlow.example", Role.LAWYER)
    trust = Trust(marlow.alice, marlow.bob, checker, account)
    source, target = trust.ledger("Sale"), trust.ledger("Lease")
    trust.receive(source, "900.00")
    return Moved(
        request=trust.ask(source, "10.00"),
        withdrawal=trust.pay(source, "20.00"),
        transfer=transfer(trust, source, target, "30.00"),
        payee_details=details(trust),
        charge=charge(trust, "3.00"),
    )


def transfer(trust: Trust, source: TrustLedger, target: TrustLedger, figure: str) -> Transfer:
    """Move money between two ledgers."""
    asked = trust.ask(
        source,
        figure,
        kind=RequestKind.TRANSFER,
        target=target,
        authority="Letter of 1 Sep 2026",
        details={"authority_on": "2026-09-01"},
    )
    trust.approve(asked)
    with acting(trust.maker):
        return transfers.make(
            request_id=asked.id,
            how=Release(trust.today, trust.at),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def charge(trust: Trust, figure: str) -> Movement:
    """Let the bank take a charge."""
    with acting(trust.maker):
        return bank_charges.record(
            account=trust.account,
            charge=trust.money(figure),
            said=Said(trust.today, "Fee of August"),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key=trust.key(),
        )


def details(trust: Trust, name: str = "Vendor Pty Ltd", account: str = "87654321") -> PayeeDetails:
    """Enter the bank details of a new contact; nobody has called back yet."""
    contact = world.contact(trust.maker, name)
    with acting(trust.maker):
        return payees.enter(
            contact=contact,
            account_name=name,
            number={"bsb": "062-001", "account": account},
            by=trust.maker,
            at=trust.at,
        )


def checked(trust: Trust, entered: PayeeDetails) -> PayeeDetails:
    """Let Lena call back."""
    call = payees.CallBack("02 9000 0000", "Their website", "Ms Vendor")
    with acting(trust.checker):
        payees.check(details=entered, call=call, by=trust.checker, at=trust.at)
    return entered

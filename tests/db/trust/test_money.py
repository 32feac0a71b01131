"""Money comes in, waits, is paid out by two people, and is taken back; the law's limits hold."""

import pytest

import world
from chancery.trust import payees, requests, withdrawals
from chancery.trust.requests import RequestDetails, RequestKind
from chancery.trust.reversals import AlreadyReversed
from chancery.trust.rules import overdraw
from chancery.trust.rules import withdrawals as rules
from chancery.trust.rules.policy_clearing import Method
from chancery.trust.transfers import WrittenAuthorityMissing, make
from chancery.trust.withdrawals import Release
from money import Trust, open_trust
from world import Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


def test_receipts_are_numbered_in_order_and_held(trust: Trust) -> None:
    ledger = trust.ledger()

    first = trust.receive(ledger, "1,000.00")
    second = trust.receive(ledger, "0.50")

    assert [first.number_shown, second.number_shown] == ["R-1", "R-2"]
    assert trust.held(ledger) == "1,000.50"


def test_a_cheque_waits_until_it_clears(trust: Trust) -> None:
    ledger = trust.ledger()
    receipt = trust.receive(ledger, "1,000.00", Method.CHEQUE)

    with pytest.raises(overdraw.WouldOverdraw):
        trust.pay(ledger, "0.01")

    trust.wait((receipt.clears_on - trust.today).days)
    assert trust.pay(ledger, "1,000.00").number_shown == "W-1"
    assert trust.held(ledger) == "0.00"


def test_one_clients_money_never_pays_for_another(trust: Trust) -> None:
    poor, rich = trust.ledger("Poor"), trust.ledger("Rich")
    trust.receive(poor, "100.00")
    trust.receive(rich, "9,900.00")

    with pytest.raises(overdraw.WouldOverdraw):
        trust.pay(poor, "100.01")


def test_nobody_approves_what_they_asked_for(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    request = trust.ask(ledger, "100.00")

    with acting(trust.checker):
        own = requests.ask(
            details=RequestDetails(
                kind=RequestKind.WITHDRAWAL,
                ledger=ledger,
                amount=trust.money("1.00"),
                reason="Search fee",
                method="cheque",
                payee="Land registry",
            ),
            by=trust.checker,
            at=trust.at,
            key="own",
        )

        with pytest.raises(rules.OwnApproval):
            requests.approve(request_id=own.id, version=1, by=trust.checker, at=trust.at)
    with pytest.raises(rules.ApprovalsMissing):
        trust.release(request)


def test_an_edit_after_approval_voids_it(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    request = trust.approve(trust.ask(ledger, "10.00"))
    more = RequestDetails(
        kind=RequestKind.WITHDRAWAL,
        ledger=ledger,
        amount=trust.money("100.00"),
        reason="Stamp duty",
        method="cheque",
        payee="Somebody Else",
    )

    with acting(trust.maker):
        requests.edit(request_id=request.id, details=more, version=1, by=trust.maker, at=trust.at)

    with pytest.raises(rules.ApprovalsMissing):
        trust.release(request)


def test_money_leaves_only_for_a_person_who_just_signed_in_again(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    request = trust.approve(trust.ask(ledger, "10.00"))

    with pytest.raises(withdrawals.StepUpNeeded), acting(trust.maker):
        withdrawals.release(
            request_id=request.id,
            how=Release(trust.today, trust.at - withdrawals.STEP_UP_LASTS * 1.01),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def test_money_goes_electronically_only_to_details_that_somebody_else_checked(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    payee = world.contact(trust.maker, "Vendor Pty Ltd")
    number = {"bsb": "062-001", "account": "87654321"}
    with acting(trust.maker):
        details = payees.enter(
            contact=payee, account_name="Vendor", number=number, by=trust.maker, at=trust.at
        )
    request = trust.approve(trust.ask(ledger, "10.00", method="electronic", payee_details=details))
    call = payees.CallBack("02 9000 0000", "Their website", "Ms Vendor")

    with pytest.raises(payees.PayeeNotVerified):
        trust.release(request)
    with pytest.raises(payees.OwnCheck), acting(trust.maker):
        payees.check(details=details, call=call, by=trust.maker, at=trust.at)
    with acting(trust.checker):
        payees.check(details=details, call=call, by=trust.checker, at=trust.at)
    assert trust.release(request).payee_number_shown == "062-001 8765 4321"


def test_a_payment_taken_back_gives_its_money_back_once(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    paid = trust.pay(ledger, "60.00")

    trust.reverse(paid, "stop")

    assert trust.held(ledger) == "100.00"
    with pytest.raises(AlreadyReversed):
        trust.reverse(paid)


def test_a_receipt_taken_back_by_mistake_must_still_be_there(trust: Trust) -> None:
    ledger = trust.ledger()
    receipt = trust.receive(ledger, "100.00")
    trust.pay(ledger, "60.00")

    with pytest.raises(overdraw.WouldOverdraw):
        trust.reverse(receipt)


def test_a_dishonor_of_spent_money_is_recorded_as_the_firms_shortage(trust: Trust) -> None:
    ledger, other = trust.ledger(), trust.ledger("Other")
    trust.receive(other, "500.00")
    receipt = trust.receive(ledger, "100.00")
    trust.pay(ledger, "60.00")

    reversal = trust.reverse(receipt, "dishonor")

    assert reversal.shortage_minor == 6000
    assert [trust.held(ledger), trust.held(other)] == ["0.00", "500.00"]


def test_a_dishonor_before_clearing_takes_nothing_that_was_available(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "40.00")
    receipt = trust.receive(ledger, "100.00", Method.CHEQUE)

    assert trust.reverse(receipt, "dishonor").shortage_minor == 0
    assert [trust.held(ledger), trust.available(ledger)] == ["40.00", "40.00"]


def test_a_transfer_moves_money_by_written_authority(trust: Trust) -> None:
    source, target = trust.ledger("One"), trust.ledger("Two")
    trust.receive(source, "100.00")

    def transfer(authority: str) -> str:
        request = trust.approve(
            trust.ask(
                source, "70.00", kind=RequestKind.TRANSFER, target=target, authority=authority
            )
        )
        with acting(trust.maker):
            how = Release(trust.today, trust.at)
            return make(
                request_id=request.id, how=how, by=trust.maker, at=trust.at, today=trust.today
            ).number_shown

    with pytest.raises(WrittenAuthorityMissing):
        transfer("")
    assert transfer("Letter of 1 Sep 2026") == "T-1"
    assert [trust.held(source), trust.held(target)] == ["30.00", "70.00"]

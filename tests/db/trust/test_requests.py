"""Who may do what to a request, and what lets its money move."""

from typing import Any

import pytest

import world
from chancery.lib.problems import DetailsNotRight
from chancery.practice.models import Person
from chancery.practice.models.firm import Role
from chancery.practice.permissions import NotAllowed
from chancery.trust import (
    approvals,
    payees,
    receipt_requests,
    releases,
    request_list,
    requests,
    settings,
    transfers,
    withdrawals,
)
from chancery.trust.costs_facts import to_details
from chancery.trust.payees import CallBack, PayeeDetails
from chancery.trust.receipt_requests import NotTheReceiptAskedFor
from chancery.trust.releases import Release
from chancery.trust.request_list import RequestFilter
from chancery.trust.requests import MoneyRequest, RequestDetails, RequestKind, RequestState
from chancery.trust.rules import costs_refusals
from chancery.trust.rules import withdrawals as rules
from chancery.trust.rules.costs import CostsFacts
from chancery.trust.rules.policy_payments import ChequeRule
from chancery.trust.settings import Habits
from money import Trust, open_trust
from world import Marlow, acting

WORDS = "Which invoice is this?"
CALL = CallBack("02 9000 0000", "Their website", "Ms Vendor")


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


@pytest.fixture
def ledger(trust: Trust) -> Any:
    ledger = trust.ledger()
    trust.receive(ledger, "5,000.00")
    return ledger


def entered(trust: Trust, account: str = "87654321", contact: Any = None) -> PayeeDetails:
    contact = contact or world.contact(trust.maker, "Vendor Pty Ltd")
    with acting(trust.maker):
        return payees.enter(
            contact=contact,
            account_name="Vendor",
            number={"bsb": "062-001", "account": account},
            by=trust.maker,
            at=trust.at,
        )


def checked(trust: Trust, details: PayeeDetails) -> PayeeDetails:
    with acting(trust.checker):
        payees.check(details=details, call=CALL, by=trust.checker, at=trust.at)
    return details


def edited(trust: Trust, request: MoneyRequest, by: Person, figure: str = "20.00") -> MoneyRequest:
    details = RequestDetails(
        kind=RequestKind(request.kind),
        ledger=request.ledger,
        amount=trust.money(figure),
        reason="Stamp duty, corrected",
        method=request.method,
        payee=request.payee,
    )
    with acting(by):
        return requests.edit(
            request_id=request.id, details=details, version=request.version, by=by, at=trust.at
        )


def released(trust: Trust, request: MoneyRequest, **how: Any) -> withdrawals.Withdrawal:
    how = {"confirms": frozenset(ChequeRule)} | how
    with acting(trust.maker):
        return withdrawals.release(
            request_id=request.id,
            how=Release(how.pop("on", trust.today), trust.at, **how),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def test_nobody_approves_what_they_had_a_hand_in(marlow: Marlow, trust: Trust, ledger: Any) -> None:
    with acting(trust.checker):
        details = RequestDetails(
            RequestKind.WITHDRAWAL, ledger, trust.money("9.00"), "Fee", "cheque", "Registry"
        )
        request = requests.ask(details=details, by=trust.checker, at=trust.at, key="hers")
    request = edited(trust, request, trust.maker)

    with pytest.raises(rules.OwnApproval):
        trust.approve(request)

    with acting(marlow.alice):
        approved = requests.approve(request_id=request.id, version=2, by=marlow.alice, at=trust.at)
    assert approved.state == RequestState.APPROVED


def test_an_approved_request_is_edited_only_by_who_may(
    marlow: Marlow, trust: Trust, ledger: Any
) -> None:
    other = world.ask_in(marlow.alice, "Omar Said", "omar@marlow.example", Role.LAWYER)
    request = trust.approve(trust.ask(ledger, "10.00"))

    with pytest.raises(NotAllowed):
        edited(trust, request, other)

    assert edited(trust, request, trust.maker).state == RequestState.ASKED


def test_two_must_approve_where_the_firm_asks_for_two(
    marlow: Marlow, trust: Trust, ledger: Any
) -> None:
    with acting(marlow.alice):
        strict = Habits({"payments.two_signatories": {"signatories": 2}})
        settings.change(to=strict, by=marlow.alice, at=trust.at)
    request = trust.approve(trust.ask(ledger, "10.00"))

    assert request.state == RequestState.ASKED
    with pytest.raises(rules.ApprovalsMissing):
        released(trust, request)
    with acting(marlow.alice):
        assert approvals.behind(request, marlow.alice).missing == 1
        second = requests.approve(request_id=request.id, version=1, by=marlow.alice, at=trust.at)
    assert second.state == RequestState.APPROVED
    assert released(trust, request).number_shown == "W-1"


def test_a_payment_cut_in_parts_needs_as_many_as_the_whole(
    marlow: Marlow, trust: Trust, ledger: Any
) -> None:
    with acting(marlow.alice):
        strict = Habits({"payments.two_signatories": {"signatories": 2, "over": 100}})
        settings.change(to=strict, by=marlow.alice, at=trust.at)
    released(trust, trust.approve(trust.ask(ledger, "60.00")))
    part = trust.approve(trust.ask(ledger, "40.01"))

    with pytest.raises(rules.ApprovalsMissing):
        released(trust, part)

    assert released(trust, trust.approve(trust.ask(ledger, "40.00")))


def test_parts_of_a_payment_never_pass_the_daily_total_of_a_person(
    marlow: Marlow, trust: Trust, ledger: Any
) -> None:
    with acting(marlow.alice):
        settings.change(
            to=Habits({}, daily_limit=trust.money("100.00")), by=marlow.alice, at=trust.at
        )
    trust.pay(ledger, "60.00")
    paid = trust.pay(ledger, "39.99", payee="Somebody Else")
    trust.reverse(paid, "stop")

    with pytest.raises(rules.DailyTotalExceeded):
        trust.pay(ledger, "0.02")

    assert trust.pay(ledger, "0.01")
    trust.wait(1)
    assert trust.pay(ledger, "100.00")


def test_what_was_asked_back_is_answered_before_money_moves(trust: Trust, ledger: Any) -> None:
    request = trust.approve(trust.ask(ledger, "10.00"))
    with acting(trust.maker), pytest.raises(requests.NothingAsked):
        requests.answer(request_id=request.id, words="Nothing", by=trust.maker, at=trust.at)
    with acting(trust.checker):
        requests.ask_back(request_id=request.id, words=WORDS, by=trust.checker, at=trust.at)

    with pytest.raises(releases.QuestionIsOpen):
        released(trust, request)

    with acting(trust.maker):
        answered = requests.answer(
            request_id=request.id, words="Invoice 9", by=trust.maker, at=trust.at
        )
    assert answered.state == RequestState.APPROVED
    assert released(trust, request)


def test_a_request_is_taken_back_by_who_asked(marlow: Marlow, trust: Trust, ledger: Any) -> None:
    request = trust.ask(ledger, "10.00")

    with acting(trust.checker), pytest.raises(requests.NotYourRequest):
        requests.withdraw(request_id=request.id, words="No", by=trust.checker, at=trust.at)

    with acting(trust.maker):
        taken = requests.withdraw(request_id=request.id, words="No", by=trust.maker, at=trust.at)
    assert taken.state == RequestState.WITHDRAWN


def test_money_leaves_only_as_it_was_seen(trust: Trust, ledger: Any) -> None:
    request = trust.approve(trust.ask(ledger, "10.00"))

    with pytest.raises(releases.NotAsSeen):
        released(trust, request, version=2)

    assert released(trust, request, version=1)


def test_an_electronic_payment_needs_bank_details(trust: Trust, ledger: Any) -> None:
    bare = trust.approve(trust.ask(ledger, "10.00", method="electronic"))

    with pytest.raises(releases.PayeeDetailsMissing):
        released(trust, bare)

    details = checked(trust, entered(trust))
    request = trust.approve(
        trust.ask(ledger, "10.00", method="electronic", payee_details=details, payee="Mallory")
    )
    assert released(trust, request).payee == "Vendor Pty Ltd"


def test_bank_details_that_changed_since_stop_a_payment(trust: Trust, ledger: Any) -> None:
    details = checked(trust, entered(trust))
    request = trust.approve(trust.ask(ledger, "10.00", method="electronic", payee_details=details))
    entered(trust, "11112222", details.contact)

    with pytest.raises(payees.PayeeDetailsChanged):
        released(trust, request)


def test_an_account_number_of_two_contacts_is_seen(trust: Trust) -> None:
    first = entered(trust)
    same = entered(trust, contact=world.contact(trust.maker, "Mallory Pty Ltd"))

    with acting(trust.maker):
        assert [each.contact.name for each in payees.others_with(first)] == ["Mallory Pty Ltd"]
    entered(trust, "11112222", same.contact)
    with acting(trust.maker):
        assert payees.others_with(first) == []


def test_our_bill_is_paid_to_nobody_but_us(trust: Trust, ledger: Any) -> None:
    request = trust.ask(
        ledger,
        "10.00",
        kind=RequestKind.BILL,
        method="electronic",
        payee="Mallory",
        payee_details=entered(trust),
    )

    assert (request.payee, request.payee_details) == ("", None)


def test_a_bill_is_never_paid_twice(trust: Trust, ledger: Any) -> None:
    facts = CostsFacts(
        amount=trust.money("600.00"),
        bill="B-1",
        owed=trust.money("1,000.00"),
        delivered_on=trust.today,
        mentions_withdrawal=True,
    )
    bills = [
        trust.approve(trust.ask(ledger, "600.00", kind=RequestKind.BILL, details=to_details(facts)))
        for _ in range(2)
    ]

    with pytest.raises(costs_refusals.WaitingPeriodRuns):
        released(trust, bills[0])
    trust.wait(14)
    paid = released(trust, bills[0])
    with pytest.raises(costs_refusals.CostsExceedBill):
        released(trust, bills[1])
    trust.reverse(paid)
    assert released(trust, bills[1]).payee == "Marlow & Finch Lawyers"


def test_money_paid_back_goes_to_the_client_of_the_matter(trust: Trust, ledger: Any) -> None:
    with pytest.raises(DetailsNotRight, match="nobody else"):
        trust.ask(ledger, "10.00", payee="Mallory", details={"to_client": True})

    request = trust.ask(
        ledger, "10.00", payee=ledger.matter.client.name, details={"to_client": True}
    )
    assert released(trust, trust.approve(request)).payee == "Purchase Client"


def test_a_cheque_is_as_the_place_wants_it(trust: Trust, ledger: Any) -> None:
    request = trust.approve(trust.ask(ledger, "10.00"))
    with pytest.raises(DetailsNotRight, match="bears the firm's name"):
        released(trust, request, confirms=frozenset())
    to_cash = trust.approve(trust.ask(ledger, "10.00", payee="Cash", authority="Letter"))
    with pytest.raises(DetailsNotRight, match="never made out to cash"):
        released(trust, to_cash)


def test_the_number_of_a_cheque_is_used_once(trust: Trust, ledger: Any) -> None:
    first, second, third = (trust.approve(trust.ask(ledger, f"{n}.00")) for n in (1, 2, 3))

    assert released(trust, first, cheque_number=70).cheque_number == 70
    with pytest.raises(withdrawals.ChequeNumberTaken):
        released(trust, second, cheque_number=70)
    assert released(trust, second).cheque_number == 71
    assert released(trust, third, cheque_number=12).cheque_number == 12


def test_cash_is_handed_out_only_where_the_place_lets_it(trust: Trust, ledger: Any) -> None:
    request = trust.approve(trust.ask(ledger, "10.00", method="cash"))

    with pytest.raises(rules.PaymentMethodNotAllowed):
        released(trust, request, witness="Noor Haddad")


def test_a_request_for_a_receipt_ends_with_that_receipt(trust: Trust, ledger: Any) -> None:
    request = trust.ask(ledger, "250.00", kind=RequestKind.RECEIPT, method="", payee="")
    other, right = trust.receive(ledger, "249.99"), trust.receive(ledger, "250.00")

    def finish(receipt: Any) -> MoneyRequest:
        with acting(trust.maker):
            return receipt_requests.finish_by_receipt(
                request_id=request.id, receipt=receipt, by=trust.maker, at=trust.at
            )

    with pytest.raises(rules.ApprovalsMissing):
        finish(right)
    trust.approve(request)
    with pytest.raises(NotTheReceiptAskedFor):
        finish(other)
    assert finish(right).state == RequestState.DONE


def test_a_transfer_waits_for_the_answer_too(trust: Trust, ledger: Any) -> None:
    request = trust.ask(
        ledger, "10.00", kind=RequestKind.TRANSFER, target=trust.ledger("Two"), authority="Letter"
    )
    with acting(trust.checker):
        requests.ask_back(request_id=request.id, words=WORDS, by=trust.checker, at=trust.at)

    with acting(trust.maker), pytest.raises(releases.QuestionIsOpen):
        transfers.make(
            request_id=request.id,
            how=Release(trust.today, trust.at),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def test_a_request_waits_for_who_has_to_act(marlow: Marlow, trust: Trust, ledger: Any) -> None:
    request = trust.ask(ledger, "10.00")

    def waits() -> list[str]:
        people = (marlow.alice, trust.maker, trust.checker, marlow.erin)
        found = []
        for person in people:
            with acting(person):
                if request_list.found(RequestFilter(waiting_for=person)).exists():
                    found.append(person.name.split()[0])
                assert request_list.count_waiting(person) == (person.name.split()[0] in found)
        return found

    assert waits() == ["Alice", "Lena"]
    with acting(trust.checker):
        requests.ask_back(request_id=request.id, words=WORDS, by=trust.checker, at=trust.at)
    assert waits() == ["Bob"]
    with acting(trust.maker):
        requests.answer(request_id=request.id, words="Yes", by=trust.maker, at=trust.at)
    trust.approve(request)
    assert waits() == ["Alice", "Bob"]
    released(trust, request)
    assert waits() == []

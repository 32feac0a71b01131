"""A receipt counts as cleared early when one person asks with evidence and a second one confirms."""

import pytest
from django.db import ProgrammingError

from chancery.lib.problems import DetailsNotRight
from chancery.practice import history
from chancery.practice.permissions import NotAllowed
from chancery.trust import clearances, spendable
from chancery.trust.clearances import Evidence
from chancery.trust.models import ClearanceRequest, Receipt, TrustLedger
from chancery.trust.receipts import Part
from chancery.trust.rules import overdraw
from chancery.trust.rules.policy_clearing import Method
from money import Trust, open_trust
from world import Marlow, acting

EVIDENCE = Evidence("The bank's list shows it as final", "CBA 4471")


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


@pytest.fixture
def ledger(trust: Trust) -> TrustLedger:
    return trust.ledger()


@pytest.fixture
def cheque(trust: Trust, ledger: TrustLedger) -> Receipt:
    return trust.receive(ledger, "1,000.00", Method.CHEQUE)


def ask(trust: Trust, receipt: Receipt, evidence: Evidence = EVIDENCE) -> ClearanceRequest:
    with acting(trust.maker):
        return clearances.ask(
            receipt=receipt, evidence=evidence, by=trust.maker, at=trust.at, today=trust.today
        )


def confirm(trust: Trust, receipt: Receipt) -> None:
    with acting(trust.checker):
        clearances.confirm(receipt=receipt, by=trust.checker, at=trust.at, today=trust.today)


def test_money_may_leave_from_the_day_on_which_a_second_person_confirms(
    trust: Trust, ledger: TrustLedger, cheque: Receipt
) -> None:
    ask(trust, cheque)
    with pytest.raises(overdraw.WouldOverdraw):
        trust.pay(ledger, "0.01")

    confirm(trust, cheque)

    with acting(trust.maker):
        assert clearances.cleared_from(cheque) == trust.today
        assert spendable.waiting(ledger, on=trust.today) == []
        acts = [one.act for one in history.of("receipt", cheque.id)]
    assert acts[:2] == ["Confirmed that it cleared", "Asked to count it as cleared"]
    assert trust.pay(ledger, "1,000.00").number_shown == "W-1"


def test_every_part_of_a_split_receipt_clears(trust: Trust, ledger: TrustLedger) -> None:
    other = trust.ledger("Sale")
    parts = (Part(ledger.id, trust.money("10.00")), Part(other.id, trust.money("20.00")))
    receipt = trust.receive(ledger, "30.00", Method.CHEQUE, parts=parts)
    assert (trust.available(ledger), trust.available(other)) == ("0.00", "0.00")

    ask(trust, receipt)
    confirm(trust, receipt)

    assert (trust.available(ledger), trust.available(other)) == ("10.00", "20.00")


def test_nobody_confirms_what_they_asked_for(trust: Trust, marlow: Marlow, cheque: Receipt) -> None:
    with acting(marlow.alice):
        clearances.ask(
            receipt=cheque, evidence=EVIDENCE, by=marlow.alice, at=trust.at, today=trust.today
        )
        with pytest.raises(clearances.OwnClearance) as refused:
            clearances.confirm(receipt=cheque, by=marlow.alice, at=trust.at, today=trust.today)

    assert refused.value.rule


def test_a_bookkeeper_asks_and_does_not_confirm(trust: Trust, cheque: Receipt) -> None:
    ask(trust, cheque)

    with pytest.raises(NotAllowed), acting(trust.maker):
        clearances.confirm(receipt=cheque, by=trust.maker, at=trust.at, today=trust.today)


def test_evidence_is_words_and_the_banks_reference(trust: Trust, cheque: Receipt) -> None:
    with pytest.raises(DetailsNotRight) as refused:
        ask(trust, cheque, Evidence(" ", "x" * 81))

    assert [one.field for one in refused.value.problems] == ["words", "bank_reference"]
    ask(trust, cheque, Evidence("w" * 300, "x" * 80))


def test_what_has_cleared_is_not_asked_for(trust: Trust, cheque: Receipt) -> None:
    trust.wait((cheque.clears_on - trust.today).days - 1)
    ask(trust, cheque)
    trust.wait(1)

    with pytest.raises(clearances.ReceiptCleared):
        confirm(trust, cheque)


def test_what_was_taken_back_never_clears(trust: Trust, cheque: Receipt) -> None:
    ask(trust, cheque)
    trust.reverse(cheque, "dishonor")

    with pytest.raises(clearances.ReceiptTakenBack):
        confirm(trust, cheque)


def test_one_question_waits_at_a_time_and_a_declined_one_may_be_asked_again(
    trust: Trust, cheque: Receipt
) -> None:
    ask(trust, cheque)
    with pytest.raises(clearances.ClearanceAsked):
        ask(trust, cheque)

    with acting(trust.checker):
        clearances.decline(
            receipt=cheque, words="Not final yet", by=trust.checker, at=trust.at, today=trust.today
        )
    with pytest.raises(clearances.NoClearanceAsked):
        confirm(trust, cheque)
    ask(trust, cheque)


def test_a_confirmed_receipt_may_still_bounce(
    trust: Trust, ledger: TrustLedger, cheque: Receipt
) -> None:
    ask(trust, cheque)
    confirm(trust, cheque)

    trust.reverse(cheque, "dishonor")

    assert (trust.held(ledger), trust.available(ledger)) == ("0.00", "0.00")


def test_what_was_asked_never_changes(trust: Trust, cheque: Receipt) -> None:
    ask(trust, cheque)

    with pytest.raises(ProgrammingError, match="permission denied"), acting(trust.maker):
        ClearanceRequest.objects.update(evidence="Other")

"""Cash and cheques go to the bank on slips: one open slip an account, and a banked one stays."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from chancery.lib.problems import DetailsNotRight
from chancery.trust import deposit_slips
from chancery.trust.models import DepositSlip, DepositSlipLine, Receipt, TrustLedger
from chancery.trust.rules.policy_clearing import Method
from money import Trust, open_trust
from world import Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


@pytest.fixture
def ledger(trust: Trust) -> TrustLedger:
    return trust.ledger()


def put_on(trust: Trust, *receipts: Receipt) -> DepositSlip:
    with acting(trust.maker):
        return deposit_slips.put_on(
            account=trust.account,
            receipt_ids=[one.id for one in receipts],
            by=trust.maker,
            at=trust.at,
        )


def bank(trust: Trust, slip: DepositSlip, days_ago: int = 0) -> DepositSlip:
    with acting(trust.maker):
        return deposit_slips.bank(
            slip=slip,
            on=trust.today - timedelta(days_ago),
            reference="Pitt St 0912",
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def test_only_what_is_carried_to_the_bank_waits_for_it(trust: Trust, ledger: TrustLedger) -> None:
    cash = trust.receive(ledger, "10.00", Method.CASH)
    cheque = trust.receive(ledger, "20.00", Method.CHEQUE)
    wired = trust.receive(ledger, "30.00")
    trust.reverse(trust.receive(ledger, "40.00", Method.CHEQUE))

    with acting(trust.maker):
        assert deposit_slips.waiting(trust.account) == [cash, cheque]
    with pytest.raises(deposit_slips.NotForThisSlip):
        put_on(trust, wired)


def test_receipts_go_on_the_open_slip_and_a_banked_one_is_followed_by_the_next(
    trust: Trust, ledger: TrustLedger
) -> None:
    cash, cheque = (
        trust.receive(ledger, "10.00", method) for method in (Method.CASH, Method.CHEQUE)
    )

    slip = put_on(trust, cash)
    assert put_on(trust, cheque) == slip
    with acting(trust.maker):
        assert deposit_slips.total_of(slip) == trust.money("20.00")
    banked = bank(trust, slip)

    assert (slip.number, banked.banked_on) == (1, trust.today)
    assert put_on(trust, trust.receive(ledger, "5.00", Method.CASH)).number == 2


def test_a_receipt_lies_on_one_slip(trust: Trust, ledger: TrustLedger) -> None:
    cash = trust.receive(ledger, "10.00", Method.CASH)
    put_on(trust, cash)

    with pytest.raises(deposit_slips.NotForThisSlip):
        put_on(trust, cash)


def test_a_receipt_is_taken_off_while_the_slip_is_open_and_not_after(
    trust: Trust, ledger: TrustLedger
) -> None:
    first, second = (trust.receive(ledger, "10.00", Method.CASH) for _ in range(2))
    slip = put_on(trust, first, second)

    with acting(trust.maker):
        deposit_slips.take_off(slip=slip, receipt_id=first.id, by=trust.maker, at=trust.at)
        assert deposit_slips.waiting(trust.account) == [first]
    bank(trust, slip)
    with pytest.raises(deposit_slips.SlipBanked), acting(trust.maker):
        deposit_slips.take_off(slip=slip, receipt_id=second.id, by=trust.maker, at=trust.at)


def test_a_slip_is_banked_on_a_day_on_which_its_money_was_there(
    trust: Trust, ledger: TrustLedger
) -> None:
    trust.wait(1)
    slip = put_on(trust, trust.receive(ledger, "10.00", Method.CASH))

    for days in (-1, 1):
        with pytest.raises(DetailsNotRight):
            bank(trust, slip, days)
    assert bank(trust, slip, 0).banked_on == trust.today


def test_a_slip_with_what_was_taken_back_or_with_nothing_is_not_banked(
    trust: Trust, ledger: TrustLedger
) -> None:
    cheque = trust.receive(ledger, "10.00", Method.CHEQUE)
    slip = put_on(trust, cheque)
    trust.reverse(cheque)

    with pytest.raises(deposit_slips.SlipNotSound, match="R-1"):
        bank(trust, slip)
    with acting(trust.maker):
        deposit_slips.take_off(slip=slip, receipt_id=cheque.id, by=trust.maker, at=trust.at)
    with pytest.raises(deposit_slips.SlipNotSound, match="Nothing lies on this slip"):
        bank(trust, slip)


def test_the_database_keeps_a_banked_slip_and_what_lies_on_it(
    trust: Trust, ledger: TrustLedger
) -> None:
    slip = bank(trust, put_on(trust, trust.receive(ledger, "10.00", Method.CASH)))
    late = trust.receive(ledger, "10.00", Method.CASH)

    with pytest.raises(IntegrityError, match="was banked"), acting(trust.maker):
        DepositSlip.objects.filter(pk=slip.pk).update(bank_reference="Other")
    with pytest.raises(IntegrityError, match="was banked"), acting(trust.maker):
        DepositSlipLine.objects.filter(slip=slip).delete()
    with pytest.raises(IntegrityError, match="was banked"), acting(trust.maker):
        DepositSlipLine.objects.create(firm_id=slip.firm_id, slip=slip, receipt=late)


def test_an_account_has_one_open_slip(trust: Trust, ledger: TrustLedger) -> None:
    put_on(trust, trust.receive(ledger, "10.00", Method.CASH))

    with pytest.raises(IntegrityError, match="one_open"), acting(trust.maker):
        DepositSlip.objects.create(
            firm_id=trust.account.firm_id,
            account=trust.account,
            number=9,
            opened_at=trust.at,
            opened_by=trust.maker,
        )

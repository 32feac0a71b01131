"""Interest, charges, the firm's own money, shortages and protected money."""

import pytest

from chancery.ledger.faults import KeyNamesAnother
from chancery.lib.money import Money
from chancery.trust import bank_charges, deficiencies, interest, own_funds, protections, shortfalls
from chancery.trust.interest import Share
from chancery.trust.models import Deficiency, Movement
from chancery.trust.movements import Said
from chancery.trust.rules import overdraw
from chancery.trust.rules.own_funds import OwnFundsNotAllowed
from money import Trust, open_trust
from world import Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


def said(trust: Trust, reason: str = "September") -> Said:
    return Said(trust.today, reason)


def charge(trust: Trust, figure: str) -> None:
    with acting(trust.maker):
        bank_charges.record(
            account=trust.account,
            charge=trust.money(figure),
            said=said(trust, "Monthly fee"),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key=trust.key(),
        )


def test_a_bank_charge_is_never_the_clients_but_a_shortage_of_the_firm(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "10,000.00")

    charge(trust, "25.00")

    assert trust.held(ledger) == "10,000.00"
    with acting(trust.maker):
        case = Deficiency.objects.get()
        assert shortfalls.missing(case) == trust.money("25.00")


def test_a_shortage_is_restored_to_the_cent_and_no_further(trust: Trust) -> None:
    trust.receive(trust.ledger(), "10,000.00")
    charge(trust, "25.00")

    def restore(figure: str) -> Money:
        with acting(trust.maker):
            case = deficiencies.restore(
                case=Deficiency.objects.get(),
                amount=trust.money(figure),
                said=said(trust, "From the office account"),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )
            return shortfalls.missing(case)

    with pytest.raises(deficiencies.RestoresTooMuch):
        restore("25.01")
    assert restore("24.99") == trust.money("0.01")
    assert restore("0.01") == trust.money("0.00")


def pay_in(trust: Trust, figure: str) -> None:
    with acting(trust.maker):
        own_funds.pay_in(
            account=trust.account,
            amount=trust.money(figure),
            said=said(trust, "For bank charges"),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key=trust.key(),
        )


def test_a_place_that_lets_no_own_money_lie_there_refuses_it(trust: Trust) -> None:
    with pytest.raises(OwnFundsNotAllowed):
        pay_in(trust, "0.01")


def test_interest_on_a_pooled_account_is_not_the_clients(trust: Trust) -> None:
    ledger = trust.ledger()
    nothing = trust.money("0.00")
    shares = [Share(ledger, trust.money("3.00"), nothing, nothing)]

    with pytest.raises(interest.InterestIsNotTheClients), acting(trust.maker):
        interest.credit_clients(
            account=trust.account,
            shares=shares,
            said=said(trust),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key="k",
        )


def test_interest_for_a_fund_waits_and_is_paid_on(trust: Trust) -> None:
    with acting(trust.maker):
        for figure, act in (("3.00", interest.hold_for_others), ("3.00", interest.pay_on)):
            act(
                account=trust.account,
                amount=trust.money(figure),
                said=said(trust),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )

        with pytest.raises(overdraw.WouldOverdraw):
            interest.pay_on(
                account=trust.account,
                amount=trust.money("0.01"),
                said=said(trust),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=trust.key(),
            )


def test_protected_money_stays_until_it_is_released(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "100.00")
    with acting(trust.maker):
        kept = protections.protect(
            ledger=ledger,
            amount=trust.money("60.00"),
            reason="Undertaking to the bank",
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key="k",
        )

    with pytest.raises(overdraw.WouldOverdraw):
        trust.pay(ledger, "40.01")
    with acting(trust.maker):
        protections.release(
            protection=kept, reason="Discharged", by=trust.maker, at=trust.at, today=trust.today
        )
    trust.pay(ledger, "100.00")


def test_what_was_done_under_a_key_is_neither_done_nor_judged_again(trust: Trust) -> None:
    trust.receive(trust.ledger(), "10,000.00")

    def pay_on(figure: str, key: str) -> Movement:
        with acting(trust.maker):
            return interest.pay_on(
                account=trust.account,
                amount=trust.money(figure),
                said=said(trust, "To the fund"),
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=key,
            )

    with acting(trust.maker):
        interest.hold_for_others(
            account=trust.account,
            amount=trust.money("10.00"),
            said=said(trust),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key="held",
        )
    first = pay_on("10.00", "once")

    assert pay_on("10.00", "once") == first
    with pytest.raises(KeyNamesAnother):
        pay_on("9.00", "once")
    with pytest.raises(overdraw.WouldOverdraw):
        pay_on("10.00", "twice")


def test_a_charge_and_its_restoration_happen_once_a_key(trust: Trust) -> None:
    trust.receive(trust.ledger(), "10,000.00")
    again = {"by": trust.maker, "at": trust.at, "today": trust.today, "key": "once"}
    for _ in range(2):
        with acting(trust.maker):
            charge = trust.money("3.00")
            told = said(trust, "Fee")
            bank_charges.record(account=trust.account, charge=charge, said=told, **again)
            case = Deficiency.objects.get()
            told = said(trust, "From the office")
            deficiencies.restore(case=case, amount=charge, said=told, **again)

    with acting(trust.maker):
        assert shortfalls.missing(Deficiency.objects.get()) == trust.money("0.00")
        assert Movement.objects.count() == 2

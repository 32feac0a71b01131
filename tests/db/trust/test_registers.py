"""Controlled accounts, statutory deposits, money in transit, powers, and the firm's advances."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import world
from chancery.ledger.faults import KeyNamesAnother
from chancery.lib.problems import DetailsNotRight
from chancery.practice import matters
from chancery.practice.models.contact import RoleOfContact
from chancery.trust import (
    advances,
    client_ledgers,
    controlled_accounts,
    powers,
    statutory_deposits,
    transit,
)
from chancery.trust.controlled_accounts import ControlledDetails
from chancery.trust.movements import Said
from chancery.trust.powers import PowerAct, PowerDetails
from chancery.trust.rules import overdraw
from chancery.trust.transit import TransitDetails
from chancery.trust.withdrawals import NotEnoughAtBank
from money import Trust, open_trust, umbrella
from world import Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    return open_trust(marlow)


def test_money_is_held_apart_only_by_written_direction(trust: Trust, marlow: Marlow) -> None:
    account = umbrella(marlow.alice)
    opened = world.matter(trust.maker, "Estate of Whitcombe")
    bank = world.contact(trust.maker, "Second Bank", RoleOfContact.BANK)
    details = ControlledDetails(
        bank=bank,
        name="Marlow & Finch Lawyers, Whitcombe estate CMA/c",
        number={"bsb": "062-001", "account": "11112222"},
        direction="Letter",
        direction_on=date(2026, 8, 30),
        reason="Held until probate",
    )

    def open_it(told: ControlledDetails, key: str = "k") -> controlled_accounts.ControlledAccount:
        with acting(trust.maker):
            return controlled_accounts.open(
                matter=matters.visible_to(trust.maker, opened.number),
                account=account,
                details=told,
                by=trust.maker,
                at=trust.at,
                today=trust.today,
                key=key,
            ).account

    with pytest.raises(controlled_accounts.DirectionMissing):
        open_it(replace(details, direction=""))
    with pytest.raises(client_ledgers.NeedsItsOwnBankAccount), acting(trust.maker):
        client_ledgers.open(
            matter=matters.visible_to(trust.maker, opened.number),
            account_id=account.id,
            by=trust.maker,
            at=trust.at,
        )
    opened_once = open_it(details)
    assert opened_once.number_shown == "062-001 1111 2222"
    assert open_it(details) == opened_once
    with pytest.raises(KeyNamesAnother):
        open_it(replace(details, reason="Another"))


def deposit(trust: Trust, figure: str, *, is_drawn: bool = False) -> None:
    act = statutory_deposits.draw if is_drawn else statutory_deposits.make
    with acting(trust.maker):
        act(
            account=trust.account,
            amount=trust.money(figure),
            said=Said(trust.today, "Quarter"),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key=trust.key(),
        )


def test_a_statutory_deposit_moves_where_the_money_lies_and_no_ledger(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "50,000.00")

    with pytest.raises(overdraw.WouldOverdraw):
        deposit(trust, "50,000.01")
    deposit(trust, "40,000.00")

    assert trust.held(ledger) == "50,000.00"
    with acting(trust.maker):
        there = statutory_deposits.on_deposit(trust.account, on=trust.today)
    assert there == trust.money("40,000.00")
    with pytest.raises(overdraw.WouldOverdraw):
        deposit(trust, "40,000.01", is_drawn=True)
    deposit(trust, "40,000.00", is_drawn=True)


def test_a_client_is_paid_only_what_lies_at_the_bank(trust: Trust) -> None:
    ledger = trust.ledger()
    trust.receive(ledger, "50,000.00")
    deposit(trust, "40,000.00")

    with pytest.raises(NotEnoughAtBank):
        trust.pay(ledger, "10,000.01")
    trust.pay(ledger, "10,000.00")

    assert trust.held(ledger) == "40,000.00"


def test_transit_money_is_handed_on_after_it_came_and_never_in_cash(trust: Trust) -> None:
    opened = world.matter(trust.maker, "Purchase")
    details = TransitDetails(
        matter=opened,
        received_on=trust.today,
        received_from="Harbour Bank",
        form="bank cheque",
        amount=trust.money("900.00"),
        passed_on=trust.today,
        passed_to="Vendor",
        direction="Settlement statement",
    )

    def record(told: TransitDetails) -> transit.TransitEntry:
        with acting(trust.maker):
            return transit.record(
                details=told, by=trust.maker, at=trust.at, today=trust.today, key="k"
            )

    with pytest.raises(transit.CashIsBanked):
        record(replace(details, is_cash=True))
    recorded = record(details)
    assert recorded.amount_minor == 90000
    assert record(details) == recorded
    with pytest.raises(KeyNamesAnother):
        record(replace(details, form="cheque"))


def test_a_power_that_ended_is_not_exercised(trust: Trust) -> None:
    opened = world.matter(trust.maker, "Attorney for Ann")
    who: Any = {"by": trust.maker, "at": trust.at, "today": trust.today}
    with acting(trust.maker):
        power = powers.give(
            details=PowerDetails(
                opened, trust.today, "Ann", "Harbour Bank 1", "Sole signatory", "AUD"
            ),
            key="given",
            **who,
        )
        done = PowerAct(trust.today, "Paid the nursing home", trust.money("5.00"))
        used = powers.exercise(power=power, done=done, key="used", **who)
        ended = PowerAct(trust.today, "Revoked")
        powers.end(power=power, done=ended, key="ended", **who)

        assert powers.exercise(power=power, done=done, key="used", **who) == used
        with pytest.raises(powers.PowerEnded):
            powers.exercise(power=power, done=done, key="again", **who)
        with pytest.raises(KeyNamesAnother):
            powers.end(power=power, done=PowerAct(trust.today, "Lapsed"), key="ended", **who)


def test_nothing_is_done_by_a_power_before_it_was_given(trust: Trust) -> None:
    opened = world.matter(trust.maker, "Attorney for Ann")
    who: Any = {"by": trust.maker, "at": trust.at, "today": trust.today}
    details = PowerDetails(opened, trust.today, "Ann", "Harbour Bank 1", "Sole signatory", "AUD")
    early = PowerAct(trust.today - timedelta(days=1), "Paid", trust.money("5.00"))

    with acting(trust.maker):
        power = powers.give(details=details, key="given", **who)
        with pytest.raises(DetailsNotRight):
            powers.exercise(power=power, done=early, key="used", **who)


def test_a_place_that_knows_no_advances_refuses_them(trust: Trust) -> None:
    ledger = trust.ledger()

    with pytest.raises(advances.AdvancesNotAllowed), acting(trust.maker):
        advances.lend(
            ledger=client_ledgers.visible(ledger.id),
            amount=trust.money("5.00"),
            said=Said(trust.today, "Search fee"),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
            key="k",
        )

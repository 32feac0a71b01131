"""A trust account opens only when bank, ledgers and outstanding items agree, and it opens as one."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import past
import world
from chancery.ledger import balances, periods
from chancery.ledger.faults import KeyNamesAnother, PeriodLocked
from chancery.ledger.models import Journal
from chancery.lib import ids
from chancery.lib.money import Money
from chancery.lib.problems import DetailsNotRight
from chancery.practice import history, matters
from chancery.practice.models.matter import MatterStatus
from chancery.practice.permissions import NotAllowed
from chancery.trust import client_ledgers, opening_drafts, opening_parts, openings
from chancery.trust.client_ledgers import MatterIsClosed
from chancery.trust.models import (
    Movement,
    Opening,
    OpeningLedger,
    OpeningState,
    Reversal,
    TrustBankAccount,
    TrustLedger,
)
from chancery.trust.opening_drafts import NoOpening, OpeningIsFinished
from chancery.trust.opening_parts import FileHasFindings
from chancery.trust.openings import AccountHasMoved, NothingOpens
from chancery.trust.rules.openings import ITEMS, LEDGERS, OpeningDoesNotAgree
from chancery.trust.units import OthersArePosted
from money import Trust, open_trust
from past import OPENED_ON, begin, finish, put_item, put_ledger, rows, undo
from world import Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    for number in ("26-1", "26-2"):
        world.matter(made.maker, f"Sale {number}", number=number)
    return made


def bank_holds(trust: Trust, on: date = OPENED_ON) -> str:
    with acting(trust.maker):
        return str(Money(balances.of_bank(trust.account.id, on=on), trust.account.currency))


def ledger_of(trust: Trust, number: str) -> TrustLedger:
    with acting(trust.maker):
        return TrustLedger.objects.get(account=trust.account, matter__number=number)


def agreeing(trust: Trust) -> None:
    """Prepare 1,000.00 at the bank, 50.00 on its way, 150.00 of cheques out: 900.00 of two matters."""
    begin(trust, "1,000.00")
    put_ledger(trust, "26-1", "600.00", "2026-06-12")
    put_ledger(trust, "26-2", "300.00")
    put_item(trust, "deposit", "50.00", "D1")
    put_item(trust, "cheque", "150.00", "C1")


def test_what_agrees_is_posted_in_one_call_and_the_ledgers_are_opened(trust: Trust) -> None:
    agreeing(trust)

    finished = finish(trust)

    assert finished.state == OpeningState.FINISHED
    assert bank_holds(trust) == "900.00"
    assert trust.held(ledger_of(trust, "26-1")) == "600.00"
    assert trust.available(ledger_of(trust, "26-2")) == "300.00"
    with acting(trust.maker):
        assert {m.kind for m in Movement.objects.all()} == {"opening"}
        assert {j.effective_on for j in Journal.objects.all()} == {OPENED_ON}
        assert len({j.recorded_at for j in Journal.objects.all()}) == 1
        assert [item.number for item in openings.outstanding(trust.account)] == ["D1", "C1"]


def test_the_day_before_the_opening_holds_nothing(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)

    assert bank_holds(trust, date(2026, 6, 29)) == "0.00"


@pytest.mark.parametrize("amount", ["299.99", "300.01"])
def test_a_cent_apart_does_not_finish(trust: Trust, amount: str) -> None:
    agreeing(trust)
    put_ledger(trust, "26-2", amount)

    with pytest.raises(OpeningDoesNotAgree, match=r"0\.01 apart"):
        finish(trust)

    assert bank_holds(trust) == "0.00"


def test_the_database_refuses_what_does_not_agree_even_where_no_deed_looked(trust: Trust) -> None:
    agreeing(trust)

    with acting(trust.maker), pytest.raises(IntegrityError, match="apart"), transaction.atomic():
        Opening.objects.update(bank_minor=1, state="finished", finished_at=trust.at)


def test_the_firms_own_money_is_a_part_of_the_sum(trust: Trust) -> None:
    agreeing(trust)
    begin(trust, "1,020.00", own="20.00")

    finish(trust)

    with acting(trust.maker):
        own = TrustLedger.objects.get(account=trust.account, kind="own_funds")
    assert trust.held(own) == "20.00"
    assert bank_holds(trust) == "920.00"


def test_the_same_key_finishes_once(trust: Trust) -> None:
    agreeing(trust)

    first, second = finish(trust), finish(trust)

    assert first.id == second.id
    assert bank_holds(trust) == "900.00"


def test_a_finished_opening_takes_no_more(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)

    for late in (
        lambda: put_ledger(trust, "26-1", "1.00"),
        lambda: begin(trust, "1.00"),
        lambda: finish(trust, "other"),
    ):
        with pytest.raises(OpeningIsFinished):
            late()


def test_the_database_keeps_the_parts_of_a_finished_opening(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)

    with acting(trust.maker):
        with pytest.raises(DatabaseError, match="stands as it is"), transaction.atomic():
            OpeningLedger.objects.all().delete()
        with pytest.raises(DatabaseError, match="stands as it is"), transaction.atomic():
            Opening.objects.update(bank_minor=5)


def test_an_opening_that_holds_nothing_is_not_posted(trust: Trust) -> None:
    begin(trust, "0.00")

    with pytest.raises(NothingOpens):
        finish(trust)


def test_undoing_takes_every_journal_back_and_says_why(trust: Trust) -> None:
    agreeing(trust)
    begin(trust, "1,020.00", own="20.00")
    finish(trust)

    undone = undo(trust, "The statement was of May")

    assert undone.state == OpeningState.UNDONE
    assert bank_holds(trust) == "0.00"
    assert trust.held(ledger_of(trust, "26-1")) == "0.00"
    with acting(trust.maker):
        assert Reversal.objects.count() == Movement.objects.count() == 3
        assert {r.reason for r in Reversal.objects.all()} == {"The statement was of May"}
        assert Journal.objects.filter(reverses__isnull=False).count() == 3
        acts = [c.act for c in history.of(opening_drafts.KIND, trust.account.id)]
    assert acts[0] == "Undone"


def test_what_was_undone_may_be_begun_again_and_finished(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)
    undo(trust)

    with acting(trust.maker):
        openings.begin_again(account=trust.account, by=trust.maker, at=trust.at)
    finish(trust, "again")

    assert bank_holds(trust) == "900.00"
    assert undo(trust).state == OpeningState.UNDONE


def test_nothing_is_undone_once_anything_else_is_posted(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)
    trust.receive(ledger_of(trust, "26-1"), "0.01")

    with pytest.raises(OthersArePosted):
        undo(trust)

    assert trust.held(ledger_of(trust, "26-1")) == "600.01"


def test_an_undoing_has_a_reason(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)

    with pytest.raises(DetailsNotRight):
        undo(trust, "  ")


def test_nothing_is_undone_in_a_locked_period(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)
    with acting(trust.maker):
        periods.lock(
            pool_id=trust.account.id,
            through=OPENED_ON,
            reason="Reconciled",
            by=trust.maker.id,
            at=trust.at,
        )

    with pytest.raises(PeriodLocked):
        undo(trust)


def test_an_account_that_has_moved_is_not_opened(trust: Trust) -> None:
    trust.receive(trust.ledger(), "5.00")
    agreeing(trust)

    with pytest.raises(AccountHasMoved):
        finish(trust)


def test_undoing_needs_something_finished(trust: Trust) -> None:
    with pytest.raises(NoOpening):
        undo(trust)
    agreeing(trust)
    with pytest.raises(NoOpening):
        undo(trust)


def test_a_matter_that_is_closed_meanwhile_stops_the_opening(trust: Trust) -> None:
    world.matter(trust.maker, "Old", number="20-1")
    begin(trust, "5.00")
    put_ledger(trust, "20-1", "5.00")
    with acting(trust.maker):
        old = matters.visible_to(trust.maker, "20-1")
        matters.set_status(
            matter=old,
            status=MatterStatus.CLOSED,
            why="Done",
            version=old.version,
            by=trust.maker,
            at=trust.at,
        )

    with pytest.raises(MatterIsClosed):
        finish(trust)


def test_every_wrong_row_of_a_file_is_named_and_nothing_is_taken(trust: Trust) -> None:
    agreeing(trust)
    wrong = rows(
        LEDGERS,
        "matter,amount,last_movement",
        "26-1,10.00,2026-06-30",
        "26-1,10.00,",
        "99-9,=1+1,2026-07-01",
        "26-2,0.00,soon,more",
    )

    with acting(trust.maker), pytest.raises(FileHasFindings) as refused:
        opening_parts.put_ledgers(
            account=trust.account, rows=wrong, by=trust.maker, at=trust.at, today=trust.today
        )

    assert [(each.number, each.finding.code) for each in refused.value.found] == [
        (3, "matter_twice"),
        (4, "unknown_matter"),
        (4, "bad_amount"),
        (4, "after_opening"),
        (5, "cells_do_not_fit"),
        (5, "bad_amount"),
        (5, "bad_date"),
    ]
    finish(trust)
    assert bank_holds(trust) == "900.00"


def test_a_file_takes_the_place_of_what_was_typed(trust: Trust) -> None:
    agreeing(trust)

    with acting(trust.maker):
        put: dict[str, Any] = {
            "account": trust.account,
            "by": trust.maker,
            "at": trust.at,
            "today": trust.today,
        }
        ledgers = rows(LEDGERS, "matter,amount", "26-2,1000")
        assert opening_parts.put_ledgers(rows=ledgers, **put) == 1
        items = rows(ITEMS, "kind,date,amount", "cheque,30/06/2026,100", "deposit,1 Jun 2026,100")
        assert opening_parts.put_items(rows=items, **put) == 2
    finish(trust)

    assert trust.held(ledger_of(trust, "26-2")) == "1,000.00"


def test_an_item_after_the_day_is_refused(trust: Trust) -> None:
    begin(trust, "1.00")

    with acting(trust.maker), pytest.raises(DetailsNotRight):
        opening_parts.put_item(
            account=trust.account,
            row=past.item_row("cheque", "1.00", on="2026-07-01"),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


@pytest.mark.parametrize("on", [date(2026, 9, 2), date(2026, 9, 1)])
def test_an_opening_is_of_today_or_earlier(trust: Trust, on: date) -> None:
    if on > trust.today:
        with pytest.raises(DetailsNotRight):
            begin(trust, "1.00", on=on)
    else:
        assert begin(trust, "1.00", on=on).on == on


def test_a_key_of_another_account_is_refused(trust: Trust) -> None:
    agreeing(trust)
    finish(trust)
    with acting(trust.maker):
        other = TrustBankAccount.objects.get(pk=trust.account.pk)
    other.pk = other.id = ids.new()

    with pytest.raises(KeyNamesAnother):
        finish(replace(trust, account=other))


def test_an_examiner_opens_nothing(trust: Trust, marlow: Marlow) -> None:
    reader = replace(trust, maker=marlow.erin)

    with pytest.raises(NotAllowed):
        begin(reader, "1.00")
    with pytest.raises(NotAllowed):
        finish(reader)
    with pytest.raises(NotAllowed):
        undo(reader)


def test_a_ledger_that_is_there_already_is_used(trust: Trust) -> None:
    ledger = trust.ledger("Known")
    with acting(trust.maker):
        number = client_ledgers.visible(ledger.id).matter.number  # type: ignore[union-attr]
    begin(trust, "7.00")
    put_ledger(trust, number, "7.00")

    finish(trust)

    assert trust.held(ledger) == "7.00"

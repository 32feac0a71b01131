"""A history is read with everything that is wrong in it, posted whole or not at all, and undone as one."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

import past
import world
from chancery.ledger import balances, periods
from chancery.ledger.models import Entry, Journal
from chancery.lib.comma_files import ColumnsMissing, FileNotReadable, FileTooLarge, Table
from chancery.lib.money import Money
from chancery.practice import matters
from chancery.practice.models.matter import MatterStatus
from chancery.practice.permissions import NotAllowed
from chancery.trust import client_ledgers, history_imports
from chancery.trust.history_imports import (
    FileIsPostedAlready,
    ImportHasFindings,
    ImportIsEmpty,
    ImportStandsSo,
)
from chancery.trust.models import (
    HistoryImport,
    HistoryRow,
    Movement,
    Receipt,
    Reversal,
    TrustLedger,
)
from chancery.trust.rules import history_rows
from chancery.trust.units import OthersArePosted
from money import Trust, open_trust
from past import HEADING, codes, post, read, read_bytes, undo_import
from world import Marlow, acting


@pytest.fixture
def trust(marlow: Marlow) -> Trust:
    made = open_trust(marlow)
    for number in ("26-1", "26-2"):
        world.matter(made.maker, f"Sale {number}", number=number)
    return made


SOUND = (
    "2026-01-05,26-1,receipt,1000.00,,Ann Client,REC-7,cheque",
    "5/2/2026,26-1,withdrawal,400,,Revenue NSW,CHQ 12,",
    "6 Feb 2026,26-1,transfer,100,26-2,,J-3,",
    "2026-02-07,26-2,interest,0.05,,Harbour Bank,,",
    "2026-03-01,own,receipt,20.00,,Marlow & Finch,OWN-1,",
    "2026-03-02,own,bank charge,5.00,,Harbour Bank,,",
)


def held(trust: Trust, number: str, on: date) -> str:
    with acting(trust.maker):
        ledger = TrustLedger.objects.get(account=trust.account, matter__number=number)
        minor = balances.of_accounts([ledger.id], on=on)[ledger.id].held_minor
    return str(Money(minor, trust.account.currency))


def bank(trust: Trust, on: date) -> str:
    with acting(trust.maker):
        return str(Money(balances.of_bank(trust.account.id, on=on), trust.account.currency))


def test_a_sound_history_is_posted_on_its_own_days(trust: Trust) -> None:
    batch = read(trust, *SOUND)

    posted = post(trust, batch)

    assert codes(trust, batch) == {}
    assert (posted.row_count, posted.faulty_count, posted.state) == (6, 0, "posted")
    assert held(trust, "26-1", date(2026, 2, 5)) == "600.00"
    assert held(trust, "26-2", date(2026, 2, 7)) == "100.05"
    assert [bank(trust, date(2026, *day)) for day in ((1, 4), (1, 5), (2, 6), (3, 2))] == [
        "0.00",
        "1,000.00",
        "600.00",
        "615.05",
    ]


def test_the_sources_own_numbers_are_references_and_no_receipt_is_given(trust: Trust) -> None:
    post(trust, read(trust, *SOUND))

    with acting(trust.maker):
        kept = Movement.objects.order_by("on", "id").values_list(
            "kind", "reference", "amount_minor"
        )
        assert list(kept)[:2] == [("imported", "REC-7", 100000), ("imported", "CHQ 12", 40000)]
        assert not Receipt.objects.exists()
        words = Journal.objects.order_by("effective_on").values_list("narrative", flat=True)
        assert words[0] == "Receipt REC-7: Ann Client"


def test_the_next_receipt_has_the_first_number(trust: Trust) -> None:
    post(trust, read(trust, *SOUND))

    assert trust.receive(trust.ledger(), "1.00").number_shown == "R-1"


def test_a_cheque_of_the_past_had_to_clear(trust: Trust) -> None:
    batch = read(
        trust,
        "2026-01-05,26-1,receipt,10.00,,Ann,R1,cheque",
        "2026-01-06,26-1,withdrawal,10.00,,Bob,W1,",
    )

    assert codes(trust, batch) == {3: ["uncleared"]}


def test_money_without_a_method_counted_at_once(trust: Trust) -> None:
    batch = read(
        trust,
        "2026-01-05,26-1,receipt,10.00,,Ann,R1,",
        "2026-01-05,26-1,withdrawal,10.00,,Bob,W1,",
    )

    assert codes(trust, batch) == {}
    post(trust, batch)


def test_every_wrong_row_is_named_and_none_hides_another(trust: Trust) -> None:
    batch = read(
        trust,
        "2026-01-05,99-9,receipt,10.00,,Ann,R1,",
        "soon,26-1,gift,ten,,Ann,R2,pigeon",
        "2026-01-05,26-1,receipt,10.00,,Ann,R3,",
        "2026-01-05,26-1,receipt,11.00,,Ann,R3,",
        "2026-01-06,26-1,withdrawal,21.01,,Bob,W1,",
        "2026-09-02,26-1,receipt,1.00,,Ann,R5,",
        "2026-01-06,26-1,transfer,1.00,,,,",
        "2026-01-06,26-1,transfer,1.00,26-1,,,",
        "2026-01-06,26-1,receipt,1.00,26-2,Ann,R6,",
        "2026-01-06,,receipt,1.00,,Ann,R7,",
        "2026-01-07,26-1,receipt,1.00",
        f"2026-01-08,26-1,receipt,1.00,,{'x' * 201},R9,",
    )

    assert codes(trust, batch) == {
        2: ["unknown_matter"],
        3: ["bad_date", "unknown_kind", "bad_amount", "unknown_method"],
        5: ["duplicate_reference"],
        7: ["future_date"],
        8: ["no_target", "below_zero"],
        9: ["same_ledger", "below_zero"],
        10: ["target_without_transfer"],
        11: ["no_matter"],
        12: ["cells_do_not_fit"],
        13: ["too_long"],
        6: ["below_zero"],
    }


def test_one_wrong_row_keeps_all_from_being_posted(trust: Trust) -> None:
    batch = read(trust, *SOUND, "2026-04-01,99-9,receipt,1.00,,Ann,R1,")

    with pytest.raises(ImportHasFindings):
        post(trust, batch)

    with acting(trust.maker):
        assert not Journal.objects.exists()


@pytest.mark.parametrize(("amount", "found"), [("10.00", {}), ("10.01", {3: ["below_zero"]})])
def test_a_ledger_is_never_below_zero_on_a_day(
    trust: Trust, amount: str, found: dict[int, list[str]]
) -> None:
    batch = read(
        trust,
        "2026-01-05,26-1,receipt,10.00,,Ann,R1,",
        f"2026-01-06,26-1,withdrawal,{amount},,Bob,W1,",
        "2026-01-07,26-1,receipt,10.00,,Ann,R2,",
    )

    assert codes(trust, batch) == found


def test_what_stands_already_is_counted_on_the_days_it_stands(trust: Trust) -> None:
    ledger = trust.ledger("Standing")
    with acting(trust.maker):
        number = client_ledgers.visible(ledger.id).matter.number  # type: ignore[union-attr]
    trust.receive(ledger, "10.00", on=date(2026, 3, 1))
    trust.pay(ledger, "10.00")

    too_late = read(trust, f"2026-03-01,{number},withdrawal,5.00,,Bob,W1,")
    too_early = read(trust, f"2026-02-28,{number},withdrawal,5.00,,Bob,W1,")
    both = read(
        trust,
        f"2026-02-01,{number},receipt,5.00,,Ann,R1,",
        f"2026-03-01,{number},withdrawal,5.00,,Bob,W1,",
    )

    assert codes(trust, too_late) == {2: ["below_zero"]}
    assert codes(trust, too_early) == {2: ["below_zero"]}
    assert codes(trust, both) == {}
    post(trust, both)


@pytest.mark.parametrize(("day", "found"), [("05", {2: ["locked_period"]}), ("06", {})])
def test_a_locked_day_takes_nothing(trust: Trust, day: str, found: dict[int, list[str]]) -> None:
    trust.ledger()
    with acting(trust.maker):
        periods.lock(
            pool_id=trust.account.id,
            through=date(2026, 1, 5),
            reason="Reconciled",
            by=trust.maker.id,
            at=trust.at,
        )

    assert codes(trust, read(trust, f"2026-01-{day},26-1,receipt,1.00,,Ann,R1,")) == found


@pytest.mark.parametrize(("on", "found"), [("06-30", {2: ["before_opening"]}), ("07-01", {})])
def test_what_the_opening_holds_is_not_imported_again(
    trust: Trust, on: str, found: dict[int, list[str]]
) -> None:
    past.begin(trust, "5.00")
    past.put_ledger(trust, "26-1", "5.00")
    past.finish(trust)

    assert codes(trust, read(trust, f"2026-{on},26-1,receipt,1.00,,Ann,R1,")) == found


def test_a_reference_of_an_earlier_import_is_known_again_until_that_is_undone(
    trust: Trust,
) -> None:
    first = post(trust, read(trust, "2026-01-05,26-1,receipt,1.00,,Ann,R1,"))
    line = "2026-01-05,26-1,Receipt,1.00,,Ann,R1,"

    assert codes(trust, read(trust, line)) == {2: ["duplicate_reference"]}
    undo_import(trust, first)
    assert codes(trust, read(trust, line)) == {}


def test_a_matter_opened_since_is_found_when_checked_again(trust: Trust) -> None:
    batch = read(trust, "2026-01-05,26-9,receipt,1.00,,Ann,R1,", "bad,26-9,receipt,1,,Ann,R2,")
    world.matter(trust.maker, "New", number="26-9")

    with acting(trust.maker):
        again = history_imports.check_again(
            batch=batch, by=trust.maker, at=trust.at, today=trust.today
        )

    assert codes(trust, batch) == {3: ["bad_date"]}
    assert again.faulty_count == 1


def test_a_row_that_was_cut_off_stays_wrong_when_checked_again(trust: Trust) -> None:
    batch = read(trust, f"2026-01-05,26-1,receipt,1.00,,{'x' * 201},R1,")

    with acting(trust.maker):
        history_imports.check_again(batch=batch, by=trust.maker, at=trust.at, today=trust.today)

    assert codes(trust, batch) == {2: ["cells_do_not_fit"]}


def test_a_matter_that_is_closed_by_now_has_a_history(trust: Trust) -> None:
    with acting(trust.maker):
        old = matters.visible_to(trust.maker, "26-1")
        matters.set_status(
            matter=old,
            status=MatterStatus.CLOSED,
            why="Done",
            version=old.version,
            by=trust.maker,
            at=trust.at,
        )

    assert codes(trust, read(trust, *SOUND)) == {}


def test_the_same_key_posts_once(trust: Trust) -> None:
    batch = read(trust, *SOUND)

    assert post(trust, batch).id == post(trust, batch).id
    with acting(trust.maker):
        assert Journal.objects.count() == 6
    with pytest.raises(ImportStandsSo):
        post(trust, batch, "another")


def test_the_same_file_is_not_posted_twice_even_without_references(trust: Trust) -> None:
    line = "2026-01-05,26-1,receipt,1.00,,Ann,,"
    first = post(trust, read(trust, line), "one")
    again = read(trust, line)

    with pytest.raises(FileIsPostedAlready):
        post(trust, again, "two")
    undo_import(trust, first)
    post(trust, again, "three")


def test_undoing_takes_every_row_back_on_its_own_day(trust: Trust) -> None:
    batch = post(trust, read(trust, *SOUND))

    undone = undo_import(trust, batch)

    assert undone.state == "undone"
    assert {bank(trust, date(2026, *day)) for day in ((1, 5), (2, 6), (3, 2))} == {"0.00"}
    with acting(trust.maker):
        assert Reversal.objects.count() == 6
        assert Entry.objects.count() == 24
    with pytest.raises(ImportStandsSo):
        undo_import(trust, batch)


def test_nothing_is_undone_once_anything_else_is_posted(trust: Trust) -> None:
    batch = post(trust, read(trust, *SOUND))
    trust.receive(trust.ledger(), "0.01")

    with pytest.raises(OthersArePosted):
        undo_import(trust, batch)


def test_the_later_of_two_imports_is_undone_first(trust: Trust) -> None:
    first = post(trust, read(trust, "2026-01-05,26-1,receipt,1.00,,Ann,R1,"), "one")
    second = post(trust, read(trust, "2026-01-06,26-1,receipt,1.00,,Ann,R2,"), "two")

    with pytest.raises(OthersArePosted):
        undo_import(trust, first)
    undo_import(trust, second)
    undo_import(trust, first)

    assert bank(trust, date(2026, 2, 1)) == "0.00"


def test_what_was_posted_is_kept_by_the_database(trust: Trust) -> None:
    batch = post(trust, read(trust, *SOUND))

    with acting(trust.maker):
        for change in (
            lambda: HistoryRow.objects.filter(batch=batch).delete(),
            lambda: HistoryRow.objects.filter(batch=batch).update(findings=[["a", "b"]]),
            lambda: HistoryImport.objects.filter(pk=batch.pk).update(row_count=1),
        ):
            with pytest.raises(DatabaseError, match="stand"), transaction.atomic():
                change()
        with pytest.raises(DatabaseError, match="denied"), transaction.atomic():
            HistoryRow.objects.update(amount="1")


def test_what_was_only_read_is_thrown_away(trust: Trust) -> None:
    batch = read(trust, *SOUND)

    with acting(trust.maker):
        history_imports.discard(batch=batch, by=trust.maker, at=trust.at)

        assert not HistoryRow.objects.exists()
        with pytest.raises(history_imports.NoSuchImport):
            history_imports.visible(batch.id)


def test_a_formula_stays_text(trust: Trust) -> None:
    batch = read(trust, '2026-01-05,26-1,receipt,1.00,,"=HYPERLINK(""x"")",\'=1+1,')

    with acting(trust.maker):
        row = HistoryRow.objects.get(batch=batch)
    assert (row.party, row.reference) == ('=HYPERLINK("x")', "=1+1")


def test_a_mark_semicolons_and_windows_lines_are_read(trust: Trust) -> None:
    heading = HEADING.replace(",", ";")
    content = f"\ufeff{heading}\r\n2026-01-05;26-1;receipt;1,000.00;;Zoë;R1;\r\n\r\n".encode()

    batch = read_bytes(trust, [content[at : at + 7] for at in range(0, len(content), 7)])

    assert codes(trust, batch) == {}
    assert (batch.row_count, batch.in_minor) == (1, 100000)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (HEADING.encode(), ImportIsEmpty),
        (b"", ColumnsMissing),
        (b"date,matter,kind\n1,2,3", ColumnsMissing),
        (b"date,matter,kind,amount,color\n1,2,3,4,5", ColumnsMissing),
        (f"{HEADING}\n".encode() + b"2026-01-05,26-1,receipt,1,,Zo\xeb,,", FileNotReadable),
        ("date".encode("utf-16"), FileNotReadable),
        (f"{HEADING}\n".encode() + b"PK\0\0", FileNotReadable),
        (f'{HEADING}\n"'.encode() + b"x\n" * 100_000, FileNotReadable),
        (b"x" * 20_001, FileNotReadable),
    ],
)
def test_a_file_that_is_no_table_is_refused(
    trust: Trust, content: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        read_bytes(trust, [content])


def test_a_file_with_too_many_rows_or_bytes_is_refused(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = b"2026-01-05,26-1,receipt,1,,,,\n"
    with pytest.raises(FileTooLarge):
        read_bytes(trust, [f"{HEADING}\n".encode(), *[line * 10_000] * 80])

    monkeypatch.setattr(history_imports, "TABLE", _table(rows=2))
    assert read_bytes(trust, [f"{HEADING}\n".encode(), line * 2]).row_count == 2
    with pytest.raises(FileTooLarge):
        read_bytes(trust, [f"{HEADING}\n".encode(), line * 3])


def _table(rows: int) -> object:
    return Table(history_rows.TABLE.columns, history_rows.TABLE.needed, rows_at_most=rows)


def test_an_examiner_imports_nothing(trust: Trust, marlow: Marlow) -> None:
    batch = read(trust, *SOUND)
    reader = replace(trust, maker=marlow.erin)

    with pytest.raises(NotAllowed):
        read(reader, *SOUND)
    with pytest.raises(NotAllowed):
        post(reader, batch)
    with pytest.raises(NotAllowed):
        undo_import(reader, batch)

"""A history through the API: a file, its findings, all of it or nothing, and back."""

import pytest

from chancery.api import limits
from chancery.ledger.models import Journal
from chancery.trust import history_jobs
from chancery.trust.rules.history_rows import TABLE
from doors.api.calls import Answered, Program, program_of
from doors.api.money_things import MoneyThings
from past import HEADING
from world import Marlow, acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(marlow: Marlow) -> MoneyThings:
    return MoneyThings.of(marlow)


@pytest.fixture
def program(money: MoneyThings) -> Program:
    return program_of(money.trust.maker)


def send(program: Program, money: MoneyThings, *rows: str, media: str = "text/csv") -> Answered:
    path = f"accounts/{money.trust.account.id}/history-imports"
    return program.post(path, "\n".join((HEADING, *rows)), Content_Type=media)


def do(program: Program, batch: str, act: str, key: str, **sent: str) -> Answered:
    return program.post(f"history-imports/{batch}/{act}", sent, Idempotency_Key=key)


def row(money: MoneyThings, amount: str = "1,00.00", reference: str = "R1") -> str:
    return f'2026-05-04,{money.old_matter.number},receipt,"{amount}",,Ann Client,{reference},'


def test_a_file_is_read_posted_once_and_undone_as_a_whole(
    money: MoneyThings, program: Program
) -> None:
    read = send(program, money, row(money, "100.00"), row(money, "50.00", "R2"))
    batch = read.body["id"]

    posted = do(program, batch, "posting", "k-1")
    replayed = do(program, batch, "posting", "k-1")
    twice = do(program, batch, "posting", "k-2")
    same = do(
        program,
        send(program, money, row(money, "100.00"), row(money, "50.00", "R2")).body["id"],
        "posting",
        "k-3",
    )

    assert (read.status, read.body["state"], read.body["faulty_count"]) == (201, "read", 0)
    assert read.headers["Location"] == f"/api/v1/history-imports/{batch}"
    assert (posted.status, posted.body["state"]) == (200, "posted")
    assert posted.body["came_in"] == {"minor": 15000, "currency": "AUD"}
    assert replayed.body == posted.body
    assert (twice.status, twice.code) == (409, "trust.import_stands_so")
    assert (same.status, same.code) == (409, "trust.import_has_findings")
    with acting(money.owner):
        assert Journal.objects.count() == 2
    undone = do(program, batch, "undoing", "k-4", reason="Wrong file")
    assert (undone.status, undone.body["undone_reason"]) == (200, "Wrong file")


def test_every_finding_of_every_row_is_told_page_by_page(
    money: MoneyThings, program: Program
) -> None:
    good = row(money, "100.00")
    read = send(program, money, "31/31/2026,none,gift,x,,,,", good, "2026-05-04,none,receipt,1,,,,")
    batch = read.body["id"]

    first = program.get(f"history-imports/{batch}/rows?only_faulty=true&limit=1").body
    second = program.get(first["next"]).body
    every = program.get(f"history-imports/{batch}/rows").body["items"]
    refused = do(program, batch, "posting", "k-1")

    assert read.body["faulty_count"] == 2
    assert [one["number"] for one in first["items"] + second["items"]] == [2, 4]
    assert {one["code"] for one in first["items"][0]["findings"]} == {
        "bad_date",
        "bad_amount",
        "unknown_kind",
        "unknown_matter",
    }
    assert (second["next"], len(every), every[1]["findings"]) == (None, 3, [])
    assert (refused.status, refused.code) == (409, "trust.import_has_findings")
    assert refused.body["facts"] == {"rows": 2}
    with acting(money.owner):
        assert not Journal.objects.exists()


def test_a_long_file_is_left_to_the_worker(
    money: MoneyThings, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history_jobs, "AT_ONCE_AT_MOST", 1)
    batch = send(program, money, row(money, "1.00"), row(money, "2.00", "R2")).body["id"]

    left = do(program, batch, "posting", "k-1")
    replayed = do(program, batch, "posting", "k-1")

    assert (left.status, left.body["state"]) == (202, "read")
    assert left.body["posting"]["is_running"] is True
    assert (replayed.status, replayed.headers["Idempotency-Replayed"]) == (202, "true")


def test_only_a_table_of_the_right_size_and_columns_is_read(
    money: MoneyThings, program: Program
) -> None:
    path = f"accounts/{money.trust.account.id}/history-imports"

    as_json = send(program, money, media="application/json")
    empty = send(program, money)
    columns = program.post(path, "day,sum\n1,2", Content_Type="text/csv")
    large = program.post(path, "x" * (TABLE.bytes_at_most + 1), Content_Type="text/csv")

    assert (as_json.status, as_json.code) == (415, "api.not_csv")
    assert (empty.status, empty.code) == (409, "trust.import_is_empty")
    assert (columns.status, columns.code) == (409, "file.columns_missing")
    assert columns.body["facts"]["missing"] == ["date", "matter", "kind", "amount"]
    assert (large.status, large.code) == (413, "api.body_too_large")
    assert large.body["facts"] == {"bytes_at_most": TABLE.bytes_at_most}


def test_a_file_larger_than_any_json_is_read(money: MoneyThings, program: Program) -> None:
    wide = "x" * 190
    rows = [f"2026-05-04,none,receipt,1.00,,{wide},R{at}," for at in range(6_000)]
    assert sum(map(len, rows)) > limits.BODY_AT_MOST

    read = send(program, money, *rows)

    assert (read.status, read.body["row_count"]) == (201, 6_000)


def test_what_was_only_read_is_checked_again_and_thrown_away(
    money: MoneyThings, program: Program
) -> None:
    batch = str(money.history.id)

    checked = do(program, batch, "check", "k-1")
    gone = do(program, batch, "discarding", "k-2")

    assert (checked.status, checked.body["faulty_count"]) == (200, 0)
    assert gone.status == 204
    assert program.get(f"history-imports/{batch}").status == 404

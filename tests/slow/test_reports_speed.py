"""Reports are made while a person waits."""

import time
from datetime import UTC, date, datetime

import pytest

from chancery.lib.money import Money
from chancery.reports import sheets
from chancery.reports.sheets import Column, Sheet

pytestmark = pytest.mark.slow

MADE_AT = datetime(2026, 11, 11, 3, 30, tzinfo=UTC)


def test_twenty_thousand_rows_are_a_workbook_in_three_seconds() -> None:
    columns = (
        Column("Date", "date"), Column("Matter", "id"), Column("Payee"), Column("Reason"),
        Column("Entries", "number"), Column("Reference", "id"),
        Column("In", "amount", "AUD"), Column("Held", "amount", "AUD"),
    )  # fmt: skip
    rows = [
        (date(2026, 11, 5), "2026-0012", "Harbourside", "Settlement", 3, f"R-{at}", amount, amount)
        for at in range(20_000)
        for amount in [Money(at, "AUD")]
    ]

    started = time.process_time()
    sheets.as_xlsx(Sheet("Cash book", columns, rows), made_at=MADE_AT)

    assert time.process_time() - started < 3

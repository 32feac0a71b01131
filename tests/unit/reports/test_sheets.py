"""Tables read back as another program reads them: figures add up, days sort, and nothing runs."""

import csv
import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook

from chancery.lib.money import Money
from chancery.reports import sheets
from chancery.reports.sheets import Cell, Column, Sheet

MADE_AT = datetime(2026, 11, 11, 3, 30, tzinfo=UTC)
COLUMNS = (
    Column("Date", "date"),
    Column("Matter", "id"),
    Column("Reason"),
    Column("Entries", "number"),
    Column("Held", "amount", "AUD"),
)
ROW: tuple[Cell, ...] = (date(2026, 11, 5), "0012", "Settlement", 3, Money(125050, "AUD"))
# What Excel, LibreOffice or Sheets would calculate, in the signs of every keyboard.
FORMULAS = [
    "=1+1", "+61 2 5550", "-1", "@SUM(A1)", "=HYPERLINK(1)", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A1",
    "\ufe661", "\ufe621", "\ufe631", "\ufe6b1", "\u22121", "\t=1", "\r=1", "\n=1", " =1", "\u200b=1",
    "\ufeff=1", "\u202e=1", "\x00=1",
]  # fmt: skip


def _csv(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(StringIO(sheets.as_csv(sheet).decode("utf-8-sig"))))


def _xlsx(sheet: Sheet) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(BytesIO(sheets.as_xlsx(sheet, made_at=MADE_AT)))
    return [list(row) for row in book.get_sheet_by_index(0).to_python()]


def _words(*texts: str) -> Sheet:
    return Sheet("Words", (Column("Text"),), [(text,) for text in texts])


def test_csv_holds_figures_without_commas_and_days_that_sort() -> None:
    sheet = Sheet("Ledgers", COLUMNS, [ROW], totals=(None, None, "Total", None, Money(-5, "AUD")))

    assert _csv(sheet) == [
        ["Date", "Matter", "Reason", "Entries", "Held, AUD"],
        ["2026-11-05", "0012", "Settlement", "3", "1250.50"],
        ["", "", "Total", "", "-0.05"],
    ]


def test_a_workbook_holds_real_figures_real_days_and_numbers_that_keep_their_noughts() -> None:
    sheet = Sheet("Ledgers", COLUMNS, [ROW], totals=(None, None, "Total", None, Money(-5, "AUD")))

    assert _xlsx(sheet) == [
        ["Date", "Matter", "Reason", "Entries", "Held, AUD"],
        [date(2026, 11, 5), "0012", "Settlement", 3, 1250.5],
        ["", "", "Total", "", -0.05],
    ]


def test_a_currency_without_cents_has_none() -> None:
    sheet = Sheet("Ledgers", (Column("Held", "amount", "JPY"),), [(Money(1250, "JPY"),)])

    assert _csv(sheet)[1] == ["1250"]
    assert _xlsx(sheet)[1] == [1250]


def test_a_figure_longer_than_a_spreadsheet_keeps_is_written_out_whole() -> None:
    kept, longer = Money(10**15 - 1, "AUD"), Money(10**15, "AUD")
    sheet = Sheet("Ledgers", (Column("Held", "amount", "AUD"),), [(kept,), (longer,)])

    assert _xlsx(sheet)[1:] == [[9999999999999.99], ["10,000,000,000,000.00"]]
    assert _csv(sheet)[1:] == [["9999999999999.99"], ["10000000000000.00"]]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_calculate_is_words_in_csv(formula: str) -> None:
    assert _csv(_words(formula))[1][0].startswith("'")


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_a_spreadsheet_would_calculate_is_words_in_a_workbook(formula: str) -> None:
    content = sheets.as_xlsx(_words(formula), made_at=MADE_AT)
    book = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)

    assert isinstance(book.to_python()[1][0], str)
    assert _formulas(content) == []


def test_heads_are_as_harmless_as_cells() -> None:
    assert _csv(Sheet("x", (Column("=1+1"),), []))[0] == ["'=1+1"]


def test_a_semicolon_in_words_starts_no_cell_where_it_parts_cells() -> None:
    text = sheets.as_csv(_words('a";=1+1;"', "a;=1+1")).decode("utf-8-sig")

    assert list(csv.reader(StringIO(text), delimiter=";"))[1:] == [['a";=1+1;"'], ["a;=1+1"]]


def test_words_keep_every_letter_and_lose_what_has_no_shape() -> None:
    typed = 'José "Pepe"\nO, Brien\x00 \x1b[31m\ud800 مرحبا 日本 _x003D_1 \u202e001\u202c'
    shown = 'José "Pepe" O, Brien [31m مرحبا 日本 _x003D_1 001'

    assert _csv(_words(typed))[1] == [shown]
    assert _xlsx(_words(typed))[1] == [shown]


def test_words_that_a_spreadsheet_would_drop_for_their_length_are_cut_and_say_so() -> None:
    fits, longer = "x" * 32_000, "x" * 32_001

    for read in (_csv, _xlsx):
        rows = read(_words(fits, longer))
        assert rows[1:] == [[fits], ["x" * 31_999 + "…"]]


@pytest.mark.parametrize(
    ("title", "tab"), [("A/B: [x]*?", "A B x"), ("'", "Sheet"), ("x" * 40, "x" * 31), ("", "Sheet")]
)
def test_a_tab_has_a_name_that_spreadsheets_take(title: str, tab: str) -> None:
    content = sheets.as_xlsx(Sheet(title, (Column("A"),), []), made_at=MADE_AT)

    assert [tab] == [" ".join(name.split()) for name in _tabs(content)]


def test_the_same_table_gives_the_same_bytes() -> None:
    first, second = (sheets.as_xlsx(Sheet("x", COLUMNS, [ROW]), made_at=MADE_AT) for _ in range(2))

    assert first == second


def test_a_row_of_the_wrong_width_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="zip"):
        _xlsx(Sheet("x", COLUMNS, [ROW[:3]]))
    with pytest.raises(ValueError, match="zip"):
        _csv(Sheet("x", COLUMNS, [ROW[:3]]))


def test_an_amount_of_another_currency_than_its_column_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="Held"):
        _csv(Sheet("x", (Column("Held", "amount", "AUD"),), [(Money(1, "NZD"),)]))


def _tabs(content: bytes) -> list[str]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names


def _formulas(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as parts:
        xml = parts.read("xl/worksheets/sheet1.xml").decode()
    return re.findall("<f[ >]", xml)

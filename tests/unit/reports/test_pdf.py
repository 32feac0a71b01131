"""Documents are data set in type: nothing in a field is ever run, and equal data gives equal bytes."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

import documents
from chancery.reports import cash_books, ledger_statements, pdf, receipts
from chancery.reports.imprint import paper_of
from chancery.reports.plain import plain
from documents import ALL, IMPRINT, PAYMENTS_BOOK, RECEIPT, statement
from read_back import letters, pages, words

TEMPLATES = Path(pdf.__file__).parent / "templates"
# Not typed by anybody: they choose a form.
CHOSEN = {"paper", "language", "direction", "currency", "kind"}
HOSTILE = '#panic("x")$x^2$*s*<b>'
MARKUP = (
    "#read('house.typ') #{1+1} \"quoted\" <b>bold</b> <label> _u_ \\ `raw` ```x``` [x] {y} @ref // c /* d"
    " */ \\u{41} = h + one - two / term: x ~ -- --- ... $ #let doc = 1"
)
ALPHABETS = {
    "hebrew": "שלום עולם",
    "arabic": "مرحبا بالعالم",
    "japanese": "日本 株式会社",
    "signs": "👩\u200d⚖️ \U0001f600",
    "hindi": "नमस्ते",
    "controls": "a\nb\r\n\tc\x00\x1b",
    "half a letter": "a\ud800",
}


def _with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """Return the document with every text that a person may type changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_with_texts(one, change) for one in value)
    if not is_dataclass(value) or isinstance(value, type) or hasattr(value, "minor"):
        return value
    changed = {
        field.name: _with_texts(getattr(value, field.name), change)
        for field in fields(value)
        if field.name not in CHOSEN
    }
    return replace(value, **changed)


def _printed(module: ModuleType, document: object, typed: str) -> set[int]:
    """Return which of the texts of the document are read in it, when so much is typed in each."""
    numbers = count()
    changed = _with_texts(document, lambda text: f"({next(numbers)}){typed}" if text else "")
    shown = letters(words(module.render(changed)))
    return {at for at in range(next(numbers)) if f"({at}){letters(typed)}" in shown}


@pytest.mark.parametrize("name", sorted(set(ALL) - {"receipts_book", "statement"}))
def test_what_is_typed_in_any_field_is_printed_and_never_run(name: str) -> None:
    module, document = ALL[name]

    harmless = _printed(module, document, "q")
    hostile = _printed(module, document, HOSTILE)

    assert len(harmless) > 15
    assert harmless == hostile


def test_the_words_of_a_statement_are_printed_and_never_run() -> None:
    harmless = _printed(ledger_statements, statement(3), "q")

    assert harmless == _printed(ledger_statements, statement(3), HOSTILE)


def test_all_the_marks_of_the_template_language_are_plain_letters() -> None:
    assert letters(MARKUP) in letters(words(receipts.render(replace(RECEIPT, reason=MARKUP))))


@pytest.mark.parametrize("text", ALPHABETS.values(), ids=ALPHABETS)
def test_a_document_is_made_whatever_the_alphabet(text: str) -> None:
    assert receipts.render(_with_texts(RECEIPT, lambda _: text)).startswith(b"%PDF")


@pytest.mark.parametrize("name", ALL)
def test_every_document_is_made_of_all_alphabets_at_once(name: str) -> None:
    module, document = ALL[name]
    texts = " ".join(ALPHABETS.values())

    assert module.render(_with_texts(document, lambda _: texts)).startswith(b"%PDF")


def test_one_word_as_long_as_a_field_takes_stays_in_its_column() -> None:
    long = replace(PAYMENTS_BOOK, lines=(replace(PAYMENTS_BOOK.lines[0], reason="x" * 4000),))

    assert words(cash_books.render(long)).count("x") >= 4000


def test_a_letter_that_no_font_of_ours_has_is_shown_by_its_number() -> None:
    printed = words(receipts.render(replace(RECEIPT, received_from="日本 Łódź Ω Жук")))

    assert "[U+65E5 672C] Łódź Ω Жук" in printed


def test_the_order_of_letters_cannot_be_turned_by_an_unseen_mark() -> None:
    assert plain("pay \u202e001\u202c \u2066x\u2069") == "pay 001 x"


def test_the_same_document_is_the_same_file() -> None:
    assert receipts.render(RECEIPT) == receipts.render(replace(RECEIPT))


def test_the_same_document_is_the_same_file_in_another_process() -> None:
    program = (
        "import hashlib, documents as s; from chancery.reports import receipts;"
        "print(hashlib.sha256(receipts.render(s.RECEIPT)).hexdigest())"
    )
    path = [str(Path(documents.__file__).parent), str(Path(pdf.__file__).parents[2])]
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": ":".join(path), "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Australia/Sydney"))
    }

    assert len(answers) == 1


def test_another_instant_is_another_file_with_that_date() -> None:
    later = replace(RECEIPT, imprint=replace(IMPRINT, made_at=IMPRINT.made_at + timedelta(days=1)))

    made = PdfReader(BytesIO(receipts.render(later))).metadata

    assert made is not None
    assert made.creation_date == datetime(2026, 11, 12, 14, 30, tzinfo=UTC)


def test_a_document_is_for_the_archive_and_for_a_screen_reader() -> None:
    content = receipts.render(RECEIPT)

    reader = PdfReader(BytesIO(content))
    root: Any = reader.trailer["/Root"]
    meta = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in meta
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in meta
    assert "<pdfuaid:part>1</pdfuaid:part>" in meta
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Trust account receipt R-000412"


def test_every_font_is_inside_the_file() -> None:
    reader = PdfReader(BytesIO(receipts.render(RECEIPT)))

    page: Any = reader.pages[0]
    found = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in found]
    assert inner
    assert all("/FontFile3" in one or "/FontFile2" in one for one in inner)


def test_every_page_carries_the_run_the_seal_and_its_place_among_the_pages() -> None:
    printed = pages(ledger_statements.render(statement(120)))

    assert len(printed) > 2
    for at, page in enumerate(printed, start=1):
        assert f"Page {at} of {len(printed)}" in page
        assert f"Run {IMPRINT.run} · made 11 Nov 2026, 14:30 by Bob Finch" in page
        assert "Chain head 48,213 · SHA-256 9f86d081" in letters(page) or "9f86d081" in page


def test_a_document_without_a_seal_says_nothing_of_one() -> None:
    bare = replace(RECEIPT, imprint=replace(IMPRINT, seal=None))

    assert "Chain head" not in words(receipts.render(bare))


@pytest.mark.parametrize(
    ("country", "size"),
    [("AU", (595, 842)), ("US", (612, 792)), ("ca", (612, 792)), ("GB", (595, 842))],
)
def test_paper_is_that_of_the_country(country: str, size: tuple[int, int]) -> None:
    there = replace(RECEIPT, imprint=replace(IMPRINT, paper=paper_of(country)))

    box = PdfReader(BytesIO(receipts.render(there))).pages[0].mediabox

    assert (round(box.width), round(box.height)) == size


def test_a_text_longer_than_any_field_takes_is_a_fault_of_ours() -> None:
    fits = replace(RECEIPT, reason="word " * 800)
    longer = replace(RECEIPT, reason="word " * 800 + "x")

    assert receipts.render(fits)
    with pytest.raises(pdf.TextTooLong, match=r"receipt\.typ\.reason has 4001 characters, 4000"):
        receipts.render(longer)


def test_a_list_longer_than_any_document_is_a_fault_of_ours() -> None:
    lines = (replace(RECEIPT.lines[0], amount=RECEIPT.amount - RECEIPT.amount),) * 20_000

    with pytest.raises(pdf.TextTooLong, match=r"lines has 20001 rows, 20000 at most"):
        receipts.render(replace(RECEIPT, lines=(*lines, RECEIPT.lines[0])))


def test_an_instant_without_a_zone_is_a_fault_of_ours() -> None:
    with pytest.raises(AssertionError, match="zone"):
        replace(IMPRINT, made_at=IMPRINT.made_at.replace(tzinfo=None))


def test_templates_fetch_nothing_and_evaluate_nothing() -> None:
    for path in TEMPLATES.glob("*.typ"):
        source = path.read_text(encoding="utf-8")
        assert "@" not in source, path
        assert "eval(" not in source, path
        assert "read(" not in source.replace("spread(", ""), path


def test_every_character_in_the_list_of_our_fonts_can_be_shown() -> None:
    starts, ends = pdf._coverage()
    nothing = RECEIPT.amount - RECEIPT.amount
    alone = tuple(
        replace(RECEIPT.lines[0], amount=nothing, description=f"a {chr(at)} b")
        for pair in zip(starts, ends, strict=True)
        for at in pair
    )

    content = receipts.render(replace(RECEIPT, lines=(*RECEIPT.lines, *alone)))

    assert len(alone) > 300
    assert "[U+" not in words(content)

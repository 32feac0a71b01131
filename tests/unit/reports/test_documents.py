"""Each document read back: what the law wants on it is on it, and its sums are those of its lines."""

from dataclasses import replace
from datetime import date

import pytest

from chancery.lib.money import Money
from chancery.reports import (
    cash_books,
    ledger_statements,
    receipts,
    registers,
    requisitions,
    transfer_journals,
    trial_balances,
)
from chancery.reports.imprint import Words
from documents import (
    BALANCED,
    CANCELLED,
    PAYMENTS_BOOK,
    RECEIPT,
    RECEIPTS_BOOK,
    REGISTER,
    REQUISITION,
    SHORT,
    SPLIT_RECEIPT,
    TRANSFER,
    aud,
    statement,
)
from read_back import words


def _absent(printed: str, *parts: str) -> list[str]:
    """Return what is not there."""
    return [part for part in parts if part not in printed]


def test_a_receipt_carries_all_that_the_law_asks_for() -> None:
    printed = words(receipts.render(RECEIPT))

    assert _absent(
        printed,
        "Marlow & Finch", "Trust account receipt R-000412", "Law practice trust account",
        "One thousand two hundred and fifty dollars and fifty cents", "AUD 1,250.50",
        "Receipt number R-000412", "Made out on 11 Nov 2026", "Received on 10 Nov 2026",
        "Received from Claire Bennett", "Form of money Electronic transfer",
        "Reason Deposit for the lease of Unit 4", "Cleared from 13 Nov 2026",
        "Client Claire Bennett", "Matter 2026-0088", "Description Lease of Unit 4",
        "Made out by Bob Finch",
    ) == []  # fmt: skip
    assert "CANCELLED" not in printed


def test_a_receipt_made_out_on_the_day_names_one_day() -> None:
    same_day = replace(RECEIPT, received_on=RECEIPT.made_out_on, clears_on=None)

    printed = words(receipts.render(same_day))

    assert "Received on" not in printed
    assert "Cleared from" not in printed


def test_a_receipt_speaks_the_words_of_the_place() -> None:
    elsewhere = replace(
        RECEIPT,
        title="Controlled money receipt",
        literals=("official receipt form for trust moneys", "controlled money receipt"),
        words=Words.of(
            {"money": "client money", "work_unit": "file", "bank": "bank", "person": ""}
        ),
    )

    printed = words(receipts.render(elsewhere))

    assert (
        _absent(printed, *elsewhere.literals, "Client money", "File 2026-0088", "Client Claire")
        == []
    )


def test_a_split_receipt_shows_each_part_and_their_sum() -> None:
    printed = words(receipts.render(SPLIT_RECEIPT))

    assert (
        _absent(
            printed, "Lease of Unit 4 1,000.00", "Sale of 3 Quay Street 250.50", "Total 1,250.50"
        )
        == []
    )


def test_a_cancelled_receipt_says_why_by_whom_and_what_reversed_it() -> None:
    printed = words(receipts.render(SPLIT_RECEIPT))

    assert (
        _absent(
            printed,
            "CANCELLED",
            "11 Nov 2026, 14:30 by Alice Marlow: Taken twice for the same deposit",
            "Reversed by RV-000007",
        )
        == []
    )


def test_parts_that_are_not_the_amount_are_never_printed() -> None:
    with pytest.raises(AssertionError):
        replace(RECEIPT, amount=aud(125_051))


def test_a_requisition_says_who_is_paid_how_and_who_allowed_it() -> None:
    printed = words(requisitions.render(REQUISITION))

    assert _absent(
        printed,
        "Trust withdrawal W-000231", "Pay Harbourside Surveyors Pty Ltd", "AUD 450.00",
        "BSB 082-001", "Account number 7654 3210", "Method Electronic transfer",
        "Rule Legal Profession Uniform General Rules 2015 r 43",
        "2026-0088 1,250.50 450.00 800.50",
        "Asked Bob Finch 11 Nov 2026, 11:30 none",
        "Approved Alice Marlow 11 Nov 2026, 12:30 Authority on file",
        "Released Alice Marlow 11 Nov 2026, 13:30 Signed in again",
        "Result Confirmed", "Number called 02 5550 0134", "Spoke with Dana Reyes",
    ) == []  # fmt: skip
    assert "Cheque number" not in printed


def test_a_cheque_has_its_number_and_details_without_a_call_back_say_so() -> None:
    by_cheque = replace(
        REQUISITION, cheque_number="000517", callback=None, steps=(), cancelled=CANCELLED
    )

    printed = words(requisitions.render(by_cheque))

    assert _absent(printed, "Cheque number 000517", "No call back is recorded.", "CANCELLED") == []
    assert "Who did what" not in printed


def test_balances_that_do_not_differ_by_the_amount_are_never_printed() -> None:
    with pytest.raises(AssertionError):
        replace(REQUISITION, after=aud(80_051))
    with pytest.raises(AssertionError):
        replace(TRANSFER, target=replace(TRANSFER.target, after=aud(25_001)))
    with pytest.raises(AssertionError):
        replace(TRANSFER, source=replace(TRANSFER.source, after=aud(55_051)))


def test_a_transfer_shows_both_ledgers_and_the_written_authority() -> None:
    printed = words(transfer_journals.render(TRANSFER))

    assert _absent(
        printed,
        "Trust transfer journal T-000019",
        "Written authority E-mail of 10 Nov 2026, file note 14", "Authority dated 10 Nov 2026",
        "From Claire Bennett 2026-0088 Lease of Unit 4 800.50 \u2013 250.00 550.50",
        "To Claire Bennett 2026-0091 Sale of 3 Quay Street 0.00 250.00 \u2013 250.00",
    ) == []  # fmt: skip


def test_a_transfer_without_steps_or_cancelled_says_so() -> None:
    bare = replace(TRANSFER, steps=(), cancelled=CANCELLED, authority_on=None)

    printed = words(transfer_journals.render(bare))

    assert "CANCELLED" in printed
    assert "Who did what" not in printed
    assert "Authority dated" not in printed


def test_a_statement_shows_in_out_and_the_balance_after_each() -> None:
    printed = words(ledger_statements.render(statement(4)))

    assert _absent(
        printed,
        "Client Claire Bennett", "Address 7 Harbour Road, Manly NSW 2095",
        "Period 1 Jul 2026 to 31 Oct 2026",
        "1 Jul 2026 Opening balance 100.00",
        "1 Jul 2026 R-000000 Receipt Received from Claire Bennett 1,250.50 \u2013 1,350.50",
        "1 Jul 2026 W-000003 Withdrawal Survey report, invoice 5519 \u2013 400.00 3,451.50",
        "31 Oct 2026 Closing balance 3,751.50 400.00 3,451.50",
        "Held on 31 Oct 2026, AUD 3,451.50", "Protected 50.00", "Available 3,401.50",
    ) == []  # fmt: skip


def test_a_statement_without_movements_opens_and_closes_alike() -> None:
    printed = words(ledger_statements.render(replace(statement(0), is_closed=False)))

    assert "Closing balance 0.00 0.00 100.00" in printed


def test_a_balance_that_the_movements_do_not_give_is_never_printed() -> None:
    whole = statement(4)

    with pytest.raises(AssertionError, match="W-000003"):
        replace(whole, lines=(*whole.lines[:3], replace(whole.lines[3], balance=aud(1))))
    with pytest.raises(AssertionError, match="closing"):
        replace(whole, closing=whole.closing + aud(1))


def test_a_cash_book_counts_what_was_not_cancelled() -> None:
    printed = words(cash_books.render(RECEIPTS_BOOK))

    counted = sum(line.amount.minor for line in RECEIPTS_BOOK.lines if not line.is_cancelled)
    assert f"Total {aud(counted)}" in printed
    assert "Entries 27, and 1 cancelled" in printed
    assert "1,300.50 cancelled" in printed
    assert "Received from" in printed


def test_a_payments_book_names_who_was_paid() -> None:
    printed = words(cash_books.render(PAYMENTS_BOOK))

    assert "Paid to" in printed
    assert "Received from" not in printed
    assert "Entries 3 " in printed


def test_a_month_without_entries_says_so() -> None:
    printed = words(cash_books.render(replace(PAYMENTS_BOOK, lines=())))

    assert "There are no entries in these days." in printed
    assert "Total 0.00" in printed


def test_a_trial_balance_sums_credits_and_keeps_shortages_apart() -> None:
    printed = words(trial_balances.render(SHORT))

    assert _absent(
        printed,
        "Ida Stone 2026-0007 Purchase 30 Oct 2026 −650.00", "Total below zero −650.00",
        "Dana Reyes 2026-0090 Estate of R. Reyes none 0.00", "Total held 560.49",
    ) == []  # fmt: skip
    assert (aud(56_049), aud(-65_000), aud(0)) == (SHORT.held, SHORT.overdrawn, SHORT.difference)


@pytest.mark.parametrize(
    ("cash_book", "proof"),
    [(aud(56_049), (aud(0), True)), (aud(56_050), (aud(1), False)), (None, (None, False))],
)
def test_a_trial_balance_is_proved_when_the_cash_book_is_the_same_figure(
    cash_book: Money | None, proof: tuple[Money | None, bool]
) -> None:
    balance = replace(BALANCED, cash_book=cash_book)

    assert proof == (balance.difference, balance.is_proved)
    assert "Ledgers below zero none" in words(trial_balances.render(balance))


def test_a_ledger_below_zero_proves_nothing_though_the_sums_agree() -> None:
    assert SHORT.difference == aud(0)
    assert not SHORT.is_proved


def test_a_register_prints_its_columns_rows_and_totals() -> None:
    printed = words(registers.render(REGISTER))

    assert _absent(
        printed,
        "Client Matter Account Received Receipt Days Held, AUD",
        "Claire Bennett 2026-0088 Marlow & Finch CMA/c Bennett 5 Oct 2026 CM-000012 30 50,000.00",
        "Dana Reyes 2026-0090 Marlow & Finch CMA/c Reyes \u2013 \u2013 \u2013 0.00",
        "Total 50,000.00", "Kept under Legal Profession Uniform General Rules 2015 r 64",
    ) == []  # fmt: skip


def test_an_empty_register_says_so() -> None:
    empty = replace(
        REGISTER, rows=(), totals=None, facts=(), when_empty="No controlled money is held."
    )

    assert "No controlled money is held." in words(registers.render(empty))


def test_a_register_of_two_currencies_in_one_column_is_a_fault_of_ours() -> None:
    row = (*REGISTER.rows[0][:-1], Money(1, "NZD"))

    with pytest.raises(AssertionError):
        replace(REGISTER, rows=(row,))


def test_documents_that_are_tables_can_be_taken_away_as_tables() -> None:
    whole = list(ledger_statements.sheet(statement(4)).rows)
    assert (date(2026, 7, 1), None, None, "Opening balance", None, None, aud(10_000)) == whole[0]
    assert aud(40_000) == whole[4][5]

    book = cash_books.sheet(RECEIPTS_BOOK)
    rows = list(book.rows)
    assert (*[None] * 2, "Total", *[None] * 7, RECEIPTS_BOOK.total) == book.totals
    assert tuple(rows[5][-2:]) == ("cancelled", None)

    ledgers = list(trial_balances.sheet(SHORT).rows)
    assert (None, aud(-65_000)) == tuple(ledgers[-1][-2:])

    assert REGISTER.rows == registers.sheet(REGISTER).rows

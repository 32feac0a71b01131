"""One of each document, as a firm of New South Wales would print it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import ModuleType

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
from chancery.reports.cash_books import CashBook, CashLine
from chancery.reports.imprint import Cancellation, Fact, Imprint, SealHead, Step, Words
from chancery.reports.ledger_statements import LedgerStatement, StatementLine
from chancery.reports.receipts import Receipt, ReceiptLine
from chancery.reports.registers import Register
from chancery.reports.requisitions import Callback, Requisition
from chancery.reports.sheets import Column
from chancery.reports.transfer_journals import LedgerSide, TransferJournal
from chancery.reports.trial_balances import BalanceLine, TrialBalance

MADE_AT = datetime(2026, 11, 11, 14, 30, tzinfo=UTC)
SEAL = SealHead(48_213, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", MADE_AT)
IMPRINT = Imprint(
    practice="Marlow & Finch",
    run="0192f3c4-7a10-7d3e-8a44-1b2c3d4e5f60",
    made_at=MADE_AT,
    made_by="Bob Finch",
    address=("Level 4, 12 Bridge Street", "Sydney NSW 2000"),
    seal=SEAL,
)
WORDS = Words()
ACCOUNT = "Marlow & Finch Law Practice Trust Account, Harbourside Bank, 062-000 1234 5678"


def aud(minor: int) -> Money:
    return Money(minor, "AUD")


CANCELLED = Cancellation("Taken twice for the same deposit", MADE_AT, "Alice Marlow", "RV-000007")
STEPS = (
    Step("Asked", "Bob Finch", MADE_AT - timedelta(hours=3)),
    Step("Approved", "Alice Marlow", MADE_AT - timedelta(hours=2), "Authority on file"),
    Step("Released", "Alice Marlow", MADE_AT - timedelta(hours=1), "Signed in again"),
)
RECEIPT = Receipt(
    imprint=IMPRINT,
    words=WORDS,
    title="Trust account receipt",
    literals=("Law practice trust account",),
    number="R-000412",
    account=ACCOUNT,
    made_out_on=date(2026, 11, 11),
    received_on=date(2026, 11, 10),
    amount=aud(125_050),
    form_of_money="Electronic transfer",
    received_from="Claire Bennett",
    reason="Deposit for the lease of Unit 4",
    lines=(ReceiptLine("Claire Bennett", "2026-0088", "Lease of Unit 4", aud(125_050)),),
    made_out_by="Bob Finch",
    clears_on=date(2026, 11, 13),
)
SPLIT_RECEIPT = replace(
    RECEIPT,
    lines=(
        ReceiptLine("Claire Bennett", "2026-0088", "Lease of Unit 4", aud(100_000)),
        ReceiptLine("Claire Bennett", "2026-0091", "Sale of 3 Quay Street", aud(25_050)),
    ),
    cancelled=CANCELLED,
)
REQUISITION = Requisition(
    imprint=IMPRINT,
    words=WORDS,
    title="Trust withdrawal",
    number="W-000231",
    status="Released",
    account=ACCOUNT,
    on=date(2026, 11, 11),
    amount=aud(45_000),
    payee="Harbourside Surveyors Pty Ltd",
    bank_details=(
        Fact("Account name", "Harbourside Surveyors Pty Ltd"),
        Fact("BSB", "082-001"),
        Fact("Account number", "7654 3210"),
    ),
    method="Electronic transfer",
    reason="Survey report, invoice 5519",
    client="Claire Bennett",
    matter="2026-0088",
    description="Lease of Unit 4",
    before=aud(125_050),
    after=aud(80_050),
    steps=STEPS,
    rule="Legal Profession Uniform General Rules 2015 r 43",
    callback=Callback("Bob Finch", MADE_AT, "02 5550 0134", "Dana Reyes", "Confirmed"),
)
TRANSFER = TransferJournal(
    imprint=IMPRINT,
    words=WORDS,
    title="Trust transfer journal",
    number="T-000019",
    account=ACCOUNT,
    on=date(2026, 11, 11),
    amount=aud(25_000),
    reason="Balance of the lease to the sale",
    authority="E-mail of 10 Nov 2026, file note 14",
    source=LedgerSide("Claire Bennett", "2026-0088", "Lease of Unit 4", aud(80_050), aud(55_050)),
    target=LedgerSide("Claire Bennett", "2026-0091", "Sale of 3 Quay Street", aud(0), aud(25_000)),
    steps=STEPS[:2],
    rule="Legal Profession Uniform General Rules 2015 r 46",
    authority_on=date(2026, 11, 10),
)


def statement(count: int) -> LedgerStatement:
    """Give a statement of so many movements: three in, then one out."""
    lines, balance = [], aud(10_000)
    for at in range(count):
        is_out = at % 4 == 3
        moved = aud(40_000 if is_out else 125_050)
        balance = balance - moved if is_out else balance + moved
        lines.append(
            StatementLine(
                on=date(2026, 7, 1) + timedelta(days=at // 8),
                number=f"{'W' if is_out else 'R'}-{at:06}",
                kind="Withdrawal" if is_out else "Receipt",
                text="Survey report, invoice 5519" if is_out else "Received from Claire Bennett",
                money_in=None if is_out else moved,
                money_out=moved if is_out else None,
                balance=balance,
            )
        )
    return LedgerStatement(
        imprint=IMPRINT,
        words=WORDS,
        title="Client ledger statement",
        account=ACCOUNT,
        person="Claire Bennett",
        person_address=("7 Harbour Road", "Manly NSW 2095"),
        matter="2026-0088",
        description="Lease of Unit 4",
        first_on=date(2026, 7, 1),
        last_on=date(2026, 10, 31),
        opening=aud(10_000),
        lines=tuple(lines),
        closing=balance,
        cleared=balance,
        protected=aud(5_000),
        available=balance - aud(5_000),
        is_closed=True,
    )


def _cash(at: int, *, is_cancelled: bool = False) -> CashLine:
    return CashLine(
        on=date(2026, 10, 1 + at % 28),
        number=f"R-{400 + at:06}",
        method="Electronic transfer" if at % 3 else "Cheque",
        other_party="Claire Bennett" if at % 2 else "Northgate Conveyancing Pty Ltd",
        client="Claire Bennett",
        matter=f"2026-00{70 + at}",
        reason="Deposit for the lease of Unit 4",
        amount=aud(125_050 + 1000 * at),
        banked_on=date(2026, 10, 2 + at % 28),
        bank_reference=f"SLIP {90 + at}" if at % 3 == 0 else "",
        is_cancelled=is_cancelled,
    )


RECEIPTS_BOOK = CashBook(
    imprint=IMPRINT,
    words=WORDS,
    title="Trust receipts cash book",
    direction="receipts",
    account=ACCOUNT,
    currency="AUD",
    first_on=date(2026, 10, 1),
    last_on=date(2026, 10, 31),
    lines=tuple(_cash(at, is_cancelled=at == 5) for at in range(28)),
    is_closed=True,
)
PAYMENTS_BOOK = replace(
    RECEIPTS_BOOK,
    title="Trust payments cash book",
    direction="payments",
    lines=RECEIPTS_BOOK.lines[:3],
    is_closed=False,
)
BALANCED = TrialBalance(
    imprint=IMPRINT,
    words=WORDS,
    title="Trust trial balance",
    account=ACCOUNT,
    currency="AUD",
    on=date(2026, 10, 31),
    lines=(
        BalanceLine(
            "Claire Bennett", "2026-0088", "Lease of Unit 4", date(2026, 10, 5), aud(55_050)
        ),
        BalanceLine("Dana Reyes", "2026-0090", "Estate of R. Reyes", None, aud(0)),
        BalanceLine(
            "Omar Haddad", "2026-0091", "Sale of 3 Quay Street", date(2026, 9, 1), aud(999)
        ),
    ),
    cash_book=aud(56_049),
)
SHORT = replace(
    BALANCED,
    lines=(
        *BALANCED.lines,
        BalanceLine("Ida Stone", "2026-0007", "Purchase", date(2026, 10, 30), aud(-65_000)),
    ),
    cash_book=aud(-8_951),
)
REGISTER = Register(
    imprint=IMPRINT,
    words=WORDS,
    title="Register of controlled money",
    facts=(Fact("Kept under", "Legal Profession Uniform General Rules 2015 r 64"),),
    columns=(
        Column("Client"),
        Column("Matter", "id"),
        Column("Account"),
        Column("Received", "date"),
        Column("Receipt", "id"),
        Column("Days", "number"),
        Column("Held", "amount", "AUD"),
    ),
    rows=(
        (
            "Claire Bennett",
            "2026-0088",
            "Marlow & Finch CMA/c Bennett",
            date(2026, 10, 5),
            "CM-000012",
            30,
            aud(5_000_000),
        ),
        ("Dana Reyes", "2026-0090", "Marlow & Finch CMA/c Reyes", None, "", None, aud(0)),
    ),
    totals=("Total", None, None, None, None, None, aud(5_000_000)),
)

ALL: dict[str, tuple[ModuleType, object]] = {
    "receipt": (receipts, RECEIPT),
    "receipt_cancelled": (receipts, SPLIT_RECEIPT),
    "requisition": (requisitions, REQUISITION),
    "transfer": (transfer_journals, TRANSFER),
    "statement": (ledger_statements, statement(60)),
    "receipts_book": (cash_books, RECEIPTS_BOOK),
    "payments_book": (cash_books, PAYMENTS_BOOK),
    "trial_balance": (trial_balances, BALANCED),
    "trial_balance_short": (trial_balances, SHORT),
    "register": (registers, REGISTER),
}

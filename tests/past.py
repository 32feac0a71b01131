"""What tests need to open an account and to import its history."""

from collections.abc import Iterable
from datetime import date

from chancery.lib import comma_files
from chancery.lib.comma_files import Row, Table
from chancery.trust import history_imports, opening_drafts, opening_parts, openings
from chancery.trust.models import HistoryImport, HistoryRow, Opening
from chancery.trust.opening_drafts import Figures
from chancery.trust.rules.openings import ITEMS, LEDGERS
from money import Trust
from world import acting

OPENED_ON = date(2026, 6, 30)
HEADING = "date,matter,kind,amount,to_matter,party,reference,method"


def rows(table: Table, *lines: str) -> list[Row]:
    """Return the rows of a file of these lines, the heading first."""
    return list(comma_files.read(["\n".join(lines).encode()], table))


def ledger_row(matter: str, amount: str, moved: str = "") -> Row:
    return rows(LEDGERS, "matter,amount,last_movement", f"{matter},{amount},{moved}")[0]


def item_row(kind: str, amount: str, number: str = "101", on: str = "2026-06-20") -> Row:
    return rows(ITEMS, "kind,date,number,payee,amount", f"{kind},{on},{number},Payee,{amount}")[0]


def begin(trust: Trust, bank: str, own: str = "0.00", on: date = OPENED_ON) -> Opening:
    with acting(trust.maker):
        return opening_drafts.set_figures(
            account=trust.account,
            figures=Figures(on, trust.money(bank), trust.money(own)),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def put_ledger(trust: Trust, matter: str, amount: str, moved: str = "") -> None:
    with acting(trust.maker):
        opening_parts.put_ledger(
            account=trust.account,
            row=ledger_row(matter, amount, moved),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def put_item(trust: Trust, kind: str, amount: str, number: str = "101") -> None:
    with acting(trust.maker):
        opening_parts.put_item(
            account=trust.account,
            row=item_row(kind, amount, number),
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def finish(trust: Trust, key: str = "finish") -> Opening:
    with acting(trust.maker):
        return openings.finish(
            account=trust.account, by=trust.maker, at=trust.at, today=trust.today, key=key
        )


def undo(trust: Trust, reason: str = "Wrong statement") -> Opening:
    with acting(trust.maker):
        return openings.undo(account=trust.account, reason=reason, by=trust.maker, at=trust.at)


def read(trust: Trust, *lines: str, heading: str = HEADING) -> HistoryImport:
    """Read a history of these lines."""
    return read_bytes(trust, ["\n".join((heading, *lines)).encode()])


def read_bytes(trust: Trust, chunks: Iterable[bytes]) -> HistoryImport:
    with acting(trust.maker):
        return history_imports.read(
            account=trust.account,
            name="history.csv",
            chunks=chunks,
            by=trust.maker,
            at=trust.at,
            today=trust.today,
        )


def post(trust: Trust, batch: HistoryImport, key: str = "post") -> HistoryImport:
    with acting(trust.maker):
        return history_imports.post(
            batch=batch, by=trust.maker, at=trust.at, today=trust.today, key=key
        )


def undo_import(trust: Trust, batch: HistoryImport) -> HistoryImport:
    with acting(trust.maker):
        return history_imports.undo(batch=batch, reason="Wrong file", by=trust.maker, at=trust.at)


def codes(trust: Trust, batch: HistoryImport) -> dict[int, list[str]]:
    """Return the codes of what was found, by the row's number."""
    with acting(trust.maker):
        faulty = HistoryRow.objects.filter(batch=batch).exclude(findings=[]).order_by("number")
        return {row.number: [code for code, _ in row.findings] for row in faulty}

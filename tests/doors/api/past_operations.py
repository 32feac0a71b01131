"""Every operation about money of before: opening balances, and a history from elsewhere."""

from collections.abc import Callable
from typing import Any

from chancery.practice.api_tokens import Scope
from doors.api.call import Call
from past import HEADING

AMOUNT = {"minor": 100, "currency": "AUD"}
WHY: dict[str, object] = {"reason": "Read from the wrong statement"}
ITEM: dict[str, object] = {"kind": "cheque", "on": "2026-06-20", "number": "101", "amount": AMOUNT}


def _read(path: str) -> Call:
    return Call("GET", lambda _: path, Scope.LEDGERS_READ)


def _of(record: str, part: str = "") -> Call:
    """Return a question about an opening or an import, named by where it stands."""
    return Call("GET", _path(record, part), Scope.LEDGERS_READ, of_record=True)


def _done(
    record: str, part: str, body: Callable[[Any], object] | None = None, status: int = 200
) -> Call:
    return Call(
        "POST",
        _path(record, part),
        Scope.OPENINGS_WRITE,
        body or (lambda _: {}),
        of_record=True,
        status=status,
        is_keyed=True,
    )


def _sent(part: str, body: Callable[[Any], object]) -> Call:
    """Return a file that is sent for an opening."""
    path = _path("opening", part)
    return Call("POST", path, Scope.OPENINGS_WRITE, body, of_record=True, media="text/csv")


def _path(record: str, part: str) -> Callable[[Any], str]:
    noun = "history-imports" if record.endswith("history") else "openings"
    end = f"/{part}" if part else ""
    return lambda things: f"{noun}/{getattr(things.money, record).id}{end}"


def _figures(things: Any) -> dict[str, object]:
    account = things.money.trust.account
    return {"account_id": str(account.id), "on": "2026-06-30", "bank": AMOUNT}


def _line(things: Any) -> dict[str, object]:
    return {"matter": things.money.old_matter.number, "amount": AMOUNT}


PAST_OPERATIONS: dict[str, Call] = {
    "list_openings": _read("openings"),
    "read_opening": _of("opening"),
    "check_opening": _of("opening", "check"),
    "set_opening_figures": Call(
        "POST", lambda _: "openings", Scope.OPENINGS_WRITE, _figures, status=201, is_keyed=True
    ),
    "finish_opening": _done("opening", "finish"),
    "undo_opening": _done("finished_opening", "undoing", lambda _: WHY),
    "renew_opening": _done("undone_opening", "renewal", status=201),
    "discard_opening": _done("opening", "discarding", status=204),
    "list_opening_ledgers": _of("opening", "ledgers"),
    "list_opening_items": _of("opening", "items"),
    "put_opening_ledger": _done("opening", "ledgers", _line),
    "put_opening_ledgers": _done("opening", "ledgers/all", lambda t: {"lines": [_line(t)]}),
    "put_opening_item": _done("opening", "items", lambda _: ITEM),
    "put_opening_items": _done("opening", "items/all", lambda _: {"lines": [ITEM]}),
    "read_opening_ledgers": _sent(
        "ledgers/file", lambda t: f"matter,amount\n{t.money.old_matter.number},1.00"
    ),
    "read_opening_items": _sent("items/file", lambda _: "kind,date,amount\ncheque,2026-06-20,1.00"),
    "take_out_of_opening": _done(
        "opening", "taking-out", lambda t: {"part_id": str(t.money.opening_line.id)}
    ),
    "list_history_imports": _read("history-imports"),
    "read_history_import": _of("history"),
    "list_history_rows": _of("history", "rows"),
    "read_history_file": Call(
        "POST",
        lambda t: f"accounts/{t.money.trust.account.id}/history-imports?name=old.csv",
        Scope.OPENINGS_WRITE,
        lambda t: f"{HEADING}\n2026-05-04,{t.money.old_matter.number},receipt,1.00,,Ann,R1,",
        of_record=True,
        status=201,
        media="text/csv",
    ),
    "check_history_import": _done("history", "check"),
    "post_history_import": _done("history", "posting"),
    "undo_history_import": _done("posted_history", "undoing", lambda _: WHY),
    "discard_history_import": _done("history", "discarding", status=204),
}

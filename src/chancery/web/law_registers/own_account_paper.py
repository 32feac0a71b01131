"""The register of one matter's own bank account: whose, where, every version of its details, all that moved."""

from collections.abc import Sequence

from chancery.ledger.statements import Stretch
from chancery.reports.imprint import Fact
from chancery.reports.ledger_statements import StatementLine
from chancery.reports.registers import Register
from chancery.reports.sheets import Cell, Column
from chancery.trust.controlled_accounts import ControlledAccount
from chancery.web.firm_of_request import FirmRequest
from chancery.web.matter_money import statement
from chancery.web.shell import times
from chancery.web.shell.words import words_of
from chancery.web.trust_accounts import frame


def register_of(request: FirmRequest, turns: Sequence[ControlledAccount]) -> Register:
    """Return the register of an account; ``turns`` are the versions of its details, the latest first."""
    kept, words = turns[0], words_of(request)
    ledger = kept.ledger
    matter, currency = ledger.matter, ledger.account.currency
    assert matter, "an own account is a matter's"
    told = statement.to_print(
        ledger,
        Stretch(),
        imprint=frame.imprint(request),
        words=words,
        today=frame.today(request),
    )
    addresses = "; ".join(str(one) for one in matter.client.addresses.order_by("-kind"))
    facts = (
        Fact("Account", f"{kept.name}, {kept.bank.name}, {kept.number_shown}"),
        Fact(words["person"].capitalize(), matter.client.name),
        Fact("Address", addresses or "none is recorded"),
        Fact(words["work_unit"].capitalize(), f"{matter.number} {matter.title}"),
        *(Fact(f"Since {times.day(one.on)}", _version(one)) for one in reversed(turns)),
        Fact("Receipts are numbered under", ledger.account.name),
    )
    return Register(
        imprint=told.imprint,
        words=told.words,
        title=f"Register of {kept.name}",
        facts=facts,
        columns=_columns(currency),
        rows=tuple(_cells(line) for line in told.lines),
        when_empty="Nothing moved yet.",
    )


def _version(kept: ControlledAccount) -> str:
    direction = kept.direction or "no written direction"
    on = f" of {times.day(kept.direction_on)}" if kept.direction_on else ""
    where = f"{kept.name}, {kept.bank.name}, {kept.number_shown}"
    return f"{where}; {direction}{on}; {kept.reason}; {kept.by.name}"


def _columns(currency: str) -> tuple[Column, ...]:
    figures = (Column(head, "amount", currency) for head in ("In", "Out", "Held after"))
    return (
        Column("Day", "date"),
        Column("Document", "id"),
        Column("What"),
        Column("In words"),
        *figures,
    )


def _cells(line: StatementLine) -> tuple[Cell, ...]:
    said = (line.on, line.number, line.kind, line.text)
    return (*said, line.money_in, line.money_out, line.balance)

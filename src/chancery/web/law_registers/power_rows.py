"""The register of powers over money: its lines, its columns, and the law that keeps it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from chancery.lib.money import Money
from chancery.reports.sheets import Cell, Column
from chancery.trust import register_lists
from chancery.trust.powers import PowerEntry
from chancery.web.law_registers.kinds import LawRegister, ListCell, ListRow
from chancery.web.shell import times


def _rows(_: HttpRequest, powers: list[PowerEntry]) -> list[ListRow]:
    return [_row(power) for power in powers]


def _row(power: Any) -> ListRow:
    matter = power.matter
    count, last = power.use_count, power.last_used_on
    used = f"{count} time{'' if count == 1 else 's'}" if count else "not yet"
    return ListRow(
        url=reverse("power", args=[power.id]),
        name=power.donor,
        sub=f"given {times.day(power.on)}",
        pill=f"Ended {times.day(power.ended_on)}" if power.ended_on else "",
        cells=(
            ListCell("For", f"{matter.number} {matter.title}", matter.client.name),
            ListCell("Over", power.account, power.words),
            ListCell("Used", used, f"last on {times.day(last)}" if last else ""),
            ListCell("Moved", str(Money(power.used_minor, power.currency)), is_amount=True),
        ),
    )


def _columns(words: Mapping[str, str], currency: str) -> tuple[Column, ...]:
    return (
        Column("Day", "date"),
        Column("What"),
        Column(words["work_unit"].capitalize(), "id"),
        Column(words["person"].capitalize()),
        Column("Who gave it"),
        Column("Over which account"),
        Column("In words"),
        Column("Moved", "amount", currency),
        Column("Recorded by"),
    )


def cells(entry: PowerEntry) -> tuple[Cell, ...]:
    """Return a row of the register, with the power that it belongs to."""
    power = entry.power or entry
    moved = Money(entry.amount_minor, entry.currency) if entry.act == "exercised" else None
    return (
        entry.on,
        entry.get_act_display(),
        entry.matter.number,
        entry.matter.client.name,
        power.donor,
        power.account,
        entry.words,
        moved,
        entry.by.name,
    )


REGISTER = LawRegister(
    slug="powers",
    title=lambda _: "Power money",
    told=lambda words: (
        f"Powers over money of a {words['person']} that lies elsewhere, and all that was done by them."
    ),
    head="Who gave it",
    icon="lock",
    when_empty="No power is recorded yet",
    add=lambda _: "Record a power",
    add_url="power_add",
    is_here=lambda policy: policy.accounts.keeps_power_register,
    rules=lambda policy: [policy.accounts.types],
    found=register_lists.powers,
    rows=_rows,
    kept=register_lists.power_rows,
    columns=_columns,
    cells=cells,
    states=("In force", "Ended"),
)

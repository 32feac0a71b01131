"""The register of money in transit: its lines, its columns, and the law that keeps it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django.urls import reverse

from chancery.lib.money import Money
from chancery.reports.sheets import Cell, Column
from chancery.trust import register_lists
from chancery.trust.transit import TransitEntry
from chancery.web.law_registers.kinds import LawRegister, ListCell, ListRow
from chancery.web.shell import times


def _rows(_: HttpRequest, entries: list[TransitEntry]) -> list[ListRow]:
    return [_row(entry) for entry in entries]


def _row(entry: TransitEntry) -> ListRow:
    matter = entry.matter
    return ListRow(
        url=reverse("transit_entry", args=[entry.id]),
        name=times.day(entry.received_on),
        cells=(
            ListCell("For", f"{matter.number} {matter.title}", matter.client.name),
            ListCell("From", entry.received_from, entry.form),
            ListCell("Handed on to", entry.passed_to, times.day(entry.passed_on)),
            ListCell("Amount", str(Money(entry.amount_minor, entry.currency)), is_amount=True),
        ),
    )


def _columns(words: Mapping[str, str], currency: str) -> tuple[Column, ...]:
    return (
        Column("Came on", "date"),
        Column(words["work_unit"].capitalize(), "id"),
        Column(words["person"].capitalize()),
        Column("From"),
        Column("Form"),
        Column("Amount", "amount", currency),
        Column("Handed on", "date"),
        Column("To"),
        Column("By which direction"),
        Column("Recorded by"),
    )


def _cells(entry: TransitEntry) -> tuple[Cell, ...]:
    return (
        entry.received_on,
        entry.matter.number,
        entry.matter.client.name,
        entry.received_from,
        entry.form,
        Money(entry.amount_minor, entry.currency),
        entry.passed_on,
        entry.passed_to,
        entry.direction,
        entry.by.name,
    )


REGISTER = LawRegister(
    slug="transit",
    title=lambda _: "Transit money",
    told=lambda words: (
        f"Money that came for a {words['work_unit']} and was handed on as it was. It was in no"
        " account of the firm."
    ),
    head="Came on",
    icon="swap",
    when_empty="No money has passed through yet",
    add=lambda _: "Record transit money",
    add_url="transit_add",
    is_here=lambda policy: policy.accounts.keeps_transit_register,
    rules=lambda policy: [policy.accounts.types, policy.receipts.cash_first],
    found=register_lists.transit_entries,
    rows=_rows,
    kept=register_lists.transit_entries,
    columns=_columns,
    cells=_cells,
)

"""The register of shortages: its lines, its columns, and the law that asks for it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from chancery.lib.money import Money
from chancery.reports.sheets import Cell, Column
from chancery.trust import shortfalls
from chancery.web.law_registers.kinds import LawRegister, ListCell, ListRow
from chancery.web.law_registers.protection_rows import whose_money
from chancery.web.shell import times

SOURCES = {
    "bank_charge": "Bank charge",
    "dishonor": "Money that bounced",
    "statement": "By hand",
    "proof": "Proof of the books",
}
"""What brought a shortage to light, as people call it."""


def _rows(_: HttpRequest, cases: list[Any]) -> list[ListRow]:
    return [_row(case) for case in cases]


def _row(case: Any) -> ListRow:
    currency = shortfalls.currency_of(case)
    amount = Money(case.amount_minor, currency)
    whose = whose_money(case.ledger)[0] if case.ledger else ""
    where = case.account.name if case.account else "all of the books"
    told = times.day(case.notified_on) if case.notified_on else "not yet"
    return ListRow(
        url=reverse("shortage", args=[case.id]),
        name=times.day(case.found_on),
        sub=SOURCES[case.source],
        pill="Closed" if case.is_closed else "",
        cells=(
            ListCell("Cause", case.cause, ", ".join(part for part in (where, whose) if part)),
            ListCell("Regulator told", told, case.notified_as or ""),
            ListCell("Amount", str(amount)),
            ListCell("Still missing", str(Money(case.missing_minor, currency)), is_amount=True),
        ),
    )


def _columns(words: Mapping[str, str], currency: str) -> tuple[Column, ...]:
    return (
        Column("Found on", "date"),
        Column("Account"),
        Column(words["work_unit"].capitalize(), "id"),
        Column("What found it"),
        Column("Cause"),
        Column("Amount", "amount", currency),
        Column("Still missing", "amount", currency),
        Column("Regulator told", "date"),
        Column("Reference"),
        Column("Closed on", "date"),
    )


def _cells(case: Any) -> tuple[Cell, ...]:
    currency = shortfalls.currency_of(case)
    matter = case.ledger.matter if case.ledger else None
    return (
        case.found_on,
        case.account.name if case.account else "",
        matter.number if matter else "",
        SOURCES[case.source],
        case.cause,
        Money(case.amount_minor, currency),
        Money(case.missing_minor, currency),
        case.notified_on,
        case.notified_as or "",
        case.closed_on,
    )


REGISTER = LawRegister(
    slug="shortages",
    title=lambda _: "Shortages",
    told=lambda words: (
        f"What {words['money']} lacks and the firm makes good: found by itself or by a person, with its"
        " cause, what was restored, and what the regulator was told."
    ),
    head="Found",
    icon="alert",
    when_empty="No shortage was found yet",
    add=lambda _: "Record a shortage",
    add_url="shortage_add",
    is_here=lambda _: True,
    rules=lambda policy: [policy.care.deficiency],
    found=shortfalls.found,
    rows=_rows,
    kept=shortfalls.found,
    columns=_columns,
    cells=_cells,
    states=("Open", "Closed"),
    of_accounts=lambda _: True,
    rule_words=(
        "irregularity.report",
        "irregularity.remedy",
        "irregularity.shortage",
        "reconciliation.shortage",
    ),
)

"""The tax rates of each region, read from a table; they are mapped, never made."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("tax_rates.csv")
CLASSES = ("ASSET", "EQUITY", "EXPENSE", "LIABILITY", "REVENUE")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxRate:
    """One rate and the classes of account to which it may be given."""

    name: str
    tax_type: str
    report_as: str
    percent: float
    component: str
    classes: frozenset[str]


@cache
def of_version(version: str) -> dict[str, TaxRate]:
    """Return the rates of an organisation of this version, by tax type."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["version"] == version]
    return {row["tax_type"]: _rate(row) for row in rows}


def _rate(row: dict[str, str]) -> TaxRate:
    return TaxRate(
        name=row["name"],
        tax_type=row["tax_type"],
        report_as=row["report_as"],
        percent=float(row["percent"]),
        component=row["component"],
        classes=frozenset(row["classes"].split()),
    )


def usual(version: str, account_type: str) -> str:
    """Return the tax type that an account of this type has when none is named."""
    suffix = "2" if version in {"NZ", "UK"} else ""
    if account_type in {"REVENUE", "SALES", "OTHERINCOME"}:
        return f"OUTPUT{suffix}"
    if account_type in {"EXPENSE", "OVERHEADS", "DIRECTCOSTS"}:
        return f"INPUT{suffix}"
    return "BASEXCLUDED" if version == "AU" else "NONE"

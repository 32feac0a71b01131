"""The two organisations that every sandbox starts with, and how another is made."""

import csv
import uuid
from pathlib import Path

from xero_sandbox.books import organisations, tax_rates
from xero_sandbox.books.account_rules import Account
from xero_sandbox.books.accounts import Chart
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.store import Store

FOLDER = Path(__file__).parent
PLACES = {
    "AU": ("AU", "AUD", "AUSEASTERNSTANDARDTIME"),
    "NZ": ("NZ", "NZD", "NEWZEALANDSTANDARDTIME"),
    "GB": ("UK", "GBP", "GMTSTANDARDTIME"),
    "IE": ("GLOBAL", "EUR", "GMTSTANDARDTIME"),
    "US": ("GLOBAL", "USD", "EASTERNSTANDARDTIME"),
    "CA": ("GLOBAL", "CAD", "EASTERNSTANDARDTIME"),
    "SG": ("GLOBAL", "SGD", "SINGAPORESTANDARDTIME"),
    "ZA": ("GLOBAL", "ZAR", "SOUTHAFRICASTANDARDTIME"),
}


def seed(store: Store, *, at: float) -> None:
    """Make the demo organisations if there is none yet."""
    if organisations.all_of(store):
        return
    open_organisation(
        store, name="Marlow & Finch Lawyers", country="AU", tax_number="11 222 333 444", at=at
    )
    open_organisation(
        store, name="Kauri Legal Limited", country="NZ", tax_number="111-222-333", at=at
    )


def open_organisation(
    store: Store, *, name: str, country: str, at: float, tax_number: str = ""
) -> Organisation:
    """Make an organisation of this country with a chart of accounts."""
    version, currency, time_zone = PLACES[country]
    tenant_id = organisations.tenant_id_of(name)
    organisation = Organisation(
        tenant_id=tenant_id,
        name=name,
        version=version,
        country=country,
        currency=currency,
        time_zone=time_zone,
        short_code=f"!{tenant_id[:5]}",
        tax_number=tax_number,
        year_end_day=30 if country == "AU" else 31,
        year_end_month=6 if country == "AU" else 3,
        created_at=at,
    )
    organisations.keep(store, organisation)
    _fill(Chart(store, organisation), at)
    return organisation


def _fill(chart: Chart, at: float) -> None:
    version = chart.organisation.version
    path = FOLDER / f"chart_{version}.csv"
    path = path if path.exists() else FOLDER / "chart_other.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            chart.keep(_account(chart.organisation, row, at))


def _account(organisation: Organisation, row: dict[str, str], at: float) -> Account:
    is_bank = row["type"] == "BANK"
    marks = row["marks"].split()
    account_id = uuid.uuid5(uuid.UUID(organisation.tenant_id), row["name"])
    return Account(
        account_id=str(account_id),
        name=row["name"],
        code=row["code"],
        type=row["type"],
        status="ARCHIVED" if "archived" in marks else "ACTIVE",
        description=row["description"],
        tax_type=row["tax_type"] or tax_rates.usual(organisation.version, row["type"]),
        bank_account_number=f"000-000 {account_id.int % 10**8:08}" if is_bank else "",
        bank_account_type="BANK" if is_bank else "",
        currency_code=organisation.currency if is_bank else "",
        system_account=row["system"],
        enable_payments="payments" in marks,
        show_in_expense_claims="claims" in marks,
        made_by="system" if row["system"] else "start",
        made_at=at,
        updated_at=at,
    )

"""Tax rates: listed and read. They are mapped by clients, not made."""

from typing import Any

from xero_sandbox.api import answers, filters
from xero_sandbox.api.answers import Answer, Stopped
from xero_sandbox.api.calls import Call
from xero_sandbox.books import tax_rates
from xero_sandbox.books.tax_rates import TaxRate

APPLICABLE = {
    "CanApplyToAssets": "ASSET",
    "CanApplyToEquity": "EQUITY",
    "CanApplyToExpenses": "EXPENSE",
    "CanApplyToLiabilities": "LIABILITY",
    "CanApplyToRevenue": "REVENUE",
}
FIELDS = frozenset(
    {"Name", "TaxType", "ReportTaxType", "Status", "DisplayTaxRate", "EffectiveRate", *APPLICABLE}
)


def index(call: Call) -> Answer:
    """List the rates of the organisation's region, filtered and ordered as asked."""
    wanted = call.asked("TaxType").upper()
    rates = tax_rates.of_version(call.organisation.version).values()
    elements = [shown(rate) for rate in rates if wanted in {"", rate.tax_type}]
    return call.envelope("TaxRates", filters.chosen(elements, call, known=FIELDS))


def read(call: Call) -> Answer:
    """Read one rate."""
    rate = tax_rates.of_version(call.organisation.version).get(call.ids["tax_type"].upper())
    if rate is None:
        raise Stopped(answers.not_found())
    return call.envelope("TaxRates", [shown(rate)])


def shown(rate: TaxRate) -> dict[str, Any]:
    """Return the rate as Xero shows it."""
    component = {
        "Name": rate.component,
        "Rate": rate.percent,
        "IsCompound": False,
        "IsNonRecoverable": False,
    }
    return {
        "Name": rate.name,
        "TaxType": rate.tax_type,
        "ReportTaxType": rate.report_as,
        **{name: one in rate.classes for name, one in APPLICABLE.items()},
        "DisplayTaxRate": rate.percent,
        "EffectiveRate": rate.percent,
        "Status": "ACTIVE",
        "TaxComponents": [component],
    }

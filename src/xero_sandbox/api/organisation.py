"""The organisation itself, and what the connecting user may do in it."""

from typing import Any

from xero_sandbox import dates
from xero_sandbox.api.answers import Answer
from xero_sandbox.api.calls import Call
from xero_sandbox.books.organisations import Organisation

ACTIONS = (
    "CreateApprovedInvoice",
    "CreateApprovedBill",
    "CreateInvoicePayment",
    "CreateDraftInvoice",
    "CreateDraftBill",
    "CreateDraftPurchaseOrder",
    "CreateApprovedPurchaseOrder",
    "CreateDraftQuote",
    "CreateSentQuote",
    "CreateRepeatingInvoice",
    "CreateRepeatingBill",
    "AttachFilesIntoInvoice",
    "UseMulticurrency",
)


def read(call: Call) -> Answer:
    """Read the organisation that the tenant header names."""
    return call.envelope("Organisations", [shown(call.organisation)])


def actions(call: Call) -> Answer:
    """List what the connecting user may do."""
    refused = set() if call.organisation.uses_multicurrency else {"UseMulticurrency"}
    elements = [
        {"Name": name, "Status": "NOT-ALLOWED" if name in refused else "ALLOWED"}
        for name in ACTIONS
    ]
    return call.envelope("Actions", elements)


def shown(organisation: Organisation) -> dict[str, Any]:
    """Return the organisation as Xero shows it; lock dates only when they are set."""
    taxed = organisation.version != "GLOBAL"
    element = {
        "APIKey": organisation.tenant_id.replace("-", "").upper()[:30],
        "Name": organisation.name,
        "LegalName": organisation.name,
        "PaysTax": taxed,
        "Version": organisation.version,
        "OrganisationType": "COMPANY",
        "BaseCurrency": organisation.currency,
        "CountryCode": organisation.country,
        "IsDemoCompany": True,
        "OrganisationStatus": "ACTIVE",
        "FinancialYearEndDay": organisation.year_end_day,
        "FinancialYearEndMonth": organisation.year_end_month,
        "SalesTaxBasis": "ACCRUALS"
        if organisation.version == "AU"
        else "INVOICE"
        if taxed
        else "NONE",
        "SalesTaxPeriod": "QUARTERLY1"
        if organisation.version == "AU"
        else "TWOMONTHS"
        if taxed
        else "NONE",
        "DefaultSalesTax": "Tax Exclusive",
        "DefaultPurchasesTax": "Tax Inclusive",
        "CreatedDateUTC": dates.ms_date(organisation.created_at),
        "OrganisationEntityType": "COMPANY",
        "Timezone": organisation.time_zone,
        "ShortCode": organisation.short_code,
        "OrganisationID": organisation.tenant_id,
        "Edition": "BUSINESS",
        "Class": "DEMO",
        "Addresses": [],
        "Phones": [],
        "ExternalLinks": [],
        "PaymentTerms": {},
    }
    if organisation.tax_number:
        element["TaxNumber"] = organisation.tax_number
    return element | _lock_dates(organisation)


def _lock_dates(organisation: Organisation) -> dict[str, str]:
    found = {
        "PeriodLockDate": organisation.locked_on("period"),
        "EndOfYearLockDate": organisation.locked_on("year"),
    }
    return {name: dates.ms_day(day) for name, day in found.items() if day}

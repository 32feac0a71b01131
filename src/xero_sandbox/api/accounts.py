"""Accounts: list, read, make one, change one, delete one."""

import uuid
from typing import Any

from xero_sandbox import dates
from xero_sandbox.api import answers, filters
from xero_sandbox.api.answers import Answer, Stopped
from xero_sandbox.api.calls import Call, flag_of, text_of
from xero_sandbox.books import accounts
from xero_sandbox.books.account_rules import Account, Refused
from xero_sandbox.books.accounts import Chart

TEXTS = {
    "Code": "code",
    "Name": "name",
    "Type": "type",
    "Status": "status",
    "Description": "description",
    "TaxType": "tax_type",
    "BankAccountNumber": "bank_account_number",
    "BankAccountType": "bank_account_type",
    "CurrencyCode": "currency_code",
    "ReportingCode": "reporting_code",
}
FLAGS = {
    "EnablePaymentsToAccount": "enable_payments",
    "ShowInExpenseClaims": "show_in_expense_claims",
    "AddToWatchlist": "add_to_watchlist",
}
FIELDS = frozenset(
    {*TEXTS, *FLAGS, "AccountID", "Class", "SystemAccount", "HasAttachments", "UpdatedDateUTC"}
)


def index(call: Call) -> Answer:
    """List the chart, filtered and ordered as asked."""
    found = Chart(call.store, call.organisation).all()
    since = filters.modified_since(call.headers)
    kept = [(a, shown(a)) for a in found if a.updated_at >= since]
    elements = filters.chosen([element for _, element in kept], call, known=FIELDS)
    return call.envelope("Accounts", elements)


def read(call: Call) -> Answer:
    """Read one account."""
    return call.envelope("Accounts", [shown(_account(call))])


def create(call: Call) -> Answer:
    """Make one account."""
    element = _only_one(call)
    chart = Chart(call.store, call.organisation)
    try:
        made = accounts.create(chart, given(element), made_by=call.app.name, at=call.at)
    except Refused as refusal:
        return _failed({"AccountID": answers.NO_ID, **element}, refusal)
    return call.envelope("Accounts", [shown(made)])


def update(call: Call) -> Answer:
    """Change one account."""
    element, account = _only_one(call), _account(call)
    chart = Chart(call.store, call.organisation)
    try:
        changed = accounts.change(chart, account, given(element), at=call.at)
    except Refused as refusal:
        return _failed({**element, "AccountID": account.account_id}, refusal)
    return call.envelope("Accounts", [shown(changed)])


def delete(call: Call) -> Answer:
    """Delete one account."""
    account = _account(call)
    chart = Chart(call.store, call.organisation)
    try:
        deleted = accounts.delete(chart, account, at=call.at)
    except Refused as refusal:
        return _failed(shown(account), refusal)
    return call.envelope("Accounts", [shown(deleted)])


def _account(call: Call) -> Account:
    account = Chart(call.store, call.organisation).find(call.ids["account_id"])
    if account is None:
        raise Stopped(answers.not_found())
    return account


def _only_one(call: Call) -> dict[str, Any]:
    elements = call.elements("Accounts")
    if len(elements) > 1:
        raise Stopped(answers.post_data_invalid("Accounts are taken one in a request."))
    return elements[0]


def _failed(element: dict[str, Any], refusal: Refused) -> Answer:
    return answers.validation_failed([answers.with_messages(element, refusal.messages)])


def given(element: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent of an account, in the books' own names; the rest is read-only."""
    sent = [name for name, value in element.items() if value is not None]
    texts = {TEXTS[name]: text_of(element, name) for name in sent if name in TEXTS}
    flags = {FLAGS[name]: flag_of(element, name) for name in sent if name in FLAGS}
    return texts | flags


def shown(account: Account) -> dict[str, Any]:
    """Return the account as Xero shows it; what is not set is left out."""
    optional = {
        "Code": account.code,
        "Description": account.description,
        "BankAccountNumber": account.bank_account_number,
        "CurrencyCode": account.currency_code,
        "SystemAccount": account.system_account,
        "ReportingCode": account.reporting_code,
    }
    return {
        "AccountID": str(uuid.UUID(account.account_id)),
        "Name": account.name,
        "Status": account.status,
        "Type": account.type,
        "TaxType": account.tax_type,
        "Class": account.account_class,
        "EnablePaymentsToAccount": account.enable_payments,
        "ShowInExpenseClaims": account.show_in_expense_claims,
        "BankAccountType": account.bank_account_type,
        "HasAttachments": False,
        "AddToWatchlist": account.add_to_watchlist,
        "UpdatedDateUTC": dates.ms_date_utc(account.updated_at),
        **{name: value for name, value in optional.items() if value},
    }

"""Accounting > Advanced > Chart of accounts: give codes, add accounts, archive and restore them."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from xero_sandbox import clock, pages
from xero_sandbox.books import accounts, tax_rates
from xero_sandbox.books.account_rules import CLASS_OF_TYPE, Account, Refused
from xero_sandbox.books.accounts import Chart
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.web import shell
from xero_sandbox.web.shell import NoSuchPlace

BANK_KINDS = {"Everyday": "BANK", "Savings": "BANK", "Credit card": "CREDITCARD"}
TYPES = {
    "BANK": "Bank",
    "CURRENT": "Current asset",
    "CURRLIAB": "Current liability",
    "DEPRECIATN": "Depreciation",
    "DIRECTCOSTS": "Direct costs",
    "EQUITY": "Equity",
    "EXPENSE": "Expense",
    "FIXED": "Fixed asset",
    "INVENTORY": "Inventory",
    "LIABILITY": "Liability",
    "NONCURRENT": "Non-current asset",
    "OTHERINCOME": "Other income",
    "OVERHEADS": "Overhead",
    "PAYG": "PAYG",
    "PREPAYMENT": "Prepayment",
    "REVENUE": "Revenue",
    "SALES": "Sales",
    "TERMLIAB": "Term liability",
}
HAND_MADE = [name for name in CLASS_OF_TYPE if name != "BANK"]


EMPTY = {
    "bank": {"bank": "", "name": "", "kind": "Everyday", "number": ""},
    "account": {
        "code": "",
        "name": "",
        "type": "EXPENSE",
        "tax_type": "",
        "description": "",
        "payments": "",
    },
}


async def show(request: Request) -> Response:
    """Show the chart of accounts."""
    return _shown(request, shell.chosen(request))


def _shown(
    request: Request,
    organisation: Organisation,
    *,
    refusal: list[str] | None = None,
    typed: Mapping[str, Mapping[str, str]] | None = None,
) -> Response:
    chart = Chart(pages.store_of(request), organisation).all()
    kept = typed or {}
    return shell.draw(
        request,
        "chart.html",
        organisation,
        status=422 if refusal else 200,
        accounts=[account for account in chart if account.status == "ACTIVE"],
        archived=[account for account in chart if account.status != "ACTIVE"],
        types=TYPES,
        hand_made=HAND_MADE,
        kinds=list(BANK_KINDS),
        number_label="BSB and number" if organisation.country == "AU" else "Account number",
        rates=tax_rates.of_version(organisation.version),
        messages=refusal or [],
        codes=kept.get("codes", {}),
        bank={**EMPTY["bank"], **kept.get("bank", {})},
        account={**EMPTY["account"], **kept.get("account", {})},
    )


async def add_bank_account(request: Request) -> Response:
    """Add a bank account; it has no code until one is given in the table."""
    organisation, typed = await _posted(request)
    kind = typed.get("kind", "")
    given = {
        "type": "BANK",
        "name": typed.get("name", ""),
        "bank": typed.get("bank", ""),
        "bank_kind": kind,
        "bank_account_number": typed.get("number", ""),
        "bank_account_type": BANK_KINDS.get(kind, kind),
    }
    return _added(request, organisation, given, typed={"bank": typed})


async def add_account(request: Request) -> Response:
    """Add an account that is not a bank account."""
    organisation, typed = await _posted(request)
    given: dict[str, Any] = {
        name: typed.get(name, "") for name in ("code", "name", "type", "tax_type", "description")
    }
    given["enable_payments"] = bool(typed.get("payments"))
    if given["type"] not in HAND_MADE:
        typed["type"] = "EXPENSE"
        return _shown(request, organisation, refusal=["Choose a type."], typed={"account": typed})
    return _added(request, organisation, given, typed={"account": typed})


def _added(
    request: Request,
    organisation: Organisation,
    given: dict[str, Any],
    *,
    typed: Mapping[str, Mapping[str, str]],
) -> Response:
    store = pages.store_of(request)
    try:
        with store.transaction():
            chart = Chart(store, organisation)
            made = accounts.create(chart, given, made_by="by hand", at=clock.now(store))
    except Refused as refusal:
        return _shown(request, organisation, refusal=refusal.messages, typed=typed)
    return _to_row(organisation, made)


async def set_code(request: Request) -> Response:
    """Give an account its code."""
    return await _change(request, lambda typed: {"code": typed.get("code", "")})


async def archive(request: Request) -> Response:
    """Archive an account."""
    return await _change(request, lambda _: {"status": "ARCHIVED"})


async def restore(request: Request) -> Response:
    """Restore an archived account."""
    return await _change(request, lambda _: {"status": "ACTIVE"})


async def _change(request: Request, given: Callable[[dict[str, str]], dict[str, str]]) -> Response:
    organisation, typed = await _posted(request)
    store = pages.store_of(request)
    chart = Chart(store, organisation)
    account = chart.find(request.path_params["account_id"])
    if account is None:
        raise NoSuchPlace
    try:
        with store.transaction():
            accounts.change(chart, account, given(typed), at=clock.now(store))
    except Refused as refusal:
        codes = {account.account_id: typed["code"]} if "code" in typed else {}
        return _shown(request, organisation, refusal=refusal.messages, typed={"codes": codes})
    return _to_row(organisation, account)


async def _posted(request: Request) -> tuple[Organisation, dict[str, str]]:
    form = await request.form()
    typed = {name: value.strip() for name, value in form.items() if isinstance(value, str)}
    return shell.organisation_of(request), typed


def _to_row(organisation: Organisation, account: Account) -> Response:
    address = f"{shell.chart_address(organisation)}#account-{account.account_id}"
    return RedirectResponse(address, 303)

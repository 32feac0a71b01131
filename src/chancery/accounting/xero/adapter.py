"""Speak the port: turn the trade's words into Xero's and back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pydantic

from chancery.accounting import port
from chancery.accounting.port import AccountType
from chancery.accounting.xero import wire
from chancery.accounting.xero.client import Request, XeroClient

TYPES = {
    "BANK": AccountType.BANK,
    "CURRENT": AccountType.CURRENT_ASSET,
    "CURRLIAB": AccountType.CURRENT_LIABILITY,
    "DEPRECIATN": AccountType.DEPRECIATION,
    "DIRECTCOSTS": AccountType.DIRECT_COSTS,
    "EQUITY": AccountType.EQUITY,
    "EXPENSE": AccountType.EXPENSE,
    "FIXED": AccountType.FIXED_ASSET,
    "INVENTORY": AccountType.INVENTORY,
    "LIABILITY": AccountType.LIABILITY,
    "NONCURRENT": AccountType.NON_CURRENT_ASSET,
    "OTHERINCOME": AccountType.OTHER_INCOME,
    "OVERHEADS": AccountType.OVERHEADS,
    "PREPAYMENT": AccountType.PREPAYMENT,
    "REVENUE": AccountType.REVENUE,
    "SALES": AccountType.SALES,
    "TERMLIAB": AccountType.TERM_LIABILITY,
}
_CARDS = frozenset({"CREDITCARD", "PAYPAL"})
_THEIRS = {AccountType.BANK: "BANK", AccountType.CURRENT_LIABILITY: "CURRLIAB"}
_UNTAXED = ("BASEXCLUDED", "NONE")
_Shape = TypeVar("_Shape", bound=wire.Wire)


@dataclass(frozen=True)
class XeroBooks:
    """The port, spoken to one Xero organisation."""

    client: XeroClient

    def organisation(self) -> port.Organisation:
        """Read the organisation."""
        body = self.client.ask(Request("GET", "Organisation", "read the organisation"))
        return _organisation(_shaped(wire.Organisations, body).Organisations[0])

    def accounts(self) -> tuple[port.Account, ...]:
        """Read the whole chart in one request: Xero pages other lists, not this one."""
        body = self.client.ask(Request("GET", "Accounts", "read the chart of accounts"))
        found = _shaped(wire.Accounts, body).Accounts
        return tuple(account_of(account) for account in found if account.Status != "DELETED")

    def tax_rates(self) -> tuple[port.TaxRate, ...]:
        """Read every tax rate."""
        body = self.client.ask(Request("GET", "TaxRates", "read the tax rates"))
        return tuple(tax_rate_of(rate) for rate in _shaped(wire.TaxRates, body).TaxRates)

    def create_account(self, new: port.NewAccount, *, once: str) -> port.Account:
        """Make the account with PUT, which never changes an existing one."""
        is_bank = new.wanted.type == AccountType.BANK
        body = body_of(new) if is_bank else body_of(new) | untaxed(self.tax_rates())
        return self._changed(Request("PUT", "Accounts", "make an account", body, once))

    def restore_account(self, external_id: str, *, once: str) -> port.Account:
        """Set the account active in a call of its own, as Xero asks."""
        body = {"AccountID": external_id, "Status": "ACTIVE"}
        request = Request("POST", f"Accounts/{external_id}", "restore an account", body, once)
        return self._changed(request)

    def _changed(self, request: Request) -> port.Account:
        """Return the account as Xero answered it; a success that cannot be read is no known success."""
        body = self.client.ask(request)
        try:
            found = wire.Accounts.model_validate(body).Accounts
        except pydantic.ValidationError as error:
            raise port.UnknownOutcome("the answer held no account") from error
        if len(found) != 1:
            raise port.UnknownOutcome(f"the answer held {len(found)} accounts")
        return account_of(found[0])


def body_of(new: port.NewAccount) -> dict[str, Any]:
    """Return the account as Xero wants it; payments are allowed on what is not a bank."""
    wanted = new.wanted
    body: dict[str, Any] = {
        "Code": new.code,
        "Name": wanted.name,
        "Type": _THEIRS[wanted.type],
    }
    if wanted.type == AccountType.BANK:
        body["BankAccountNumber"] = wanted.bank_number
        if wanted.currency:
            body["CurrencyCode"] = wanted.currency
        return body
    return body | {"EnablePaymentsToAccount": True}


def untaxed(rates: Iterable[port.TaxRate]) -> dict[str, str]:
    """Return the organisation's own word for "not taxed", of those it allows on liabilities.

    Australia says BASEXCLUDED, most others NONE; where neither is allowed, Xero's default stands.
    """
    allowed = {rate.tax_type for rate in rates if rate.is_active and rate.suits_liabilities}
    word = next((word for word in _UNTAXED if word in allowed), None)
    return {"TaxType": word} if word else {}


def account_of(account: wire.WireAccount) -> port.Account:
    """Return one account in the trade's words; cards and wallets are not banks."""
    kind = TYPES.get(account.Type, AccountType.OTHER)
    if kind == AccountType.BANK and account.BankAccountType in _CARDS:
        kind = AccountType.CARD
    return port.Account(
        external_id=account.AccountID,
        code=account.Code,
        name=account.Name,
        type=kind,
        is_active=account.Status == "ACTIVE",
        tax_type=account.TaxType,
        bank_number=account.BankAccountNumber,
        currency=account.CurrencyCode,
        takes_payments=account.EnablePaymentsToAccount,
        system_name=account.SystemAccount,
    )


def tax_rate_of(rate: wire.WireTaxRate) -> port.TaxRate:
    """Return one tax rate in the trade's words."""
    return port.TaxRate(
        tax_type=rate.TaxType,
        name=rate.Name,
        percent=rate.EffectiveRate,
        is_active=rate.Status == "ACTIVE",
        suits_liabilities=rate.CanApplyToLiabilities,
    )


def _organisation(found: wire.WireOrganisation) -> port.Organisation:
    return port.Organisation(
        id=found.OrganisationID,
        name=found.Name,
        currency=found.BaseCurrency,
        country=found.CountryCode,
        time_zone=found.Timezone,
        period_lock_on=found.PeriodLockDate,
        year_lock_on=found.EndOfYearLockDate,
    )


def _shaped(shape: type[_Shape], body: dict[str, Any]) -> _Shape:
    try:
        return shape.model_validate(body)
    except pydantic.ValidationError as error:
        raise port.Unavailable("the answer has another shape than documented") from error

"""What Xero refuses in a chart of accounts; pure decisions over an account and its neighbours."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xero_sandbox.books import tax_rates
from xero_sandbox.books.organisations import Organisation

CODE_LENGTH_MAX = 10
NAME_LENGTH_MAX = 150
DESCRIPTION_LENGTH_MAX = 4000
CLASS_OF_TYPE = {
    "BANK": "ASSET",
    "CURRENT": "ASSET",
    "CURRLIAB": "LIABILITY",
    "DEPRECIATN": "EXPENSE",
    "DIRECTCOSTS": "EXPENSE",
    "EQUITY": "EQUITY",
    "EXPENSE": "EXPENSE",
    "FIXED": "ASSET",
    "INVENTORY": "ASSET",
    "LIABILITY": "LIABILITY",
    "NONCURRENT": "ASSET",
    "OTHERINCOME": "REVENUE",
    "OVERHEADS": "EXPENSE",
    "PREPAYMENT": "ASSET",
    "REVENUE": "REVENUE",
    "SALES": "REVENUE",
    "TERMLIAB": "LIABILITY",
    "PAYG": "LIABILITY",
}
BANK_ACCOUNT_TYPES = {"BANK", "CREDITCARD"}  # PAYPAL exists, but cannot be made over the API


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account. A bank account may have no code."""

    account_id: str
    name: str = ""
    code: str = ""
    type: str = ""
    status: str = "ACTIVE"
    description: str = ""
    tax_type: str = ""
    bank: str = ""
    bank_kind: str = ""
    bank_account_number: str = ""
    bank_account_type: str = ""
    currency_code: str = ""
    reporting_code: str = ""
    system_account: str = ""
    enable_payments: bool = False
    show_in_expense_claims: bool = False
    add_to_watchlist: bool = False
    is_used: bool = False
    made_by: str = ""
    made_at: float = 0.0
    updated_at: float = 0.0

    @property
    def is_bank(self) -> bool:
        """Say whether this is a bank account."""
        return self.type == "BANK"

    @property
    def account_class(self) -> str:
        """Return the class that follows from the type."""
        return CLASS_OF_TYPE.get(self.type, "")


class Refused(Exception):
    """The books' rules say no; one message for each rule."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def against(account: Account, chart: Iterable[Account], organisation: Organisation) -> list[str]:
    """Return what speaks against the account standing in this chart."""
    others = [other for other in chart if other.account_id != account.account_id]
    return [
        *_against_type(account),
        *_against_name(account, others),
        *_against_code(account, others),
        *(_against_bank(account, organisation) if account.is_bank else _against_plain(account)),
        *_against_tax(account, organisation),
    ]


def _against_type(account: Account) -> Iterator[str]:
    if not account.type:
        yield "Type is required."
    elif account.type not in CLASS_OF_TYPE:
        yield f"'{account.type}' is not a type of account."


def _against_name(account: Account, others: list[Account]) -> Iterator[str]:
    if not account.name:
        yield "Name is required."
    if len(account.name) > NAME_LENGTH_MAX:
        yield f"Name must not be longer than {NAME_LENGTH_MAX} characters."
    if account.name and any(other.name.casefold() == account.name.casefold() for other in others):
        yield "Please enter a unique Name."


def _against_code(account: Account, others: list[Account]) -> Iterator[str]:
    if not account.code and not account.is_bank:
        yield "Code is required."
    if len(account.code) > CODE_LENGTH_MAX:
        yield f"Code must not be longer than {CODE_LENGTH_MAX} characters."
    if account.code and any(other.code.casefold() == account.code.casefold() for other in others):
        yield "Please enter a unique Code."


def _against_bank(account: Account, organisation: Organisation) -> Iterator[str]:
    if not account.bank_account_number:
        yield "BankAccountNumber is required for a bank account."
    if account.description:
        yield "Description is not allowed on a bank account."
    if account.bank_account_type not in BANK_ACCOUNT_TYPES:
        yield f"A bank account of type '{account.bank_account_type}' cannot be made."
    if account.currency_code != organisation.currency and not organisation.uses_multicurrency:
        yield f"The organisation is not subscribed to currency {account.currency_code}."


def _against_plain(account: Account) -> Iterator[str]:
    if account.bank_account_number or account.bank_account_type not in {"", "NONE"}:
        yield "BankAccountNumber and BankAccountType are only allowed on a bank account."
    if account.currency_code:
        yield "CurrencyCode is only allowed on a bank account."
    if len(account.description) > DESCRIPTION_LENGTH_MAX:
        yield f"Description must not be longer than {DESCRIPTION_LENGTH_MAX} characters."


def _against_tax(account: Account, organisation: Organisation) -> Iterator[str]:
    rate = tax_rates.of_version(organisation.version).get(account.tax_type)
    known_class = bool(account.account_class)
    if rate is None:
        yield f"The TaxType code '{account.tax_type}' does not exist."
    elif known_class and account.account_class not in rate.classes:
        yield (
            f"The TaxType code '{account.tax_type}' cannot be used with "
            f"account code '{account.code}'."
        )


def against_new(given: Mapping[str, Any]) -> list[str]:
    """Return what speaks against making an account in this status."""
    return [] if given.get("status", "ACTIVE") == "ACTIVE" else ["A new account is ACTIVE."]


def against_change(before: Account, after: Account, given: Mapping[str, Any]) -> list[str]:
    """Return what speaks against turning one account into the other."""
    if "status" in given:
        return list(_against_status(before, after, given))
    if before.status == "ARCHIVED":
        return ["An archived account must be restored first."]
    return list(_against_new_nature(before, after))


def _against_new_nature(before: Account, after: Account) -> Iterator[str]:
    if before.is_bank != after.is_bank:
        yield "A bank account cannot become another type, nor any other a bank account."
    if before.system_account and before.type != after.type:
        yield "The type of a system account cannot be changed."
    if before.is_bank and before.currency_code != after.currency_code:
        yield "The currency of a bank account cannot be changed."


def _against_status(before: Account, after: Account, given: Mapping[str, Any]) -> Iterator[str]:
    if len(given) > 1:
        yield "Status cannot be changed together with other values; archive in a call of its own."
    if after.status not in {"ACTIVE", "ARCHIVED"}:
        yield f"Status cannot be set to '{after.status}'."
    if before.system_account:
        yield "A system account cannot be archived."


def against_deletion(account: Account) -> list[str]:
    """Return what speaks against deleting the account."""
    if account.system_account:
        return ["A system account cannot be deleted."]
    if account.is_used:
        return ["An account with transactions cannot be deleted; archive it."]
    return []

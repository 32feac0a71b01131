"""Keep a trust account's number apart from the firm's own accounts, and from what the package has already."""

from collections.abc import Iterator

from chancery.accounting import accounts
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.accounts import CannotServe, ServesAlready
from chancery.accounting.models import ChartAccount
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType
from chancery.lib.problems import Problem, refuse_any
from chancery.office import bank_accounts
from chancery.trust import account_numbers
from chancery.trust.bank_accounts import TrustBankAccount


def require_not_the_firms(account: TrustBankAccount) -> None:
    """Let a trust account through only if no office account has its number.

    Refuses: DetailsNotRight.
    """
    if not account.number_shown:
        return
    number = account_numbers.bare(account.number_shown)
    for office in bank_accounts.of_firm():
        if account_numbers.bare(office.number_shown) == number:
            sentence = (
                f"“{office.name}” ({office.code}) has this number and is an office account; enter"
                " the number of the trust account, or stop using that one as an office account first."
            )
            refuse_any([Problem(_field(account), sentence)])


def require_new_to_package(account: TrustBankAccount) -> None:
    """Let a new account be made over there only if none of its number is known there.

    Refuses: DetailsNotRight.
    """
    if account.number_shown:
        refuse_any([Problem("gl_account", words) for words in _in_package(account)])


def _in_package(account: TrustBankAccount) -> Iterator[str]:
    number = account_numbers.bare(account.number_shown)
    banks = ChartAccount.objects.filter(
        type=AccountType.BANK, is_active=True, gone_at__isnull=True
    ).order_by("code", "name", "id")
    for found in banks.exclude(bank_number=""):
        if account_numbers.bare(found.bank_number) == number:
            yield f"{PACKAGE} has {found} with this number already. {_what_to_do(found, account)}"
            return


def _what_to_do(found: ChartAccount, account: TrustBankAccount) -> str:
    mend = "Put the number right here or there."
    try:
        accounts.require_fit(found, UseOfAccount.TRUST_BANK)
    except (CannotServe, ServesAlready) as refusal:
        return f"{refusal.because if isinstance(refusal, CannotServe) else _serves(refusal)} {mend}"
    if found.currency not in ("", account.currency):
        return f"It is kept in {found.currency}. {mend}"
    return "Choose it as the GL account: one real account is kept once."


def _serves(refusal: ServesAlready) -> str:
    return f"It already serves here as: {refusal.serves_as}."


def _field(account: TrustBankAccount) -> str:
    return f"number_{next(iter(account.number))}"

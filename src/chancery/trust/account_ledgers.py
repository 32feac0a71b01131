"""The ledgers of an account that belong to no matter, and what each holds. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chancery.ledger import balances
from chancery.ledger.accounts import AccountKind
from chancery.lib.money import Money
from chancery.trust import queries
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.models import AccountKind as BankKind
from chancery.trust.models import TrustLedger


@dataclass(frozen=True)
class Held:
    """What an account's one ledger of a kind holds at the end of a day; nothing where it has none yet."""

    account: TrustBankAccount
    held: Money
    available: Money


def held(accounts: Sequence[TrustBankAccount], kind: AccountKind, *, on: date) -> list[Held]:
    """Return what each account's ledger of a kind holds, in the order of the accounts."""
    ledgers = TrustLedger.objects.filter(account__in=accounts, kind=kind, matter=None)
    ids = dict(ledgers.values_list("account_id", "id"))
    standing = balances.of_accounts(ids.values(), on=on)
    found = []
    for account in accounts:
        one = standing[ids[account.id]] if account.id in ids else None
        held_minor, available = (one.held_minor, one.available_minor) if one else (0, 0)
        found.append(
            Held(account, Money(held_minor, account.currency), Money(available, account.currency))
        )
    return found


def open_accounts() -> list[TrustBankAccount]:
    """Return the accounts on which money may be recorded, those for every day's money first."""
    accounts = [account for account in queries.bank_accounts() if account.status == "open"]
    return sorted(accounts, key=lambda account: account.kind != BankKind.CURRENT)

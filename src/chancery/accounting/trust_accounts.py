"""A trust bank account here and its account in the package, in one act: both are written, or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from chancery.accounting import accounts, choices, own_numbers, remedies
from chancery.accounting.accounts import Subject
from chancery.accounting.models import AccountUse, ChartAccount
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType, WantedAccount
from chancery.lib.problems import Problem, refuse_any
from chancery.practice.people import Person
from chancery.trust import bank_accounts
from chancery.trust.account_details import AccountDetails
from chancery.trust.bank_accounts import Outcome, Status, TrustBankAccount

GlAccount = UUID | Literal["create"] | None
"""An account of the package's chart, or that a new one be made; None where no package is used."""


@dataclass(frozen=True)
class Opening:
    """A trust bank account as it is to be opened, and what stands for it in the package."""

    details: AccountDetails
    status: Status
    gl_account: GlAccount


def open_bank_account(*, opening: Opening, by: Person, at: datetime) -> Outcome:
    """Open a trust bank account and let an account of the package stand for it.

    Refuses: NothingIsChosen, DetailsNotRight where an office account or another account over there
    has the number, what ``bank_accounts.open_account`` refuses, and what
    ``accounts.create_in_package`` and ``accounts.choose_existing`` refuse.
    """
    package = choices.of_firm()
    if package is None:
        raise choices.NothingIsChosen
    with transaction.atomic():
        opened = bank_accounts.open_account(
            details=opening.details, status=opening.status, by=by, at=at
        )
        own_numbers.require_not_the_firms(opened.account)
        subject = Subject(UseOfAccount.TRUST_BANK, trust_account_id=opened.account.id)
        if package.package == "standalone":
            return opened
        if opening.gl_account == "create":
            own_numbers.require_new_to_package(opened.account)
            wanted = wanted_for(opened.account)
            accounts.create_in_package(subject=subject, wanted=wanted, by=by, at=at)
        else:
            chosen = chart_account(opening.gl_account, "gl_account")
            accounts.choose_existing(subject=subject, chart_account=chosen, by=by, at=at)
    return opened


def change_bank_account(
    *, account_id: UUID, details: AccountDetails, version: int, by: Person, at: datetime
) -> Outcome:
    """Change a trust bank account; an account that is still to be made over there follows.

    One that exists there keeps its own name and number until they are changed there.
    Refuses: DetailsNotRight where an office account has the number, what ``bank_accounts.change`` and
    ``remedies.want_otherwise`` refuse.
    """
    with transaction.atomic():
        changed = bank_accounts.change(
            account_id=account_id, details=details, version=version, by=by, at=at
        )
        own_numbers.require_not_the_firms(changed.account)
        use = AccountUse.objects.filter(trust_account_id=account_id).first()
        if use and use.chart_account_id is None:
            remedies.want_otherwise(use=use, wanted=wanted_for(changed.account), by=by, at=at)
    return changed


def uses_of(held: Sequence[TrustBankAccount]) -> list[AccountUse]:
    """Return which accounts of the package stand, or are to stand, for these trust accounts."""
    uses = AccountUse.objects.filter(trust_account__in=held).select_related("chart_account")
    return list(uses.order_by("id"))


def wanted_for(account: TrustBankAccount) -> WantedAccount:
    """Return the account that the package is to make for a trust account.

    The package makes no bank account without a number; where each matter has its own, it is told so,
    with the prefix that tells this account from others.
    """
    return WantedAccount(
        name=account.name,
        type=AccountType.BANK,
        bank_number=account.number_shown or f"Per matter {account.receipt_prefix}",
        currency=account.currency,
    )


def chart_account(account_id: UUID | None, field: str) -> ChartAccount:
    """Return the account of the chart that was chosen.

    Refuses: DetailsNotRight.
    """
    found = ChartAccount.objects.filter(pk=account_id).first() if account_id else None
    if found is None:
        refuse_any([Problem(field, "Choose one of the accounts offered.")])
        raise AssertionError("unreachable: a problem is always refused")
    return found

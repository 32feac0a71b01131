"""Trust Liability and Trust Transfers: two accounts of the package, chosen or made, in one act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import transaction

from chancery.accounting import accounts, candidates, choices, trust_accounts
from chancery.accounting.accounts import Subject
from chancery.accounting.models import AccountUse
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType, WantedAccount
from chancery.lib.refusals import Refusal
from chancery.practice import permissions
from chancery.practice.people import Person

SYSTEM = (UseOfAccount.TRUST_LIABILITY, UseOfAccount.TRUST_TRANSFERS)
Wish = UUID | Literal["create"]


@dataclass(eq=False)
class NoPackage(Refusal):
    """Without a package there are no system accounts."""

    code = "accounting.no_package_for_system_accounts"

    def __str__(self) -> str:
        return "The firm keeps its books without an accounting package. System accounts are not needed."


def of_firm() -> dict[UseOfAccount, AccountUse]:
    """Return the system accounts that are decided, made or not."""
    uses = AccountUse.objects.filter(use__in=SYSTEM).select_related("chart_account")
    return {UseOfAccount(use.use): use for use in uses}


def save(*, wishes: dict[UseOfAccount, Wish], by: Person, at: datetime) -> None:
    """Let each wished account serve: the chosen one, or a new one that the package makes.

    Refuses: NotAllowed, NoPackage, and what ``accounts.create_in_package`` and
    ``accounts.choose_existing`` refuse; then neither is changed.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    package = choices.of_firm()
    if package is None or package.package == "standalone":
        raise NoPackage
    with transaction.atomic():
        for use, wish in sorted(wishes.items()):
            _let_serve(use, wish, by, at)


def _let_serve(use: UseOfAccount, wish: Wish, by: Person, at: datetime) -> None:
    subject = Subject(use)
    if wish == "create":
        wanted = WantedAccount(name=use.label, type=AccountType.CURRENT_LIABILITY)
        accounts.create_in_package(subject=subject, wanted=wanted, by=by, at=at)
        return
    chosen = trust_accounts.chart_account(wish, use.value)
    accounts.choose_existing(subject=subject, chart_account=chosen, by=by, at=at)


def suggested(use: UseOfAccount) -> UUID | None:
    """Return the account that is probably meant: of the very name, else of a name that has its words."""
    offered = candidates.for_system()
    words = use.label.casefold().split()
    named = [one for one in offered if one.name.casefold().strip() == use.label.casefold()]
    like = [one for one in offered if all(word in one.name.casefold() for word in words)]
    return next((one.id for one in [*named, *like]), None)

"""The firm's own bank accounts: taken into use, kept in line with their package, given up while unused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.office.models import OfficeBankAccount as OfficeBankAccount
from chancery.practice import history, permissions
from chancery.practice.people import Person

KIND = "office account"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,9}")


@dataclass(eq=False)
class CodeIsTaken(Refusal):
    """Another office account has this code."""

    code = "office.code_is_taken"

    wanted: str
    name: str

    def __str__(self) -> str:
        return f"Code {self.wanted} belongs to {self.name} already. Give this account another code."


@dataclass(eq=False)
class CodeIsNotOne(Refusal):
    """The code is missing or has signs that no code has."""

    code = "office.code_is_not_one"

    wanted: str

    def __str__(self) -> str:
        return (
            f"“{self.wanted}” is not a code. Use up to ten letters, digits, dots and dashes; "
            "three digits, such as 090, are usual."
        )


@dataclass(eq=False)
class OfficeAccountIsInUse(Refusal):
    """Something here refers to the account."""

    code = "office.account_is_in_use"

    name: str

    def __str__(self) -> str:
        return f"{self.name} has entries here, so it stays. Leave it and take another one as well."


@dataclass(eq=False)
class NoSuchOfficeAccount(Refusal):
    """This firm has no such office account."""

    code = "office.no_such_account"

    def __str__(self) -> str:
        return "There is no such office account. Go back to the list."


@dataclass(frozen=True)
class Details:
    """What is known of an office account."""

    name: str
    code: str
    number_shown: str
    currency: str


def of_firm() -> list[OfficeBankAccount]:
    """Return the firm's office accounts by code."""
    return list(OfficeBankAccount.objects.order_by("code", "id"))


def take(*, details: Details, by: Person, at: datetime) -> OfficeBankAccount:
    """Take a bank account of the firm itself into use.

    Refuses: NotAllowed, CodeIsNotOne, CodeIsTaken.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    if not _CODE.fullmatch(details.code):
        raise CodeIsNotOne(details.code)
    account = OfficeBankAccount(
        id=ids.new(),
        firm_id=by.firm_id,
        name=details.name,
        code=details.code,
        number_shown=details.number_shown,
        currency=details.currency,
        taken_by=by,
        taken_at=at,
    )
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError as error:
        if "office_account_code_is_once" not in str(error):
            raise
        other = OfficeBankAccount.objects.filter(code=details.code).first()
        raise CodeIsTaken(details.code, other.name if other else "another account") from error
    changes = {"Code": ("", details.code), "Name": ("", details.name)}
    _record(account, "Taken as an office account", by, at, changes)
    return account


def give_up(*, account_id: UUID, by: Person, at: datetime) -> None:
    """Stop using an office account that nothing here refers to.

    Refuses: NotAllowed, NoSuchOfficeAccount, OfficeAccountIsInUse.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    account = OfficeBankAccount.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NoSuchOfficeAccount
    try:
        with transaction.atomic():
            account.delete()
    except ProtectedError as error:
        raise OfficeAccountIsInUse(account.name) from error
    account.pk = account_id
    _record(account, "No longer an office account", by, at, {"Code": (account.code, "")})


def follow(now: Iterable[tuple[UUID, Details]], *, at: datetime) -> int:
    """Give the accounts the names, codes and numbers their package has now; return how many changed.

    All in one statement: two accounts may have swapped their codes.
    """
    known = {account.id: account for account in OfficeBankAccount.objects.select_for_update()}
    changed = []
    for account_id, details in now:
        account = known[account_id]
        before: dict[str, object] = {
            "Code": account.code,
            "Name": account.name,
            "Number": account.number_shown,
        }
        after: dict[str, object] = {
            "Code": details.code,
            "Name": details.name,
            "Number": details.number_shown,
        }
        if before != after:
            account.code, account.name = details.code, details.name
            account.number_shown = details.number_shown
            changed.append(account)
            changes = history.differences(before, after)
            _record(account, "Changed in the accounting package", None, at, changes)
    OfficeBankAccount.objects.bulk_update(changed, ["code", "name", "number_shown"])
    return len(changed)


def _record(
    account: OfficeBankAccount,
    act: str,
    by: Person | None,
    at: datetime,
    changes: history.Changes,
) -> None:
    history.record(
        of=(KIND, account.id),
        firm_id=account.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )

"""Open, change, close and reopen the bank accounts that clients' money lies in.

Nothing here speaks to an accounting package: ``accounting.trust_accounts`` does both in one act.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from chancery.lib import ids
from chancery.lib.problems import tidy
from chancery.lib.refusals import Refusal
from chancery.practice import history, permissions, versions
from chancery.practice.people import Person
from chancery.trust import account_details, jurisdiction
from chancery.trust.account_details import AccountDetails, Setting
from chancery.trust.models import SERIES as SERIES
from chancery.trust.models import TrustBankAccount as TrustBankAccount
from chancery.trust.rules.account_names import NameFinding

KIND = "trust account"
LONGEST_REASON = 200
Status = Literal["open", "closed"]


@dataclass(eq=False)
class NoSuchAccount(Refusal):
    """This firm has no such trust account."""

    code: ClassVar[str] = "trust.no_such_account"

    def __str__(self) -> str:
        return "There is no such trust account. Go back to the list."


@dataclass(eq=False)
class AlreadySo(Refusal):
    """The account is closed, or open, already."""

    code: ClassVar[str] = "trust.account_status_is_so_already"

    name: str
    status: str

    def __str__(self) -> str:
        return f"“{self.name}” is {self.status} already. There is nothing left to do."


@dataclass(eq=False)
class ReasonMissing(Refusal):
    """Closing and reopening are explained, for whoever reads the history."""

    code: ClassVar[str] = "trust.reason_missing"

    def __str__(self) -> str:
        return "A reason is missing. Say why in a few words; the history keeps it."


@dataclass(frozen=True)
class Outcome:
    """The account after the act, and what the place says of its name."""

    account: TrustBankAccount
    wording: NameFinding


def visible(account_id: UUID) -> TrustBankAccount:
    """Return an account of this firm with its bank at hand.

    Refuses: NoSuchAccount.
    """
    found = TrustBankAccount.objects.select_related("bank").filter(pk=account_id).first()
    if found is None:
        raise NoSuchAccount
    return found


def open_account(
    *, details: AccountDetails, status: Status = "open", by: Person, at: datetime
) -> Outcome:
    """Add a trust bank account in the firm's currency; one that is already closed may be added too.

    Refuses: NotAllowed, JurisdictionNotChosen, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    setting = _setting(by.firm_id)
    checked = account_details.check(details, setting)
    account = TrustBankAccount.objects.create(
        id=ids.new(),
        firm_id=by.firm_id,
        status=status,
        currency=setting.firm.currency,
        opened_at=at,
        closed_at=at if status == "closed" else None,
        **checked.columns(),
    )
    changes = {field: ("", str(words)) for field, words in _words(account).items() if words}
    _record(account, "Opened the account", by, at, changes | _wording(checked.wording))
    return Outcome(account, checked.wording)


def change(
    *, account_id: UUID, details: AccountDetails, version: int, by: Person, at: datetime
) -> Outcome:
    """Change what is known of an account; ``version`` is the one that the person saw.

    Refuses: NotAllowed, NoSuchAccount, ChangedMeanwhile, DetailsNotRight.
    """
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    setting = _setting(by.firm_id, account_id)
    account = _locked(account_id)
    versions.require(account, KIND, seen=version)
    checked = account_details.check(details, setting)
    before = _words(account)
    for column, value in checked.columns().items():
        setattr(account, column, value)
    if changes := history.differences(before, _words(account)):
        account.version += 1
        account.save(update_fields=[*checked.columns(), "version"])
        _record(account, "Changed the account", by, at, changes | _wording(checked.wording))
    return Outcome(account, checked.wording)


def close(*, account_id: UUID, reason: str, by: Person, at: datetime) -> TrustBankAccount:
    """Let no new transaction choose the account; nothing that it holds is forgotten.

    Refuses: NotAllowed, NoSuchAccount, ReasonMissing, AlreadySo.
    """
    return _turn(account_id, "closed", reason, by, at)


def reopen(*, account_id: UUID, reason: str, by: Person, at: datetime) -> TrustBankAccount:
    """Let new transactions choose the account again, if the firm's place still knows its kind.

    Refuses: NotAllowed, NoSuchAccount, ReasonMissing, AlreadySo, DetailsNotRight.
    """
    return _turn(account_id, "open", reason, by, at)


def _turn(
    account_id: UUID, status: Status, reason: str, by: Person, at: datetime
) -> TrustBankAccount:
    permissions.require(by, permissions.Act.MANAGE_TRUST_SETUP)
    setting = _setting(by.firm_id, account_id)
    account = _locked(account_id)
    reason = tidy(reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise ReasonMissing
    if account.status == status:
        raise AlreadySo(account.name, status)
    if status == "open":
        account_details.require_kind(account.kind, setting.place)
    before = account.get_status_display()
    account.status = status
    account.closed_at = at if status == "closed" else None
    account.version += 1
    account.save(update_fields=["status", "closed_at", "version"])
    act = "Closed the account" if status == "closed" else "Reopened the account"
    changes = {"Status": (before, account.get_status_display()), "Why": ("", reason)}
    _record(account, act, by, at, changes)
    return account


def _setting(firm_id: UUID, account_id: UUID | None = None) -> Setting:
    firm = jurisdiction.lock_firm(firm_id)
    place = jurisdiction.of_firm()
    if place is None:
        raise jurisdiction.JurisdictionNotChosen
    return Setting(firm, place, account_id)


def _locked(account_id: UUID) -> TrustBankAccount:
    if not TrustBankAccount.objects.select_for_update(no_key=True).filter(pk=account_id).exists():
        raise NoSuchAccount
    return visible(account_id)


def _words(account: TrustBankAccount) -> dict[str, object]:
    """Return the account as the history tells it, by the names that the screen has for its fields."""
    return {
        "Account name": account.name,
        "Account type": account.get_kind_display(),
        "Status": account.get_status_display(),
        "Bank contact record": account.bank.name if account.bank else "",
        "Number": account.number_shown,
        "Receipts": f"from {account.receipt_prefix}{account.receipt_first}",
        "Withdrawals": f"from {account.withdrawal_prefix}{account.withdrawal_first}",
        "Transfers": f"from {account.transfer_prefix}{account.transfer_first}",
        "Statement title": account.statement_title,
    }


def _wording(wording: NameFinding) -> history.Changes:
    """Return the warning that was shown, so that the history says it was; nothing else is kept."""
    return {"Warned of the name": ("", wording.sentence)} if wording.warns else {}


def _record(
    account: TrustBankAccount, act: str, by: Person, at: datetime, changes: history.Changes
) -> None:
    history.record(
        of=(KIND, account.id),
        firm_id=account.firm_id,
        act=act,
        by=by,
        at=at,
        changes=changes,
    )

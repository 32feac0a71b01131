"""Open a matter's ledger on a trust account, close it, and open it again."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet

from chancery.ledger import accounts
from chancery.ledger.accounts import AccountKind
from chancery.lib.problems import Problem, refuse_any, tidy
from chancery.lib.refusals import Refusal
from chancery.practice import folding, history, permissions
from chancery.practice.matters import Matter, MatterStatus
from chancery.practice.people import Person
from chancery.trust import bank_accounts, jurisdiction, settings
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.models import TrustLedger as TrustLedger
from chancery.trust.models import TrustMatterType
from chancery.trust.receipt_settings import Till

KIND = "client ledger"
LONGEST_REASON = 200


@dataclass(eq=False)
class NoSuchLedger(Refusal):
    """This firm has no such ledger."""

    code: ClassVar[str] = "trust.no_such_ledger"

    def __str__(self) -> str:
        return "There is no such client ledger. Go back to the matter."


@dataclass(eq=False)
class LedgerIsThere(Refusal):
    """The matter has a ledger on this account."""

    code: ClassVar[str] = "trust.ledger_is_there"

    matter: str
    account: str

    def __str__(self) -> str:
        return f"Matter {self.matter} has a ledger on “{self.account}” already. Use that one."


@dataclass(eq=False)
class AccountClosed(Refusal):
    """The trust account is closed."""

    code: ClassVar[str] = "trust.account_closed"

    account: str

    def __str__(self) -> str:
        return f"“{self.account}” is closed. Choose an open account, or reopen it in Admin."


@dataclass(eq=False)
class MatterTypeHoldsNoMoney(Refusal):
    """The firm lets matters of this type hold no client money."""

    code: ClassVar[str] = "trust.matter_type_holds_no_money"

    matter: str
    type: str

    def __str__(self) -> str:
        return (
            f"Matters of the type {self.type} hold no client money here. Choose another matter,"
            " or let an administrator allow the type in Admin > Trust accounting."
        )


@dataclass(eq=False)
class MatterIsClosed(Refusal):
    """A closed matter takes no client money."""

    code: ClassVar[str] = "trust.matter_is_closed"

    matter: str

    def __str__(self) -> str:
        return f"Matter {self.matter} is closed. Make it active again first."


@dataclass(eq=False)
class OneClientOnly(Refusal):
    """The account is held for one matter alone, and another has it."""

    code: ClassVar[str] = "trust.account_is_for_one_matter"

    account: str
    rule: str

    def __str__(self) -> str:
        return f"“{self.account}” is held for another matter alone. Open an account for this one."


@dataclass(eq=False)
class NeedsItsOwnBankAccount(Refusal):
    """Each matter on this account has a bank account of its own."""

    code: ClassVar[str] = "trust.needs_its_own_bank_account"

    account: str

    def __str__(self) -> str:
        return f"Each matter on “{self.account}” has a bank account of its own. Enter its details."


def visible(ledger_id: UUID) -> TrustLedger:
    """Return a ledger of this firm with its matter, client and account at hand.

    Refuses: NoSuchLedger.
    """
    ledgers = TrustLedger.objects.select_related("account", "matter__client")
    found = ledgers.filter(pk=ledger_id).first()
    if found is None:
        raise NoSuchLedger
    return found


def of_matter(matter_id: UUID) -> list[TrustLedger]:
    """Return the ledgers of a matter, the oldest first."""
    ledgers = TrustLedger.objects.select_related("account", "matter__client")
    return list(ledgers.filter(matter_id=matter_id).order_by("opened_at", "id"))


def found(account_id: UUID, text: str, *, limit: int) -> list[TrustLedger]:
    """Return a few ledgers of an account whose matter or client has a word that begins so."""
    if not text.strip():
        return []
    ledgers = TrustLedger.objects.select_related("account", "matter__client")
    of_matter = Q(matter_id__in=folding.beginning("matter", text))
    of_client = Q(matter__client_id__in=folding.beginning("contact", text))
    fitting = ledgers.filter(of_matter | of_client, account_id=account_id)
    return list(fitting.order_by("matter__number", "id")[:limit])


def matters_of_account(account_id: UUID) -> QuerySet[TrustLedger, UUID | None]:
    """Return the ids of the matters that have a ledger on an account, to narrow a list by."""
    ledgers = TrustLedger.objects.filter(account_id=account_id, matter__isnull=False)
    return ledgers.values_list("matter_id", flat=True)


def open(  # noqa: A001 - it reads aloud: client_ledgers.open
    *, matter: Matter, account_id: UUID, by: Person, at: datetime, is_controlled: bool = False
) -> TrustLedger:
    """Open a matter's ledger on a trust account: from now on money can be received for it there.

    ``is_controlled`` is said by ``controlled_accounts``, which also enters the matter's bank account.
    Refuses: NotAllowed, NoSuchAccount, JurisdictionNotChosen, AccountClosed, MatterIsClosed,
    MatterTypeHoldsNoMoney, LedgerIsThere, OneClientOnly, NeedsItsOwnBankAccount.
    """
    permissions.require(by, permissions.Act.OPEN_LEDGERS)
    account = bank_accounts.visible(account_id)
    jurisdiction.lock_firm(by.firm_id)
    if account.kind == "controlled" and not account.number_shown and not is_controlled:
        raise NeedsItsOwnBankAccount(account.name)
    _may_hold(matter, account)
    ensure_pool(account, at=at)
    ledger = TrustLedger.objects.create(
        id=accounts.open_in(pool_id=account.id, kind=AccountKind.CLIENT, at=at),
        firm_id=by.firm_id,
        account=account,
        kind=AccountKind.CLIENT,
        matter=matter,
        opened_at=at,
        opened_by=by,
    )
    _record(ledger, "Opened", by, at, {"Trust account": ("", account.name)})
    return ledger


def of_account(
    *, account: TrustBankAccount, kind: AccountKind, by: Person, at: datetime
) -> TrustLedger:
    """Return the account's one ledger of a kind that belongs to no matter; open it the first time."""
    jurisdiction.lock_firm(by.firm_id)
    found = TrustLedger.objects.filter(account=account, kind=kind, matter=None).first()
    if found:
        return found
    ensure_pool(account, at=at)
    return TrustLedger.objects.create(
        id=accounts.open_in(pool_id=account.id, kind=kind, at=at),
        firm_id=by.firm_id,
        account=account,
        kind=kind,
        opened_at=at,
        opened_by=by,
    )


def close(*, ledger: TrustLedger, reason: str, by: Person, at: datetime) -> None:
    """Let a ledger that holds nothing take nothing more; its statement stays.

    Refuses: NotAllowed, DetailsNotRight, LedgerHoldsMoney, StandsSoAlready.
    """
    reason = _allowed_reason(reason, by)
    accounts.close(account_id=ledger.id, reason=reason, by=by.id, at=at)
    _record(ledger, "Closed", by, at, {"Why": ("", reason)})


def reopen(*, ledger: TrustLedger, reason: str, by: Person, at: datetime) -> None:
    """Let a closed ledger take entries again.

    Refuses: NotAllowed, DetailsNotRight, StandsSoAlready.
    """
    reason = _allowed_reason(reason, by)
    accounts.reopen(account_id=ledger.id, reason=reason, by=by.id, at=at)
    _record(ledger, "Opened again", by, at, {"Why": ("", reason)})


def ensure_pool(account: TrustBankAccount, *, at: datetime) -> None:
    """Open the ledger's account for a bank account the first time that money can lie in it."""
    if not any_in(account):
        accounts.ensure_pool(
            bank_id=account.id, firm_id=account.firm_id, currency=account.currency, at=at
        )


def any_in(account: TrustBankAccount) -> bool:
    """Return whether an account has a ledger, so that money can lie in it."""
    return TrustLedger.objects.filter(account=account).exists()


def require_open(account: TrustBankAccount | Till) -> None:
    """Let the deed go on only on an open account.

    Refuses: AccountClosed.
    """
    if account.status != "open":
        raise AccountClosed(account.name)


def _may_hold(matter: Matter, account: TrustBankAccount) -> None:
    place = settings.policy().pack
    require_open(account)
    if matter.status == MatterStatus.CLOSED:
        raise MatterIsClosed(matter.number)
    allowed = set(TrustMatterType.objects.values_list("matter_type_id", flat=True))
    if allowed and matter.type_id not in allowed:
        raise MatterTypeHoldsNoMoney(matter.number, matter.type.name)
    ledgers = TrustLedger.objects.filter(account=account, matter__isnull=False)
    if ledgers.filter(matter=matter).exists():
        raise LedgerIsThere(matter.number, account.name)
    kind = place.account_kind(account.kind)
    is_ones = kind is not None and kind.one_client and bool(account.number_shown)
    if kind and is_ones and ledgers.exists():
        raise OneClientOnly(account.name, kind.cited.authority)


def _allowed_reason(reason: str, by: Person) -> str:
    permissions.require(by, permissions.Act.OPEN_LEDGERS)
    reason = tidy(reason)
    problem = "Say why in a few words; it stays in the history."
    refuse_any([] if 0 < len(reason) <= LONGEST_REASON else [Problem("reason", problem)])
    return reason


def _record(
    ledger: TrustLedger, act: str, by: Person, at: datetime, changes: history.Changes
) -> None:
    history.record(
        of=(KIND, ledger.id), firm_id=ledger.firm_id, act=act, by=by, at=at, changes=changes
    )

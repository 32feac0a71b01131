"""What is set up in this firm and when it was, read from the records themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.accounting.accounts import AccountUse, UseOfAccount
from chancery.accounting.chart import ChartAccount
from chancery.accounting.choices import PackageChoice
from chancery.accounting.connections import Connection, ConnectionState
from chancery.office.bank_accounts import OfficeBankAccount
from chancery.practice.contacts import Contact
from chancery.practice.firms import Firm
from chancery.practice.history import RecordChange
from chancery.practice.people import Person
from chancery.trust import jurisdiction
from chancery.trust.bank_accounts import TrustBankAccount
from chancery.trust.rules import packs

_SYSTEM_USES = (UseOfAccount.TRUST_LIABILITY, UseOfAccount.TRUST_TRANSFERS)


@dataclass(frozen=True)
class Fact:
    """Something that is so, in words, since an instant."""

    words: str
    at: datetime


@dataclass(frozen=True)
class SetupFacts:
    """Each part of the set-up: the fact that it is done, or None. The ``…_half`` say how far it is."""

    founded: Fact
    bank_id: UUID | None
    bank: Fact | None
    package: str
    package_half: str
    accounting: Fact | None
    jurisdiction: Fact | None
    system_accounts: Fact | None
    trust_account_half: str
    trust_account: Fact | None
    office_account: Fact | None
    person_count: int


def of(firm: Firm) -> SetupFacts:
    """Return what is set up in the firm of this transaction."""
    choice = PackageChoice.objects.first()
    package = choice.package if choice else ""
    trust_half, trust_account = _trust_account(package)
    half, accounting = _accounting(choice)
    bank_id, bank = _bank()
    return SetupFacts(
        founded=_founded(firm),
        bank_id=bank_id,
        bank=bank,
        package=package,
        package_half=half,
        accounting=accounting,
        jurisdiction=_jurisdiction(),
        system_accounts=_system_accounts(package, choice),
        trust_account_half=trust_half,
        trust_account=trust_account,
        office_account=_office_account(),
        person_count=Person.objects.filter(left_at__isnull=True).count(),
    )


def _founded(firm: Firm) -> Fact:
    first = Person.objects.order_by("joined_at", "id").first()
    return Fact(f"{firm.name}; {first.name}" if first else firm.name, firm.created_at)


def _bank() -> tuple[UUID | None, Fact | None]:
    """Return the contact that stands for the firm's bank, and its first renaming."""
    bank = Contact.objects.filter(stands_for_own_bank=True).first()
    if bank is None:
        return None, None
    renamed = RecordChange.objects.filter(
        record_kind="contact", record_id=bank.id, act="Renamed"
    ).order_by("at", "id")
    first = renamed.first()
    if first is None:
        return bank.id, None
    before = next(iter(first.changes.values()))[0]
    return bank.id, Fact(f"{before} became {bank.name}", first.at)


def _accounting(choice: PackageChoice | None) -> tuple[str, Fact | None]:
    if choice is None:
        return "", None
    if choice.package != "xero":
        return "", Fact(choice.get_package_display(), choice.chosen_at)
    connection = Connection.objects.first()
    if connection is None:
        return "Xero is chosen, not yet connected", None
    if connection.state != ConnectionState.CONNECTED:
        return f"Xero, {connection.name}: {connection.get_state_display().lower()}", None
    count = ChartAccount.objects.filter(gone_at__isnull=True).count()
    return "", Fact(f"Xero, {connection.name}; {count} accounts read", connection.connected_at)


def _jurisdiction() -> Fact | None:
    chosen = jurisdiction.choice_of_firm()
    return Fact(packs.load(chosen.code).label, chosen.chosen_at) if chosen else None


def _system_accounts(package: str, choice: PackageChoice | None) -> Fact | None:
    """Return the two system accounts; without a package there is no chart that needs them."""
    if choice is not None and package != "xero":
        return Fact("kept here", choice.chosen_at)
    uses = list(
        AccountUse.objects.filter(use__in=_SYSTEM_USES, chart_account__isnull=False)
        .select_related("chart_account")
        .order_by("use")
    )
    if {use.use for use in uses} != set(_SYSTEM_USES):
        return None
    accounts = [use.chart_account for use in uses if use.chart_account]
    return Fact(", ".join(map(str, accounts)), max(account.read_at for account in accounts))


def _trust_account(package: str) -> tuple[str, Fact | None]:
    account = TrustBankAccount.objects.order_by("opened_at", "id").first()
    if account is None:
        return "", None
    if package != "xero":
        return "", Fact(account.name, account.opened_at)
    use = AccountUse.objects.filter(trust_account=account).select_related("chart_account").first()
    if use is None or use.chart_account is None:
        return f"{account.name} is being made in Xero", None
    return "", Fact(f"{account.name}, {use.chart_account.code} in Xero", account.opened_at)


def _office_account() -> Fact | None:
    account = OfficeBankAccount.objects.order_by("taken_at", "id").first()
    return Fact(str(account), account.taken_at) if account else None

"""Office accounts: the package's bank accounts with a code that hold no clients' money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from chancery.accounting import accounts, choices
from chancery.accounting.accounts import Subject
from chancery.accounting.models import AccountUse, ChartAccount
from chancery.accounting.models.chart import UseOfAccount
from chancery.accounting.port import AccountType
from chancery.lib.refusals import Refusal
from chancery.office import bank_accounts
from chancery.office.bank_accounts import Details, OfficeBankAccount
from chancery.practice import history, permissions
from chancery.practice.people import Person
from chancery.trust import account_numbers, jurisdiction

SHOWN_MOST = 200


@dataclass(eq=False)
class NoSuchChartAccount(Refusal):
    """The package showed no such account at the last refresh."""

    code = "accounting.no_such_chart_account"

    def __str__(self) -> str:
        return "There is no such account any more. Press Refresh… and look again."


@dataclass(eq=False)
class HasNoCode(Refusal):
    """The account has no code, and an office account is known by its code."""

    code = "accounting.account_has_no_code"

    account: str

    def __str__(self) -> str:
        return (
            f"{self.account} has no code in Xero. Give it a 3-digit code there, then press Refresh…"
        )


@dataclass(eq=False)
class HoldsTrustMoney(Refusal):
    """The number is that of a trust account; clients' money is never the firm's."""

    code = "accounting.account_holds_trust_money"

    account: str
    trust_account: str

    def __str__(self) -> str:
        return (
            f"{self.account} has the number of the trust account {self.trust_account}, so it holds "
            "clients' money. Take one of the firm's own accounts."
        )


@dataclass(eq=False)
class NamedAsTrust(Refusal):
    """The account's name has the words by which clients' money is known."""

    code = "accounting.account_is_named_as_trust"

    account: str
    words: str

    def __str__(self) -> str:
        return (
            f"{self.account} is not taken: its name says that it holds trust money (“{self.words}”). "
            "Rename it in Xero, or add it under Trust accounting."
        )


@dataclass(eq=False)
class OtherCurrencyOfAccount(Refusal):
    """The account is kept in another currency than the firm's."""

    code = "accounting.account_in_other_currency"

    account: str
    currency: str

    def __str__(self) -> str:
        return f"{self.account} is kept in {self.currency}. Take an account in the firm's own currency."


@dataclass(eq=False)
class PackageOffersThem(Refusal):
    """With a package, office accounts come from its chart and are not typed in."""

    code = "accounting.package_offers_office_accounts"

    def __str__(self) -> str:
        return "Office accounts come from Xero here. Make the account there, then press Refresh…"


@dataclass(eq=False)
class OfficeAccountIsKept(Refusal):
    """Something was sent to the package, so what its accounts serve as is settled."""

    code = "accounting.office_account_is_kept"

    def __str__(self) -> str:
        return (
            "Chancery has made something in Xero, so what each account serves as stays. "
            "Leave this one and take another as well."
        )


def offered() -> Sequence[ChartAccount]:
    """Return the package's bank accounts that may become office accounts, by code."""
    candidates = _banks().exclude(code="").filter(account_use__isnull=True)
    trust_numbers = account_numbers.names_by_number()
    return [
        account
        for account in candidates.order_by("code", "name", "id")[:SHOWN_MOST]
        if account_numbers.bare(account.bank_number) not in trust_numbers
    ]


def without_code() -> Sequence[ChartAccount]:
    """Return the package's bank accounts that have no code yet, by name; those for trust money aside."""
    codeless = _banks().filter(code="").exclude(account_use__use=UseOfAccount.TRUST_BANK)
    return list(codeless.order_by("name", "id")[:SHOWN_MOST])


def named_trust(account: ChartAccount) -> str:
    """Return the words in an account's name that speak of clients' money, or nothing."""
    return jurisdiction.trust_words_in([account.name]).get(account.name, "")


def visible(chart_account_id: UUID) -> ChartAccount:
    """Return an account of the firm's chart.

    Refuses: NoSuchChartAccount.
    """
    found = ChartAccount.objects.filter(pk=chart_account_id).first()
    if found is None:
        raise NoSuchChartAccount
    return found


def use(
    *, chart_account_id: UUID, even_though_named_trust: bool = False, by: Person, at: datetime
) -> OfficeBankAccount:
    """Use a bank account of the package as an office account.

    ``even_though_named_trust``: the person was told what the name says, and takes it all the same.
    Refuses: NotAllowed, NoSuchChartAccount, HasNoCode, HoldsTrustMoney, NamedAsTrust,
    OtherCurrencyOfAccount, and as bank_accounts.take and accounts.choose_existing.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    account = _fit(chart_account_id, by)
    words = named_trust(account)
    if words and not even_though_named_trust:
        raise NamedAsTrust(str(account), words)
    details = Details(account.name, account.code, account.bank_number, by.firm.currency)
    with transaction.atomic():
        taken = bank_accounts.take(details=details, by=by, at=at)
        subject = Subject(UseOfAccount.OFFICE_BANK, office_account_id=taken.id)
        accounts.choose_existing(subject=subject, chart_account=account, by=by, at=at)
        if words:
            _record_confirmed(taken, words, by, at)
    return taken


def _fit(chart_account_id: UUID, by: Person) -> ChartAccount:
    """Return the account with its row locked, if all but its name allows it to be the firm's own."""
    account = ChartAccount.objects.select_for_update().filter(pk=chart_account_id).first()
    if account is None:
        raise NoSuchChartAccount
    accounts.require_fit(account, UseOfAccount.OFFICE_BANK)
    if not account.code:
        raise HasNoCode(account.name)
    _require_own_money(str(account), account.bank_number)
    if account.currency not in ("", by.firm.currency):
        raise OtherCurrencyOfAccount(str(account), account.currency)
    return account


def _record_confirmed(taken: OfficeBankAccount, words: str, by: Person, at: datetime) -> None:
    history.record(
        of=(bank_accounts.KIND, taken.id),
        firm_id=taken.firm_id,
        act="Confirmed as the firm's own money, though its name speaks of trust money",
        by=by,
        at=at,
        changes={"Words in the name": ("", words)},
    )


def enter(*, details: Details, by: Person, at: datetime) -> OfficeBankAccount:
    """Enter an office account by hand, for a firm without a package.

    Refuses: NotAllowed, NothingIsChosen, PackageOffersThem, HoldsTrustMoney, and as bank_accounts.take.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    choice = choices.of_firm()
    if choice is None:
        raise choices.NothingIsChosen
    if choice.package != "standalone":
        raise PackageOffersThem
    _require_own_money(f"{details.code} {details.name}", details.number_shown)
    return bank_accounts.take(details=details, by=by, at=at)


def stop_using(*, office_account_id: UUID, by: Person, at: datetime) -> None:
    """Give up an office account that nothing here refers to; in the package it stays as it is.

    Refuses: NotAllowed, NoSuchOfficeAccount, OfficeAccountIsKept, OfficeAccountIsInUse.
    """
    permissions.require(by, permissions.Act.MANAGE_ACCOUNTING)
    with transaction.atomic():
        choices.hold()
        if choices.is_final():
            raise OfficeAccountIsKept
        AccountUse.objects.filter(office_account_id=office_account_id).delete()
        bank_accounts.give_up(account_id=office_account_id, by=by, at=at)


def _banks() -> QuerySet[ChartAccount]:
    return ChartAccount.objects.filter(type=AccountType.BANK, is_active=True, gone_at__isnull=True)


def _require_own_money(account: str, number: str) -> None:
    if number and (trust := account_numbers.trust_account_with(number)):
        raise HoldsTrustMoney(account, trust)

"""The package's chart of accounts and tax rates as last read: taken over whole, and forgotten whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.accounting import port
from chancery.accounting.account_rules import PACKAGE
from chancery.accounting.models import AccountUse, TaxRate
from chancery.accounting.models import ChartAccount as ChartAccount
from chancery.accounting.models.chart import UseOfAccount
from chancery.lib import ids
from chancery.lib.refusals import Refusal
from chancery.office import bank_accounts
from chancery.outbox import clearance
from chancery.practice.people import Person

READING = "accounting.refresh"
_ACCOUNT_FIELDS = (
    "code",
    "name",
    "type",
    "tax_type",
    "bank_number",
    "currency",
    "is_active",
    "takes_payments",
    "system_name",
)
_RATE_FIELDS = ("name", "percent", "is_active", "suits_liabilities")


@dataclass(eq=False)
class SomethingIsOnItsWay(Refusal):
    """A message to the package has left and its end is not known yet."""

    code = "accounting.something_is_on_its_way"

    def __str__(self) -> str:
        return (
            f"Something is on its way to {PACKAGE}, and whether it arrived decides if the firm may "
            "still leave these books. Wait until it has ended, then look again."
        )


@dataclass(frozen=True)
class Reading:
    """What a reading of the package brought."""

    accounts: int
    accounts_new: int
    accounts_gone: int
    tax_rates: int


def take_over(
    *,
    firm_id: UUID,
    accounts: Iterable[port.Account],
    rates: Iterable[port.TaxRate],
    at: datetime,
) -> Reading:
    """Make our copy of the chart and the tax rates what the package holds now.

    What is no longer there is kept and marked: something here may refer to it.
    """
    read = {account.external_id: account for account in accounts}
    known = dict(ChartAccount.objects.values_list("external_id", "gone_at"))
    _keep_accounts(firm_id, read.values(), at)
    gone = ChartAccount.objects.filter(gone_at__isnull=True).exclude(external_id__in=read)
    gone_count = gone.update(gone_at=at, is_active=False)
    rate_count = _keep_rates(firm_id, rates, at)
    _lead_office_accounts(at)
    return Reading(
        accounts=len(read),
        accounts_new=len(read.keys() - known.keys()),
        accounts_gone=gone_count,
        tax_rates=rate_count,
    )


def keep_one(account: port.Account, *, firm_id: UUID, at: datetime) -> ChartAccount:
    """Take over one account that was read or made just now, and return our copy of it."""
    _keep_accounts(firm_id, [account], at)
    return ChartAccount.objects.get(firm_id=firm_id, external_id=account.external_id)


def count() -> int:
    """Return how many accounts the package had when it was last read."""
    return ChartAccount.objects.filter(gone_at__isnull=True).count()


def forget(*, by: Person, at: datetime) -> None:
    """Let go of an organisation to which nothing was sent: its chart, its uses, what waits to be sent.

    The caller holds the connection. Refuses: SomethingIsOnItsWay, OfficeAccountIsInUse.
    """
    _hold_uses()
    if not clearance.withdraw_unsent(only_reads=[READING], by=by.id, at=at):
        raise SomethingIsOnItsWay
    office = AccountUse.objects.filter(use=UseOfAccount.OFFICE_BANK)
    office_ids = list(office.values_list("office_account_id", flat=True))
    AccountUse.objects.all().delete()
    for office_id in office_ids:
        assert office_id is not None, "the use of an office account names it"
        bank_accounts.give_up(account_id=office_id, by=by, at=at)
    ChartAccount.objects.all().delete()
    TaxRate.objects.all().delete()


def _hold_uses() -> None:
    """Lock every use of an account until the transaction ends; uses are locked before their messages."""
    list(AccountUse.objects.select_for_update().order_by("id").values_list("id"))


def _keep_accounts(firm_id: UUID, read: Iterable[port.Account], at: datetime) -> None:
    rows = [
        ChartAccount(
            id=ids.new(),
            firm_id=firm_id,
            external_id=account.external_id,
            read_at=at,
            gone_at=None,
            **{name: getattr(account, name) for name in _ACCOUNT_FIELDS},
        )
        for account in read
    ]
    ChartAccount.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["firm", "external_id"],
        update_fields=[*_ACCOUNT_FIELDS, "read_at", "gone_at"],
    )


def _keep_rates(firm_id: UUID, rates: Iterable[port.TaxRate], at: datetime) -> int:
    rows = [
        TaxRate(
            id=ids.new(),
            firm_id=firm_id,
            tax_type=rate.tax_type,
            read_at=at,
            **{name: getattr(rate, name) for name in _RATE_FIELDS},
        )
        for rate in rates
    ]
    TaxRate.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["firm", "tax_type"],
        update_fields=[*_RATE_FIELDS, "read_at"],
    )
    TaxRate.objects.filter(read_at__lt=at).update(is_active=False)
    return len(rows)


def _lead_office_accounts(at: datetime) -> None:
    """Let office accounts carry the code, name and number that the package shows now.

    An account whose code was taken away keeps the one it had: the page says what to do.
    """
    uses = AccountUse.objects.filter(
        use=UseOfAccount.OFFICE_BANK, chart_account__gone_at__isnull=True
    ).select_related("chart_account", "office_account")
    bank_accounts.follow(
        [
            (use.office_account_id, _details(use))
            for use in uses
            if use.office_account_id is not None
        ],
        at=at,
    )


def _details(use: AccountUse) -> bank_accounts.Details:
    shown, office = use.chart_account, use.office_account
    assert shown is not None, "an office account is always one of the chart"
    assert office is not None, "the use of an office account names it"
    return bank_accounts.Details(
        name=shown.name,
        code=shown.code or office.code,
        number_shown=shown.bank_number,
        currency=office.currency,
    )

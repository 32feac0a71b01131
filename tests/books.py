"""A firm's Xero as its tests want it, without calling any: connected, with a chart that was just read."""

from decimal import Decimal

from chancery.accounting import choices, connections, refreshing
from chancery.accounting.models import ChartAccount, Connection
from chancery.accounting.port import Account, AccountType, Organisation, TaxRate
from chancery.office.models import OfficeBankAccount
from chancery.practice.models import Person
from world import LATER, acting

ORGANISATION = Organisation("org-1", "Marlow & Finch", "AUD", "AU", "", None, None)
OTHER = Organisation("org-2", "Marlow Trading", "AUD", "AU", "", None, None)
RATES = (
    TaxRate("BASEXCLUDED", "BAS Excluded", Decimal(0), is_active=True, suits_liabilities=True),
)


def bank(name: str, code: str = "", **more: object) -> Account:
    """Return a bank account of the package."""
    facts = {"external_id": f"x-{name}", "is_active": True, "currency": "AUD", **more}
    return Account(code=code, name=name, type=AccountType.BANK, **facts)  # type: ignore[arg-type]  # as given


def connect(person: Person, organisation: Organisation = ORGANISATION) -> Connection:
    """Choose Xero and connect the person's firm to this organisation."""
    with acting(person):
        choices.choose(package="xero", by=person, at=LATER)
        allowed = connections.Allowed(organisation, "c-1", is_sandbox=True)
        return connections.connect(allowed=allowed, by=person, at=LATER)


def read(person: Person, *accounts: Account) -> None:
    """Take over this chart, as a refresh would."""
    with acting(person):
        connection = Connection.objects.get()
        everything = refreshing.Everything(ORGANISATION, accounts, RATES)
        assert refreshing.take_over(connection, everything, at=LATER)


def chart_account(person: Person, name: str) -> ChartAccount:
    """Return the account of the chart with this name."""
    with acting(person):
        return ChartAccount.objects.get(name=name)


def office_account(person: Person, name: str) -> OfficeBankAccount:
    """Return the office account with this name."""
    with acting(person):
        return OfficeBankAccount.objects.get(name=name)

"""What is set up in this firm and when it was, read from the records themselves."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chancery.accounting import chart, choices, connections, system_accounts, trust_accounts
from chancery.accounting.choices import PackageChoice
from chancery.accounting.connections import ConnectionState
from chancery.office import bank_accounts as office
from chancery.practice import own_bank, people
from chancery.practice.own_bank import OwnBank
from chancery.practice.people import Person
from chancery.trust import jurisdiction
from chancery.trust import queries as trust
from chancery.trust.rules import packs


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


def of(person: Person) -> SetupFacts:
    """Return what is set up in the person's firm."""
    choice = choices.of_firm()
    package = choice.package if choice else ""
    trust_half, trust_account = _trust_account(package)
    half, accounting = _accounting(choice)
    everyone = people.of_firm(person)
    bank = own_bank.of_firm()
    return SetupFacts(
        founded=_founded(person, everyone),
        bank_id=bank.id if bank else None,
        bank=_named(bank) if bank else None,
        package=package,
        package_half=half,
        accounting=accounting,
        jurisdiction=_jurisdiction(),
        system_accounts=_system_accounts(package, choice),
        trust_account_half=trust_half,
        trust_account=trust_account,
        office_account=_office_account(),
        person_count=sum(1 for one in everyone if not one.left_at),
    )


def _founded(person: Person, everyone: list[Person]) -> Fact:
    first = min(everyone, key=lambda one: (one.joined_at, one.id))
    return Fact(f"{person.firm.name}; {first.name}", person.firm.created_at)


def _named(bank: OwnBank) -> Fact | None:
    if bank.named_at is None:
        return None
    return Fact(f"{bank.called_before} became {bank.name}", bank.named_at)


def _accounting(choice: PackageChoice | None) -> tuple[str, Fact | None]:
    if choice is None:
        return "", None
    if choice.package != "xero":
        return "", Fact(choice.get_package_display(), choice.chosen_at)
    connection = connections.of_firm()
    if connection is None:
        return "Xero is chosen, not yet connected", None
    if connection.state != ConnectionState.CONNECTED:
        return f"Xero, {connection.name}: {connection.get_state_display().lower()}", None
    words = f"Xero, {connection.name}; {chart.count()} accounts read"
    return "", Fact(words, connection.connected_at)


def _jurisdiction() -> Fact | None:
    chosen = jurisdiction.choice_of_firm()
    return Fact(packs.load(chosen.code).label, chosen.chosen_at) if chosen else None


def _system_accounts(package: str, choice: PackageChoice | None) -> Fact | None:
    """Return the two system accounts; without a package there is no chart that needs them."""
    if choice is not None and package != "xero":
        return Fact("kept here", choice.chosen_at)
    uses = system_accounts.of_firm()
    decided = [uses[use].chart_account for use in system_accounts.SYSTEM if use in uses]
    made = [account for account in decided if account]
    if len(made) < len(system_accounts.SYSTEM):
        return None
    return Fact(", ".join(map(str, made)), max(account.read_at for account in made))


def _trust_account(package: str) -> tuple[str, Fact | None]:
    accounts = trust.bank_accounts()
    if not accounts:
        return "", None
    account = min(accounts, key=lambda one: (one.opened_at, one.id))
    if package != "xero":
        return "", Fact(account.name, account.opened_at)
    made = next((use.chart_account for use in trust_accounts.uses_of([account])), None)
    if made is None:
        return f"{account.name} is being made in Xero", None
    return "", Fact(f"{account.name}, {made.code} in Xero", account.opened_at)


def _office_account() -> Fact | None:
    accounts = office.of_firm()
    if not accounts:
        return None
    account = min(accounts, key=lambda one: (one.taken_at, one.id))
    return Fact(str(account), account.taken_at)

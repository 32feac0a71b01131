"""The chart of accounts: making, changing, archiving and deleting an account."""

import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from xero_sandbox.books import account_rules, tax_rates
from xero_sandbox.books.account_rules import Account, Refused
from xero_sandbox.books.documents import Document, Drawer
from xero_sandbox.books.organisations import Organisation
from xero_sandbox.store import Store

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """All accounts of one organisation."""

    store: Store
    organisation: Organisation

    @property
    def drawer(self) -> Drawer:
        """Return where the accounts are kept."""
        return Drawer(self.store, self.organisation.tenant_id, "account")

    def all(self) -> list[Account]:
        """Return every account, archived ones too, by code and then by name."""
        found = [Account(**row.body) for row in self.drawer.all()]
        return sorted(found, key=lambda a: (not a.code, a.code, a.name.casefold()))

    def find(self, account_id: str) -> Account | None:
        """Return the account with this id, or None."""
        row = self.drawer.find(account_id)
        return Account(**row.body) if row else None

    def keep(self, account: Account) -> Account:
        """Write the account down as it is."""
        row = Document(
            document_id=account.account_id, updated_at=account.updated_at, body=asdict(account)
        )
        self.drawer.keep(row, name=account.name, number=account.code)
        return account


def create(chart: Chart, given: Given, *, made_by: str, at: float) -> Account:
    """Make an account of what was given, with Xero's defaults for the rest.

    Refuses: Refused.
    """
    account = _with_defaults(
        Account(
            account_id=str(uuid.uuid4()),
            updated_at=at,
            made_by=made_by,
            made_at=at,
            **{name: value for name, value in given.items() if name != "status"},
        ),
        chart.organisation,
    )
    messages = account_rules.against_new(given) + account_rules.against(
        account, chart.all(), chart.organisation
    )
    if messages:
        raise Refused(messages)
    return chart.keep(account)


def change(chart: Chart, account: Account, given: Given, *, at: float) -> Account:
    """Change what was given; archiving and restoring must be asked for alone.

    Refuses: Refused.
    """
    given = {name: value for name, value in given.items() if name != "account_id"}
    if given.get("status") == account.status:
        given.pop("status")
    changed = _with_defaults(replace(account, **given, updated_at=at), chart.organisation)
    messages = account_rules.against_change(account, changed, given)
    if not messages and "status" not in given:
        messages = account_rules.against(changed, chart.all(), chart.organisation)
    if messages:
        raise Refused(messages)
    return chart.keep(changed)


def delete(chart: Chart, account: Account, *, at: float) -> Account:
    """Take an unused account of the organisation's own out of the chart.

    Refuses: Refused.
    """
    messages = account_rules.against_deletion(account)
    if messages:
        raise Refused(messages)
    chart.drawer.remove(account.account_id)
    return replace(account, status="DELETED", updated_at=at)


def _with_defaults(account: Account, organisation: Organisation) -> Account:
    usual = account.tax_type or tax_rates.usual(organisation.version, account.type)
    if not account.is_bank:
        return replace(account, tax_type=usual)
    return replace(
        account,
        tax_type=usual,
        currency_code=account.currency_code or organisation.currency,
        bank_account_type=account.bank_account_type or "BANK",
        enable_payments=False,
        show_in_expense_claims=False,
    )

"""The official Python SDK against the sandbox: what it sends is taken, what it reads is there."""

from collections.abc import Iterator
from typing import Any

import pytest
import urllib3
from xero_python.accounting import Account, AccountingApi, Accounts, AccountType, Contact, Contacts
from xero_python.api_client import ApiClient
from xero_python.api_client.configuration import Configuration
from xero_python.api_client.oauth2 import OAuth2Token, TokenApi
from xero_python.exceptions import AccountingBadRequestException
from xero_python.exceptions.http_status_exceptions import HTTPStatusException, RateLimitException
from xero_python.identity import IdentityApi

from sandbox_server import MARLOW, SandboxServer


@pytest.fixture
def client(sandbox: SandboxServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Return the SDK's client with the sandbox's addresses, one token, and no hidden retries."""
    held: dict[str, Any] = {}
    made = ApiClient(
        Configuration(
            oauth2_token=OAuth2Token(
                client_id=sandbox.client_id, client_secret=sandbox.client_secret
            )
        ),
        pool_threads=1,
        oauth2_token_getter=lambda: dict(held),
        oauth2_token_saver=held.update,
    )
    for name in ("refresh_token_url", "client_credentials_token_url"):
        monkeypatch.setattr(TokenApi, name, f"{sandbox.base_url}/connect/token")
    monkeypatch.setattr(TokenApi, "revoke_token_url", f"{sandbox.base_url}/connect/revocation")
    pool = made.rest_client.pool_manager
    pool.connection_pool_kw["retries"] = urllib3.Retry(0, respect_retry_after_header=False)
    tokens = sandbox.tokens()
    made.set_oauth2_token({**tokens, "scope": tokens["scope"].split()})
    yield made
    pool.clear()


@pytest.fixture
def accounting(sandbox: SandboxServer, client: Any) -> Any:
    return AccountingApi(client, base_url=sandbox.api_url)


def test_sdk_lists_connections_and_reads_their_dates(sandbox: SandboxServer, client: Any) -> None:
    (one,) = IdentityApi(client, base_url=sandbox.base_url).get_connections()

    assert (one.tenant_name, one.tenant_id) == (MARLOW, sandbox.tenant())
    assert one.created_date_utc.year >= 2026


def test_sdk_ends_a_connection(sandbox: SandboxServer, client: Any) -> None:
    identity = IdentityApi(client, base_url=sandbox.base_url)
    identity.delete_connection(identity.get_connections()[0].id)

    assert identity.get_connections() == []


def test_sdk_refreshes_its_token(client: Any) -> None:
    before = client.get_oauth2_token()

    after = client.refresh_oauth2_token()

    assert after["refresh_token"] != before["refresh_token"]
    assert "accounting.settings" in after["scope"]


def test_sdk_reads_the_organisation_with_its_lock_date(
    sandbox: SandboxServer, accounting: Any
) -> None:
    sandbox.control("lock-dates", tenant_id=sandbox.tenant(), period="2026-10-31")

    (found,) = accounting.get_organisations(sandbox.tenant()).organisations

    assert found.base_currency.value == "AUD"
    assert str(found.period_lock_date) == "2026-10-31"
    assert found.end_of_year_lock_date is None


def test_sdk_makes_a_bank_account_changes_and_archives_it(
    sandbox: SandboxServer, accounting: Any
) -> None:
    tenant = sandbox.tenant()
    bank = Account(
        code="091", name="Trust account", type=AccountType.BANK, bank_account_number="1042"
    )

    (made,) = accounting.create_account(tenant, bank).accounts
    change = Accounts(accounts=[Account(name="Client account")])
    (changed,) = accounting.update_account(tenant, made.account_id, change).accounts
    archive = Accounts(accounts=[Account(status="ARCHIVED")])
    (archived,) = accounting.update_account(tenant, made.account_id, archive).accounts

    assert (changed.name, changed.code) == ("Client account", "091")
    assert archived.status == "ARCHIVED"
    found = accounting.get_accounts(tenant, where='Code=="091"').accounts
    assert [one.account_id for one in found] == [made.account_id]


def test_sdk_learns_why_an_account_is_refused(sandbox: SandboxServer, accounting: Any) -> None:
    twice = Account(code="200", name="Twice", type=AccountType.EXPENSE)

    with pytest.raises(AccountingBadRequestException) as told:
        accounting.create_account(sandbox.tenant(), twice)

    assert told.value.error_data["Elements"][0]["ValidationErrors"] == [
        {"Message": "Please enter a unique Code."}
    ]


def test_sdk_makes_contacts_each_for_itself(sandbox: SandboxServer, accounting: Any) -> None:
    jane = Contact(name="Jane Calloway", contact_number="C-1042")

    told = accounting.create_contacts(
        sandbox.tenant(), Contacts(contacts=[jane, jane]), summarize_errors=False
    ).contacts

    assert [one.status_attribute_string for one in told] == ["OK", "ERROR"]
    assert (
        accounting.get_contact_by_contact_number(sandbox.tenant(), "C-1042").contacts[0].name
        == jane.name
    )


def test_sdk_reads_tax_rates_and_actions(sandbox: SandboxServer, accounting: Any) -> None:
    rates = accounting.get_tax_rates(sandbox.tenant()).tax_rates
    actions = accounting.get_organisation_actions(sandbox.tenant()).actions

    assert {rate.tax_type for rate in rates} >= {"BASEXCLUDED", "INPUT", "OUTPUT"}
    assert actions[0].status == "ALLOWED"


def test_sdk_meets_a_429_once(sandbox: SandboxServer, accounting: Any) -> None:
    sandbox.control("limits", minute=0)

    with pytest.raises(RateLimitException):
        accounting.get_accounts(sandbox.tenant())

    assert len([c for c in sandbox.control("calls", "GET")["calls"] if "api.xro" in c["path"]]) == 1


def test_sdk_sees_an_expired_token(sandbox: SandboxServer, accounting: Any) -> None:
    sandbox.control("expiries")

    with pytest.raises(HTTPStatusException) as told:
        accounting.get_accounts(sandbox.tenant())

    assert told.value.status == 401

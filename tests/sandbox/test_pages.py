"""What a person does by hand: the pages, asked for without a browser."""

import re
from typing import Any

import httpx2
import pytest

from sandbox_server import KAURI, MARLOW, SandboxServer

OFFICE = {
    "bank": "Harbourside Bank",
    "name": "Office account",
    "kind": "Everyday",
    "number": "062-555 7",
}


def books(sandbox: SandboxServer, name: str = MARLOW) -> str:
    return f"/organisations/{sandbox.tenant(name)}"


def chart(sandbox: SandboxServer, name: str = MARLOW) -> httpx2.Response:
    return sandbox.http.get(
        "/accounting/chart-of-accounts", params={"organisation": sandbox.tenant(name)}
    )


def account(api: httpx2.Client, name: str) -> dict[str, Any]:
    (found,) = api.get("/Accounts", params={"where": f'Name=="{name}"'}).json()["Accounts"]
    return dict(found)


def test_home_leads_to_the_chart_of_the_first_organisation(sandbox: SandboxServer) -> None:
    page = sandbox.http.get("/", follow_redirects=True)

    assert page.url.path == "/accounting/chart-of-accounts"
    assert page.url.params["organisation"] == sandbox.tenant(MARLOW)
    assert "Accounting &gt; Advanced &gt; Chart of accounts" in page.text
    assert "! no code yet" in page.text


def test_switch_leads_to_the_other_organisation(sandbox: SandboxServer) -> None:
    page = chart(sandbox, KAURI)

    assert "Kauri Legal Business Account" in page.text
    assert "Account number" in page.text


def test_bank_account_added_by_hand_has_a_code_only_after_one_is_set(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    answer = sandbox.http.post(f"{books(sandbox)}/bank-accounts", data=OFFICE)
    made = account(api, "Office account")

    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"#account-{made['AccountID']}")
    assert (made["Type"], made["BankAccountNumber"], "Code" in made) == ("BANK", "062-555 7", False)

    sandbox.http.post(f"{books(sandbox)}/accounts/{made['AccountID']}/code", data={"code": " 090 "})

    assert account(api, "Office account")["Code"] == "090"
    page = chart(sandbox).text
    assert "Bank, Everyday, Harbourside Bank" in page
    assert "by hand" in page


def test_credit_card_is_a_bank_account_of_its_own_type(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    sandbox.http.post(f"{books(sandbox)}/bank-accounts", data={**OFFICE, "kind": "Credit card"})

    assert account(api, "Office account")["BankAccountType"] == "CREDITCARD"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Name is required."),
        ({"number": ""}, "BankAccountNumber is required for a bank account."),
        ({"name": "trust liability"}, "Please enter a unique Name."),
    ],
)
def test_refused_bank_account_keeps_what_was_typed(
    sandbox: SandboxServer, change: dict[str, str], message: str
) -> None:
    answer = sandbox.http.post(f"{books(sandbox)}/bank-accounts", data={**OFFICE, **change})

    assert answer.status_code == 422
    assert "Nothing was changed." in answer.text
    assert message in answer.text
    assert 'value="Harbourside Bank"' in answer.text


def test_code_that_is_taken_is_refused_and_kept_in_its_field(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    petty = account(api, "Harbourside Petty Cash")

    answer = sandbox.http.post(
        f"{books(sandbox)}/accounts/{petty['AccountID']}/code", data={"code": "200"}
    )

    assert answer.status_code == 422
    assert "Please enter a unique Code." in answer.text
    assert re.search(r'Code of Harbourside Petty Cash" value="200"', answer.text)
    assert "Code" not in account(api, "Harbourside Petty Cash")


def test_account_added_by_hand_is_in_the_lists(sandbox: SandboxServer, api: httpx2.Client) -> None:
    typed = {"code": "826", "name": "Trust Transfers", "type": "CURRLIAB", "payments": "yes"}

    sandbox.http.post(f"{books(sandbox)}/accounts", data=typed)

    made = account(api, "Trust Transfers")
    assert (made["Code"], made["EnablePaymentsToAccount"]) == ("826", True)
    assert made["TaxType"] == "BASEXCLUDED"


@pytest.mark.parametrize("kind", ["BANK", "GOLD"])
def test_bank_account_is_not_added_as_any_other(sandbox: SandboxServer, kind: str) -> None:
    typed = {"code": "826", "name": "Trust Transfers", "type": kind}

    answer = sandbox.http.post(f"{books(sandbox)}/accounts", data=typed)

    assert (answer.status_code, "Choose a type." in answer.text) == (422, True)


def test_account_is_archived_and_restored_by_hand(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    place = f"{books(sandbox)}/accounts/{account(api, 'Rent')['AccountID']}"

    sandbox.http.post(f"{place}/archive")
    assert account(api, "Rent")["Status"] == "ARCHIVED"

    sandbox.http.post(f"{place}/restoration")
    assert account(api, "Rent")["Status"] == "ACTIVE"


def test_disconnecting_by_hand_ends_the_connection(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    page = sandbox.http.get("/apps").text
    assert "Disconnect Demo app from Marlow &amp; Finch Lawyers" in page
    (connection,) = re.findall(r'name="connection" value="([^"]+)"', page)

    sandbox.http.post("/apps", data={"connection": connection})

    assert api.get("/Accounts").status_code == 403
    assert "No app is connected." in sandbox.http.get("/apps").text


def test_calls_are_listed(sandbox: SandboxServer, api: httpx2.Client) -> None:
    api.get("/Accounts/none", headers={"Idempotency-Key": "seen"})

    page = sandbox.http.get("/calls").text

    assert "GET /api.xro/2.0/Accounts/none" in page
    assert "! 404" in page
    assert "seen" in page


@pytest.mark.parametrize(
    "path", ["accounts", "bank-accounts", "accounts/x/code", "accounts/x/archive"]
)
@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "same-site"}]
)
def test_form_from_another_site_is_refused(
    sandbox: SandboxServer, path: str, headers: dict[str, str]
) -> None:
    answer = sandbox.http.post(f"{books(sandbox)}/{path}", data=OFFICE, headers=headers)

    assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/accounting/chart-of-accounts", "/apps", "/calls"])
def test_page_of_an_organisation_that_is_not_there_says_so(
    sandbox: SandboxServer, path: str
) -> None:
    answer = sandbox.http.get(path, params={"organisation": "x"})

    assert (answer.status_code, "There is nothing at this address." in answer.text) == (404, True)


def test_what_is_typed_is_shown_as_text(sandbox: SandboxServer) -> None:
    sandbox.http.post(f"{books(sandbox)}/bank-accounts", data={**OFFICE, "name": "<b>Bold</b>"})

    page = chart(sandbox)

    assert "<b>Bold" not in page.text
    assert "&lt;b&gt;Bold" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]

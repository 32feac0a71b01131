"""Who is let in to the accounting API, and what is said to the others."""

import httpx2
import pytest

from sandbox_server import KAURI, MARLOW, SandboxServer


def refusal(answer: httpx2.Response) -> tuple[int, str, str]:
    body = answer.json()
    assert (body["Type"], body["Status"]) == (None, answer.status_code)
    return answer.status_code, body["Title"], body["Detail"]


@pytest.mark.parametrize("value", [None, "Bearer", "Bearer made-up", "Basic ZGVtbzpkZW1v"])
def test_call_without_a_good_token_is_unauthorized(
    sandbox: SandboxServer, api: httpx2.Client, value: str | None
) -> None:
    headers = {"xero-tenant-id": sandbox.tenant()} | ({"Authorization": value} if value else {})

    answer = sandbox.http.get("/api.xro/2.0/Accounts", headers=headers)

    assert refusal(answer) == (401, "Unauthorized", "AuthenticationUnsuccessful")


@pytest.mark.parametrize("tenant", ["", "00000000-0000-0000-0000-000000000000", KAURI])
def test_call_for_an_organisation_that_is_not_connected_is_forbidden(
    sandbox: SandboxServer, api: httpx2.Client, tenant: str
) -> None:
    tenant_id = sandbox.tenant(KAURI) if tenant == KAURI else tenant

    answer = api.get("/Accounts", headers={"xero-tenant-id": tenant_id})

    assert refusal(answer) == (403, "Forbidden", "AuthenticationUnsuccessful")


def test_disconnected_inside_xero_refresh_still_works_and_calls_are_forbidden(
    sandbox: SandboxServer, api: httpx2.Client
) -> None:
    tokens = sandbox.tokens()
    sandbox.control("disconnections", tenant_id=sandbox.tenant())

    form = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    renewed = sandbox.http.post("/connect/token", data=form, auth=("demo", "demo-secret"))

    assert renewed.status_code == 200
    assert refusal(api.get("/Accounts")) == (403, "Forbidden", "AuthenticationUnsuccessful")


def test_connection_is_deleted_once(sandbox: SandboxServer, api: httpx2.Client) -> None:
    headers = {"Authorization": api.headers["authorization"]}
    (one,) = sandbox.http.get("/connections", headers=headers).json()
    assert one["id"] != one["tenantId"]

    assert sandbox.http.delete(f"/connections/{one['id']}", headers=headers).status_code == 204
    assert sandbox.http.delete(f"/connections/{one['id']}", headers=headers).status_code == 404
    assert sandbox.http.get("/Connections", headers=headers).json() == []
    assert api.get("/Accounts").status_code == 403


def test_connections_are_filtered_by_consent(sandbox: SandboxServer) -> None:
    sandbox.tokens(MARLOW)
    headers = {"Authorization": f"Bearer {sandbox.tokens(KAURI)['access_token']}"}
    found = sandbox.http.get("/connections", headers=headers).json()

    asked = {"authEventId": found[1]["authEventId"]}

    assert [one["tenantName"] for one in found] == [MARLOW, KAURI]
    assert sandbox.http.get("/connections", headers=headers, params=asked).json() == [found[1]]


@pytest.mark.parametrize(
    ("scope", "method", "path", "status"),
    [
        ("accounting.settings.read", "GET", "/Accounts", 200),
        ("accounting.settings.read", "PUT", "/Accounts", 403),
        ("accounting.settings", "GET", "/Accounts", 200),
        ("accounting.settings", "GET", "/Contacts", 403),
        ("accounting.contacts.read", "GET", "/Contacts", 200),
        ("accounting.contacts.read", "POST", "/Contacts", 403),
        ("openid", "GET", "/Organisation", 403),
    ],
)
def test_scope_decides_what_may_be_called(
    sandbox: SandboxServer, scope: str, method: str, path: str, status: int
) -> None:
    with sandbox.api(scope=scope) as api:
        assert api.request(method, path).status_code == status


@pytest.mark.parametrize("path", ["/Invoices", "/Accounts/x/y", "/", ""])
def test_endpoint_that_is_not_there_is_a_plain_text_404(api: httpx2.Client, path: str) -> None:
    answer = api.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text == "The resource you're looking for cannot be found"


def test_method_that_is_not_there_is_not_implemented(api: httpx2.Client) -> None:
    answer = api.post("/Accounts", json={})

    assert (answer.status_code, answer.json()["ErrorNumber"]) == (501, 20)


@pytest.mark.parametrize(
    "accept", ["application/json", "*/*", "text/html, application/json;q=0.9", None]
)
def test_json_is_answered_where_it_is_accepted(api: httpx2.Client, accept: str | None) -> None:
    if accept is None:
        del api.headers["accept"]
    answer = api.get("/Organisation", headers={"Accept": accept} if accept else {})

    assert answer.headers["content-type"] == "application/json; charset=utf-8"


def test_xml_is_not_answered(api: httpx2.Client) -> None:
    answer = api.get("/Organisation", headers={"Accept": "application/xml"})

    assert answer.status_code == 406
    assert "Accept: application/json" in answer.text


def test_path_is_found_in_any_capitals(api: httpx2.Client) -> None:
    assert api.get("/accounts").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Host": "evil.example"},
    ],
)
def test_control_is_not_answered_to_a_page(sandbox: SandboxServer, headers: dict[str, str]) -> None:
    assert sandbox.http.get("/_control/calls", headers=headers).status_code == 403
    assert sandbox.http.post("/_control/resets", headers=headers).status_code == 403
